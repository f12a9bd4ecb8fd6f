export const dynamic = 'force-static';

export const POST = () => new Response('ok');
