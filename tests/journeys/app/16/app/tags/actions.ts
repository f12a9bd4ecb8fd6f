'use server';

import { refresh, updateTag } from 'next/cache';
import { write } from '@/lib/store';

export async function update() {
  write((store) => store.log.push('updated'));
  updateTag('log');
}

export async function show() {
  write((store) => store.log.push('shown'));
  refresh();
}
