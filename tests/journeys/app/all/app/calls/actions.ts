'use server';

import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { read, write, type Item } from '@/lib/store';

export type Change = { id: number; title?: string; done?: boolean };
type Options = { done?: boolean; labels?: { name: string; weight: number }[] };

const MOST = 40;

/** What both adding and renaming do to a title. */
function tidy(title: string) {
  return title.trim().slice(0, MOST);
}

// several arguments, the last one optional
export async function addItem(title: string, tags: string[], options?: Options) {
  const item: Item = write((store) => {
    const item = { id: store.items.length + 1, title: tidy(title), tags, done: options?.done ?? false };
    store.items.push(item);
    return item;
  });
  revalidatePath('/calls');
  revalidatePath('/still');
  return { item, weights: options?.labels?.map((label) => label.weight) ?? [] };
}

export async function updateItem(change: Change): Promise<Item | undefined> {
  const item = write((store) => {
    const item = store.items.find((item) => item.id === change.id);
    if (item) Object.assign(item, change);
    return item;
  });
  revalidatePath('/calls');
  return item;
}

export async function renameItem(id: number, title = 'untitled') {
  write((store) => {
    store.items.filter((item) => item.id === id).forEach((item) => (item.title = tidy(title)));
  });
  revalidatePath('/calls');
}

export const tagItem = async (id: number, ...tags: string[]): Promise<string[]> => {
  const all = write((store) => {
    const item = store.items.find((item) => item.id === id);
    item?.tags.push(...tags);
    return item?.tags ?? [];
  });
  revalidatePath('/calls');
  return all;
};

export async function countItems() {
  return read().items.length;
}

// nothing in, nothing out
export async function touch(): Promise<void> {
  write((store) => store.log.push('touched'));
}

export async function greet(name: string | null, age?: number) {
  if (name === null) return null;
  return { text: `Grüße, “${name}” 👋`, age, nested: [{ deep: { er: [1, null, true] } }] };
}

// an action that calls another one
export async function addTwice(title: string) {
  const first = await addItem(title, []);
  const second = await addItem(title, ['copy']);
  return [first.item.id, second.item.id];
}

export async function fail(why: string): Promise<never> {
  write((store) => store.log.push(`failed: ${why}`));
  throw new Error(`a secret: ${why}`);
}

export async function openItem(id: number) {
  const item = read().items.find((item) => item.id === id);
  if (!item) notFound();
  return item.title;
}

export async function goToItem(id: number) {
  write((store) => store.log.push(`went to ${id}`));
  redirect(`/items/${id}`);
}

export async function maybeGo(where: string) {
  if (where === '') return { error: 'where to?' };
  redirect(where);
}
