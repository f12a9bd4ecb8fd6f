import type { ReactNode } from 'react';
import { Send } from '@/components/send';

// prettier-ignore
'use server';

// Both imports vanish before the directive is looked for: one has only types, the other no use.
export async function afterTypes(node: ReactNode) {
  return node;
}
