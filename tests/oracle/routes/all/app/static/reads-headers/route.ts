import { headers } from 'next/headers';

export async function GET() {
  const all = await headers();
  return new Response(all.get('accept'));
}
