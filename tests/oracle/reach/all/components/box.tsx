'use client';

import type { ReactNode } from 'react';

export function Box({ children }: { children: ReactNode }) {
  return <div>{children}</div>;
}
