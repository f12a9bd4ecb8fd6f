'use client';

import { fromClient } from '@/actions/from-client';

export function FromClient() {
  return <button onClick={() => fromClient('x')}>send</button>;
}
