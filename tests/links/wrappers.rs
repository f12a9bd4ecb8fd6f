//! Functions of the project that put something in front of a URL, or say its method.

use expect_test::expect;

use crate::check;

#[test]
fn a_prefix_or_a_method_inside() {
    check(
        r#"
//- /lib/http.ts
const PREFIX = '/api';
export const api = (path: string, init?: RequestInit) => fetch(`/api${path}`, init);
export function post(path: string, body: unknown) {
  return fetch(`${PREFIX}/${path}`, { method: 'POST', body: JSON.stringify(body) });
}
export const request = (method: string, url: string) => fetch(url, { method });
export const call = ({ url, method = 'GET' }: Options) => fetch(url, { method });
export async function send(url, options = {}) {
  const response = await fetch(url, { ...options, headers: {} });
  return response.json();
}
export const patch = (url, body) => send(url, { method: 'PATCH', body });
//- /app/a.ts
import { api, call, patch, post, request, send } from '@/lib/http';
api('/users');
api('/users', { method: 'POST' });
api(`/users/${id}`, { method: 'DELETE' });
post('users', {});
post(`posts/${id}/comments`, {});
request('POST', '/api/users');
request('DELETE', `/api/users/${id}`);
call({ url: '/api/users', method: 'POST' });
call({ url: '/api/users' });
send('/api/users');
send('/api/users', { method: 'POST' });
send(`/api/users/${id}`, { ...options, method: 'DELETE' });
patch(`/api/users/${id}`, {});
"#,
        expect![[r#"
            app/a.ts:2:5 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:3:5 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:4:5 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:5:6 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:6:6 fetch POST /api/posts/{id}/comments pattern -> POST app/api/posts/[id]/comments
            app/a.ts:7:17 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:8:19 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:9:13 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:10:13 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:11:6 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:12:6 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:13:6 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:14:7 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
        "#]],
    );
}

#[test]
fn hooks_that_return_methods() {
    check(
        r#"
//- /lib/use-api.ts
import { useCallback, useMemo } from 'react';
import { httpGet, httpPost } from './http';
const prefix = (path) => (path.startsWith('http') ? path : `/api${path}`);
export function useApi() {
  const get = useCallback((url, params = {}) => httpGet(prefix(url), params), []);
  const post = useCallback(async (url, body) => httpPost(prefix(url), body), []);
  const remove = useCallback((url) => fetch(prefix(url), { method: 'DELETE' }), []);
  return { get, post, remove };
}
export const useClient = () => useMemo(() => ({ list: (path: string) => fetch('/api' + path) }), []);
//- /lib/http.ts
const request = (method, url, body) => fetch(url, { method, body });
export const httpGet = (url, params) => request('GET', `${url}?${new URLSearchParams(params)}`);
export const httpPost = (url, body) => request('POST', url, JSON.stringify(body));
//- /app/a.tsx
import { useApi, useClient } from '@/lib/use-api';
import { useQuery, useMutation } from '@tanstack/react-query';
export function A({ id }) {
  const { get, post, remove: drop } = useApi();
  const api = useApi();
  const client = useClient();
  useQuery({ queryKey: ['users'], queryFn: () => get('/users') });
  useQuery({ queryKey: ['user', id], queryFn: async () => { return get(`/users/${id}`, {}); } });
  useMutation({ mutationFn: (data) => post('/users', data) });
  const onClick = async () => { await drop(`/users/${id}`); };
  api.get('/posts');
  client.list('/posts');
}
"#,
        expect![[r#"
            app/a.tsx:7:54 fetch GET /api/users exact -> GET app/api/users
            app/a.tsx:8:72 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.tsx:9:44 fetch POST /api/users exact -> POST app/api/users
            app/a.tsx:10:44 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.tsx:11:11 fetch GET /api/posts exact -> GET app/api/posts
            app/a.tsx:12:15 fetch GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn without_a_leading_slash() {
    check(
        r#"
//- /service/base.ts
const API_PREFIX = '/api';
export const request = (url: string, options = {}) => {
  const full = `${API_PREFIX}${url.startsWith('/') ? url : `/${url}`}`;
  return fetch(full, options);
};
export const get = (url, options = {}) => request(url, Object.assign({}, options, { method: 'GET' }));
export const post = (url, options = {}) => request(url, Object.assign({}, options, { method: 'POST' }));
//- /service/index.ts
import { get, post } from './base';
export const users = () => get('users');
export const create = (body) => post('users', { body });
export const comment = (id, body) => post(`posts/${id}/comments`, { body });
"#,
        expect![[r#"
            service/index.ts:2:32 fetch GET /api/users exact -> GET app/api/users
            service/index.ts:3:38 fetch POST /api/users exact -> POST app/api/users
            service/index.ts:4:43 fetch POST /api/posts/{id}/comments pattern -> POST app/api/posts/[id]/comments
        "#]],
    );
}

#[test]
fn classes() {
    check(
        r#"
//- /lib/api.ts
export class Api {
  prefix = '/api';
  constructor(private base: string) {}
  get(path: string) {
    return fetch(this.base + path);
  }
  async post(path: string, body: unknown) {
    return this.request(path, { method: 'POST', body });
  }
  users = (id: string) => fetch(`${this.prefix}/users/${id}`);
  private request(path: string, init: RequestInit) {
    return fetch(`${this.base}${path}`, init);
  }
}
export const api = new Api('/api');
//- /lib/client.ts
class Client {
  private readonly root: string;
  constructor(root = '/api') {
    this.root = root;
  }
  remove(path) {
    return fetch(`${this.root}/${path}`, { method: 'DELETE' });
  }
  static list(path) {
    return fetch('/api/' + path);
  }
}
export { Client };
export default new Client();
//- /app/a.ts
import { Api, api } from '@/lib/api';
import client, { Client } from '@/lib/client';
api.get('/users');
api.post('/posts', {});
new Api('/api').get('/posts');
const own = new Api('/api/posts');
own.get(`/${id}/comments`);
client.remove(`users/${id}`);
Client.list('users'); // FIXME: a word without a slash, of a method that isn't one of HTTP's
"#,
        expect![[r#"
            lib/api.ts:10:33 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.ts:3:9 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:4:10 fetch POST /api/posts exact -> POST app/api/posts
            app/a.ts:5:21 fetch GET /api/posts exact -> GET app/api/posts
            app/a.ts:6:21 mention - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.ts:7:9 fetch GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            app/a.ts:8:15 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn classes_that_extend() {
    check(
        r#"
//- /lib/base.ts
export abstract class Base {
  constructor(protected root: string, private token?: string) {}
  protected send(path: string, init: RequestInit = {}) {
    return fetch(`/api${this.root}${path}`, init);
  }
}
//- /lib/users.ts
import { Base } from './base';
export class Users extends Base {
  constructor() {
    super('/users');
  }
  one(id: string) {
    return this.send(`/${id}`);
  }
  drop = (id: string) => this.send(`/${id}`, { method: 'DELETE' });
  get(path: string) {
    return this.send(path, { method: 'GET' });
  }
}
export class Posts extends Base {}
//- /app/a.ts
import { Posts, Users } from '@/lib/users';
new Users().get(`/${id}`);
const posts = new Posts('/posts');
posts.send(`/${id}/comments`, { method: 'POST' });
export class Own {
  prefix = '/api';
  load() {
    return this.ask('/users');
  }
  ask(path: string) {
    return fetch(this.prefix + path, { method: 'POST' });
  }
}
"#,
        expect![[r#"
            lib/users.ts:7:22 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/users.ts:9:36 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:2:17 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.ts:4:12 fetch POST /api/posts/{id}/comments pattern -> POST app/api/posts/[id]/comments
            app/a.ts:8:21 fetch POST /api/users exact -> POST app/api/users
        "#]],
    );
}

#[test]
fn through_files_and_barrels() {
    check(
        r#"
//- /lib/http/core.ts
export const core = (path, options) => fetch('/api' + path, options);
//- /lib/http/verbs.ts
import { core as send } from './core';
export const http = {
  get: (path) => send(path, { method: 'GET' }),
  post(path, body) { return send(path, { method: 'POST', body }); },
  delete: async (path) => (await send(path, { method: 'DELETE' })).json(),
};
//- /lib/http/index.ts
export { http as default } from './verbs';
export * from './verbs';
//- /app/a.ts
import client, { http } from '@/lib/http';
import * as all from '@/lib/http';
client.get('/users');
http.post('/users', {});
all.http.delete(`/users/${id}`);
"#,
        expect![[r#"
            app/a.ts:3:12 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:4:11 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:5:17 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn factories() {
    check(
        r#"
//- /lib/make.ts
export const makeApi = (base: string) => ({
  get: (path: string) => fetch(base + path),
  post: (path: string, body: unknown) => fetch(base + path, { method: 'POST' }),
});
export const users = makeApi('/api/users');
export const createFetcher = (method) => (url) => fetch(url, { method });
//- /app/a.ts
import { createFetcher, makeApi, users } from '@/lib/make';
users.get(`/${id}`);
const posts = makeApi('/api/posts');
posts.get(`/${id}/comments`);
const remove = createFetcher('DELETE');
remove(`/api/users/${id}`);
"#,
        expect![[r#"
            lib/make.ts:5:30 fetch - /api/users{path} ambiguous -> GET app/api/users, POST app/api/users
            app/a.ts:2:11 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.ts:3:23 fetch - /api/posts{path} ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.ts:4:11 fetch GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            app/a.ts:6:8 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn components_that_take_a_url() {
    check(
        r#"
//- /ui/upload.tsx
export function Upload({ url, onDone }: Props) {
  const send = async (file) => {
    await fetch(url, { method: 'POST', body: file });
  };
  return <input onChange={send} />;
}
export const Remove = (props) => <button onClick={() => fetch(props.endpoint, { method: 'DELETE' })} />;
//- /app/page.tsx
import { Remove, Upload } from '@/ui/upload';
export default ({ id }) => (
  <>
    <Upload url="/api/upload" />
    <Remove endpoint={`/api/users/${id}`} />
  </>
);
"#,
        expect![[r#"
            app/page.tsx:4:17 fetch POST /api/upload exact -> POST app/api/upload
            app/page.tsx:5:23 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn through_components() {
    check(
        r#"
//- /ui/outer.tsx
import { Inner } from './inner';
export const Outer = ({ endpoint }) => <Inner url={endpoint} />;
//- /ui/inner.tsx
export function Inner({ url }) {
  return <button onClick={() => fetch(url, { method: 'POST' })} />;
}
//- /app/page.tsx
import { Outer } from '@/ui/outer';
// FIXME: one element is looked into, not the elements in it
export default () => <Outer endpoint="/api/users" />;
"#,
        expect![[r#"
            app/page.tsx:3:38 prop - /api/users ambiguous -> GET app/api/users, POST app/api/users
        "#]],
    );
}

#[test]
fn a_wrapper_says_the_method_by_condition() {
    check(
        r#"
//- /lib/save.ts
export const save = (url, id, body) => fetch(url, { method: id ? 'PATCH' : 'POST', body });
//- /app/a.ts
import { save } from '../lib/save';
save('/api/users', undefined, {});
save(`/api/users/${id}`, id, {});
"#,
        expect![[r#"
            app/a.ts:2:6 fetch - /api/users exact -> POST app/api/users
            app/a.ts:3:6 fetch - /api/users/{id} pattern -> PATCH app/api/users/[id]
        "#]],
    );
}

#[test]
fn cache_keys_in_wrappers() {
    check(
        r#"
//- /lib/mutate.ts
import { mutate } from 'swr';
export const mutatePrefix = (prefix: string) =>
  mutate((key) => typeof key === 'string' && key.startsWith(prefix), undefined, { revalidate: true });
export const mutatePrefixes = async (prefixes: string | string[]) => {
  const list = Array.isArray(prefixes) ? prefixes : [prefixes];
  return mutate((key) => typeof key === 'string' && list.some((p) => key.startsWith(p)));
};
export const refresh = (key: string) => mutate(key);
//- /app/a.tsx
import { mutatePrefix, mutatePrefixes, refresh } from '@/lib/mutate';
import { useSWRConfig } from 'swr';
mutatePrefix('/api/users');
mutatePrefix(`/api/posts/${id}/comments`);
mutatePrefixes(['/api/users', '/api/posts']); // FIXME: a cache key; the wrapper looks at each of a list
mutatePrefix(['/api/users', '/api/posts']);
refresh('/api/users');
export function A() {
  const { mutate } = useSWRConfig();
  mutate('/api/posts');
}
"#,
        expect![[r#"
            app/a.tsx:3:14 cache-key GET /api/users pattern -> GET app/api/users
            app/a.tsx:4:14 cache-key GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            app/a.tsx:5:17 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            app/a.tsx:5:31 argument - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.tsx:6:15 cache-key GET /api/users pattern -> GET app/api/users
            app/a.tsx:6:29 cache-key GET /api/posts pattern -> GET app/api/posts
            app/a.tsx:7:9 cache-key GET /api/users exact -> GET app/api/users
            app/a.tsx:10:10 cache-key GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn what_a_wrapper_does_to_its_own_tail_is_silent() {
    check(
        r#"
//- /lib/a.ts
const PREFIX = '/api';
export const get = (url) => fetch(`${PREFIX}/${url}`);
export const post = (path) => fetch(`/api${path}`, { method: 'POST' });
export const one = (id) => fetch(`/api/users/${id}`);
export const wrapped = ({ url }) => fetch('/api/' + url);
"#,
        expect![[r#"
            lib/a.ts:4:34 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
        "#]],
    );
}

/// Whether `?` or `&` comes next, the path ends there.
#[test]
fn parameters_added_to_a_path() {
    check(
        r#"
//- /lib/request.ts
export function request(contract, input) {
  const query = new URLSearchParams(input).toString();
  const separator = contract.path.includes('?') ? '&' : '?';
  const url = query ? `${contract.path}${separator}${query}` : contract.path;
  return fetch(url, { method: contract.method });
}
export const me = { method: 'GET', path: '/api/users/me' };
export const list = { method: 'GET', path: '/api/users?page=1' };
//- /app/a.ts
import { list, me, request } from '@/lib/request';
request(me, {});
request(list, {});
fetch('/api/users/me&full=1');
fetch(`/api/users/me&${query}`);
fetch(`/api/users/${id}&full=1`);
"#,
        expect![[r#"
            lib/request.ts:7:42 member GET /api/users/me exact -> GET app/api/users/me
            lib/request.ts:8:44 member GET /api/users exact -> GET app/api/users
            app/a.ts:2:9 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:3:9 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:4:7 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:5:7 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:6:7 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
        "#]],
    );
}

/// What a class builds upon is read before its methods, however long they are.
#[test]
fn a_class_with_long_methods() {
    let lines = "    rows.push({ id, of: [row.a.b, `${row.c}/${row.d}`], at: new Date(row.e(f, g)) });\n".repeat(150);
    let class = format!(
        "
//- /lib/client.ts
function trimmed(url: string) {{
  let rest = url;
  while (rest.endsWith('/')) {{
    rest = rest.slice(0, -1);
  }}
  return rest;
}}
export class Client {{
  constructor(options) {{
    this.base = trimmed(options.base || 'http://localhost:3000');
  }}
  report(row) {{
{lines}
    return rows;
  }}
  users() {{
    return fetch(`${{this.base}}/api/users`);
  }}
}}
"
    );
    check(
        &class,
        expect![[r#"
            lib/client.ts:167:18 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}
