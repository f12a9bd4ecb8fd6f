type Handler = () => Response | Promise<Response>;

const ok: Handler = () => new Response('ok');

export const wrap =
  (handler: Handler): Handler =>
  async () =>
    handler();

export const handlers = { GET: ok, POST: ok };

export { ok as GET, ok as DELETE };
