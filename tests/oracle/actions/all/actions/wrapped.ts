'use server';

import { client, wrap } from '@/lib/wrap';

export const wrappedArrow = wrap(async (a: string) => a);

export const wrappedFunction = wrap(async function (a: string, b: string) {
  return a + b;
});

export const wrappedNamed = wrap(local);

export const wrappedTwice = wrap(wrap(async () => 'twice'));

export const built = client.input({ a: 'string' }).action(async (input: { a: string }) => input.a);

async function local(a: string) {
  return a;
}
