export const dynamic = 'error';

export const GET = () => new Response('ok');
