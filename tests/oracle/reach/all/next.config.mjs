/** @type {import('next').NextConfig} */
export default {
  // Types are TypeScript's business; the oracle asks what is built.
  typescript: { ignoreBuildErrors: true },
  // `forbidden` and `unauthorized`; 14 knows neither the switch nor the files.
  experimental: { authInterrupts: true },
};
