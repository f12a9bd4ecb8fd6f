'use server';

import { read } from '@/lib/store';

// these two become GETs
export async function getItems() {
  return read().items;
}

export async function getTitles() {
  return read().items.map((item) => item.title);
}

export async function findItems(word: string, from: number, done?: boolean) {
  const fits = read().items.filter((item) => item.title.includes(word) && item.id >= from);
  return fits.filter((item) => done === undefined || item.done === done).map((item) => item.id);
}

export default async function statistics() {
  const { items } = read();
  return { all: items.length, done: items.filter((item) => item.done).length };
}
