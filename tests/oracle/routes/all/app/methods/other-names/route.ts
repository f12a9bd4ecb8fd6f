export const GET = () => new Response('ok');

export const TRACE = () => new Response('ok');

export const CONNECT = () => new Response('ok');

export const helper = () => 'ok';
