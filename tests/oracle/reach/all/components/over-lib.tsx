'use client';

import { overLib } from '@/actions/over-lib';

export function OverLib() {
  return <button onClick={() => overLib('x')}>send</button>;
}
