'use server';

import { revalidatePath } from 'next/cache';
import { write } from '@/lib/store';

export async function approve(id: number) {
  write((store) => store.log.push(`approved ${id}`));
  revalidatePath('/refused');
}

export async function schedule(at: Date) {
  return at.toISOString();
}

export async function today(): Promise<{ at: Date }> {
  return { at: new Date(0) };
}

export async function bound(id: number, formData: FormData) {
  write((store) => store.log.push(`bound ${id} ${formData.get('x')}`));
  revalidatePath('/refused');
}

export async function first<T>(list: T[]): Promise<T | undefined> {
  return list[0];
}
