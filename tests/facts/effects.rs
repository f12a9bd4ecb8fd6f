//! What do the functions that answer HTTP read, answer and change?

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).effects());
}

#[test]
fn bodies() {
    check(
        "export async function POST(request: Request) {
  const { title, tags = [], author: { name }, ...rest } = await request.json();
}
export async function PUT(req) { const body = await req.json(); save(body.title, body.tags.length, body.tags.map(f)); }
export async function PATCH(req) { let body; try { body = await req.clone().json(); } catch {} save(body); }
export async function DELETE(req) { const body = schema.parse(await req.json().catch(() => null)); drop(body.id); }
export const HEAD = async (req) => { const { data, success } = s.safeParse(await req.json()); return data.id; };
export const OPTIONS = async ({ body, json }) => { read(body); };",
        expect![[r#"
            POST: reads json(title, tags, author, …)
            PUT: reads json(title, tags)
            PATCH: reads json(…)
            DELETE: reads json(id)
            HEAD: reads json(id); answers others
            OPTIONS: reads body
        "#]],
    );
}

#[test]
fn forms() {
    check(
        "export async function POST(request) {
  const form = await request.formData();
  const photo = form.get('photo') as File | null;
  const KEY = 'caption';
  const other = form.get('other');
  if (other instanceof Blob) {}
  return [form.get(KEY), form.getAll('tags'), photo];
}
export async function PUT(request) { const { a, b } = Object.fromEntries(await request.formData()); }
export async function PATCH(request) { for (const [key] of (await request.formData()).entries()) {} }
export async function DELETE(request) { const form = await request.formData(); upload(form, form.get(name)); }",
        expect![[r#"
            POST: reads form(photo file, other file, caption, tags)
            PUT: reads form(a, b)
            PATCH: reads form(…)
            DELETE: reads form(…)
        "#]],
    );
    check(
        "'use server';
export async function save(prev: State, form: FormData) { const { a } = schema.parse(Object.fromEntries(form)); }
export async function late(form) { form.get('title'); }
export async function map(entries: Map<string, string>) { entries.get('title'); }
export const checked = action(schema, async (form: FormData) => { form.get('x'); });",
        expect![[r#"
            save: reads form(a)
            late: reads form(title)
            checked: reads form(x); opaque
        "#]],
    );
}

#[test]
fn raw_bodies() {
    check(
        "export async function POST(request) { await request.text(); }
export async function PUT(request) { await request.arrayBuffer(); }
export async function PATCH(request) { await fetch(url, { body: request.body }); }
export async function DELETE(request) { const text = request.text; await other.text(); }",
        expect![[r#"
            POST: reads body
            PUT: reads body
            PATCH: reads body
        "#]],
    );
}

#[test]
fn queries() {
    check(
        "export function GET(request) { request.nextUrl.searchParams.get('q'); }
export function POST(req) { const { searchParams } = new URL(req.url); searchParams.get('a'); searchParams.getAll(`b`); }
export function PUT(req) { const url = new URL(req.url); const q = url.searchParams; q.get(name); q.get('x') }
export function PATCH({ nextUrl: { searchParams: s } }) { const { page } = schema.parse(Object.fromEntries(s)); }
export function DELETE(req) { new URLSearchParams(req.nextUrl.search).has('force'); }
export function HEAD(req) { const url = new URL('/x', base); url.searchParams.get('no'); req.other.searchParams.get('no') }
export function OPTIONS(req) { return parse(req.nextUrl.searchParams); }",
        expect![[r#"
            GET: reads query(q), request
            POST: reads query(a, …), request
            PUT: reads query(x, …), request
            PATCH: reads query(page), request
            DELETE: reads query(force), request
            OPTIONS: reads query(…), request; answers others
        "#]],
    );
}

#[test]
fn parameters_of_the_path() {
    check(
        "export async function GET(request, { params }) { const { id } = await params; }
export async function POST(_, { params: { id, slug } }) {}
export async function PUT(_, context) { const { id } = await context.params; }
export async function PATCH(_, ctx) { const params = await ctx.params; load(params.id); }
export async function DELETE(request, props) { load((await props.params).id); }
export async function HEAD(request, { params }) { const [{ id }, body] = await Promise.all([params, request.json()]); body.x; }
export async function OPTIONS({ params }) { params.id; }",
        expect![[r#"
            GET: reads params(id)
            POST: reads params(id, slug)
            PUT: reads params(id)
            PATCH: reads params(id)
            DELETE: reads params(id)
            HEAD: reads params(id), json(x)
        "#]],
    );
}

#[test]
fn cookies_and_headers() {
    check(
        "import { cookies as jar, headers, draftMode } from 'next/headers';
import * as next from 'next/headers';
export async function GET(request) { (await jar()).get('session'); request.cookies.get('theme'); }
export async function POST() { const store = await jar(); store.set('a', '1'); store.set({ name: 'b' }); store.delete('c'); }
export async function PUT(request) { request.headers.get('authorization'); headers().get('x-a'); }
export async function PATCH() { client(jar()); (await next.headers()).forEach(f); }
export async function DELETE() { (await draftMode()).enable(); }
export async function HEAD(request) { const cookies = () => other; cookies().set('no'); request.cookies.set('no', ''); }",
        expect![[r#"
            GET: reads cookies(session, theme)
            POST: sets a, b; deletes c
            PUT: reads headers(authorization, x-a)
            PATCH: reads cookies(…), headers(…)
            DELETE: reads request
        "#]],
    );
    check(
        "import { NextResponse } from 'next/server';
export async function GET() { const response = NextResponse.json({}); response.cookies.set('a', '1'); return response; }
export async function POST() { const r = new NextResponse(null, { status: 204 }); r.cookies.delete(name); return r; }
export async function PUT() { const r = await fetch(url); r.cookies.set('no'); return r; }",
        expect![[r#"
            GET: answers 200; sets a
            POST: answers 204; deletes …
            PUT: answers others
        "#]],
    );
}

#[test]
fn statuses() {
    check(
        "import { NextResponse as R } from 'next/server';
import { ImageResponse } from 'next/og';
const GONE = 410;
const INIT = { status: 418 };
export async function GET() { if (a) return R.json(1); if (b) return R.json(x, { status: GONE }); return new R(null, INIT); }
export async function POST() { return ok ? Response.json(1, { status: 201 }) : new Response('', { status: e.status ?? 500 }); }
export const PUT = () => new Response(body);
export const PATCH = async () => { const status = bad ? 400 : 422; return R.json({}, { status, headers }); };
export async function DELETE() { return handle(); }
export async function HEAD() { try { return await load(async () => { return R.json(1); }); } catch (e) { throw e; } }
export async function OPTIONS() { return new ImageResponse(<p />, { width: 1 }); }",
        expect![[r#"
            GET: answers 200, 410, 418
            POST: answers 201, 500, others
            PUT: answers 200
            PATCH: answers 400, 422
            DELETE: answers others
            HEAD: answers 200
            OPTIONS: answers 200
        "#]],
    );
    check(
        "import { Response } from 'node-fetch';
export async function GET() { return new Response(null, { status: 204 }); }
export async function POST() { const text = await new globalThis.Response(x).text(); cache.put(k, Response.json(1)); }
export async function PUT() { let r; if (a) { r = R.json(1) } else { r = other; } return r; }",
        expect![[r#"
            GET: answers others
            POST: opaque
            PUT: answers others
        "#]],
    );
}

#[test]
fn helpers_of_the_file() {
    check(
        "import { revalidatePath } from 'next/cache';
const fail = (status = 400) => Response.json({}, { status });
const missing = () => new Response(null, { status: 404 });
function bump(path) { revalidatePath('/posts'); deeper(); }
function deeper() { revalidatePath('/no'); }
async function read(req) { const { title } = await req.json(); return title; }
export async function POST(request) { await read(request); bump(); if (x) return fail(); return missing(); }
export async function PUT(request) { await elsewhere(request); }
export async function PATCH() {}",
        expect![[r#"
            POST: reads json(title); answers 404, others; revalidates path /posts; opaque
            PUT: opaque
        "#]],
    );
}

#[test]
fn ways_to_another_place() {
    check(
        "import { redirect, permanentRedirect, notFound } from 'next/navigation';
import { NextResponse } from 'next/server';
const HOME = '/home';
export function GET(request) { if (a) redirect(HOME); notFound(); }
export function POST(request) { return NextResponse.redirect(new URL(`/posts/${post.id}`, request.url)); }
export function PUT(request) { return Response.redirect(`${origin}/x`, 303); }
export function PATCH() { permanentRedirect(url); }
export function DELETE() { const redirect = (x) => x; redirect('/no'); router.redirect('/no'); }",
        expect![[r#"
            GET: answers 307, 404; redirects to /home
            POST: reads request; answers 307; redirects to /posts/{post.id}
            PUT: answers 303; redirects to /x
            PATCH: answers 308; redirects to ?
        "#]],
    );
}

#[test]
fn stale_caches() {
    check(
        "'use server';
import { revalidatePath, revalidateTag, updateTag, refresh } from 'next/cache';
import { after } from 'next/server';
export async function save(id: string) {
  revalidatePath('/posts'); revalidatePath('/posts'); revalidatePath('/posts/[id]', 'page');
  after(() => { revalidateTag(`post-${id}`, 'max'); });
  updateTag('posts'); refresh();
}
export const wrapped = client.action(async ({ parsedInput }) => { revalidatePath(one ? '/a' : '/b'); });
async function hidden() { revalidatePath('/no'); }
export default async function () { revalidateTag(tags.posts); }",
        expect![[r#"
            save: revalidates path /posts, path /posts/[id], tag post-{id}, tag posts at once, what is shown
            wrapped: revalidates path /a, path /b; opaque
            default: revalidates tag ?
        "#]],
    );
}

#[test]
fn inline_actions() {
    check(
        "import { redirect } from 'next/navigation';
export default function Page({ searchParams }) {
  async function save(form: FormData) { 'use server'; form.get('title'); redirect('/done'); }
  return <form action={async (data) => { 'use server'; data.get('x'); const inner = async () => { 'use server'; redirect('/in'); }; }} />;
}
export function GET() { return <button action={async () => { 'use server'; redirect('/x'); }} />; }",
        expect![[r#"
            inline action 0: reads form(title); answers 307; redirects to /done
            inline action 1: reads form(x)
            inline action 2: answers 307; redirects to /in
            inline action 3: answers 307; redirects to /x
        "#]],
    );
}

#[test]
fn wrapped_handlers() {
    check(
        "export const GET = withSession(async ({ req, params, searchParams, session }) => {
  const { q } = schema.parse(searchParams);
  await req.json();
  return NextResponse.json({});
});
export const POST = withError('posts', async (request) => { const { a } = await request.json(); });
export const PUT = withAuth(async (request: NextRequest, { params }) => { const { id } = await params; });
export const PATCH = withAuth(handler);
async function handler(request) { new URL(request.url).searchParams.get('x'); }
export const DELETE = app(async (c) => { c.json({ a: 1 }); c.get('x'); });",
        expect![[r#"
            GET: reads query(q), json(); answers others; opaque
            POST: reads json(a); opaque
            PUT: reads params(id); opaque
            PATCH: reads query(x), request; opaque
            DELETE: opaque
        "#]],
    );
}

#[test]
fn nothing_for_other_functions() {
    check(
        "export async function load(request) { await request.json(); }
export default async function handler(req, res) { res.status(404); }
async function GET(request) { await request.json(); }",
        expect![[r#"
            nothing
        "#]],
    );
}
