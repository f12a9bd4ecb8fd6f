import { cookies } from 'next/headers';
import { read } from '@/lib/store';
import { More } from './more';

export default async function Page() {
  const jar = await cookies();
  const { items, notes } = read();
  return (
    <>
      <h1>More</h1>
      <p id="items">{items.map((item) => `${item.id} ${item.done ? 'done' : 'open'}`).join(', ')}</p>
      <p id="notes">{notes.join(' | ')}</p>
      <p id="last">{jar.get('last')?.value ?? 'no last note'}</p>
      <More />
    </>
  );
}
