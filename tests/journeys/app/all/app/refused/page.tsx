import { revalidatePath } from 'next/cache';
import { read, write } from '@/lib/store';
import { approve, bound } from './actions';
import { Client } from './client';

export const dynamic = 'force-dynamic';

export default function Page() {
  const { log } = read();
  async function inline() {
    'use server';
    write((store) => store.log.push('inline'));
    revalidatePath('/refused');
  }
  return (
    <>
      <h1>Refused</h1>
      <p id="log">{log.join(' | ')}</p>
      <Client approve={approve} />
      <form action={bound.bind(null, 6)}>
        <input name="x" data-unread />
        <button id="bound">bound</button>
      </form>
      <form action={inline}>
        <button id="inline">inline</button>
      </form>
    </>
  );
}
