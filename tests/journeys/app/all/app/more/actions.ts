'use server';

import { revalidatePath } from 'next/cache';
import { logged } from '@/lib/logged';
import { needUser, remember } from '@/lib/session';
import { read, write } from '@/lib/store';

// made by a wrapper
export const archive = logged('archive', async (id: number, reason?: string) => {
  const items = write((store) => (store.items = store.items.filter((item) => item.id !== id)));
  revalidatePath('/more');
  return { left: items.length, reason };
});

// redirects and sets cookies by other functions
export async function secret() {
  const user = await needUser();
  return `for ${user} only`;
}

export async function note(formData: FormData) {
  const user = await needUser();
  write((store) => store.notes.push(`${user}: ${formData.get('text')}`));
  await remember('last', String(formData.get('text')));
}

export async function enter(formData: FormData) {
  await remember('user', String(formData.get('user')));
}

// parameters of all kinds of names
export async function mark({ id, done }: { id: number; done: boolean }) {
  write((store) => store.items.filter((item) => item.id === id).forEach((item) => (item.done = done)));
  revalidatePath('/more');
}

export async function search(query: string, request: { from: number; to: number | null }, error = 'none') {
  const found = read().items.filter((item) => item.title.includes(query));
  return { found: found.slice(request.from, request.to ?? undefined).map((item) => item.id), error };
}

export async function add(result: number, ...response: number[]) {
  return response.reduce((sum, one) => sum + one, result);
}
