import { inSitemap } from '@/actions/in-sitemap';

export default async function sitemap() {
  return [{ url: `https://example.com/${await inSitemap('x')}` }];
}
