import type { ReactNode } from 'react';

export default function Around({ children }: { children?: ReactNode }) {
  return children ?? null;
}
