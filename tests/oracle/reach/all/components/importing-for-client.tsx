'use client';

import { importingForClient } from '@/actions/importing-for-client';

export function ImportingForClient() {
  return <button onClick={() => importingForClient('x')}>send</button>;
}
