import { read, write } from '@/lib/store';

export async function GET() {
  return Response.json(read().votes);
}

export async function POST(request: Request) {
  const { name } = (await request.json()) as { name: string };
  if (!name) return Response.json({ error: 'a name, please' }, { status: 400 });
  const count = write((store) => (store.votes[name] = (store.votes[name] ?? 0) + 1));
  return Response.json({ count });
}
