export const revalidate = false;

export const GET = () => new Response('ok');
