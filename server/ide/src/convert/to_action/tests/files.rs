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
            //+ /app/api/delete-post/client.ts
            + import type { DeletePost } from './route'
            + 
            + /** Sends DELETE /api/delete-post. */
            + export const deletePost: DeletePost = async (id, force) => {
            +   const response = await fetch('/api/delete-post', {
            +     method: 'DELETE',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify({ id, force }),
            +   })
            +   if (response.redirected) {
            +     window.location.assign(response.url)
            +     return new Promise<never>(() => {})
            +   }
            +   if (!response.ok) throw new Error(`DELETE /api/delete-post answered ${response.status}`)
            +   return response.status === 204 ? undefined : response.json()
            + }
            //+ /app/api/delete-post/route.ts
            + import { db } from '../../../lib/db'
            + import { table } from '../posts/[id]/shared'
            + 
            + // Removes one.
            + async function remove(id: string, force: boolean) {
            +   await db.remove(table, id, force)
            + }
            + 
            + export async function DELETE(request: Request) {
            +   const { id, force } = (await request.json()) as { id: string; force: string | null }
            +   const result = await deletePost(id, force)
            +   if (result === undefined) return new Response(null, { status: 204 })
            +   return Response.json(result)
            + }
            + 
            + async function deletePost(id: string, force: string | null): Promise<{ ok: boolean; status: number; data: any }> {
            +   await remove(id, force === '1')
            +   return { ok: true, status: 200, data: { success: true } }
            + }
            + 
            + export type DeletePost = typeof deletePost
            //~ /app/api/posts/[id]/route.ts
            - export async function DELETE(request: NextRequest, { params }: Context) {
            -   const force = request.nextUrl.searchParams.get('force')
            -   await remove(id, force === '1')
            -   return NextResponse.json({ success: true })
            - async function remove(id: string, force: boolean) {
            -   await db.remove(table, id, force)
            - const table = 'posts'
            + import { table } from './shared'
            //+ /app/api/posts/[id]/shared.ts
            + export const table = 'posts'
            //~ /ui/post.tsx
            -     fetch(`/api/posts/${post.id}?force=1`, { method: 'DELETE' }).then((response) => {
            -     await fetch('/api/posts/' + encodeURIComponent(post.id), { method: 'DELETE' })
            + import { deletePost } from '../app/api/delete-post/client'
            +     deletePost(String(post.id), '1').then((response) => {
            +     await deletePost(String(post.id), null)
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
            - import { db } from './db';
            - import { price } from './price';
            - const TABLE = 'cart';
            - /** The owner's. */
            - async function cart(owner) {
            -   return db.get(TABLE, owner);
            - export async function PUT(request) {
            -   const { items } = await request.json();
            -   const before = await cart('me');
            -   await db.set(TABLE, { ...before, items, total: price(items) });
            -   return NextResponse.json({ saved: true });
            + import { cart } from './shared';
            //+ /app/api/cart/shared.js
            + import { db } from './db';
            + 
            + export const TABLE = 'cart';
            + 
            + /** The owner's. */
            + export async function cart(owner) {
            +   return db.get(TABLE, owner);
            + }
            //+ /app/api/update-cart/route.js
            + import { updateCart } from './update-cart';
            + 
            + export async function PUT(request) {
            +   const { input } = await request.json();
            +   return Response.json(await updateCart(input));
            + }
            //+ /app/api/update-cart/update-cart.js
            + import { db } from '../cart/db';
            + import { price } from '../cart/price';
            + import { TABLE, cart } from '../cart/shared';
            + 
            + export async function updateCart({ items }) {
            +   const before = await cart('me');
            +   await db.set(TABLE, { ...before, items, total: price(items) });
            +   return { saved: true };
            + }
            //~ /app/cart.jsx
            - export const save = (items) => fetch('/api/cart', { method: 'PUT', body: JSON.stringify({ items }) }).then((r) => r.json());
            + import { updateCart } from '@/app/api/update-cart/update-cart';
            + export const save = (items) => updateCart({ items });
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
