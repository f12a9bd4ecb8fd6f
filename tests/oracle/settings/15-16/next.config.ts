import type { NextConfig } from 'next';

const config: NextConfig = {
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
  // Further up than Next would look: the paths that Turbopack hashes begin there.
  turbopack: { root: '../..' },
};

export default config;
