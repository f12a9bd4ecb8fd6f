'use server';

import { write } from '@/lib/store';

export async function poll(name: string, request: number) {
  return write((store) => (store.votes[name] = (store.votes[name] ?? 0) + request));
}
