//! Clients of packages: `axios`, `ky` and their kind, made here or in another file.

use expect_test::expect;

use crate::check;

#[test]
fn axios() {
    check(
        r#"
//- /lib/axios.ts
import axios from 'axios';
export const api = axios.create({ baseURL: '/api', headers: {} });
export const root = axios.create();
export const env = axios.create({ baseURL: process.env.NEXT_PUBLIC_API_URL });
export default axios.create({ baseURL: `${process.env.NEXT_PUBLIC_URL}/api` });
//- /lib/away.ts
import axios from 'axios';
export const away = axios.create({ baseURL: 'https://api.example.com' });
//- /app/a.ts
import axios from 'axios';
import client, { api, env, root } from '@/lib/axios';
import { away } from '../lib/away';
axios.get('/api/users');
axios.post('/api/users', {});
axios('/api/posts', { method: 'post' });
axios({ url: '/api/users', method: 'post' });
axios.request({ url: `/api/users/${id}`, method: 'DELETE' });
axios.delete(`/api/users/${id}`);
api.get('/users');
api.get('users/me');
api.delete(`/users/${id}`);
api({ url: '/users', method: 'POST' });
client.patch('/users/' + id, {});
root.get('/api/posts');
env.get('/api/posts');
away.get('/api/users');
away.post('/users');
"#,
        expect![[r#"
            app/a.ts:4:11 request GET /api/users exact -> GET app/api/users
            app/a.ts:5:12 request POST /api/users exact -> POST app/api/users
            app/a.ts:6:7 fetch POST /api/posts exact -> POST app/api/posts
            app/a.ts:7:14 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:8:22 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:9:14 request DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:10:9 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:11:9 fetch GET /api/users/me exact -> GET app/api/users/me
            app/a.ts:12:12 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:13:12 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:14:14 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            app/a.ts:15:10 request GET /api/posts exact -> GET app/api/posts
            app/a.ts:16:9 request GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn ky_and_fetch() {
    check(
        r#"
//- /lib/ky.ts
import ky from 'ky';
export const http = ky.create({ prefixUrl: '/api' });
export const posts = http.extend({ prefixUrl: '/api/posts' });
//- /app/a.ts
import ky from 'ky';
import { $fetch, ofetch } from 'ofetch';
import { http } from '@/lib/ky';
ky('/api/users');
ky.post('/api/users', { json: {} });
http.get('users');
http.delete(`users/${id}`).json();
$fetch('/api/users', { method: 'POST' });
ofetch('/api/users');
const api = ofetch.create({ baseURL: '/api' });
api('/posts', { method: 'POST' });
"#,
        expect![[r#"
            lib/ky.ts:3:47 member - /api/posts ambiguous -> GET app/api/posts, POST app/api/posts
            app/a.ts:4:4 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:5:9 request POST /api/users exact -> POST app/api/users
            app/a.ts:6:10 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:7:13 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:8:8 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:9:8 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:11:5 fetch POST /api/posts exact -> POST app/api/posts
        "#]],
    );
}

#[test]
fn clients_inside_wrappers() {
    check(
        r#"
//- /lib/client.ts
import axios from 'axios';
const instance = axios.create({ baseURL: '/api' });
export const getJson = async (path) => (await instance.get(path)).data;
export const users = {
  list: () => instance.get('/users'),
  remove: (id) => instance.delete(`/users/${id}`),
};
//- /app/a.ts
import { getJson, users } from '@/lib/client';
getJson('/posts');
users.list();
users.remove(3);
"#,
        expect![[r#"
            lib/client.ts:5:28 fetch GET /api/users exact -> GET app/api/users
            lib/client.ts:6:35 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:2:9 fetch GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn options_taken_apart() {
    check(
        r#"
//- /lib/client.ts
import axios from 'axios';
const client = axios.create({ baseURL: '/api' });
export const a = (url, { method }) => client.request({ url, method });
export const b = (url, options) => client.request({ url, method: options.method });
export const c = (url, { method }) => client({ url, method });
export const d = (url, { method }) => client.request({ method, url });
export const e = (url, { method }) => axios({ method, url });
export const f = (url, { method }) => fetch(url, { method });
export const g = (url, { method }) => client.request(url, { method });
//- /lib/site.ts
import { a, b, c, d, e, f, g } from './client';
a('/users', { method: 'POST' });
b('/users', { method: 'POST' });
c('/users', { method: 'POST' });
d('/users', { method: 'POST' });
e('/api/users', { method: 'POST' });
f('/api/users', { method: 'POST' });
g('/users', { method: 'POST' });
"#,
        expect![[r#"
            lib/site.ts:2:3 fetch POST /api/users exact -> POST app/api/users
            lib/site.ts:3:3 fetch POST /api/users exact -> POST app/api/users
            lib/site.ts:4:3 fetch POST /api/users exact -> POST app/api/users
            lib/site.ts:5:3 fetch POST /api/users exact -> POST app/api/users
            lib/site.ts:6:3 fetch POST /api/users exact -> POST app/api/users
            lib/site.ts:7:3 fetch POST /api/users exact -> POST app/api/users
            lib/site.ts:8:3 fetch POST /api/users exact -> POST app/api/users
        "#]],
    );
}
