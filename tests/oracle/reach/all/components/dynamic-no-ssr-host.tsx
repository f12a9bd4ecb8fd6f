'use client';

import dynamic from 'next/dynamic';

const Later = dynamic(() => import('./dynamic-no-ssr').then((module) => module.DynamicNoSsr), { ssr: false });

export function DynamicNoSsrHost() {
  return <Later />;
}
