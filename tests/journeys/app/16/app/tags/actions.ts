'use server';

import { refresh, updateTag } from 'next/cache';
import { write } from '@/lib/store';
import { expire } from './stale';

export async function update() {
  write((store) => store.log.push('updated'));
  updateTag('log');
}

export async function trimLog(count: number) {
  write((store) => store.log.splice(0, count));
  expire('log');
}

export async function show() {
  write((store) => store.log.push('shown'));
  refresh();
}
