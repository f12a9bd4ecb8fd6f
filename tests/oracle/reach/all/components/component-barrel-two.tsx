'use client';

import { componentBarrelTwo } from '@/actions/component-barrel-two';

export function ComponentBarrelTwo() {
  return <button onClick={() => componentBarrelTwo('x')}>send</button>;
}
