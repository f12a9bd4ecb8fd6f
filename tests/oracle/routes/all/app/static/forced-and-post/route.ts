export const dynamic = 'force-static';

export const GET = () => new Response('ok');

export const POST = () => new Response('ok');
