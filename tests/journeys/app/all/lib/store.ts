// Everything that the application keeps, in one JSON file: the journey reads it, too.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Item = { id: number; title: string; tags: string[]; done: boolean };

export type Store = {
  items: Item[];
  notes: string[];
  comments: { item: number; text: string }[];
  profile: { name: string; age: number } | null;
  votes: Record<string, number>;
  log: string[];
};

const FILE = join(process.cwd(), 'store.json');
const EMPTY: Store = { items: [], notes: [], comments: [], profile: null, votes: {}, log: [] };

export function read(): Store {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Store) : structuredClone(EMPTY);
}

/** Changes the store and gives back what `change` does. */
export function write<T>(change: (store: Store) => T): T {
  const store = read();
  const result = change(store);
  writeFileSync(FILE, JSON.stringify(store, null, 1));
  return result;
}
