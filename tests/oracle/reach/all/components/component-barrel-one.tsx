'use client';

import { componentBarrelOne } from '@/actions/component-barrel-one';

export function ComponentBarrelOne() {
  return <button onClick={() => componentBarrelOne('x')}>send</button>;
}
