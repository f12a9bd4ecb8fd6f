'use client';

import { dynamicClient } from '@/actions/dynamic-client';

export function DynamicClient() {
  return <button onClick={() => dynamicClient('x')}>send</button>;
}
