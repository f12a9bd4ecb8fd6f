'use client';

import { aroundError } from '@/actions/around-error';

export default function AroundError() {
  return <button onClick={() => aroundError('x')}>send</button>;
}
