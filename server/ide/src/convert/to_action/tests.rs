//! Handlers in, actions out, with their callers.

use expect_test::{Expect, expect};

use crate::convert::{Way, tests::converted};

mod beside;
mod elsewhere;
mod files;
mod forms;
mod looks;
mod refusals;
mod round;

/// What a conversion comes to, and what its way back leaves otherwise than it was.
fn check(files: &str, expected: Expect) {
    let back = round::back(files).map(|back| format!("=> and back\n{back}")).unwrap_or_default();
    expected.assert_eq(&(converted(files, Way::ToAction) + &back));
}

/// A handler and a caller in files of their own.
fn pair(handler: &str, caller: &str, expected: Expect) {
    check(&format!("//- /app/api/create-post/route.ts\n{handler}\n//- /app/form.tsx\n{caller}\n"), expected);
}

#[test]
fn a_result_where_errors_are_answered() {
    pair(
        "import { NextResponse } from 'next/server';
import { db } from '@/lib/db';

export async function PO$0ST(request: Request) {
  const { title, tags } = await request.json();
  if (!title) {
    return NextResponse.json({ error: 'A title, please' }, { status: 400 });
  }
  const post = await db.posts.insert({ title, tags });
  return NextResponse.json(post);
}",
        "'use client';

import { useState } from 'react';
import { Button } from '@/ui/button';

export function Form() {
  const [title, setTitle] = useState('');
  async function save() {
    const res = await fetch('/api/create-post', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        title,
        tags: [],
      }),
    });
    if (!res.ok) throw new Error((await res.json()).error);
    const post = await res.json();
    setTitle(post.title);
  }
  return <Button onClick={save} />;
}
//- /ui/button.tsx
export function Button(props) {}
//- /lib/db.ts
export const db = {};",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            import { db } from '@/lib/db';

            export async function createPost({ title, tags }: any): Promise<{ ok: boolean; status: number; data: any }> {
              if (!title) {
                return { ok: false, status: 400, data: { error: 'A title, please' } };
              }
              const post = await db.posts.insert({ title, tags });
              return { ok: true, status: 200, data: throughJson(post) };
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            'use client';

            import { useState } from 'react';
            import { Button } from '@/ui/button';
            import { createPost } from '@/app/api/create-post/actions';

            export function Form() {
              const [title, setTitle] = useState('');
              async function save() {
                const res = await createPost({
                  title,
                  tags: [],
                });
                if (!res.ok) throw new Error(res.data.error);
                const post = res.data;
                setTitle(post.title);
              }
              return <Button onClick={save} />;
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # Arguments don't go through JSON: a Date arrives as a Date, and undefined as undefined (/app/form.tsx)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/create-post/route.ts
            - import { NextResponse } from 'next/server';
            -     return NextResponse.json({ error: 'A title, please' }, { status: 400 });
            -   return NextResponse.json(post);
            +     return Response.json({ error: 'A title, please' }, { status: 400 });
            +   return Response.json(post);
        "#]],
    );
}

#[test]
fn a_value_where_nothing_else_is_answered() {
    pair(
        "export async function PO$0ST(req: Request) {
  const body = await req.json();
  return Response.json({ id: body.id, at: String(Date.now()) });
}",
        "export async function create(id: string) {
  const res = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ id: 'x' }) });
  const { at } = await res.json();
  return at;
}
export const again = () =>
  fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ id: 'y' }) })
    .then((res) => res.json())
    .then((data) => console.log(data));",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export async function createPost(body: any): Promise<any> {
              return throughJson({ id: body.id, at: String(Date.now()) });
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            export async function create(id: string) {
              const { at } = await createPost({ id: 'x' });
              return at;
            }
            export const again = () =>
              createPost({ id: 'y' })
                .then((data) => console.log(data));
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/create-post/route.ts
            - export async function POST(req: Request) {
            -   const body = await req.json();
            + export async function POST(request: Request) {
            +   const body = await request.json();
            //~ /app/form.tsx
            -   const res = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ id: 'x' }) });
            -   const { at } = await res.json();
            -   fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ id: 'y' }) })
            -     .then((res) => res.json())
            +   const response = await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify({ id: 'x' }),
            +   });
            +   const { at } = await response.json();
            +   fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify({ id: 'y' }),
            +   }).then((response) => response.json())
        "#]],
    );
}

#[test]
fn nothing_is_answered_and_nobody_looks() {
    pair(
        "export const PO$0ST = async () => {
  await touch();
  return new Response(null, { status: 204 });
};
async function touch() {}",
        "export function Ping() {
  return <button onClick={() => fetch('/api/create-post', { method: 'POST' })} />;
}
export async function ping() {
  await fetch('/api/create-post', { method: 'POST' });
  void fetch('/api/create-post', { method: 'POST' }).catch(console.error);
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export const createPost = async (): Promise<void> => {
              await touch();
              return;
            };
            async function touch() {}
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            export function Ping() {
              return <button onClick={() => createPost()} />;
            }
            export async function ping() {
              await createPost();
              void createPost().catch(console.error);
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # Calls of actions wait for each other, where requests ran side by side
            => and back
        "#]],
    );
}

#[test]
fn segments_as_an_object_in_14() {
    check(
        "//- /package.json
{ \"dependencies\": { \"next\": \"14.2.0\" } }
//- /app/api/posts/[id]/route.ts
import { cookies } from 'next/headers';
import { NextResponse, type NextRequest } from 'next/server';

export const dynamic = 'force-dynamic';

export async function PAT$0CH(req: NextRequest, context: { params: { id: string } }) {
  const agent = req.headers.get('user-agent');
  const session = req.cookies.get('session')?.value;
  const json = (await req.json()) as { title: string };
  await save(context.params.id, json.title, agent, session, cookies().get('theme'));
  return NextResponse.json({ ok: true });
}
//- /app/page.tsx
export default function Page({ id }: { id: string }) {
  const rename = async (title: string) => {
    let res: Response = await fetch(`/api/posts/${id}`, { method: 'PATCH', body: JSON.stringify({ title }) });
    return (await res.json()).ok;
  };
}
",
        expect![[r#"
            //+ /app/api/posts/[id]/actions.ts
            'use server';

            import { cookies, headers } from 'next/headers';

            export async function updatePost(id: string, input: any): Promise<any> {
              const agent = headers().get('user-agent');
              const session = cookies().get('session')?.value;
              const json = input as { title: string };
              await save(id, json.title, agent, session, cookies().get('theme'));
              return { ok: true };
            }
            //~ /app/page.tsx
            import { updatePost } from './api/posts/[id]/actions';

            export default function Page({ id }: { id: string }) {
              const rename = async (title: string) => {
                return (await updatePost(id, { title })).ok;
              };
            }
            //x /app/api/posts/[id]/route.ts
            # Nobody answers PATCH /api/posts/[id] any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/posts/[id]/route.ts)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/posts/[id]/route.ts)
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //+ /app/api/update-post/route.ts
            + import { updatePost } from './update-post';
            + 
            + export async function PATCH(request: Request) {
            +   const { id, input } = (await request.json()) as { id: Parameters<typeof updatePost>[0]; input: Parameters<typeof updatePost>[1] };
            +   const result = await updatePost(id, input);
            +   if (result === undefined) return new Response(null, { status: 204 });
            +   return Response.json(result);
            + }
            //+ /app/api/update-post/update-post.ts
            + import { cookies, headers } from 'next/headers';
            + 
            + export async function updatePost(id: string, input: any): Promise<any> {
            +   const agent = headers().get('user-agent');
            +   const session = cookies().get('session')?.value;
            +   const json = input as { title: string };
            +   await save(id, json.title, agent, session, cookies().get('theme'));
            +   return { ok: true };
            + }
            //~ /app/page.tsx
            -     let res: Response = await fetch(`/api/posts/${id}`, { method: 'PATCH', body: JSON.stringify({ title }) });
            -     return (await res.json()).ok;
            + import { updatePost } from './api/update-post/update-post';
            + 
            +     return (await updatePost(id, { title })).ok;
            //x /app/api/posts/[id]/route.ts
        "#]],
    );
}

#[test]
fn schemas_and_tries() {
    pair(
        "import { NextResponse } from \"next/server\";
import { z } from \"zod\";

const schema = z.object({ title: z.string() });

export async function PO$0ST(request: Request) {
    try {
        const data = schema.parse(await request.json());
        const id = await insert(data);
        return NextResponse.json({ id }, { status: 201 });
    } catch (error) {
        if (error instanceof z.ZodError) {
            return new Response(JSON.stringify(error.issues), { status: 422 });
        }
        return new Response(null, { status: 500 });
    }
}",
        "import { toast } from \"sonner\";

export async function onSubmit(values) {
    setSaving(true);
    let response;
    try {
        response = await fetch(\"/api/create-post\", {
            method: \"POST\",
            headers: {
                \"Content-Type\": \"application/json\",
            },
            body: JSON.stringify(values),
        });
    } finally {
        setSaving(false);
    }
    if (!response?.ok) {
        if (response.status === 422) {
            return toast(\"Check your input\");
        }
        return toast(\"Failed\");
    }
    const result = await response.json();
    return result.id;
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            "use server";

            import { z } from "zod";

            const schema = z.object({ title: z.string() });

            export async function createPost(input: any): Promise<{ ok: boolean; status: number; data?: any }> {
                try {
                    const data = schema.parse(input);
                    const id = await insert(data);
                    return { ok: true, status: 201, data: throughJson({ id }) };
                } catch (error) {
                    if (error instanceof z.ZodError) {
                        return { ok: false, status: 422, data: throughJson(error.issues) };
                    }
                    return { ok: false, status: 500 };
                }
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
                return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            import { toast } from "sonner";
            import { createPost } from "./api/create-post/actions";

            export async function onSubmit(values) {
                setSaving(true);
                let response;
                try {
                    response = await createPost(values);
                } finally {
                    setSaving(false);
                }
                if (!response?.ok) {
                    if (response.status === 422) {
                        return toast("Check your input");
                    }
                    return toast("Failed");
                }
                const result = response.data;
                return result.id;
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # Arguments don't go through JSON: a Date arrives as a Date, and undefined as undefined (/app/form.tsx)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/create-post/route.ts
            - import { NextResponse } from "next/server";
            -         return NextResponse.json({ id }, { status: 201 });
            -             return new Response(JSON.stringify(error.issues), { status: 422 });
            +         return Response.json({ id }, { status: 201 });
            +             return Response.json(error.issues, { status: 422 });
        "#]],
    );
}

#[test]
fn a_value_with_a_status_and_names_that_are_taken() {
    pair(
        "import { NextResponse } from 'next/server';

export async function PO$0ST(request: Request) {
  const input = 'x';
  const form = new Map();
  const saved: string = String((await request.json()).title);
  return NextResponse.json({ saved, input, size: form.size, at: new Date().toISOString() }, { status: 201 });
}",
        "import { createPost } from './other';
export async function save() {
  const createPostAction = createPost;
  const res = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ title: 'a' }) });
  console.log('saved');
  return (await res.json()).saved;
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export async function createPost2(inputValue: any): Promise<any> {
              const input = 'x';
              const form = new Map();
              const saved: string = String(inputValue.title);
              return throughJson({ saved, input, size: form.size, at: new Date().toISOString() });
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            import { createPost } from './other';
            import { createPost2 } from './api/create-post/actions';
            export async function save() {
              const createPostAction = createPost;
              const res = await createPost2({ title: 'a' });
              console.log('saved');
              return res.saved;
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/create-post/route.ts
            - import { NextResponse } from 'next/server';
            - 
            -   return NextResponse.json({ saved, input, size: form.size, at: new Date().toISOString() }, { status: 201 });
            +   return Response.json({ saved, input, size: form.size, at: new Date().toISOString() });
            //~ /app/form.tsx
            -   const res = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ title: 'a' }) });
            -   return (await res.json()).saved;
            +   const response = await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify({ title: 'a' }),
            +   });
            +   const res = await response.json();
            +   return res.saved;
        "#]],
    );
}
