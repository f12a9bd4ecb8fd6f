'use server';

import { one } from './declarations';

type One = (a: string) => Promise<string>;

const members = { save: async (a: string) => a };

async function original(a: string, b: string) {
  return a + b;
}

export const asserted = (async (a: string) => a) as One;

export const satisfied = (async (a: string) => a) satisfies One;

// prettier-ignore
export const parenthesised = (async (a: string) => a);

export const conditional = process.env.NODE_ENV === 'production' ? async () => 'yes' : async () => 'no';

export const either = members.save ?? original;

export const alias = original;

export const imported = one;

export const bound = original.bind(null, 'bound');

export const member = members.save;
