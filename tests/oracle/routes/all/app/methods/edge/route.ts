export const runtime = 'edge';

export const GET = () => new Response('ok');

export const POST = () => new Response('ok');
