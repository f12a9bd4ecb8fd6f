import { listProducts } from '@shop/catalog';
import type { MetadataRoute } from 'next';

export default function sitemap(): MetadataRoute.Sitemap {
  const paths = ['', '/help', ...listProducts().map(({ slug }) => `/product/${slug}`)];
  return paths.map((path) => ({ url: `http://localhost:3000${path}` }));
}
