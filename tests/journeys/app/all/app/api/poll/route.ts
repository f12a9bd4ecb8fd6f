import { read } from '@/lib/store';

// Who asked, and what for.
export async function GET(request: Request) {
  const by = new URL(request.url).searchParams.get('by');
  return Response.json({ by, votes: read().votes });
}
