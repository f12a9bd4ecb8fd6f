// 16.4.6 with webpack doesn't find its own manifest when it prerenders this URL.
export const dynamic = 'force-dynamic';

export default function Page() {
  return null;
}
