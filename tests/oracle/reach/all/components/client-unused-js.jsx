'use client';

import { clientUnusedJs } from '@/actions/client-unused-js';

export function ClientUnusedJs() {
  return <p>Not used, and this is JavaScript.</p>;
}
