//! Who takes a URL, and what that makes of it.

use expect_test::expect;

use crate::check;

#[test]
fn calls() {
    check(
        r#"
//- /lib/a.ts
import { redirect, permanentRedirect, useRouter } from 'next/navigation';
import { revalidatePath } from 'next/cache';
fetch('/api/users');
window.fetch('/api/users');
globalThis.fetch('/api/users', { method: 'POST' });
fetch(new Request('/api/users', { method: 'POST' }));
new Request('/api/posts', { method: 'POST' });
new EventSource('/api/posts');
navigator.sendBeacon('/api/upload', data);
const xhr = new XMLHttpRequest();
xhr.open('POST', '/api/upload');
xhr.open('DELETE', `/api/users/${id}`, true);
redirect('/api/users');
permanentRedirect(`/api/users/${id}`);
NextResponse.redirect(new URL('/api/users', request.url));
revalidatePath('/api/users');
window.open('/api/users');
export function useGo() {
  const router = useRouter();
  router.push('/api/users');
  router.replace(`/api/users/${id}`);
  router.prefetch('/api/posts');
}
"#,
        expect![[r#"
            lib/a.ts:3:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:4:14 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:5:18 fetch POST /api/users exact -> POST app/api/users
            lib/a.ts:6:19 fetch POST /api/users exact -> POST app/api/users
            lib/a.ts:7:13 fetch POST /api/posts exact -> POST app/api/posts
            lib/a.ts:8:17 event-source GET /api/posts exact -> GET app/api/posts
            lib/a.ts:9:22 beacon POST /api/upload exact -> POST app/api/upload
            lib/a.ts:11:18 fetch POST /api/upload exact -> POST app/api/upload
            lib/a.ts:12:20 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            lib/a.ts:13:10 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:14:19 navigation GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:15:31 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:16:16 revalidation GET /api/users exact -> GET app/api/users
            lib/a.ts:17:13 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:20:15 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:21:18 navigation GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:22:19 navigation GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn locations() {
    check(
        r#"
//- /lib/a.ts
export function go(id) {
  window.location.href = '/api/users';
  location.href = `/api/users/${id}`;
  window.location = '/api/posts';
  location.assign('/api/users');
  window.location.replace(`/api/users/${id}`);
  document.location.href = '/api/users?x=' + id;
  image.src = '/api/users';
  anchor.href = '/api/posts';
  state.path = '/api/users';
}
"#,
        expect![[r#"
            lib/a.ts:2:26 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:3:19 navigation GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:4:21 navigation GET /api/posts exact -> GET app/api/posts
            lib/a.ts:5:19 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:6:27 navigation GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:7:28 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:8:15 source GET /api/users exact -> GET app/api/users
            lib/a.ts:9:17 link GET /api/posts exact -> GET app/api/posts
            lib/a.ts:10:16 mention - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn elements() {
    check(
        r#"
//- /app/page.tsx
import Link from 'next/link';
import Image from 'next/image';
export default ({ id, path }) => (
  <>
    <form action="/api/users" method="post"><button formAction="/api/posts" formMethod="post" /></form>
    <form action={`/api/users/${id}`} />
    <a href="/api/users">x</a>
    <a href={'/api/users/' + id} download />
    <Link href="/api/posts" />
    {/* FIXME: a link */}
    <Link href={{ pathname: '/api/users', query: { page: 1 } }} />
    <img src="/api/users" />
    <Image src={`/api/users/${id}`} alt="" />
    <iframe src="/api/posts" />
    <video poster="/api/posts" src="/api/users" />
    <Thing to="/api/users" />
  </>
);
"#,
        expect![[r#"
            app/page.tsx:5:18 form POST /api/users exact -> POST app/api/users
            app/page.tsx:5:64 form POST /api/posts exact -> POST app/api/posts
            app/page.tsx:6:19 form GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/page.tsx:7:13 link GET /api/users exact -> GET app/api/users
            app/page.tsx:8:14 link GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/page.tsx:9:16 link GET /api/posts exact -> GET app/api/posts
            app/page.tsx:11:29 member - /api/users ambiguous -> GET app/api/users, POST app/api/users
            app/page.tsx:12:14 source GET /api/users exact -> GET app/api/users
            app/page.tsx:13:17 source GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/page.tsx:14:17 source GET /api/posts exact -> GET app/api/posts
            app/page.tsx:15:19 source GET /api/posts exact -> GET app/api/posts
            app/page.tsx:15:36 source GET /api/users exact -> GET app/api/users
            app/page.tsx:16:15 prop - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn queries() {
    check(
        r#"
//- /lib/a.tsx
import { useMutation, useQuery } from '@tanstack/react-query';
const api = { get: (path) => fetch('/api' + path), post: (path, body) => fetch('/api' + path, { method: 'POST' }) };
export function useUsers(id) {
  useQuery({ queryKey: ['/api/users'], queryFn: () => api.get('/users') });
  useQuery({ queryKey: ['x'], queryFn: async () => (await fetch(`/api/users/${id}`)).json() });
  useMutation({ mutationFn: (body) => api.post('/users', body) });
  useMutation({ mutationFn: async (body) => { await fetch(`/api/users/${id}`, { method: 'DELETE' }); } });
}
"#,
        expect![[r#"
            lib/a.tsx:4:25 cache-key GET /api/users exact -> GET app/api/users
            lib/a.tsx:4:63 fetch GET /api/users exact -> GET app/api/users
            lib/a.tsx:5:65 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.tsx:6:48 fetch POST /api/users exact -> POST app/api/users
            lib/a.tsx:7:59 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn handlers_by_destructuring() {
    check(
        r#"
//- /app/api/auth/[...all]/route.ts
import { handlers, other } from '@/auth';
export const { POST, PUT } = handlers;
export const GET: typeof handlers.GET = (request) => other(request);
//- /lib/a.ts
fetch('/api/auth/session');
fetch(`/api/auth/callback/${provider}`, { method: 'POST' });
"#,
        expect![[r#"
            lib/a.ts:1:7 fetch GET /api/auth/session exact -> GET app/api/auth/[...all]
            lib/a.ts:2:7 fetch POST /api/auth/callback/{provider} pattern -> POST app/api/auth/[...all]
        "#]],
    );
}

#[test]
fn route_handlers_of_both_routers() {
    check(
        r#"
//- /pages/api/old/[id].ts
export default function handler(req, res) {}
//- /app/feed.xml/route.ts
export async function GET() {}
//- /lib/a.tsx
fetch(`/api/old/${id}`, { method: 'PUT' });
fetch('/feed.xml');
export const Feed = () => <a href="/feed.xml" />;
"#,
        expect![[r#"
            lib/a.tsx:1:7 fetch PUT /api/old/{id} pattern -> * pages/api/old/[id].ts
            lib/a.tsx:2:7 fetch GET /feed.xml exact -> GET app/feed.xml
            lib/a.tsx:3:35 link GET /feed.xml exact -> GET app/feed.xml
        "#]],
    );
}
