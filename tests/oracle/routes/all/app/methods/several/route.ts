export const GET = () => new Response('ok'),
  POST = () => new Response('ok');

export let PUT = () => new Response('ok');
