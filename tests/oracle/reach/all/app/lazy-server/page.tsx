import { lazy } from 'react';

const Later = lazy(() => import('@/components/lazy-server'));

export default function Page() {
  return <Later />;
}
