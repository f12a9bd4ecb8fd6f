'use server';

import { record } from './internal/record';

export async function coreAction(a: string, b: string) {
  return record(a + b);
}

export const coreSpare = async () => 'spare';
