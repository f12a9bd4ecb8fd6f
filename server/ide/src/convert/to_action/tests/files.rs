//! What leaves a file, and what stays.

use expect_test::expect;

use super::check;

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
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/posts/[id]/route.ts
            - export async function DELETE(request: NextRequest, { params }: Context) {
            -   const force = request.nextUrl.searchParams.get('force')
            - const table = 'posts'
            + import { table } from './shared'
            + export async function DELETE(request: NextRequest, { params }: { params: Promise<{ id: string }> }) {
            +   const { searchParams } = new URL(request.url)
            +   const force = searchParams.get('force')
            //+ /app/api/posts/[id]/shared.ts
            + export const table = 'posts'
            //~ /ui/post.tsx
            -     fetch(`/api/posts/${post.id}?force=1`, { method: 'DELETE' }).then((response) => {
            -     await fetch('/api/posts/' + encodeURIComponent(post.id), { method: 'DELETE' })
            +     fetch(`/api/posts/${encodeURIComponent(post.id)}?force=1`, { method: 'DELETE' }).then((response) => {
            +     await fetch(`/api/posts/${encodeURIComponent(post.id)}`, { method: 'DELETE' })
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
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/cart/route.js
            - const TABLE = 'cart';
            - /** The owner's. */
            - async function cart(owner) {
            -   return db.get(TABLE, owner);
            + import { cart, TABLE } from './shared';
            //+ /app/api/cart/shared.js
            + import { db } from './db';
            + 
            + export const TABLE = 'cart';
            + 
            + /** The owner's. */
            + export async function cart(owner) {
            +   return db.get(TABLE, owner);
            + }
            //~ /app/cart.jsx
            - export const save = (items) => fetch('/api/cart', { method: 'PUT', body: JSON.stringify({ items }) }).then((r) => r.json());
            + export const save = (items) => fetch('/api/cart', {
            +   method: 'PUT',
            +   headers: { 'Content-Type': 'application/json' },
            +   body: JSON.stringify({ items }),
            + }).then((response) => response.json());
        "#]],
    );
}

#[test]
fn the_last_method_takes_its_file_along() {
    check(
        "//- /app/api/session/route.tsx
import { type NextRequest, NextResponse } from \"next/server\"
import { after } from \"next/server\"
import \"server-only\"

export const runtime = \"nodejs\"
export const revalidate = 0

interface Body {
\tname: string
}

/** Signs in. */
export async function PU$0T(req: NextRequest) {
\tconst searchParams = req.nextUrl.searchParams
\tconst team = searchParams.get(\"team\")

\tconst { name }: Body = await req.json()
\tafter(async () => log(name, team, req.cookies.get(\"theme\")?.value ?? null))
\treturn NextResponse.json({ name })
}
//- /app/login.tsx
\"use client\"
import { useState } from \"react\"

export function Login({ team }) {
\tconst [name, setName] = useState(\"\")
\tconst login = () => {
\t\tfetch(`/api/session?team=${name}`, { method: \"PUT\", body: JSON.stringify({ name }) })
\t\t\t.then((r) => r.json())
\t\t\t.then(({ name }) => setName(name))
\t}
}
",
        expect![[r#"
            //+ /app/api/session/actions.tsx
            "use server"

            import { after } from "next/server"
            import "server-only"
            import { cookies } from "next/headers"

            interface Body {
            	name: string
            }

            /** Signs in. */
            export async function updateSession(team: string | null, input: any): Promise<any> {
            	const { name }: Body = input
            	after(async () => log(name, team, (await cookies()).get("theme")?.value ?? null))
            	return throughJson({ name })
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
            	return JSON.parse(JSON.stringify(value))
            }
            //~ /app/login.tsx
            "use client"
            import { useState } from "react"
            import { updateSession } from "./api/session/actions"

            export function Login({ team }) {
            	const [name, setName] = useState("")
            	const login = () => {
            		updateSession(name, { name })
            			.then(({ name }) => setName(name))
            	}
            }
            //x /app/api/session/route.tsx
            # Nobody answers PUT /api/session any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/session/route.tsx)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/session/route.tsx)
            # Arguments don't go through JSON: a Date arrives as a Date, and undefined as undefined (/app/login.tsx)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/session/route.tsx
            - import { type NextRequest, NextResponse } from "next/server"
            - export const runtime = "nodejs"
            - export const revalidate = 0
            - export async function PUT(req: NextRequest) {
            - 	const searchParams = req.nextUrl.searchParams
            - 	const { name }: Body = await req.json()
            - 	after(async () => log(name, team, req.cookies.get("theme")?.value ?? null))
            - 	return NextResponse.json({ name })
            + import { cookies } from "next/headers"
            + export async function PUT(request: Request) {
            + 	const { searchParams } = new URL(request.url)
            + 	const { name }: Body = await request.json()
            + 	after(async () => log(name, team, (await cookies()).get("theme")?.value ?? null))
            + 	return Response.json({ name })
            //~ /app/login.tsx
            - 		fetch(`/api/session?team=${name}`, { method: "PUT", body: JSON.stringify({ name }) })
            - 			.then((r) => r.json())
            + 		fetch(`/api/session?team=${encodeURIComponent(name)}`, {
            + 			method: "PUT",
            + 			headers: { "Content-Type": "application/json" },
            + 			body: JSON.stringify({ name }),
            + 		}).then((response) => response.json())
        "#]],
    );
}

#[test]
fn a_get_beside_it_is_not_built() {
    let pages = "//- /app/ping.tsx
'use client';
export const ping = () => {
  void fetch('/api/ping', { method: 'POST' });
};
";
    let handlers = "export async function GET() {
  return Response.json({ pings: await count() });
}

export async function PO$0ST() {
  await ping();
  return new Response(null, { status: 204 });
}
";
    let fourteen = "//- /package.json\n{ \"dependencies\": { \"next\": \"14.2.35\" } }\n";
    check(
        &format!("{fourteen}//- /app/api/ping/route.ts\nimport {{ count, ping }} from './db';\n\n{handlers}{pages}"),
        expect![[r#"
            //+ /app/api/ping/actions.ts
            'use server';

            import { ping } from './db';

            export async function postPing(): Promise<void> {
              await ping();
              return;
            }
            //~ /app/api/ping/route.ts
            import { count } from './db';

            // GET is answered for each request, as it was beside POST.
            export const dynamic = 'force-dynamic';

            export async function GET() {
              return Response.json({ pings: await count() });
            }
            //~ /app/ping.tsx
            'use client';

            import { postPing } from './api/ping/actions';
            export const ping = () => {
              void postPing();
            };
            # It is answered for each request, as it was beside another method: dynamic says so now (/app/api/ping/route.ts)
            # Nobody answers POST /api/ping any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/ping/route.ts)
            # Calls of actions wait for each other, where requests ran side by side
            => and back
        "#]],
    );
    let auto = format!("{fourteen}//- /app/api/ping/route.ts\nexport const dynamic = 'auto';\n\n{handlers}{pages}");
    check(
        &auto,
        expect![[r#"
            refused (get-at-build): without it GET /api/ping would be answered at build time /app/api/ping/route.ts:54
        "#]],
    );
}
