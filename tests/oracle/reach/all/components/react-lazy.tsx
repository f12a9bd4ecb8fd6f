'use client';

import { reactLazy } from '@/actions/react-lazy';

export default function ReactLazy() {
  return <button onClick={() => reactLazy('x')}>send</button>;
}
