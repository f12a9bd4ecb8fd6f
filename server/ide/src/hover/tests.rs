mod actions;
mod ids;

use expect_test::{Expect, expect};

use super::hover;
use crate::{
    Config,
    tests::{Opened, SHOP},
};

/// The fixture's cursor is in `text`; `SHOP` lies beside it.
fn check(text: &str, expected: Expect) {
    let text = format!("{text}{SHOP}");
    let answers: Vec<String> = [Opened::scanned(&text), Opened::unscanned(&text)]
        .iter()
        .map(|opened| match hover(&opened.snap, &Config::default(), opened.cursor()) {
            Some(hover) => {
                format!("{}\n{}\n", opened.under(opened.cursor(), hover.range), opened.portable(&hover.markdown))
            }
            None => "nothing\n".to_owned(),
        })
        .collect();
    // Demand first: the answer doesn't wait for the scan, and isn't another one after it; only who
    // calls isn't known before.
    assert_eq!(without_calls(&answers[0]), answers[1], "scanned and unscanned differ");
    expected.assert_eq(&answers[0]);
}

/// A hover without its call sites, which only a scan can count.
fn without_calls(answer: &str) -> String {
    let keep = |line: &str| {
        let rest = line.split(" · ").filter(|part| !part.contains(" call site")).collect::<Vec<_>>().join(" · ");
        (!rest.is_empty() || line.is_empty()).then(|| rest + "\n")
    };
    answer.lines().filter_map(keep).collect()
}

#[test]
fn no_endpoint() {
    for text in [
        "//- /app/page.tsx\nimport { createPost } from '@/actions';\nfunction f(createPost: () => void) { create$0Post(); }\n",
        "//- /lib/a.ts\nfetch('https://example.com/api/us$0ers');\n",
        "//- /app/users/page.tsx\nexport default () => null;\n//- /lib/a.ts\nfetch('/us$0ers');\n",
    ] {
        check(text, expect!["nothing\n"]);
    }
}

#[test]
fn import_of_an_action() {
    check(
        "//- /app/page.tsx\nimport { remove$0Post } from '../actions';\n",
        expect![[r#"
            import { removePost } from '../actions';
                     ▔▔▔▔▔▔▔▔▔▔
            **POST** `removePost` · Server Action
            `({ parsedInput, ctx })` · wrapped in `actionClient…action`
            ID: no build yet
            [`actions.ts:4`](file:///actions.ts#L4,14)
        "#]],
    );
}

#[test]
fn default_import() {
    check(
        "//- /app/page.tsx\nimport again from '../actions';\nconst x = { run: ag$0ain };\n",
        expect![[r#"
            const x = { run: again };
                             ▔▔▔▔▔
            **POST** `refresh` · Server Action
            no parameters
            ID: no build yet
            [`actions.ts:7`](file:///actions.ts#L7,31)
        "#]],
    );
}

#[test]
fn namespace_member_through_a_barrel() {
    check(
        "//- /lib/index.ts\nexport * as posts from '../actions';\n//- /app/page.tsx\nimport { posts } from '@/lib';\nposts.pub$0lish();\n",
        expect![[r#"
            posts.publish();
                  ▔▔▔▔▔▔▔
            **POST** `publish` · Server Action
            no parameters
            ID: no build yet
            [`actions.ts:5`](file:///actions.ts#L5,16)
        "#]],
    );
}

#[test]
fn file_directive_lists_what_it_exposes() {
    check(
        "//- /more.ts\n'use ser$0ver';\nexport async function one(a: string) {}\nexport const two = async () => {};\nexport type T = string;\nexport const LIMIT = 3;\n",
        expect![[r#"
        'use server';
        ▔▔▔▔▔▔▔▔▔▔▔▔
        **2 Server Actions** that anyone can call by POST
        `one(a: string)` · line 2
        `two()` · line 3
    "#]],
    );
}

#[test]
fn inline_action_and_its_directive() {
    check(
        "//- /app/page.tsx\nexport default function Page() {\n  async function save(data: FormData) {\n    'use ser$0ver';\n  }\n  return <form action={save} />;\n}\n",
        expect![[r#"
                'use server';
                ▔▔▔▔▔▔▔▔▔▔▔▔
            **1 Server Action** that anyone can call by POST
            `save(data: FormData)` · line 2
        "#]],
    );
}

#[test]
fn inline_action_in_an_attribute() {
    check(
        "//- /app/page.tsx\nexport default () => <form action={as$0ync () => { 'use server'; }} />;\n",
        expect![[r#"
            export default () => <form action={async () => { 'use server'; }} />;
                                               ▔▔▔▔▔
            **POST** `action` · inline Server Action
            no parameters
            ID: no build yet
        "#]],
    );
}

#[test]
fn name_of_a_method() {
    check(
        "//- /app/feed.xml/route.ts\nexport const revalidate = 60;\nexport async function G$0ET(): Promise<NextResponse<Feed>> {}\nexport async function POST() {}\n",
        expect![[r#"
            export async function GET(): Promise<NextResponse<Feed>> {}
                                  ▔▔▔
            **GET** `/feed.xml` · Route Handler
            returns `Promise<NextResponse<Feed>>`
            dynamic
            also POST
        "#]],
    );
}

#[test]
fn literal_url() {
    check(
        "//- /lib/a.ts\nfetch('/api/us$0ers');\n",
        expect![[r#"
            fetch('/api/users');
                  ▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/users` · Route Handler
            dynamic
            [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21) · also POST
        "#]],
    );
}

#[test]
fn template_url_with_a_method() {
    check(
        "//- /lib/a.ts\nexport const del = (id: string) => fetch(`/api/us$0ers/${id}?force=1`, { method: 'DELETE' });\n",
        expect![[r#"
            export const del = (id: string) => fetch(`/api/users/${id}?force=1`, { method: 'DELETE' });
                                                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **DELETE** `/api/users/[id]` · Route Handler
            `id` ← `${id}`
            wrapped in `withAuth`
            dynamic
            [`app/api/users/[id]/route.ts:4`](file:///app/api/users/%5Bid%5D/route.ts#L4,14) · also GET
        "#]],
    );
}

#[test]
fn url_with_an_unknown_method() {
    check(
        "//- /lib/a.ts\nexport const f = (init: RequestInit) => fetch('/api/us$0ers/7', init);\n",
        expect![[r#"
            export const f = (init: RequestInit) => fetch('/api/users/7', init);
                                                          ▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET, DELETE** `/api/users/[id]` · Route Handler
            method not known here
            dynamic
            [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23)
        "#]],
    );
}

#[test]
fn base_path_and_trailing_slash() {
    check(
        "//- /next.config.mjs\nexport default { basePath: '/docs', trailingSlash: true };\n//- /lib/a.ts\nfetch('/docs/api/us$0ers/');\n",
        expect![[r#"
            fetch('/docs/api/users/');
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/docs/api/users/` · Route Handler
            dynamic
            [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21) · also POST
        "#]],
    );
}

#[test]
fn pages_api() {
    check(
        "//- /pages/api/legacy/[id].ts\nexport default async function handler(req: NextApiRequest, res: NextApiResponse) {}\n//- /lib/a.ts\nfetch(`/api/leg$0acy/${id}`, { method: 'PUT' });\n",
        expect![[r#"
            fetch(`/api/legacy/${id}`, { method: 'PUT' });
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **PUT** `/api/legacy/[id]` · API Route (`pages/api`)
            `id` ← `${id}`
            [`pages/api/legacy/[id].ts:1`](file:///pages/api/legacy/%5Bid%5D.ts#L1,31)
        "#]],
    );
}

#[test]
fn call_of_an_action_in_a_broken_file() {
    check(
        "//- /app/page.tsx\nimport { createPost as make } from '@/actions';\nexport function f() { ma$0ke('a'); const x = }\n",
        expect![[r#"
            export function f() { make('a'); const x = }
                                  ▔▔▔▔
            **POST** `createPost` · Server Action
            `(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
}

#[test]
fn method_that_is_not_there() {
    check(
        "//- /app/feed/route.ts\nexport async function GET(): Promise<NextResponse<Feed>> {}\n//- /lib/a.ts\nfetch('/fe$0ed', { method: 'POST' });\n",
        expect![[r#"
            fetch('/feed', { method: 'POST' });
                  ▔▔▔▔▔▔▔
            **POST** `/feed` · Route Handler, not exported (answers 405)
            [`app/feed/route.ts:1`](file:///app/feed/route.ts#L1,23) · has GET
        "#]],
    );
}

#[test]
fn choice_of_two_urls_with_an_unknown_method() {
    check(
        "//- /lib/a.ts\nfetch(one ? '/api/us$0ers' : `/api/users/${id}`, { method: one ? 'POST' : 'DELETE' });\n",
        expect![[r#"
            fetch(one ? '/api/users' : `/api/users/${id}`, { method: one ? 'POST' : 'DELETE' });
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **2 routes fit**
            **POST** `/api/users` · [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,37)
            **DELETE** `/api/users/[id]` · [`app/api/users/[id]/route.ts:4`](file:///app/api/users/%5Bid%5D/route.ts#L4,14)
        "#]],
    );
}

#[test]
fn url_from_a_constant() {
    check(
        "//- /lib/a.ts\nconst url = '/api/users/' + user.id;\nfetch(u$0rl);\n",
        expect![[r#"
            fetch(url);
                  ▔▔▔
            **GET** `/api/users/[id]` · Route Handler
            `id` ← `${user.id}`
            dynamic
            [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23) · also DELETE
        "#]],
    );
}

#[test]
fn places_without_links() {
    let text = format!("//- /lib/a.ts\nfetch(one ? '/api/us$0ers' : `/api/users/${{id}}`);\n{SHOP}");
    let opened = Opened::scanned(&text);
    let hover = hover(&opened.snap, &Config::default(), opened.cursor()).expect("a hover");
    expect![[r#"
        **2 routes fit**
        **GET** `/api/users` · `app/api/users/route.ts:2`
        **GET** `/api/users/[id]` · `app/api/users/[id]/route.ts:3`"#]]
    .assert_eq(&opened.portable(&hover.unlinked()));
}

#[test]
fn a_long_list_is_cut() {
    let actions: String = (1..=20).map(|n| format!("export async function action{n}() {{}}\n")).collect();
    let text = format!("//- /many.ts\n'use ser$0ver';\n{actions}{SHOP}");
    let opened = Opened::scanned(&text);
    let hover = hover(&opened.snap, &Config::default(), opened.cursor()).expect("a hover");
    let lines: Vec<&str> = hover.markdown.lines().map(str::trim_end).collect();
    assert_eq!(
        (lines.len(), lines.first(), lines.last()),
        (14, Some(&"**20 Server Actions** that anyone can call by POST"), Some(&"and 8 more"))
    );
}

#[test]
fn beside_a_typescript_server() {
    let opened = Opened::unscanned(&format!(
        "//- /app/a.ts\nimport {{ createPost }} from '@/actions';\ncreate$0Post('a');\n{SHOP}"
    ));
    let answer = hover(&opened.snap, &Config { typescript_server: true }, opened.cursor()).unwrap();
    expect![[r#"
        **POST** `createPost` · Server Action
        ID: no build yet
        [`actions.ts:3`](file:///actions.ts#L3,23)"#]]
    .assert_eq(&opened.portable(&answer.markdown));
}

#[test]
fn call_sites_of_a_declaration() {
    let calls = "//- /app/page.tsx\nimport { createPost } from '@/actions';\ncreatePost('a');\nfetch('/api/many'); fetch('/api/many', { method: 'HEAD' });\n//- /lib/a.test.ts\nfetch('/api/many'); fetch('/api/tested', { method: 'PUT' });\n";
    for (declared, expected) in [
        ("//- /app/api/many/route.ts\nexport async function G$0ET() {}\n", Some("2 call sites, 1 more in tests")),
        ("//- /app/api/tested/route.ts\nexport async function P$0UT() {}\n", Some("1 call site, in tests only")),
        ("//- /app/api/unused/route.ts\nexport async function P$0UT() {}\n", None),
    ] {
        let opened = Opened::scanned(&format!("{calls}{declared}{SHOP}"));
        let shown = hover(&opened.snap, &Config::default(), opened.cursor()).expect("a hover").markdown;
        let counted = shown.lines().find(|line| line.contains("call site"));
        assert_eq!(counted, expected, "{shown}");
    }
}

#[test]
fn handler_behind_a_thin_file() {
    let files = "//- /lib/impl.ts\nexport const GET = withAuth(async () => {});\n";
    check(
        &format!(
            "//- /lib/a.ts\nfetch('/api/th$0in');\n//- /app/api/thin/route.ts\nexport {{ GET }} from '@/lib/impl';\n{files}"
        ),
        expect![[r#"
            fetch('/api/thin');
                  ▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/thin` · Route Handler
            wrapped in `withAuth`
            dynamic
            [`app/api/thin/route.ts:1`](file:///app/api/thin/route.ts#L1,10) → [`lib/impl.ts:1`](file:///lib/impl.ts#L1,14)
        "#]],
    );
    check(
        &format!("//- /app/api/thin/route.ts\nexport {{ G$0ET }} from '@/lib/impl';\n{files}"),
        expect![[r#"
            export { GET } from '@/lib/impl';
                     ▔▔▔
            **GET** `/api/thin` · Route Handler
            wrapped in `withAuth`
            dynamic
            → [`lib/impl.ts:1`](file:///lib/impl.ts#L1,14)
        "#]],
    );
}

#[test]
fn parameters_and_their_holes() {
    check(
        "//- /app/api/teams/[team]/files/[...path]/route.ts\nexport async function GET() {}\n//- /lib/a.ts\nfetch(`/api/te$0ams/${team.id}/files/${folder}/${name}?v=${v}`);\n",
        expect![[r#"
            fetch(`/api/teams/${team.id}/files/${folder}/${name}?v=${v}`);
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/teams/[team]/files/[...path]` · Route Handler
            `team` ← `${team.id}` · `path` ← `${folder}/${name}`
            dynamic
            [`app/api/teams/[team]/files/[...path]/route.ts:1`](file:///app/api/teams/%5Bteam%5D/files/%5B...path%5D/route.ts#L1,23)
        "#]],
    );
    check(
        "//- /lib/a.ts\nfetch(`${process.env.NEXT_PUBLIC_URL}/api/us$0ers`);\n",
        expect![[r#"
            fetch(`${process.env.NEXT_PUBLIC_URL}/api/users`);
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/users` · Route Handler
            dynamic
            [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21) · also POST
        "#]],
    );
}

#[test]
fn the_path_of_another_url() {
    check(
        "//- /lib/a.ts\nexport const f = (given: string) => {\n  const p = new URL(given);\n  return fetch(`/api/us$0ers/${p.pathname}`);\n};\n",
        expect![[r#"
              return fetch(`/api/users/${p.pathname}`);
                           ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/users/[id]` · Route Handler
            `id` ← `${p.pathname}`
            dynamic
            [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23) · also DELETE
        "#]],
    );
}

#[test]
fn what_a_catch_all_takes() {
    check(
        "//- /app/api/files/[...path]/route.ts\nexport async function GET() {}\nexport async function POST() {}\n//- /lib/a.ts\nexport const f = (init: RequestInit) => fetch(`${process.env.URL}/api/files/a/b`, init);\nexport const g = (init: RequestInit) => fetch(`${process.env.URL}/api/fi$0les/a/b`, init);\n",
        expect![[r#"
            export const g = (init: RequestInit) => fetch(`${process.env.URL}/api/files/a/b`, init);
                                                          ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET, POST** `/api/files/[...path]` · Route Handler
            method not known here
            `path` ← `a/b`
            [`app/api/files/[...path]/route.ts:1`](file:///app/api/files/%5B...path%5D/route.ts#L1,23)
        "#]],
    );
}
