export function POST() {
  return new Response('ok');
}

export function OPTIONS() {
  return new Response(null, { headers: { Allow: 'POST' } });
}
