import type { NextConfig } from 'next';

const config: NextConfig = {
  transpilePackages: ['@shop/catalog'],
  // The shop is its own root, whatever lockfiles lie further up.
  turbopack: { root: import.meta.dirname },
};

export default config;
