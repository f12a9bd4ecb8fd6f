//! Paths that are kept elsewhere: constants, members, enums, functions that make them.

use expect_test::expect;

use crate::check;

#[test]
fn constants() {
    check(
        r#"
//- /lib/paths.ts
export const USERS = '/api/users';
export const BASE = '/api';
export const POSTS = `${BASE}/posts`;
export const ROUTES = { users: { all: '/api/users', one: (id) => `/api/users/${id}` }, posts: '/api/posts' } as const;
export enum Path { Users = '/api/users', Upload = '/api/upload' }
export const name = 'upload';
export default '/api/users/me';
//- /lib/index.ts
export { USERS as PEOPLE } from './paths';
export * from './paths';
export * as all from './paths';
//- /app/a.ts
import me, { BASE, POSTS, Path, ROUTES, name } from '@/lib/paths';
import { PEOPLE, all } from '@/lib';
import * as paths from '../lib/paths';
fetch(PEOPLE);
fetch(POSTS, { method: 'POST' });
fetch(`${PEOPLE}/${id}`, { method: 'PATCH' });
fetch(BASE + '/users');
fetch(ROUTES.users.all);
fetch(ROUTES['posts']);
fetch(ROUTES.users.one(id), { method: 'DELETE' });
fetch(Path.Upload, { method: 'POST' });
fetch(Path['Users']);
fetch(paths.USERS);
fetch(all.ROUTES.posts);
fetch(me);
fetch(`/api/${name}`, { method: 'POST' });
const { users: { all: everyone }, posts } = ROUTES;
fetch(everyone);
fetch(posts);
"#,
        expect![[r#"
            lib/paths.ts:4:39 member - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/paths.ts:4:66 member - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/paths.ts:4:95 member - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.ts:4:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:5:7 fetch POST /api/posts exact -> POST app/api/posts
            app/a.ts:6:7 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            app/a.ts:7:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:8:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:9:7 fetch GET /api/posts exact -> GET app/api/posts
            app/a.ts:10:7 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:11:7 fetch POST /api/upload exact -> POST app/api/upload
            app/a.ts:12:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:13:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:14:7 fetch GET /api/posts exact -> GET app/api/posts
            app/a.ts:15:7 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:16:7 fetch POST /api/upload exact -> POST app/api/upload
            app/a.ts:18:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:19:7 fetch GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn in_the_file() {
    check(
        r#"
//- /lib/a.ts
const BASE = '/api';
const PATHS = { users: `${BASE}/users`, post: { comments: (id) => `${BASE}/posts/${id}/comments` } };
enum Path { Upload = '/api/upload' }
export function run(id) {
  const one = `${PATHS.users}/${id}`;
  fetch(PATHS.users);
  fetch(one, { method: 'DELETE' });
  fetch(PATHS.post.comments(id), { method: 'POST' });
  fetch(Path.Upload, { method: 'POST' });
}
"#,
        expect![[r#"
            lib/a.ts:2:24 member - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/a.ts:2:67 member - /api/posts/{id}/comments ambiguous -> GET app/api/posts/[id]/comments, POST app/api/posts/[id]/comments
            lib/a.ts:6:9 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:7:9 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            lib/a.ts:8:9 fetch POST /api/posts/{id}/comments pattern -> POST app/api/posts/[id]/comments
            lib/a.ts:9:9 fetch POST /api/upload exact -> POST app/api/upload
        "#]],
    );
}

#[test]
fn functions() {
    check(
        r#"
//- /lib/paths.ts
export function usersPath() { return '/api/users'; }
export const userPath = (id: string) => `/api/users/${id}`;
export const commentsPath = (id, { after = '' } = {}) => {
  const base = `/api/posts/${id}`;
  return `${base}/comments?after=${after}`;
};
export function anyPath(id?: string) {
  if (id) return `/api/users/${id}`;
  return '/api/users';
}
export const kindPath = (kind = 'posts') => `/api/${kind}`;
export function choose(kind: string) {
  switch (kind) {
    case 'users': return '/api/users';
    case 'posts': return '/api/posts';
    default: throw new Error();
  }
}
export const wrap = (path: string) => `/api${path}`;
//- /app/a.ts
import { anyPath, choose, commentsPath, kindPath, userPath, usersPath, wrap } from '@/lib/paths';
import useSWR from 'swr';
const own = (id) => `/api/posts/${id}/likes`;
fetch(usersPath());
fetch(userPath(id), { method: 'PATCH' });
fetch(commentsPath(id));
fetch(anyPath(id));
fetch(kindPath());
fetch(kindPath('users'), { method: 'POST' });
fetch(choose(kind));
fetch(wrap('/users'));
fetch(wrap(`/users/${id}`), { method: 'DELETE' });
fetch(own(id));
useSWR(userPath(id));
"#,
        expect![[r#"
            lib/paths.ts:1:38 mention - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/paths.ts:2:41 mention - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/paths.ts:5:10 mention - /api/posts/{id}/comments ambiguous -> GET app/api/posts/[id]/comments, POST app/api/posts/[id]/comments
            lib/paths.ts:8:18 mention - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/paths.ts:9:10 mention - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/paths.ts:14:26 mention - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/paths.ts:15:26 mention - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.ts:3:21 mention - /api/posts/{id}/likes pattern -> GET app/api/posts/[id]/likes
            app/a.ts:4:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:5:7 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            app/a.ts:6:7 fetch GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            app/a.ts:7:7 fetch GET /api/users/{id} ambiguous -> GET app/api/users/[id], GET app/api/users
            app/a.ts:8:7 fetch GET /api/posts exact -> GET app/api/posts
            app/a.ts:9:7 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:10:7 fetch GET /api/users ambiguous -> GET app/api/users, GET app/api/posts
            app/a.ts:11:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:12:7 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:13:7 fetch GET /api/posts/{id}/likes pattern -> GET app/api/posts/[id]/likes
            app/a.ts:14:8 swr GET /api/users/{id} pattern -> GET app/api/users/[id]
        "#]],
    );
}

#[test]
fn an_argument_of_a_helper() {
    check(
        r#"
//- /lib/key.ts
export function scoped(path: string, account?: string): [string, string] | null {
  if (!account) return null;
  return [path, account];
}
//- /app/a.tsx
import useSWR from 'swr';
import { scoped } from '../lib/key';
export const useUsers = (account) => useSWR(scoped('/api/users', account));
"#,
        expect![[r#"
            app/a.tsx:3:45 swr GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn contracts() {
    check(
        r#"
//- /lib/contract.ts
export function defineContract<T extends { method: string; path: string }>(contract: T) { return contract; }
export function requestJson(contract, { params, query, body } = {}) {
  let url = contract.path;
  for (const [key, value] of Object.entries(params ?? {})) {
    url = url.replace(`[${key}]`, encodeURIComponent(String(value)));
  }
  if (query) url += `?${new URLSearchParams(query)}`;
  return fetch(url, { method: contract.method, body: JSON.stringify(body) });
}
export const build = (path, params) => path.replace(/\[(\w+)\]/g, (_, key) => params[key]);
export const send = async (contract, input) => {
  const response = await fetch(build(contract.path, input.params), { method: contract.method });
  return response.json();
};
//- /lib/contracts/users.ts
import { defineContract } from '../contract';
export const listUsers = defineContract({ method: 'GET', path: '/api/users', response: { mode: 'json' } });
export const deleteUser = defineContract({ method: 'DELETE', path: '/api/users/[id]', params: { id: 1 } });
export const addComment = { method: 'POST', path: '/api/posts/[id]/comments' } as const;
//- /lib/contracts/index.ts
export * from './users';
//- /app/a.ts
import { requestJson, send } from '@/lib/contract';
import { addComment, deleteUser, listUsers } from '@/lib/contracts';
export const all = () => requestJson(listUsers);
export const drop = (id) => requestJson(deleteUser, { params: { id } });
export const say = (id) => send(addComment, { params: { id } });
"#,
        expect![[r#"
            lib/contracts/users.ts:2:64 member GET /api/users exact -> GET app/api/users
            lib/contracts/users.ts:3:68 member DELETE /api/users/[id] exact -> DELETE app/api/users/[id]
            lib/contracts/users.ts:4:51 member POST /api/posts/[id]/comments exact -> POST app/api/posts/[id]/comments
            app/a.ts:3:38 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:4:41 fetch DELETE /api/users/[id] exact -> DELETE app/api/users/[id]
            app/a.ts:5:33 fetch POST /api/posts/{id}/comments pattern -> POST app/api/posts/[id]/comments
        "#]],
    );
}

#[test]
fn a_helper_that_defines_requests() {
    check(
        r#"
//- /lib/contract.ts
export const define = (contract) => contract;
export const plain = (path) => ({ method: 'DELETE', path, once: true });
//- /lib/contracts.ts
import { makeContract } from 'some-package';
import { define, plain } from './contract';
const remove = (path, body) => define({ method: 'DELETE', path, body });
const add = (path: string) => makeContract({ path, method: 'POST' });
const change = (path) => (path.length > 3 ? define({ method: 'PATCH', path }) : define({ method: 'PUT', path }));
const nothing = (path) => define({ path });
export const removeUser = remove('/api/users/[id]', schema);
export const addUser = add('/api/users');
export const changeUser = change('/api/users/[id]');
export const someUser = nothing('/api/users');
export const dropUser = plain('/api/users/[id]');
"#,
        expect![[r#"
            lib/contracts.ts:7:34 argument DELETE /api/users/[id] exact -> DELETE app/api/users/[id]
            lib/contracts.ts:8:28 argument POST /api/users exact -> POST app/api/users
            lib/contracts.ts:9:34 argument - /api/users/[id] ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/contracts.ts:10:33 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/contracts.ts:11:31 argument DELETE /api/users/[id] exact -> DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn classes_and_statics() {
    check(
        r#"
//- /lib/paths.ts
export class Paths {
  static users = '/api/users';
  static readonly posts = '/api/posts';
}
//- /app/a.ts
import { Paths } from '@/lib/paths';
fetch(Paths.users);
"#,
        expect![[r#"
            lib/paths.ts:2:18 mention - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/paths.ts:3:27 mention - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.ts:2:7 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn a_request_of_a_tool() {
    check(
        r#"
//- /lib/tools.ts
export const tools = {
  list: { request: { url: '/api/users', method: 'GET' } },
  post: { request: { url: (p) => `/api/posts/${p.id}/comments`, method: 'POST' } },
  drop: {
    request: {
      url: (params) => {
        const id = params.id.trim();
        return `/api/users/${id}`;
      },
      method: 'DELETE',
    },
  },
};
"#,
        expect![[r#"
            lib/tools.ts:2:27 member GET /api/users exact -> GET app/api/users
            lib/tools.ts:3:34 member POST /api/posts/{p.id}/comments pattern -> POST app/api/posts/[id]/comments
            lib/tools.ts:8:16 member DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}
