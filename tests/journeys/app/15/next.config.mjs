/** @type {import('next').NextConfig} */
export default { basePath: '/base', trailingSlash: true };
