import { searchProducts } from '@shop/catalog';
import type { NextRequest } from 'next/server';

/** `?q=` for links and the search box, a JSON body for long queries. */
async function handler(request: NextRequest) {
  const query: unknown =
    request.method === 'POST' ? (await request.json()).q : request.nextUrl.searchParams.get('q');
  return Response.json(searchProducts(String(query ?? '')).slice(0, 5));
}

export { handler as GET, handler as POST };
