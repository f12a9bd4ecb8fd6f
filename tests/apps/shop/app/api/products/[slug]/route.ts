import { findProduct, removeProduct, saveProduct, type Product } from '@shop/catalog';
import { revalidatePath } from 'next/cache';
import type { NextRequest } from 'next/server';
import { withAuth } from '@/lib/with-auth';

type Context = RouteContext<'/api/products/[slug]'>;

const missing = () => Response.json({ error: 'No such product' }, { status: 404 });

function publish(product: Product) {
  saveProduct(product);
  revalidatePath('/');
  revalidatePath(`/product/${product.slug}`);
  return Response.json(product);
}

export async function GET(_request: NextRequest, { params }: Context) {
  const product = findProduct((await params).slug);
  return product ? Response.json(product) : missing();
}

const handlers = {
  PUT: withAuth(async (request, { params }: Context) => {
    const { slug } = await params;
    const product: Product = await request.json();
    return findProduct(slug) ? publish({ ...product, slug }) : missing();
  }),

  PATCH: withAuth(async (request, { params }: Context) => {
    const { slug } = await params;
    const product = findProduct(slug);
    const change: Partial<Product> = await request.json();
    return product ? publish({ ...product, ...change, slug }) : missing();
  }),
};

export const { PUT, PATCH } = handlers;

export const DELETE = withAuth(async (_request, { params }: Context) => {
  if (!removeProduct((await params).slug)) return missing();
  revalidatePath('/');
  return new Response(null, { status: 204 });
});
