import Link from 'next/link';
import { notFound } from 'next/navigation';

const SAMPLE = `'use server';

export async function addItem(previous, formData) {
  // …
}`;

const topics: Record<string, { title: string; body: string; sample?: string }> = {
  delivery: { title: 'Delivery', body: 'Two working days, by bicycle where we can.' },
  returns: { title: 'Returns', body: 'Thirty days, no questions.' },
  'returns/gifts': { title: 'Returning a gift', body: 'You get a voucher; we keep the secret.' },
  // 'use server' is only talked about here.
  'how-it-works': {
    title: 'How this shop works',
    body: "Your cart lives in functions marked 'use server', not in your browser.",
    sample: SAMPLE,
  },
};

export default async function HelpPage({ params }: PageProps<'/help/[[...topic]]'>) {
  const path = (await params).topic?.join('/');
  if (!path) {
    return (
      <>
        <h1>Help</h1>
        <ul>
          {Object.entries(topics).map(([topic, { title }]) => (
            <li key={topic}>
              <Link href={`/help/${topic}`}>{title}</Link>
            </li>
          ))}
        </ul>
      </>
    );
  }

  const topic = topics[path] ?? notFound();
  return (
    <>
      <h1>{topic.title}</h1>
      <p>{topic.body}</p>
      {topic.sample && <pre>{topic.sample}</pre>}
    </>
  );
}
