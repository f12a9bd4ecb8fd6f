'use client';

import { useSave } from '@/hooks/use-save';

export function WithHook() {
  const save = useSave();
  return <button onClick={save}>send</button>;
}
