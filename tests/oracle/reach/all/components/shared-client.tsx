'use client';

import { SharedBoth } from './shared-both';

export function SharedClient() {
  return <SharedBoth />;
}
