import { notFound } from 'next/navigation';
import { read } from '@/lib/store';

export default async function ItemPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const item = read().items.find((item) => item.id === Number(id));
  if (!item) notFound();
  return (
    <>
      <h1>{item.title}</h1>
      <p id="tags">{item.tags.join(' ')}</p>
    </>
  );
}
