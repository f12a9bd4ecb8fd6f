import { cookies } from 'next/headers';
import { read } from '@/lib/store';

export default async function Home() {
  const jar = await cookies();
  const { items, notes } = read();
  return (
    <>
      <h1>Home</h1>
      <p id="counts">
        {items.length} items, {notes.length} notes
      </p>
      <p id="user">{jar.get('user')?.value || 'nobody'}</p>
    </>
  );
}
