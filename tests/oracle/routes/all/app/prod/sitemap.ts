export function generateSitemaps() {
  return [{ id: 0 }, { id: 1 }];
}

export default function sitemap() {
  return [{ url: 'https://example.com' }];
}
