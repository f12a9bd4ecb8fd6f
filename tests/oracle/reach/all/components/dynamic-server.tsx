'use client';

import { dynamicServer } from '@/actions/dynamic-server';

export function DynamicServer() {
  return <button onClick={() => dynamicServer('x')}>send</button>;
}
