'use client';

import { clientBarrelA } from '@/actions/client-barrel';

export function ClientBarrel() {
  return <button onClick={() => clientBarrelA('x')}>send</button>;
}
