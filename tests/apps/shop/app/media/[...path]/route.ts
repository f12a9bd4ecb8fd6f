import { findProduct } from '@shop/catalog';
import type { NextRequest } from 'next/server';

const SIZES: Record<string, number> = { 'small.svg': 160, 'large.svg': 480 };

/** Draws a product: `/media/heron-lamp/large.svg`. */
export async function GET(_request: NextRequest, context: RouteContext<'/media/[...path]'>) {
  const [slug = '', file = ''] = (await context.params).path;
  const product = findProduct(slug);
  const size = SIZES[file];
  if (!product || !size) return new Response('Not found', { status: 404 });

  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 120 120">
  <rect width="120" height="120" fill="hsl(${product.hue} 45% 92%)"/>
  <circle cx="60" cy="52" r="26" fill="hsl(${product.hue} 50% 62%)"/>
  <rect x="30" y="84" width="60" height="8" rx="4" fill="hsl(${product.hue} 35% 35%)"/>
</svg>`;
  return new Response(svg, {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' },
  });
}
