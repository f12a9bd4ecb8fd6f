//! URL and method that vary together.

use expect_test::expect;

use crate::check;

#[test]
fn on_one_condition() {
    check(
        r#"
//- /lib/a.ts
export async function save(link, id) {
  await fetch(id ? `/api/users/${id}` : '/api/users', { method: id ? 'PATCH' : 'POST' });
  await fetch(!id ? '/api/users' : `/api/users/${id}`, { method: id ? 'DELETE' : 'POST' });
  const endpoint = !link ? '/api/posts' : `/api/users/${link.id}`;
  await fetch(endpoint, { method: link ? 'PATCH' : 'POST' });
  const init = link ? { method: 'DELETE' } : { method: 'POST' };
  await fetch(endpoint, init);
  const [url, method] = link ? [`/api/users/${link.id}`, 'PATCH'] : ['/api/users', 'POST'];
  await fetch(url, { method });
  const request = id !== undefined ? { url: `/api/users/${id}`, method: 'DELETE' } : { url: '/api/users', method: 'POST' };
  await fetch(request.url, { method: request.method });
  await fetch(id === undefined ? '/api/users' : `/api/users/${id}`, { method: id !== undefined ? 'DELETE' : 'POST' });
}
"#,
        expect![[r#"
            lib/a.ts:2:15 fetch - /api/users/{id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
            lib/a.ts:3:15 fetch - /api/users/{id} ambiguous -> DELETE app/api/users/[id], POST app/api/users
            lib/a.ts:5:15 fetch - /api/users/{link.id} ambiguous -> PATCH app/api/users/[id], POST app/api/posts
            lib/a.ts:7:15 fetch - /api/users/{link.id} ambiguous -> DELETE app/api/users/[id], POST app/api/posts
            lib/a.ts:9:15 fetch - /api/users/{link.id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
            lib/a.ts:10:45 member DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            lib/a.ts:10:93 member POST /api/users exact -> POST app/api/users
            lib/a.ts:11:15 fetch - /api/users ambiguous -> POST app/api/users, DELETE app/api/users/[id]
            lib/a.ts:12:15 fetch - /api/users ambiguous -> POST app/api/users, DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn in_statements() {
    check(
        r#"
//- /lib/a.ts
export async function save(editing, id) {
  let url = '/api/users';
  let method = 'POST';
  if (editing) {
    url = `/api/users/${id}`;
    method = 'PATCH';
  }
  await fetch(url, { method });
}
export async function other(editing, id) {
  let url;
  let method: string;
  if (!editing) {
    url = '/api/posts';
    method = 'POST';
  } else {
    url = `/api/users/${id}`;
    method = 'DELETE';
  }
  await fetch(url, { method });
}
export async function third(kind, id) {
  let endpoint = '';
  if (kind === 'user') endpoint = `/api/users/${id}`;
  else if (kind === 'post') endpoint = '/api/posts';
  else return;
  await fetch(endpoint);
}
"#,
        expect![[r#"
            lib/a.ts:8:15 fetch - /api/users/{id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
            lib/a.ts:20:15 fetch - /api/users/{id} ambiguous -> DELETE app/api/users/[id], POST app/api/posts
            lib/a.ts:27:15 fetch GET /api/posts ambiguous -> GET app/api/posts, GET app/api/users/[id]
        "#]],
    );
}

#[test]
fn in_a_request_object() {
    check(
        r#"
//- /lib/a.ts
export async function submit(workspace, bounty) {
  const { url, method } = bounty
    ? { url: `/api/users/${bounty.id}`, method: 'PATCH' }
    : { url: '/api/users', method: 'POST' };
  await fetch(`${url}?workspace=${workspace}`, { method });
  const endpoint = bounty
    ? { url: `/api/users/${bounty.id}`, method: 'PATCH', done: 'saved' }
    : { url: `/api/users`, method: 'POST', done: 'made' };
  await fetch(`${endpoint.url}?workspace=${workspace}`, { method: endpoint.method });
}
"#,
        expect![[r#"
            lib/a.ts:3:14 member PATCH /api/users/{bounty.id} pattern -> PATCH app/api/users/[id]
            lib/a.ts:4:14 member POST /api/users exact -> POST app/api/users
            lib/a.ts:5:15 fetch - /api/users/{bounty.id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
            lib/a.ts:7:14 member PATCH /api/users/{bounty.id} pattern -> PATCH app/api/users/[id]
            lib/a.ts:8:14 member POST /api/users exact -> POST app/api/users
            lib/a.ts:9:15 fetch - /api/users/{bounty.id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
        "#]],
    );
}

#[test]
fn remembered_by_a_hook() {
    check(
        r#"
//- /lib/a.tsx
import { useCallback, useMemo } from 'react';
import useSWR from 'swr';
export function Editor({ id }) {
  const endpoint = useMemo(
    () => (id ? { method: 'PATCH', url: `/api/users/${id}` } : { method: 'POST', url: '/api/users' }),
    [id],
  );
  const save = () => fetch(endpoint.url, { method: endpoint.method });
  const path = useMemo(() => `/api/posts/${id}/likes`, [id]);
  const key = useCallback(() => (id ? `/api/posts/${id}/comments` : null), [id]);
  useSWR(path);
  useSWR(key);
}
"#,
        expect![[r#"
            lib/a.tsx:5:41 member PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            lib/a.tsx:5:87 member POST /api/users exact -> POST app/api/users
            lib/a.tsx:8:28 fetch - /api/users/{id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
            lib/a.tsx:9:30 argument - /api/posts/{id}/likes pattern -> GET app/api/posts/[id]/likes
            lib/a.tsx:10:34 argument - /api/posts/{id}/comments ambiguous -> GET app/api/posts/[id]/comments, POST app/api/posts/[id]/comments
            lib/a.tsx:11:10 swr GET /api/posts/{id}/likes pattern -> GET app/api/posts/[id]/likes
            lib/a.tsx:12:10 swr GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
        "#]],
    );
}

#[test]
fn undecided() {
    check(
        r#"
//- /lib/a.ts
export async function save(a, b, id) {
  await fetch(a ? `/api/users/${id}` : '/api/users', { method: b ? 'PATCH' : 'POST' });
  await fetch('/api/users', { method: a ? 'GET' : 'POST' });
  await fetch(`/api/users/${id}`, { method: verb });
  await fetch(`/api/users/${id}`, options);
  await fetch(`/api/users/${id}`, { ...options });
}
"#,
        expect![[r#"
            lib/a.ts:2:15 fetch - /api/users/{id} ambiguous -> PATCH app/api/users/[id], POST app/api/users
            lib/a.ts:3:15 fetch - /api/users ambiguous -> GET app/api/users, POST app/api/users
            lib/a.ts:4:15 fetch - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/a.ts:5:15 fetch - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
            lib/a.ts:6:15 fetch - /api/users/{id} ambiguous -> GET app/api/users/[id], PATCH app/api/users/[id], DELETE app/api/users/[id]
        "#]],
    );
}

#[test]
fn no_segment_is_empty() {
    check(
        r#"
//- /lib/a.tsx
export function useIt({ id, ok }) {
  const valid = ok ? id : null;
  useSWR(`/api/posts/${valid}/comments`);
  useSWR(valid ? `/api/posts/${valid}/comments` : null);
  const maybe = id && id.length > 3 ? id : undefined;
  fetch(`/api/users/${maybe}`, { method: 'PATCH' });
  fetch(`/api/posts/${ok ? id : ''}/likes`);
}
"#,
        expect![[r#"
            lib/a.tsx:3:10 swr GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            lib/a.tsx:4:10 swr GET /api/posts/{id}/comments pattern -> GET app/api/posts/[id]/comments
            lib/a.tsx:6:9 fetch PATCH /api/users/{id} pattern -> PATCH app/api/users/[id]
            lib/a.tsx:7:9 fetch GET /api/posts/{id}/likes pattern -> GET app/api/posts/[id]/likes
        "#]],
    );
}
