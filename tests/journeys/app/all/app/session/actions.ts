'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';

const WEEK = 7 * 24 * 60 * 60;

export async function setTheme(theme: 'light' | 'dark') {
  const jar = await cookies();
  jar.set('theme', theme, { maxAge: WEEK, sameSite: 'lax' });
  return jar.get('theme')?.value;
}

export async function forget() {
  (await cookies()).delete('theme');
}

export async function signOut() {
  const jar = await cookies();
  jar.delete('user');
  redirect('/');
}

export async function language() {
  const all = await headers();
  return all.get('accept-language');
}
