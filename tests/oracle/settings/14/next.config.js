/** @type {import('next').NextConfig} */
module.exports = {
  basePath: '/base',
  trailingSlash: true,
  distDir: 'build/next',
  pageExtensions: ['page.tsx', 'api.ts', 'ts', 'tsx'],
  i18n: { locales: ['en', 'de'], defaultLocale: 'en' },
  async redirects() {
    return [{ source: '/old/:id', destination: '/en/act', permanent: true }];
  },
  async rewrites() {
    return [{ source: '/rewritten/:id', destination: '/api/users/:id' }];
  },
  // Types are TypeScript's business; the oracle asks what is built.
  typescript: { ignoreBuildErrors: true },
};
