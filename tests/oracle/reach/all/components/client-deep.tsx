'use client';

import { Deeper } from './deeper';

export function ClientDeep() {
  return <Deeper />;
}
