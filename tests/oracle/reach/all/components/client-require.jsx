'use client';

const { clientRequire } = require('@/actions/client-require');

export function ClientRequire() {
  return <button onClick={() => clientRequire('x')}>send</button>;
}
