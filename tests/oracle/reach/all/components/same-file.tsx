'use client';

import { sameFileUsed } from '@/actions/same-file-used';
import { sameFileSpare } from '@/actions/same-file-spare';

export function SameFileUsed() {
  return <button onClick={() => sameFileUsed('x')}>send</button>;
}

export function SameFileSpare() {
  return <button onClick={() => sameFileSpare('x')}>send</button>;
}
