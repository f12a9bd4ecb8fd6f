//! Conditions that are decided by what is known: of a text, of an argument, of one that is left out.

use expect_test::expect;

use crate::check;

#[test]
fn a_query_is_opened_or_goes_on() {
    check(
        r#"
//- /lib/http.ts
const withQuery = (path, query) => `${path}${path.includes('?') ? '&' : '?'}${query}`;
export const read = (path, query) => fetch(withQuery(path, query));
export function mark(url) {
  const separator = url.indexOf('?') === -1 ? '?' : '&';
  return fetch(url + separator + 'mark=1');
}
export const page = (url) => fetch(url.includes('?') ? `${url}&page=1` : `${url}?page=1`);
//- /app/a.ts
import { mark, page, read } from '@/lib/http';
read('/api/users/me', query);
read('/api/users/me?all=1', query);
read(`/api/users/${id}`, query);
read(`/api/users/${id}?all=1`, query);
mark('/api/users');
page('/api/users/me');
page(`/api/users/${id}`);
//- /lib/contract.ts
const fill = (path, params) => path.replace(/\[([^\]]+)\]/g, (_, name) => encodeURIComponent(params[name]));
export const send = (contract, params, query) =>
  fetch(`${fill(contract.path, params)}${contract.path.includes('?') ? '&' : '?'}${query}`, { method: contract.method });
//- /app/b.ts
import { send } from '@/lib/contract';
const remove = { method: 'DELETE', path: '/api/users/[id]' };
const me = { method: 'GET', path: '/api/users/me' };
send(remove, { id }, query);
send(me, {}, query);
const one = (id) => fetch('/api/posts/[id]/likes'.replace('[id]', id));
const other = (id) => fetch('/api/posts/:id/likes'.replace(':id', encodeURIComponent(id)));
"#,
        expect![[r#"
            app/a.ts:2:6 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:3:6 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:4:6 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.ts:5:6 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.ts:6:6 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:7:6 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:8:6 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/b.ts:2:42 member DELETE /api/users/[id] exact -> DELETE app/api/users/[id]
            app/b.ts:3:35 member GET /api/users/me exact -> GET app/api/users/me
            app/b.ts:4:6 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/b.ts:5:6 fetch GET /api/users/me exact -> GET app/api/users/me
            app/b.ts:6:27 mention - /api/posts/[id]/likes exact -> GET app/api/posts/[id]/likes
            app/b.ts:7:29 mention - /api/posts/:id/likes exact -> GET app/api/posts/[id]/likes
        "#]],
    );
}

#[test]
fn an_argument_that_is_left_out() {
    check(
        r#"
//- /lib/rest.ts
export const rest = async (url, args?, options?) => {
  const method = options?.method || 'POST';
  return fetch(url, { method, body: JSON.stringify(args), ...options });
};
export function send(path: string, init: RequestInit = {}) {
  const { method = 'PATCH' } = init;
  return fetch(path, { ...init, method });
}
export const ask = (path, body) => fetch(path, body ? { method: 'POST', body } : undefined);
export const first = (options, path) => fetch(path, { method: options?.method ?? 'GET' });
//- /app/a.ts
import { ask, first, rest, send } from '@/lib/rest';
rest('/api/users');
rest('/api/users', { name });
rest('/api/users', {}, { method: 'GET' });
rest('/api/users', {}, { headers });
rest('/api/users', {}, { headers, ...others });
rest('/api/users', ...more);
rest('/api/users', {}, others);
send(`/api/users/${id}`);
send(`/api/users/${id}`, { method: 'DELETE' });
ask('/api/users');
ask('/api/users', { name });
first(undefined, '/api/users');
first({}, '/api/users');
first(others, '/api/users');
"#,
        expect![[r#"
            app/a.ts:2:6 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:3:6 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:4:6 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:5:6 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:6:6 fetch - /api/users ambiguous -> POST app/api/users, GET app/api/users
            app/a.ts:7:6 fetch - /api/users ambiguous -> POST app/api/users, GET app/api/users
            app/a.ts:8:6 fetch - /api/users ambiguous -> POST app/api/users, GET app/api/users
            app/a.ts:9:6 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            app/a.ts:10:6 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:11:5 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:12:5 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:13:18 fetch - /api/users ambiguous -> GET app/api/users, POST app/api/users
            app/a.ts:14:11 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:15:15 fetch - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn the_argument_of_the_function_that_made_a_function() {
    check(
        r#"
//- /lib/slug.ts
export function useSlug(type: 'user' | 'post') {
  const base = type === 'user' ? '/api/users' : '/api/posts';
  const urlOf = (id: string) => `${base}/${id}`;
  const listUrl = () => (type !== 'post' ? '/api/users' : '/api/posts');
  return { urlOf, listUrl };
}
export const maker = (method) => (path) => fetch(path, { method: method === 'remove' ? 'DELETE' : 'PATCH' });
//- /app/a.tsx
import { maker, useSlug } from '@/lib/slug';
export function Users({ id }) {
  const { urlOf, listUrl } = useSlug('user');
  fetch(urlOf(id));
  return <a href={listUrl()}>{id}</a>;
}
export function Posts({ id, kind }) {
  const { urlOf, listUrl } = useSlug('post');
  const open = useSlug(kind);
  fetch(`${urlOf(id)}/likes`);
  fetch(listUrl());
  fetch(open.listUrl());
  maker('remove')(`/api/users/${id}`);
  const change = maker('change');
  change(`/api/users/${id}`);
}
"#,
        expect![[r#"
            lib/slug.ts:3:33 mention - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/slug.ts:4:26 mention - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts, GET app/api/users, POST app/api/users
            app/a.tsx:4:9 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.tsx:5:19 link GET /api/users exact -> GET app/api/users
            app/a.tsx:10:9 fetch GET /api/posts/{id}/likes pattern -> GET app/api/posts/[id]/likes
            app/a.tsx:11:9 fetch GET /api/posts exact -> GET app/api/posts
            app/a.tsx:12:9 fetch GET /api/posts ambiguous -> GET app/api/posts, GET app/api/users
            app/a.tsx:13:19 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.tsx:15:10 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
        "#]],
    );
}
