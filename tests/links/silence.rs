//! Where nothing may be said, or nothing more: every line here is one that a careless reader would link.

use expect_test::expect;

use crate::{check, check_alone};

#[test]
fn shadowed_names() {
    check(
        r#"
//- /lib/a.ts
export function one(fetch) { fetch('/api/users'); }
export function two() {
  const fetch = (path) => console.log('/log' + path);
  fetch('/api/users');
}
//- /lib/b.ts
import { get } from './http';
export function three() {
  const get = (path) => path.length;
  return get('/users');
}
export const four = (get) => get('/users');
//- /lib/http.ts
export const get = (path) => fetch('/api' + path);
"#,
        expect![[r#"
            lib/a.ts:1:36 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:4:9 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn foreign_hosts() {
    check(
        r#"
//- /lib/http.ts
export const vendor = (path, init) => fetch(`https://api.vendor.com${path}`, init);
export const site = (region, path) => fetch(`https://${region}.vendor.com${path}`);
export const vendorUrl = (site, path) => `https://api.${site}${path}`;
//- /app/a.ts
import { site, vendor, vendorUrl } from '@/lib/http';
vendor('/api/users');
vendor(`/api/users/${id}`, { method: 'DELETE' });
site('eu', '/api/users');
fetch(vendorUrl(region, '/api/users'));
vendorUrl(region, '/api/files/x');
const url = vendorUrl('x', '/api/posts');
fetch(url);
"#,
        expect![[r#""#]],
    );
}

#[test]
fn an_id_is_no_url() {
    check(
        r#"
//- /lib/users.ts
export const deleteUser = (id) => fetch(`/api/users/${id}`, { method: 'DELETE' });
export async function addComment(post, text) {
  return fetch(`/api/posts/${post}/comments`, { method: 'POST', body: text });
}
//- /app/a.ts
import { addComment, deleteUser } from '@/lib/users';
deleteUser('me');
deleteUser(`${id}`);
addComment('x', '/api/users'); // FIXME: a text
"#,
        expect![[r#"
            lib/users.ts:1:41 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            lib/users.ts:3:16 fetch POST /api/posts/{post}/comments pattern -> POST app/api/posts/[id]/comments
            app/a.ts:4:17 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn predicates_and_prose() {
    check(
        r#"
//- /lib/a.ts
if (path.startsWith('/api/users')) console.log(path);
const isApi = path === '/api/users' || path.includes('/api/posts');
cache.has('/api/users');
const text = 'see /api/users for more';
const doc = '/api/users is a path';
path.split('/api/users');
log(`/api/users ${id}`);
switch (path) { case '/api/users': break; }
"#,
        expect![[r#""#]],
    );
}

#[test]
fn reassigned() {
    check(
        r#"
//- /lib/a.ts
export function one(other) {
  let url = '/api/users';
  const change = () => { url = other; };
  change();
  fetch(url);
}
export function two(list) {
  let url = '/api/posts';
  for (const item of list) {
    fetch(url);
    url = item;
  }
}
let path = '/api/users';
export const set = (next) => { path = next; };
export const three = () => fetch(path);
export function four(url = '/api/users') { return fetch(url); }
export function five(url) {
  url = '/api/users';
  return fetch(url);
}
"#,
        expect![[r#"
            lib/a.ts:17:28 mention - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn parameters_that_shadow() {
    check(
        r#"
//- /lib/a.ts
const url = '/api/users';
export const one = (url) => fetch(url);
export const two = ({ url }) => fetch(url);
export const three = () => fetch(url);
//- /lib/b.ts
import { USERS } from './c';
export const one = (USERS) => fetch(USERS);
export const two = () => fetch(USERS);
//- /lib/c.ts
export const USERS = '/api/users';
"#,
        expect![[r#"
            lib/a.ts:4:34 fetch GET /api/users exact -> GET app/api/users
            lib/b.ts:3:32 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn callbacks() {
    check(
        r#"
//- /lib/a.ts
paths.forEach((path) => fetch(path));
run('/api/users', (url) => fetch(url));
export const each = (list) => list.map((id) => fetch(`/api/users/${id}`));
['/api/users', '/api/posts'].map((url) => fetch(url));
"#,
        expect![[r#"
            lib/a.ts:2:5 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/a.ts:3:54 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:4:2 element - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/a.ts:4:16 element - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
        "#]],
    );
}

#[test]
fn a_wrapper_with_a_host_of_its_own() {
    check(
        r#"
//- /lib/api.ts
const BASE = process.env.BACKEND_URL || 'https://backend.example.com';
export const backend = (path) => fetch(`${BASE}${path}`);
export const pick = (url) => fetch(url.startsWith('http') ? url : `https://cdn.example.com${url}`);
//- /app/a.ts
import { backend, pick } from '@/lib/api';
backend('/api/users'); // FIXME: the fallback says that the variable holds another host
pick('/api/users');
"#,
        expect![[r#"
            app/a.ts:2:9 fetch GET /api/users pattern -> GET app/api/users
        "#]],
    );
}

#[test]
fn other_packages() {
    check(
        r#"
//- /app/a.ts
import { thing } from 'some-package';
// FIXME: nobody knows what these do with a path; a server's own routes look the same
thing('/api/users');
thing.get('/api/users');
describe('/api/users', () => {});
app.get('/api/users', handler);
router.post('/api/users', handler);
"#,
        expect![[r#"
            app/a.ts:3:7 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            app/a.ts:4:11 request GET /api/users exact -> GET app/api/users
            app/a.ts:6:9 request GET /api/users exact -> GET app/api/users
            app/a.ts:7:13 request POST /api/users exact -> POST app/api/users
        "#]],
    );
}

/// Who gives an origin to a function that knows the path sends nothing: the function's own `fetch` does.
#[test]
fn an_origin_is_no_path() {
    check(
        r#"
//- /lib/wait.ts
export async function waitFor(baseUrl) {
  return fetch(`${baseUrl}/api/users`);
}
export const ask = (origin, path) => fetch(`${origin}${path}`);
//- /app/a.ts
import { ask, waitFor } from '@/lib/wait';
const base = `http://localhost:${port}`;
waitFor(base);
waitFor('http://localhost:3000');
waitFor(process.env.URL);
ask(base, '/api/users');
ask('http://localhost:3000', `/api/users/${id}`);
"#,
        expect![[r#"
            lib/wait.ts:2:16 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:6:11 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:7:30 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
        "#]],
    );
}

#[test]
fn names_that_the_file_declares_itself() {
    check(
        r#"
//- /lib/a.ts
import { goTo, leave, mutate, preload, refresh } from './own';
function redirect(location) {
  return new Response(null, { status: 302, headers: { location } });
}
const push = (path) => path.length;
const paths = [];
class Request {
  constructor(path) { this.path = path.length; }
}
export function one() {
  redirect('/api/users');
  push('/api/posts');
  paths.push('/api/files/a');
  mutate('/api/users');
  preload('/api/users');
  refresh('/api/users');
  return new Request('/api/upload');
}
export const two = (router) => router.push('/api/users');
goTo('/api/users');
leave('/api/users');
//- /lib/own.ts
import { redirect as to } from 'next/navigation';
import { mutate as swr } from 'swr';
export const goTo = (path) => to(`${path}?from=here`);
export const leave = (path) => window.location.assign(path);
import { createNavigation } from 'some-package';
export const mutate = (path) => path.split('/');
export const { preload } = createNavigation();
export const refresh = (path) => swr(path);
"#,
        expect![[r#"
            lib/a.ts:11:12 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/a.ts:12:8 argument - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            lib/a.ts:14:10 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/a.ts:15:11 swr GET /api/users exact -> GET app/api/users
            lib/a.ts:16:11 cache-key GET /api/users exact -> GET app/api/users
            lib/a.ts:17:22 argument - /api/upload exact -> POST app/api/upload
            lib/a.ts:19:44 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:20:6 navigation GET /api/users exact -> GET app/api/users
            lib/a.ts:21:7 navigation GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn expectations_and_data_of_tests() {
    check(
        r#"
//- /lib/paths.ts
export const normal = (path) => path.slice(0, 12).replace(/\d+/g, ':id');
export const isApi = (path: string) => path.startsWith('/api/') && !/x/.test(path);
export const visit = (page, path) => page.goto(path);
export const read = (path) => fetch(path);
//- /lib/a.test.ts
import { expect, it, vi } from 'vitest';
import { isApi, normal, read, visit } from './paths';
const redirect = (location) => new Response(null, { headers: { location } });
it.each([['/api/users', 'users'], ['/api/posts', 'posts']])('%s', async (path) => {});
it('asks', async () => {
  for (const path of ['/api/users', '/api/upload']) expect(normal(path)).toBe(path);
  expect(fetch).toHaveBeenCalledWith('/api/users', { method: 'POST' });
  expect(fetch).not.toHaveBeenCalledWith(new URL('/api/users', base));
  expect(client).toHaveBeenLastCalledWith(expect.objectContaining({ url: '/api/users', method: 'GET' }));
  expect(fetch.mock.calls).toEqual([['/api/users', {}], [expect.stringContaining('/api/posts'), {}]]);
  expect(normal('/api/users')).toBe('x');
  expect(isApi('/api/users')).toBe(true);
  respond(redirect('/api/users'));
  const { status } = await read('/api/users');
  expect((await fetch('/api/posts')).status).toBe(200);
  await visit(page, '/api/users/me');
  text.replace(new RegExp(`/api/users/${id}`, 'g'), RegExp('/api/users').source);
});
"#,
        expect![[r#"
            lib/a.test.ts:14:33 fetch GET /api/users exact -> GET app/api/users
            lib/a.test.ts:15:23 fetch GET /api/posts exact -> GET app/api/posts
            lib/a.test.ts:16:21 argument - /api/users/me exact -> GET app/api/users/me
        "#]],
    );
}

#[test]
fn requests_that_a_test_makes_by_hand() {
    check(
        r#"
//- /lib/http.ts
export const make = (method, url) => new NextRequest(new URL(url, 'http://localhost:3000'), { method });
//- /lib/upload.test.ts
import { make } from './http';
it('looks', () => {
  handle(new Request('http://localhost/api/files/a'));
  handle(make('GET', '/api/files/a'));
  handle(new Request('http://localhost/api/users'));
});
//- /app/api/files/[...path]/route.test.ts
import { make } from '@/lib/http';
it('reads', async () => {
  const { GET } = await import('./route');
  await GET(new Request('http://localhost/api/files/a'));
  await GET(make('GET', 'http://localhost:3000/api/files/a/b'));
});
//- /app/api/upload/route.test.ts
import { POST } from './route';
it('has no DELETE', async () => {
  await POST(new Request('http://localhost/api/upload', { method: 'DELETE' }));
  await fetch('/api/users/1', { method: 'POST' });
  await send('/api/users/1', { method: 'POST' });
});
//- /app/api/sso/[[...rest]]/route.ts
export async function GET() {}
//- /lib/sso.test.ts
handle(new Request('http://localhost/api/sso?code=1'));
handle(new Request('http://localhost/api/sso/callback'));
"#,
        expect![[r#"
            lib/upload.test.ts:5:22 fetch GET /api/users exact -> GET app/api/users
            app/api/files/[...path]/route.test.ts:4:25 fetch GET /api/files/a exact -> GET app/api/files/[...path]
            app/api/files/[...path]/route.test.ts:5:25 fetch GET /api/files/a/b exact -> GET app/api/files/[...path]
            app/api/upload/route.test.ts:3:26 fetch DELETE /api/upload unresolved -> POST app/api/upload
            app/api/upload/route.test.ts:4:15 fetch POST /api/users/1 unresolved -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/sso.test.ts:1:20 fetch GET /api/sso exact -> GET app/api/sso/[[...rest]]
        "#]],
    );
}

#[test]
fn tests_of_another_program() {
    check(
        r#"
//- /package.json
{ "name": "root", "workspaces": ["packages/*"], "dependencies": { "next": "16.1.0" } }
//- /packages/server/package.json
{ "name": "server", "dependencies": { "hono": "4" } }
//- /packages/server/src/app.test.ts
app.route('/api/users', users);
app.mount('/api/posts', posts);
app.request(new Request('http://localhost/api/users'));
fetch('/api/posts');
fetch(`${process.env.WEB_URL}/api/upload`, { method: 'POST' });
//- /packages/e2e/package.json
{ "name": "e2e" }
//- /packages/e2e/src/users.ts
request.get('/api/users');
"#,
        expect![[r#"
            packages/server/src/app.test.ts:5:7 fetch POST /api/upload pattern -> POST app/api/upload
            packages/e2e/src/users.ts:1:13 request GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn filters_of_keys() {
    check(
        r#"
//- /lib/a.ts
import { mutate } from 'swr';
mutate((key) => key.includes('/api/users/') && key.includes('/likes'));
mutate((key) => key.startsWith('/api/posts') && key.endsWith('/likes'));
mutate((key) => key.startsWith('/api/users/'));
mutate((key) => !key.startsWith('/api/users'));
mutate((key) => key.startsWith('/api/users') === false);
mutate((key) => key.endsWith('/api/users'));
mutate((key) => typeof key === 'string' && key.startsWith('/api/users'));
mutate((key) => key.startsWith('/api/users') || key.startsWith('/api/posts'));
"#,
        expect![[r#"
            lib/a.ts:8:59 cache-key GET /api/users pattern -> GET app/api/users
            lib/a.ts:9:32 cache-key GET /api/users pattern -> GET app/api/users
            lib/a.ts:9:64 cache-key GET /api/posts pattern -> GET app/api/posts
        "#]],
    );
}

#[test]
fn the_origin_of_another_program() {
    check_alone(
        r#"
//- /package.json
{ "workspaces": ["apps/*"] }
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.1.0" } }
//- /apps/web/app/api/users/route.ts
export function GET() {}
//- /apps/web/lib/a.ts
fetch(`${location.origin}/api/users`);
//- /apps/hub/package.json
{ "name": "hub", "dependencies": { "hono": "4" } }
//- /apps/hub/src/a.ts
const issuer = process.env.ISSUER || url.origin;
fetch(`${issuer}/api/users`);
fetch(`${url.origin}/api/users`);
fetch(`${new URL(req.url).origin}/api/users`);
fetch(`${process.env.ISSUER ?? new URL(c.req.url).origin}/api/users`);
fetch(`${window.location.origin}/api/users`);
fetch(new URL(`${request.nextUrl.origin}/api/users`));
fetch(`${process.env.WEB_URL}/api/users`);
fetch(`${new URL(process.env.WEB_URL).origin}/api/users`);
"#,
        expect![[r#"
            apps/web/lib/a.ts:1:7 fetch GET /api/users pattern -> GET apps/web/app/api/users
            apps/hub/src/a.ts:8:7 fetch GET /api/users pattern -> GET apps/web/app/api/users
            apps/hub/src/a.ts:9:7 fetch GET /api/users pattern -> GET apps/web/app/api/users
        "#]],
    );
}

#[test]
fn tenants_of_another_host() {
    check(
        r#"
//- /lib/a.ts
const domain = process.env.DOMAIN ?? 'vendor.com';
fetch(`https://store-${process.env.STORE}.${domain}/api/users`);
fetch(`https://store-${process.env.STORE}.${process.env.DOMAIN}/api/users`);
fetch(`https://${process.env.HOST}/api/users`);
fetch(`https://app.${process.env.DOMAIN}/api/users`);
fetch(`http://localhost:${process.env.PORT}/api/users`);
"#,
        expect![[r#"
            lib/a.ts:4:7 fetch GET /api/users pattern -> GET app/api/users
            lib/a.ts:5:7 fetch GET /api/users pattern -> GET app/api/users
            lib/a.ts:6:7 fetch GET /api/users pattern -> GET app/api/users
        "#]],
    );
}
