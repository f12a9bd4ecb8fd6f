// No component: a module of server code that hands out actions.
import type { Ignored } from '@/actions/declarations';

export function save(kind: Ignored) {
  return async (form: FormData) => {
    'use server';
    return [kind.a, form];
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
