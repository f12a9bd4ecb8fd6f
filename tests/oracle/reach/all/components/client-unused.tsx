'use client';

import { clientUnused } from '@/actions/client-unused';

export function ClientUnused() {
  return <button onClick={() => undefined}>send</button>;
}
