import { findProduct } from '@shop/catalog';
import { reviewsOf } from '@/lib/db';

export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  if (!findProduct(slug)) return Response.json({ error: 'No such product' }, { status: 404 });
  return Response.json(reviewsOf(slug));
}
