// No component: a module of server code that hands out actions.
import type { Kind } from '@/actions/lists';

export function save(kind: Kind) {
  return async (form: FormData) => {
    'use server';
    return [kind, form];
  };
}

export async function exportedInline(a: string) {
  'use server';
  return a;
}

export default async function defaultInline(a: string, b: string) {
  'use server';
  return a + b;
}
