export default function sitemap() {
  return [{ url: 'https://example.com' }];
}
