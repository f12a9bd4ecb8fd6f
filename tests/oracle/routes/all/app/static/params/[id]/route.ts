export function generateStaticParams() {
  return [{ id: '1' }];
}

export const GET = () => new Response('ok');
