//! Handlers in, actions out, with their callers.

use expect_test::{Expect, expect};

use crate::convert::{Way, tests::converted};

mod refusals;

fn check(files: &str, expected: Expect) {
    expected.assert_eq(&converted(files, Way::ToAction));
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
        "#]],
    );
}

#[test]
fn segments_and_query() {
    check(
        "//- /app/api/posts/[id]/route.ts
import { NextRequest, NextResponse } from 'next/server'
import { db } from '../../../../lib/db'

type Context = { params: Promise<{ id: string }> }

export async function GET(request: NextRequest, { params }: Context) {
  const { id } = await params
  return NextResponse.json(await find(id))
}

export async function DEL$0ETE(request: NextRequest, { params }: Context) {
  const { id } = await params
  const force = request.nextUrl.searchParams.get('force')
  await remove(id, force === '1')
  return NextResponse.json({ success: true })
}

/** Finds one. */
function find(id: string) {
  return db.find(table, id)
}

// Removes one.
async function remove(id: string, force: boolean) {
  await db.remove(table, id, force)
}

const table = 'posts'
//- /lib/db.ts
export const db = {}
//- /ui/post.tsx
'use client'

export function Post({ post }: { post: { id: number } }) {
  const remove = () =>
    fetch(`/api/posts/${post.id}?force=1`, { method: 'DELETE' }).then((response) => {
      if (!response.ok) alert(response.status)
    })
  const quietly = async () => {
    await fetch('/api/posts/' + encodeURIComponent(post.id), { method: 'DELETE' })
  }
  return <button onClick={remove} onBlur={quietly} />
}
",
        expect![[r#"
            //+ /app/api/posts/[id]/shared.ts
            export const table = 'posts'
            //+ /app/api/posts/[id]/actions.ts
            'use server'

            import { db } from '../../../../lib/db'
            import { table } from './shared'

            export async function deletePost(id: string, force: string | null): Promise<{ ok: boolean; status: number; data: any }> {
              await remove(id, force === '1')
              return { ok: true, status: 200, data: { success: true } }
            }

            // Removes one.
            async function remove(id: string, force: boolean) {
              await db.remove(table, id, force)
            }
            //~ /app/api/posts/[id]/route.ts
            import { NextRequest, NextResponse } from 'next/server'
            import { db } from '../../../../lib/db'
            import { table } from './shared'

            type Context = { params: Promise<{ id: string }> }

            export async function GET(request: NextRequest, { params }: Context) {
              const { id } = await params
              return NextResponse.json(await find(id))
            }

            /** Finds one. */
            function find(id: string) {
              return db.find(table, id)
            }
            //~ /ui/post.tsx
            'use client'

            import { deletePost } from '../app/api/posts/[id]/actions'

            export function Post({ post }: { post: { id: number } }) {
              const remove = () =>
                deletePost(String(post.id), '1').then((response) => {
                  if (!response.ok) alert(response.status)
                })
              const quietly = async () => {
                await deletePost(String(post.id), null)
              }
              return <button onClick={remove} onBlur={quietly} />
            }
            # Nobody answers DELETE /api/posts/[id] any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/posts/[id]/route.ts)
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

            import { headers, cookies } from 'next/headers';

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
        "#]],
    );
}

#[test]
fn a_form() {
    pair(
        "import { NextResponse } from 'next/server';
export async function PO$0ST(request: Request): Promise<NextResponse<{ name: string }>> {
  const formData = await request.formData();
  const file = formData.get('file') as File;
  return file ? NextResponse.json({ name: file.name }) : new NextResponse('No file', { status: 400 });
}",
        "export async function upload(file: File) {
  const data = new FormData();
  data.append('file', file);
  const response = await fetch('/api/create-post', { method: 'POST', body: data });
  const json = response.ok ? await response.json() : null;
  return json?.name;
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export async function createPost(formData: FormData): Promise<{ ok: boolean; status: number; data: any }> {
              const file = formData.get('file') as File;
              return file ? { ok: true, status: 200, data: throughJson({ name: file.name }) } : { ok: false, status: 400, data: 'No file' };
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            export async function upload(file: File) {
              const data = new FormData();
              data.append('file', file);
              const response = await createPost(data);
              const json = response.ok ? response.data : null;
              return json?.name;
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # An action's body may have 1 MB, unless serverActions.bodySizeLimit says otherwise
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
        "#]],
    );
}

#[test]
fn shared_code_gets_a_module_of_its_own() {
    check(
        "//- /app/api/cart/route.js
import { NextResponse } from 'next/server';
import { db } from './db';
import { price } from './price';

const TABLE = 'cart';

/** The owner's. */
async function cart(owner) {
  return db.get(TABLE, owner);
}

export async function GET() {
  return NextResponse.json(await cart('me'));
}

export async function PU$0T(request) {
  const { items } = await request.json();
  const before = await cart('me');
  await db.set(TABLE, { ...before, items, total: price(items) });
  return NextResponse.json({ saved: true });
}
//- /app/cart.jsx
import db from '@/app/api/cart/db';
export const save = (items) => fetch('/api/cart', { method: 'PUT', body: JSON.stringify({ items }) }).then((r) => r.json());
//- /app/api/cart/db.js
export const db = {};
//- /app/api/cart/actions.ts
export const taken = 1;
",
        expect![[r#"
            //+ /app/api/cart/shared.js
            import { db } from './db';

            export const TABLE = 'cart';

            /** The owner's. */
            export async function cart(owner) {
              return db.get(TABLE, owner);
            }
            //+ /app/api/cart/actions-2.js
            'use server';

            import { db } from './db';
            import { price } from './price';
            import { TABLE, cart } from './shared';

            export async function updateCart({ items }) {
              const before = await cart('me');
              await db.set(TABLE, { ...before, items, total: price(items) });
              return { saved: true };
            }
            //~ /app/api/cart/route.js
            import { NextResponse } from 'next/server';
            import { cart } from './shared';

            export async function GET() {
              return NextResponse.json(await cart('me'));
            }
            //~ /app/cart.jsx
            import db from '@/app/api/cart/db';
            import { updateCart } from '@/app/api/cart/actions-2';
            export const save = (items) => updateCart({ items });
            # Nobody answers PUT /api/cart any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/cart/route.js)
            # Arguments don't go through JSON: a Date arrives as a Date, and undefined as undefined (/app/cart.jsx)
        "#]],
    );
}
