'use client';

import { clientPage } from '@/actions/client-page';

export default function Page() {
  return <button onClick={() => clientPage('x')}>send</button>;
}
