'use client';

import { clientNotRendered } from '@/actions/client-not-rendered';

export function ClientNotRendered() {
  return <button onClick={() => clientNotRendered('x')}>send</button>;
}
