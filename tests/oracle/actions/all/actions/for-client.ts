'use server';

import { wrap } from '@/lib/wrap';

export async function clientDeclaration(form: FormData) {
  return form.get('a');
}

export const clientArrow = async (state: number, form: FormData) => state + form.keys.length;

export const clientWrapped = wrap(async (a: string) => a);

async function local(a: string) {
  return a;
}

export { local as clientListed };

export default async function (a: string) {
  return a;
}
