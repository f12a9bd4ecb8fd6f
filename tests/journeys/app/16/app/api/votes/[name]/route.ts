import { revalidatePath } from 'next/cache';
import { read, write } from '@/lib/store';
import { voter } from '@/lib/voter';

// What one has.
export async function GET(request: Request, { params }: { params: Promise<{ name: string }> }) {
  const { name } = await params;
  return Response.json({ count: read().votes[name] });
}

export async function PUT(request: Request, { params }: { params: Promise<{ name: string }> }) {
  const who = await voter(request);
  if (who instanceof Response) return who;
  const { name } = await params;
  const { searchParams } = new URL(request.url);
  const by = searchParams.get('by');
  const body = await request.json().catch(() => ({}));
  if (!isCount(body.count)) return Response.json({ error: `no count by ${by}` }, { status: 422 });
  const was = read().votes[name];
  write((store) => (store.votes[name] = body.count));
  write((store) => store.log.push(`${name} set by ${who}, by ${by}`));
  return Response.json({ was }, { status: was === undefined ? 201 : 200 });
}

export async function DELETE(request: Request, { params }: { params: Promise<{ name: string }> }) {
  const { name } = await params;
  if (!(name in read().votes)) return new Response('not there', { status: 404 });
  write((store) => delete store.votes[name]);
  revalidatePath('/votes');
  return new Response(`${name} is gone`);
}

function isCount(count: unknown) {
  return typeof count === 'number' && count >= 0;
}
