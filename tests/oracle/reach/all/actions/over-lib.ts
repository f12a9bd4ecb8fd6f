'use server';

import { behind } from '@/lib/behind';

export async function overLib(text: string) {
  return behind(text);
}
