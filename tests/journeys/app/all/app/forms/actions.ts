'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { write } from '@/lib/store';
import { check, type Problems } from './check';

export type Saved = { problems: Problems; saved?: string };

export async function addNote(formData: FormData) {
  const text = String(formData.get('text'));
  const kinds = formData.getAll('kind').join('+');
  write((store) => store.notes.push(kinds ? `${text} (${kinds})` : text));
  revalidatePath('/forms');
}

export async function saveProfile(previous: Saved, formData: FormData): Promise<Saved> {
  const problems = check(formData);
  if (Object.keys(problems).length > 0) return { problems, saved: previous.saved };
  const profile = { name: String(formData.get('name')), age: Number(formData.get('age')) };
  write((store) => (store.profile = profile));
  revalidatePath('/forms');
  return { problems, saved: `${profile.name}, after ${previous.saved ?? 'nothing'}` };
}

export async function subscribe(_previous: string | null, formData: FormData) {
  const mail = formData.get('mail') as string;
  if (!mail.includes('@')) return `${mail} is no address`;
  write((store) => store.log.push(`subscribed ${mail}`));
  redirect('/forms/thanks');
}

export async function comment(item: number, formData: FormData) {
  write((store) => store.comments.push({ item, text: String(formData.get('text')) }));
  revalidatePath('/forms');
}

export async function measure(formData: FormData): Promise<{ name: string; size: number; text: string }> {
  const file = formData.get('file') as File;
  return { name: file.name, size: file.size, text: await file.text() };
}

export async function clearNotes() {
  write((store) => {
    store.notes = [];
  });
  revalidatePath('/forms');
}
