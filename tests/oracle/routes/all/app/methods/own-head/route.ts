export const GET = async () => new Response('ok');

export const HEAD = async () => new Response(null);
