'use client';

import dynamic from 'next/dynamic';

const Later = dynamic(() => import('./dynamic-client').then((module) => module.DynamicClient));

export function DynamicClientHost() {
  return <Later />;
}
