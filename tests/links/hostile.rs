//! Wrappers that go round in circles, and values that would grow without bound: an answer comes, and soon.

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};

/// Far above what any case takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The calls in `app`.
fn check(text: &str, expected: Expect) {
    let started = Instant::now();
    let all = crate::calls_in(&format!("{text}{}", crate::API));
    let of_app = all.lines().filter(|line| line.starts_with("app/")).map(|line| format!("{line}\n"));
    expected.assert_eq(&of_app.collect::<String>());
    assert!(started.elapsed() < PATIENCE, "it took {:?}", started.elapsed());
}

#[test]
fn circles() {
    check(
        r#"
//- /lib/a.ts
import { b } from './b';
export const a = (path) => b('/x' + path);
export const loop = (path) => (path ? loop(path) : fetch('/api' + path));
export const X = Y;
export const Y = X;
export const Z = { ...Z, z: Z.z };
export const twice = (path) => { twice(path); twice(path + path); return fetch(path); };
//- /lib/b.ts
import { a, twice } from './a';
export const b = (path) => (path.length > 40 ? fetch('/api' + path) : a(path));
export { c } from './c';
export const ping = (url) => pong(url);
export const pong = (url) => ping(url) ?? twice(url);
//- /lib/c.ts
export { c } from './b';
//- /app/a.ts
import { X, Z, a, loop, twice } from '../lib/a';
import { b, c, ping } from '../lib/b';
a('/users');
b('/users');
c('/users');
loop('/users');
twice('/api/users');
ping('/api/users');
fetch(X);
fetch(Z.z);
fetch(`${X}/users`);
"#,
        expect![[r#"
            app/a.ts:4:3 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:6:6 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:7:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:8:6 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn many_returns() {
    let returns: String = (0..100).map(|n| format!("  if (k === {n}) return '/api/x{n}';\n")).collect();
    let cases: String = (0..100).map(|n| format!("    case {n}: return '/api/users';\n")).collect();
    check(
        &format!(
            "//- /lib/a.ts\nexport function path(k) {{\n{returns}  return '/api/users';\n}}\n\
             export function same(k) {{\n  switch (k) {{\n{cases}  }}\n}}\n\
             //- /app/a.ts\nimport {{ path, same }} from '../lib/a';\nfetch(path(k));\nfetch(same(k));\n"
        ),
        expect![""],
    );
}

// FIXME: `/api/posts exact` of 400 choices: what lies deeper than anyone reads should leave a doubt
#[test]
fn deep_choices() {
    let nested = |depth: usize| {
        (0..depth).fold("'/api/users'".to_owned(), |inner, n| format!("(c{n} ? {inner} : '/api/posts')"))
    };
    let segments: String = (0..40).map(|n| format!("${{c{n} ? 'a' : 'b'}}/")).collect();
    let doubled = (0..60).fold("export const v0 = c ? '/api' : '/app';\n".to_owned(), |text, n| {
        text + &format!("export const v{} = d{n} ? v{n} + '/a' : v{n} + '/b';\n", n + 1)
    });
    check(
        &format!(
            "//- /lib/v.ts\n{doubled}//- /app/a.ts\nimport {{ v60 }} from '../lib/v';\nfetch({});\nfetch({});\n\
             fetch(`/api/files/{segments}`, {{ method: {} }});\nfetch(v60);\nfetch('/api/users');\n",
            nested(8),
            nested(400),
            nested(30)
        ),
        expect![[r#"
            app/a.ts:2:8 fetch GET /api/users ambiguous -> GET app/api/users, GET app/api/posts
            app/a.ts:3:8 fetch GET /api/posts exact -> GET app/api/posts
            app/a.ts:4:7 fetch - /api/files/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a exact -> GET app/api/files/[...path]
            app/a.ts:4:783 member - /api/users ambiguous -> GET app/api/users, POST app/api/users, GET app/api/posts, POST app/api/posts
            app/a.ts:6:7 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn wide_wrappers() {
    let layers: String = (1..40)
        .map(|n| {
            format!(
                "export const f{n} = (u, o) => {{ f{}(u, o); f{}(u + '/x', {{ ...o, method: 'POST' }}); }};\n",
                n - 1,
                n - 1
            )
        })
        .collect();
    let members: String = (0..5000).map(|n| format!("  m{n}: (u) => fetch('/api/m{n}' + u),\n")).collect();
    check(
        &format!(
            "//- /lib/f.ts\nexport const f0 = (u, o) => fetch(u, o);\n{layers}//- /lib/o.ts\n\
             export const api = {{\n  users: (u) => fetch('/api/users' + u),\n{members}}};\n//- /app/a.ts\n\
             import {{ f39, f3 }} from '../lib/f';\nimport {{ api }} from '../lib/o';\nf39('/api/users');\n\
             f3('/api/users');\napi.users('');\napi.m4999('/x');\n"
        ),
        expect![[r#"
            app/a.ts:3:5 argument - /api/users ambiguous -> GET app/api/users, POST app/api/users
            app/a.ts:4:4 fetch - /api/users pattern -> GET app/api/users
        "#]],
    );
}
