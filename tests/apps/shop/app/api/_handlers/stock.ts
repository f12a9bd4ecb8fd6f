import { listProducts } from '@shop/catalog';

export function GET() {
  return Response.json(Object.fromEntries(listProducts().map(({ slug, stock }) => [slug, stock])));
}
