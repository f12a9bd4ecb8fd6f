import { listProducts } from '@shop/catalog';

export const revalidate = 3600;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export async function GET() {
  const items = listProducts().map(
    ({ slug, name, tagline }) =>
      `<item><title>${escape(name)}</title><link>http://localhost:3000/product/${slug}</link><description>${escape(tagline)}</description></item>`,
  );
  const feed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Larch</title><link>http://localhost:3000</link><description>New things for your desk</description>
${items.join('\n')}
</channel></rss>`;
  return new Response(feed, { headers: { 'content-type': 'application/rss+xml' } });
}
