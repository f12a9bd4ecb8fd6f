import { wrap } from '@/lib/handlers';

export const POST = wrap(async () => new Response('ok'));

export const PATCH = wrap(wrap(() => new Response('ok')));
