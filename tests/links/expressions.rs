//! What is written at the call itself.

use expect_test::expect;

use crate::check;

#[test]
fn literals_and_holes() {
    check(
        r#"
//- /lib/a.ts
fetch('/api/users');
fetch("/api/users/", { method: 'post' });
fetch(`/api/users/${id}`, { method: 'DELETE' });
fetch('/api/users/' + id, { method: 'PATCH' });
fetch('/api/posts/' + post.id + '/comments', { method: "POST" });
fetch(`/api/posts/${encodeURIComponent(post.id)}/comments?after=${after}#top`);
fetch('/api/users?' + new URLSearchParams({ page }));
fetch(`/api/users?${params.toString()}`);
fetch(`/api/users${query}`);
fetch(`/api/users/${id}${query ? `?${query}` : ''}`);
fetch('/api/users/me#x');
fetch('/api/users/' + encodeURIComponent(
  user.id as string,
));
"#,
        expect![[r#"
            lib/a.ts:1:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:2:7 fetch POST /api/users exact -> POST app/api/users
            lib/a.ts:3:7 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            lib/a.ts:4:7 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            lib/a.ts:5:7 fetch POST /api/posts/{post.id}/comments pattern -> POST app/api/posts/[id]/comments
            lib/a.ts:6:7 fetch GET /api/posts/{encodeURIComponent(post.id)}/comments pattern -> GET app/api/posts/[id]/comments
            lib/a.ts:7:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:8:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:9:7 fetch GET /api/users{query} pattern -> GET app/api/users
            lib/a.ts:10:7 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:11:7 fetch GET /api/users/me exact -> GET app/api/users/me
            lib/a.ts:12:7 fetch GET /api/users/{encodeURIComponent( user.id as string, )} pattern -> GET app/api/users/[id]
        "#]],
    );
}

#[test]
fn urls() {
    check(
        r#"
//- /lib/a.ts
fetch(new URL('/api/users', location.origin));
fetch(new URL(`/api/users/${id}`, base), { method: 'DELETE' });
const url = new URL('/api/posts', request.url);
url.searchParams.set('page', '2');
fetch(url);
fetch(url.toString(), { method: 'POST' });
fetch(url.href);
new EventSource(new URL('/api/posts', origin).toString());
const search = new URLSearchParams();
fetch(`/api/users?${search}`);
fetch('/api/users/' + id + '?' + search.toString(), { method: 'PATCH' });
"#,
        expect![[r#"
            lib/a.ts:1:15 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:2:15 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            lib/a.ts:5:7 fetch GET /api/posts exact -> GET app/api/posts
            lib/a.ts:6:7 fetch POST /api/posts exact -> POST app/api/posts
            lib/a.ts:7:7 fetch GET /api/posts exact -> GET app/api/posts
            lib/a.ts:8:25 event-source GET /api/posts exact -> GET app/api/posts
            lib/a.ts:10:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:11:7 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
        "#]],
    );
}

#[test]
fn choices() {
    check(
        r#"
//- /lib/a.ts
fetch(all ? '/api/users' : '/api/posts');
fetch(`/api/${all ? 'users' : 'posts'}`);
fetch('/api/' + (all ? 'users' : some ? 'posts' : 'nothing'));
fetch(id && `/api/users/${id}`);
fetch(given ?? '/api/users');
fetch(given || '/api/users');
fetch(id ? `/api/users/${id}` : null);
fetch(ok ? '/api/users' : 'https://example.com/api/users');
"#,
        expect![[r#"
            lib/a.ts:1:7 fetch GET /api/users ambiguous -> GET app/api/users, GET app/api/posts
            lib/a.ts:2:7 fetch GET /api/users ambiguous -> GET app/api/users, GET app/api/posts
            lib/a.ts:3:7 fetch GET /api/users ambiguous -> GET app/api/users, GET app/api/posts
            lib/a.ts:4:7 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:5:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:6:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:7:7 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:8:7 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn swr_keys() {
    check(
        r#"
//- /lib/a.tsx
import useSWR, { mutate } from 'swr';
import useSWRMutation from 'swr/mutation';
import useSWRInfinite from 'swr/infinite';
export function useAll(id, page) {
  useSWR('/api/users', fetcher);
  useSWR(id ? `/api/users/${id}` : null, fetcher);
  useSWR(id && `/api/users/${id}`);
  useSWR(['/api/posts', page], fetcher);
  useSWR(() => `/api/users/${id}`, fetcher);
  useSWR(() => (id ? ['/api/users/' + id, page] : null), fetcher);
  useSWR(() => {
    if (!id) return null;
    return `/api/posts/${id}/comments`;
  });
  useSWRInfinite((index) => `/api/posts?page=${index}`, fetcher);
  useSWRInfinite((index, before) => {
    if (before && !before.length) return null;
    return `/api/users?page=${index}`;
  });
  useSWRMutation('/api/users', (url) => fetch(url, { method: 'POST' }));
  mutate('/api/users');
  mutate((key) => typeof key === 'string' && key.startsWith('/api/posts'));
}
"#,
        expect![[r#"
            lib/a.tsx:5:10 swr GET /api/users exact -> GET app/api/users
            lib/a.tsx:6:10 swr GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.tsx:7:10 swr GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.tsx:8:11 swr GET /api/posts exact -> GET app/api/posts
            lib/a.tsx:9:16 swr GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.tsx:10:17 swr GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.tsx:13:12 swr GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            lib/a.tsx:15:29 swr GET /api/posts exact -> GET app/api/posts
            lib/a.tsx:18:12 swr GET /api/users exact -> GET app/api/users
            lib/a.tsx:20:18 swr POST /api/users exact -> POST app/api/users
            lib/a.tsx:21:10 cache-key GET /api/users exact -> GET app/api/users
            lib/a.tsx:22:61 cache-key GET /api/posts pattern -> GET app/api/posts
        "#]],
    );
}

#[test]
fn holes_that_span_segments() {
    check(
        r#"
//- /lib/a.ts
fetch(`/api/files${url.pathname}`);
fetch(`/api/files/${folder}/${name}`);
fetch('/api/files/' + path.join('/'));
"#,
        expect![[r#"
            lib/a.ts:1:7 fetch GET /api/files{url.pathname} pattern -> GET app/api/files/[...path]
            lib/a.ts:2:7 fetch GET /api/files/{folder}/{name} pattern -> GET app/api/files/[...path]
            lib/a.ts:3:7 fetch GET /api/files/{path.join('/')} pattern -> GET app/api/files/[...path]
        "#]],
    );
}

#[test]
fn a_hole_beats_its_fixed_siblings() {
    check(
        r#"
//- /lib/a.ts
fetch(`/api/users/${id}`);
fetch(`/api/posts/${id}/${kind}`);
fetch(`/api/users/${kind === 'own' ? 'me' : id}`);
"#,
        expect![[r#"
            lib/a.ts:1:7 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            lib/a.ts:2:7 fetch GET /api/posts/{id}/{kind} ambiguous -> GET app/api/posts/[id]/comments, GET app/api/posts/[id]/likes
            lib/a.ts:3:7 fetch GET /api/users/me ambiguous -> GET app/api/users/me, GET app/api/users/[id]
        "#]],
    );
}

#[test]
fn leading_holes() {
    check(
        r#"
//- /lib/a.ts
fetch(`/${kind}/users`);
fetch(`${kind}/users`);
fetch(`/${kind}`);
fetch(kind + '/' + id);
"#,
        expect![[r#""#]],
    );
}

#[test]
fn unions_of_texts() {
    check(
        r#"
//- /lib/a.ts
export async function load(kind: 'users' | 'posts', id: string) {
  await fetch(`/api/${kind}`);
}
export const list = (what: "users" | 'posts') => fetch('/api/' + what, { method: 'POST' });
"#,
        expect![[r#"
            lib/a.ts:2:15 fetch GET /api/users ambiguous -> GET app/api/users, GET app/api/posts
            lib/a.ts:4:56 fetch POST /api/users ambiguous -> POST app/api/users, POST app/api/posts
        "#]],
    );
}

/// The grammar takes `await f` for the callee where type arguments follow.
#[test]
fn type_arguments_behind_an_awaited_callee() {
    check(
        r#"
//- /lib/http.ts
export const http = { get: (path) => fetch('/api' + path) };
export async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(`/api${path}`, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as T;
}
export const load = async () => (path: string) => fetch('/api' + path);
//- /app/a.ts
import axios from 'axios';
import { http, load, post } from '@/lib/http';
export async function all() {
  await post<User>('/users', {});
  const { data } = await post<{ data: User[] }>('/posts', {});
  const user = await http.get<User>(`/users/${id}`);
  await axios.delete<User>(`/api/users/${id}`);
  return (await load())('/users');
}
"#,
        expect![[r#"
            app/a.ts:4:20 fetch POST /api/users exact -> POST app/api/users
            app/a.ts:5:49 fetch POST /api/posts exact -> POST app/api/posts
            app/a.ts:6:37 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
            app/a.ts:7:28 request DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
        "#]],
    );
}
