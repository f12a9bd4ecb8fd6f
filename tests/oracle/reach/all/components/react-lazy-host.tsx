'use client';

import { lazy, Suspense } from 'react';

const Later = lazy(() => import('./react-lazy'));

export function ReactLazyHost() {
  return (
    <Suspense>
      <Later />
    </Suspense>
  );
}
