'use server';

import { revalidatePath, revalidateTag as tag } from 'next/cache';
import * as db from '@/lib/db';
import type { Row } from './row';
import { z } from "zod"; // schemas

// Größen und Preise: ein Kommentar mit Umlauten, 保存, 😀
const schema = z.object({ title: z.string().min(1), größe: z.number() });
const BASE = process.env.NEXT_PUBLIC_URL ?? 'http://localhost:3000';

export async function createPost(form: FormData): Promise<void> {
  const { title } = schema.parse(Object.fromEntries(form));
  await db.posts.insert({ title, note: `für ${title} 😀` });
  revalidatePath('/posts');
  tag('posts');
}

export const removePost = async (id: string, ...more: string[]) => {
  if (!id) throw new Error("no id: é");
  for (const one of [id, ...more]) {
    await fetch(`${BASE}/api/posts/${encodeURIComponent(one)}`, { method: 'DELETE' });
  }
};

export const updatePost = authActionClient.inputSchema(schema).action(async ({ parsedInput, ctx }) => {
  const { update: store = db.update } = await import('./store');
  return store(parsedInput, ctx.user as Row);
});

async function notify(kind: 'a' | 'b') {
  const url = kind === 'a' ? '/api/notify/a' : '/api/notify/b';
  return fetch(url, { method: 'POST', body: JSON.stringify({ kind }) });
}

export { notify as notifyAll };
export * from './more';
