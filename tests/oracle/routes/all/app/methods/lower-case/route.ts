export const get = () => new Response('ok');
