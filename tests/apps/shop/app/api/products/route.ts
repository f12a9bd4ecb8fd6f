import { browse, findProduct, saveProduct, type Product } from '@shop/catalog';
import { revalidatePath } from 'next/cache';
import type { NextRequest } from 'next/server';
import { withAuth } from '@/lib/with-auth';

export async function GET(request: NextRequest) {
  const category = request.nextUrl.searchParams.get('category')?.split('/') ?? [];
  return Response.json(browse(category));
}

export const POST = withAuth(async (request) => {
  const product: Product = await request.json();
  if (findProduct(product.slug)) {
    return Response.json({ error: `${product.slug} exists already` }, { status: 409 });
  }
  saveProduct(product);
  revalidatePath('/');
  return Response.json(product, {
    status: 201,
    headers: { location: `/api/products/${product.slug}` },
  });
});
