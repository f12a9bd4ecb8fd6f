//! Ways in which callers look at what is answered.

use expect_test::expect;

use super::pair;

#[test]
fn ways_to_look_at_a_response() {
    pair(
        "export const PO$0ST = async function (request: Request) {
  const { id, force = false } = await request.json().catch(() => ({}));
  const result = await save(id, force);
  if (result.error) return Response.json(result, { status: result.code });
  return Response.json(
    {
      id: result.id,
    },
    { status: result.isNew ? 201 : 200 },
  );
};",
        "const send = { id: 1 };
export async function one() {
  const { ok } = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send), credentials: 'include' });
  return ok;
}
export async function two() {
  const data = await (await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send) })).json();
  if ((await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send) })).ok) console.log(data);
}
export async function three(): Promise<{ id: string }> {
  const response = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send) });
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    console.error(response, problem?.error);
    throw new Error('No');
  }
  return response.json();
}
export const four = () =>
  fetch(`/api/create-post`, { method: 'POST', body: JSON.stringify(send) })
    .then(async (res: Response) => {
      if (res.status === 409) return null;
      return res.json();
    })
    .catch((error) => console.error(error));",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export const createPost = async function (input: any): Promise<{ ok: boolean; status: number; data: any }> {
              const { id, force = false } = input;
              const result = await save(id, force);
              if (result.error) return { ok: result.code >= 200 && result.code < 300, status: result.code, data: throughJson(result) };
              return { ok: true, status: result.isNew ? 201 : 200, data: throughJson({
                id: result.id,
              }) };
            };

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            const send = { id: 1 };
            export async function one() {
              const { ok } = await createPost(send);
              return ok;
            }
            export async function two() {
              const data = (await createPost(send)).data;
              if ((await createPost(send)).ok) console.log(data);
            }
            export async function three(): Promise<{ id: string }> {
              const response = await createPost(send);
              if (!response.ok) {
                const problem = response.data ?? null;
                console.error(response, problem?.error);
                throw new Error('No');
              }
              return response.data;
            }
            export const four = () =>
              createPost(send)
                .then(async (res) => {
                  if (res.status === 409) return null;
                  return res.data;
                })
                .catch((error) => console.error(error));
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/create-post/route.ts
            -   const { id, force = false } = await request.json().catch(() => ({}));
            -   return Response.json(
            -     {
            -     },
            -     { status: result.isNew ? 201 : 200 },
            -   );
            +   const { id, force = false } = await request.json();
            +   return Response.json({
            +   }, { status: result.isNew ? 201 : 200 });
            //~ /app/form.tsx
            -   const { ok } = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send), credentials: 'include' });
            -   const data = await (await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send) })).json();
            -   if ((await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send) })).ok) console.log(data);
            -   const response = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify(send) });
            -   fetch(`/api/create-post`, { method: 'POST', body: JSON.stringify(send) })
            -     .then(async (res: Response) => {
            +   const { ok } = await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify(send),
            +   const data = await (await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify(send),
            +   })).json();
            +   if ((await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify(send),
            +   })).ok) console.log(data);
            +   const response = await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify(send),
            +   fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify(send),
            +     .then(async (res) => {
        "#]],
    );
}

#[test]
fn texts_as_answers() {
    pair(
        "export function PO$0ST() {
  return Math.random() > 0.5 ? new Response('yes') : new Response(`no`, { status: 409, statusText: 'No' });
}",
        "export async function ask() {
  const response = await fetch('/api/create-post', { method: 'POST' });
  return response.ok ? await response.text() : 'never';
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export async function createPost(): Promise<{ ok: boolean; status: number; data: string }> {
              return Math.random() > 0.5 ? { ok: true, status: 200, data: 'yes' } : { ok: false, status: 409, data: `no` };
            }
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            export async function ask() {
              const response = await createPost();
              return response.ok ? response.data : 'never';
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/create-post/route.ts
            - export function POST() {
            -   return Math.random() > 0.5 ? new Response('yes') : new Response(`no`, { status: 409, statusText: 'No' });
            + export async function POST() {
            +   return Math.random() > 0.5 ? new Response('yes') : new Response(`no`, { status: 409 });
        "#]],
    );
}
