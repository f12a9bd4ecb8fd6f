import { NextRequest, NextResponse } from 'next/server';
import { withUser } from '@/lib/auth';

export const runtime = 'edge';

const ROUTES = { users: '/api/users', cart: '/api/cart' } as const;
enum Api { Orders = '/api/orders' }

/** Liest einen Nutzer: é, 名前. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const url = new URL(`/api/users/${id}`, request.url);
  const answer = await fetch(url);
  switch (answer.status) {
    case 404: return NextResponse.json({ error: 'weg 😀' }, { status: 404 });
    default: return answer;
  }
}

export const POST = withUser(async (request: NextRequest) => {
  const body = (await request.json()) as { name?: string };
  await fetch(ROUTES.users + '/' + body.name, { method: 'PUT' });
  await fetch(`${Api.Orders}/${body.name!}?q=${1 < 2 ? 'a' : "b"}`);
  return new Response(null, { status: 204 });
});

const handler: Handler = function (request) { return GET(request, null as never); };
export { handler as PUT, handler as PATCH };
export const { auth: DELETE, ...rest } = make(/[a-z/]+/u, <T>(value: T) => value);
