'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { read, write } from '@/lib/store';

export async function post(formData: FormData) {
  const text = String(formData.get('text') ?? '');
  if (!text) redirect('/server?problem=empty');
  write((store) => store.log.push(`posted ${text}`));
  revalidatePath('/server');
}

export async function reset() {
  write((store) => {
    store.log = [];
  });
  revalidatePath('/server');
}

export async function signIn(formData: FormData) {
  const jar = await cookies();
  jar.set('user', String(formData.get('user')), { httpOnly: true, path: '/' });
  redirect('/');
}

export async function lines() {
  return read().log.length;
}
