use expect_test::{Expect, expect};

use super::references;
use crate::{
    Config,
    tests::{Opened, SHOP},
};

/// What is asked about, where it is declared and who calls it, in the order of the answer.
fn answer(text: &str, config: &Config) -> String {
    let opened = Opened::scanned(&format!("{text}{SHOP}"));
    let Some(found) = references(&opened.snap, config, opened.cursor()) else { return "nothing\n".to_owned() };
    let place = |file, range: syntax::TextRange| {
        let text = opened.snap.text(file).unwrap();
        let line = text[..range.start as usize].matches('\n').count() + 1;
        format!("{}:{line} {}", opened.project.shown(&opened.snap.path(file)), &text[range.span()])
    };
    let mut out = String::new();
    for e in &found.endpoints {
        out += &format!("{} {}\n", e.method.unwrap_or("ANY"), e.url.as_ref().unwrap_or(&e.name));
    }
    for (file, range) in &found.declarations {
        out += &format!("  declared {}\n", place(*file, *range));
    }
    for call in &found.calls {
        let method = call.method.as_deref().unwrap_or("—");
        let test = if call.test { ", test" } else { "" };
        out += &format!(
            "  {} {method} {} ({}, {}{test})\n",
            call.kind,
            place(call.file, call.range),
            call.family,
            call.certainty.as_str()
        );
    }
    out
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&answer(text, &Config::default()));
}

/// The same question asked at several places gets one answer.
fn same(texts: &[String], expected: Expect) {
    let answers: Vec<String> = texts.iter().map(|text| answer(text, &Config::default())).collect();
    for (text, other) in texts.iter().zip(&answers) {
        assert_eq!(Some(other), answers.first(), "{text}");
    }
    expected.assert_eq(answers.first().map_or("", |first| first));
}

const CALLS: &str = r#"
//- /app/page.tsx
import { createPost as make, publish } from '@/actions';
import * as all from '@/lib';
export default () => <form action={make}><Row onSave={make} /></form>;
useActionState(make, null); make.bind(null, 'a'); all.createPost('b'); publish();
function shadow(make: () => void) { make(); }
//- /lib/index.ts
export { createPost } from '../actions';
export * as posts from '../actions';
//- /lib/users.ts
const list = '/api/users';
export const load = () => fetch(list);
export const add = () => fetch('/api/users', { method: 'POST' });
export const any = (init) => fetch('/api/users', init);
export const keys = () => mutate('/api/users');
export const is = (key: string) => key === '/api/users';
export const one = (id: string) => fetch(`/api/users/${id}`);
export const head = () => fetch('/api/users/1', { method: 'HEAD' });
//- /lib/users.test.ts
import { createPost } from '../actions';
test('it', () => { createPost('x'); fetch('/api/users'); });
"#;

#[test]
fn of_an_action_from_everywhere() {
    let places = [
        ("action={make}", "action={ma$0ke}"),
        ("all.createPost", "all.create$0Post"),
        ("createPost as make", "createPost as ma$0ke"),
        ("export { createPost }", "export { create$0Post }"),
    ];
    same(
        &places.map(|(from, to)| CALLS.replace(from, to)),
        expect![[r#"
        POST createPost
          declared /actions.ts:3 createPost
          form-action POST /app/page.tsx:3 make (form, exact)
          prop POST /app/page.tsx:3 make (prop, exact)
          hook POST /app/page.tsx:4 make (hook, exact)
          bind POST /app/page.tsx:4 make (bind, exact)
          call POST /app/page.tsx:4 createPost (call, exact)
          call POST /lib/users.test.ts:2 createPost (call, exact, test)
    "#]],
    );
}

#[test]
fn of_a_handler() {
    let places = [("fetch(list)", "fetch(li$0st)"), ("mutate('/api", "mutate('/a$0pi")];
    same(
        &places.map(|(from, to)| CALLS.replace(from, to)),
        expect![[r#"
        GET /api/users
          declared /app/api/users/route.ts:2 GET
          fetch GET /lib/users.ts:2 list (request, exact)
          fetch — /lib/users.ts:4 '/api/users' (request, ambiguous)
          cache-key GET /lib/users.ts:5 '/api/users' (cache-key, exact)
          fetch GET /lib/users.test.ts:2 '/api/users' (request, exact, test)
    "#]],
    );
    check(
        &CALLS.replace("key === '/api", "key === '/a$0pi"),
        expect![[r#"
        GET /api/users
        POST /api/users
          declared /app/api/users/route.ts:2 GET
          declared /app/api/users/route.ts:2 POST
          fetch GET /lib/users.ts:2 list (request, exact)
          fetch POST /lib/users.ts:3 '/api/users' (request, exact)
          fetch — /lib/users.ts:4 '/api/users' (request, ambiguous)
          cache-key GET /lib/users.ts:5 '/api/users' (cache-key, exact)
          fetch GET /lib/users.test.ts:2 '/api/users' (request, exact, test)
    "#]],
    );
}

#[test]
fn at_the_declaration_the_methods_that_stand_there() {
    check(
        "//- /app/api/one/route.ts\nexport async function G$0ET() {}\nexport async function PUT() {}\n//- /lib/a.ts\nfetch('/api/one'); fetch('/api/one', { method: 'HEAD' }); fetch('/api/one', { method: 'PUT' });\n",
        expect![[r#"
            GET /api/one
              declared /app/api/one/route.ts:1 GET
              fetch GET /lib/a.ts:1 '/api/one' (request, exact)
              fetch HEAD /lib/a.ts:1 '/api/one' (request, exact)
        "#]],
    );
}

#[test]
fn at_the_head_of_the_file_all_methods() {
    check(
        "//- /app/api/one/route.ts\n// what it does\nimp$0ort { x } from './x';\nexport async function GET() {}\nexport async function PUT() {}\n//- /lib/a.ts\nfetch('/api/one'); fetch('/api/one', { method: 'PUT' });\n",
        expect![[r#"
            GET /api/one
            PUT /api/one
              declared /app/api/one/route.ts:3 GET
              declared /app/api/one/route.ts:4 PUT
              fetch GET /lib/a.ts:1 '/api/one' (request, exact)
              fetch PUT /lib/a.ts:1 '/api/one' (request, exact)
        "#]],
    );
    check(
        "//- /pages/api/old.ts\nex$0port default function handler() {}\n//- /lib/a.ts\nfetch('/api/old', { method: 'PUT' });\n",
        expect![[r#"
            ANY /api/old
              declared /pages/api/old.ts:1 handler
              fetch PUT /lib/a.ts:1 '/api/old' (request, exact)
        "#]],
    );
}

#[test]
fn of_all_that_a_directive_exposes() {
    check(
        "//- /lib/a.ts\n'use ser$0ver';\nexport async function one() {}\nexport const two = async () => one();\n//- /lib/b.ts\nimport { two } from './a'; two();\n",
        expect![[r#"
            POST one
            POST two
              declared /lib/a.ts:2 one
              declared /lib/a.ts:3 two
              call POST /lib/a.ts:3 one (call, exact)
              call POST /lib/b.ts:1 two (call, exact)
        "#]],
    );
}

#[test]
fn of_a_pages_api_default_export() {
    check(
        "//- /pages/api/old.ts\nexport default async function han$0dler() {}\n//- /lib/a.ts\nfetch('/api/old', { method: 'PUT' }); fetch('/api/old/er');\n",
        expect![[r#"
            ANY /api/old
              declared /pages/api/old.ts:1 handler
              fetch PUT /lib/a.ts:1 '/api/old' (request, exact)
        "#]],
    );
}

#[test]
fn through_a_thin_file() {
    let thin = |cursor: &str| {
        let text = "//- /app/api/thin/route.ts\nexport { GET } from '@/lib/impl';\n//- /app/api/alias/route.ts\nimport * as impl from '@/lib/impl';\nexport const GET = impl.GET;\n//- /app/api/star/route.ts\nexport * from '@/lib/impl';\n//- /lib/impl.ts\nexport async function GET() {}\nexport async function other() {}\n//- /lib/a.ts\nfetch('/api/thin'); fetch('/api/alias'); fetch('/api/star');\n";
        text.replacen(&cursor.replace("$0", ""), cursor, 1)
    };
    check(
        &thin("function G$0ET"),
        expect![[r#"
        GET /api/alias
        GET /api/star
        GET /api/thin
          declared /app/api/alias/route.ts:2 GET
          declared /lib/impl.ts:1 GET
          declared /app/api/star/route.ts:1 '@/lib/impl'
          declared /app/api/thin/route.ts:1 GET
          fetch GET /lib/a.ts:1 '/api/thin' (request, exact)
          fetch GET /lib/a.ts:1 '/api/alias' (request, exact)
          fetch GET /lib/a.ts:1 '/api/star' (request, exact)
    "#]],
    );
    check(
        &thin("fetch('/api/th$0in')"),
        expect![[r#"
        GET /api/thin
          declared /app/api/thin/route.ts:1 GET
          declared /lib/impl.ts:1 GET
          fetch GET /lib/a.ts:1 '/api/thin' (request, exact)
    "#]],
    );
    check(&thin("function oth$0er"), expect!["nothing\n"]);
}

#[test]
fn two_of_one_name_are_never_mixed() {
    let text = |cursor: &str| {
        let text = "//- /a/actions.ts\n'use server';\nexport async function remove() {}\n//- /b/actions.ts\n'use server';\nexport const remove = async () => {};\n//- /b/index.ts\nexport * from './actions';\n//- /app/page.tsx\nimport { remove as removeA } from '@/a/actions';\nimport { remove } from '@/b';\nremove(); removeA();\n{ const remove = () => {}; remove(); }\n((removeA) => removeA())(remove);\n";
        text.replacen(&cursor.replace("$0", ""), cursor, 1)
    };
    same(
        &["async function rem$0ove", " remove$0A();"].map(text),
        expect![[r#"
        POST remove
          declared /a/actions.ts:2 remove
          call POST /app/page.tsx:3 removeA (call, exact)
    "#]],
    );
    same(
        &["const rem$0ove = async", "rem$0ove(); "].map(text),
        expect![[r#"
        POST remove
          declared /b/actions.ts:2 remove
          call POST /app/page.tsx:3 remove (call, exact)
          argument POST /app/page.tsx:5 remove (passed, exact)
    "#]],
    );
}

#[test]
fn two_applications_with_one_url() {
    check(
        "//- /apps/a/package.json\n{ \"dependencies\": { \"next\": \"15.0.0\" } }\n//- /apps/a/app/api/me/route.ts\nexport async function G$0ET() {}\n//- /apps/a/lib/a.ts\nfetch('/api/me');\n//- /apps/b/package.json\n{ \"dependencies\": { \"next\": \"15.0.0\" } }\n//- /apps/b/app/api/me/route.ts\nexport async function GET() {}\n//- /apps/b/lib/b.ts\nfetch('/api/me');\n",
        expect![[r#"
            GET /api/me
              declared /apps/a/app/api/me/route.ts:1 GET
              fetch GET /apps/a/lib/a.ts:1 '/api/me' (request, exact)
        "#]],
    );
}

/// A TypeScript server finds what is bound by name; URLs and what came another way it doesn't.
#[test]
fn beside_a_typescript_server() {
    let config = Config { typescript_server: true };
    let ask = |from: &str, to: &str, expected: Expect| expected.assert_eq(&answer(&CALLS.replace(from, to), &config));
    ask(
        "action={make}",
        "action={ma$0ke}",
        expect![[r#"
        POST createPost
    "#]],
    );
    ask(
        "one = (id: string) => fetch(`/api",
        "one = (id: string) => fetch(`/a$0pi",
        expect![[r#"
        GET /api/users/[id]
          declared /app/api/users/[id]/route.ts:3 GET
          fetch GET /lib/users.ts:7 `/api/users/${id}` (request, pattern)
    "#]],
    );
}

#[test]
fn nothing_here() {
    check("//- /lib/a.ts\nfetch('https://example.com/api/us$0ers');\n", expect!["nothing\n"]);
    check("//- /lib/a.ts\nexport const he$0lp = () => {};\n", expect!["nothing\n"]);
}

/// Before the workspace is known, only open files are, and none is here.
#[test]
fn before_the_first_scan() {
    let text = CALLS.replace("action={make}", "action={ma$0ke}");
    let opened = Opened::unscanned(&format!("{text}{SHOP}"));
    let found = references(&opened.snap, &Config::default(), opened.cursor()).expect("an endpoint");
    assert_eq!((found.endpoints.len(), found.declarations.len(), found.calls.len()), (1, 1, 0));
}
