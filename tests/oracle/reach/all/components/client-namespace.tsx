'use client';

import * as actions from '@/actions/client-namespace';

export function ClientNamespace() {
  return <button onClick={() => actions.clientNamespace('x')}>send</button>;
}
