'use client';

import { dynamicNoSsr } from '@/actions/dynamic-no-ssr';

export function DynamicNoSsr() {
  return <button onClick={() => dynamicNoSsr('x')}>send</button>;
}
