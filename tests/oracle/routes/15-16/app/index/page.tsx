// 16.4.6 with webpack does not find its own manifest when it prerenders this URL; 14.2.35 never does.
export const dynamic = 'force-dynamic';

export default function Page() {
  return null;
}
