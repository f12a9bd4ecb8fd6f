'use client';

import { reexportedByClient } from './reexporting';

export function UsesReexport() {
  return <button onClick={() => reexportedByClient('x')}>send</button>;
}
