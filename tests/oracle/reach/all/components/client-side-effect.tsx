'use client';

import '@/actions/client-side-effect';

export function ClientSideEffect() {
  return <p>Only the module.</p>;
}
