//! Hovers of actions: their pages, their IDs, what they capture.

use expect_test::{Expect, expect};

use super::check;
use crate::{
    Config,
    hover::hover,
    tests::{Opened, SHOP},
};

/// The same once the pages of actions are known.
fn check_with_pages(text: &str, expected: Expect) {
    let opened = Opened::scanned(&format!("{text}{SHOP}"));
    opened.snap.find_carriers();
    let hover = hover(&opened.snap, &Config::default(), opened.cursor()).expect("a hover");
    expected.assert_eq(&format!("{}\n", opened.portable(&hover.markdown)));
}

#[test]
fn pages_of_an_action() {
    let pages = |count: usize| -> String {
        (1..=count)
            .map(|n| format!("//- /app/p{n}/page.tsx\nimport {{ createPost }} from '@/actions';\nexport default () => <form action={{createPost}} />;\n"))
            .collect()
    };
    let at = "//- /ui/a.tsx\n'use client';\nimport { createPost } from '@/actions';\ncreate$0Post('x');\n";
    check_with_pages(
        &format!("{at}{}", pages(1)),
        expect![[r#"
            **POST** `/p1` · Server Action
            `createPost(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
    check_with_pages(
        &format!("{at}{}", pages(3)),
        expect![[r#"
            **POST** `/p1`, `/p2`, `/p3` (3 pages) · Server Action
            `createPost(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
    check_with_pages(
        &format!("{at}{}", pages(4)),
        expect![[r#"
            **POST** `/p1`, `/p2` … (4 pages) · Server Action
            `createPost(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
}

#[test]
fn an_action_that_is_exposed_without_need() {
    let at = "//- /lib/a.ts\nimport { createPost } from '@/actions';\nexport const f = () => create$0Post('x');\n";
    check_with_pages(
        at,
        expect![[r#"
            **POST** `createPost` · Server Action
            `(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            in no page's code
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
    check_with_pages(
        &format!("{at}//- /app/api/new/route.ts\nimport {{ f }} from '@/lib/a';\nexport const POST = () => f();\n"),
        expect![[r#"
            **POST** `createPost` · Server Action
            `(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            in no page's code, used by route handlers only
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
    let page = "//- /app/new/page.tsx\nimport { f } from '@/lib/a';\nexport default async () => { await f(); };\n";
    check_with_pages(
        &format!("{at}{page}"),
        expect![[r#"
            **POST** `/new` · Server Action
            `createPost(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            called by server code only: it needn't be exposed
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
    let client =
        "//- /app/new/page.tsx\n'use client';\nimport { f } from '@/lib/a';\nexport default () => <i onClick={f} />;\n";
    check_with_pages(
        &format!("{at}{client}"),
        expect![[r#"
            **POST** `/new` · Server Action
            `createPost(title: string, tags: string[] = []): Promise<void>`
            ID: no build yet
            [`actions.ts:3`](file:///actions.ts#L3,23)
        "#]],
    );
}

/// What a build writes.
const BUILT: &str = r#"
//- /package-lock.json
{}
//- /.next/server/server-reference-manifest.json
{"node": {"60d91136f011987b09c22d9758457131a3152565c1": {"workers": {"app/page": {"moduleId": 1, "async": false}}, "filename": "actions.ts", "exportedName": "createPost"}, "60c1cd56152432bc1cd855fc7c04cd7743b4978ae9": {"workers": {}, "filename": "app/page.tsx", "exportedName": "$$RSC_SERVER_ACTION_0"}}, "edge": {}, "encryptionKey": "c2VjcmV0IGtleSBvZiAzMiBieXRlcyBpbiBiYXNlNjQ="}
"#;

#[test]
fn an_action_with_an_id() {
    check(
        &format!("//- /app/a.tsx\nimport {{ create$0Post }} from '../actions';\n{BUILT}"),
        expect![[r#"
        import { createPost } from '../actions';
                 ▔▔▔▔▔▔▔▔▔▔
        **POST** `createPost` · Server Action
        `(title: string, tags: string[] = []): Promise<void>`
        `Next-Action: 60d91136f011987b09c22d9758457131a3152565c1` — both arguments sent · build
        [`actions.ts:3`](file:///actions.ts#L3,23)
    "#]],
    );
}

#[test]
fn an_inline_action_with_captured_values() {
    check(
        &format!(
            "//- /app/page.tsx
export default function Page({{ user }}) {{
  return <form action={{async function sa$0ve(data: FormData) {{ 'use server'; log(user.id, data) }}}} />;
}}
{BUILT}"
        ),
        expect![[r#"
              return <form action={async function save(data: FormData) { 'use server'; log(user.id, data) }} />;
                                                  ▔▔▔▔
            **POST** `save` · inline Server Action
            `(data: FormData)`
            `Next-Action: 60c1cd56152432bc1cd855fc7c04cd7743b4978ae9` — captured values and one argument sent · build
            captures `user` (encrypted)
            reads a form
        "#]],
    );
}

#[test]
fn several_actions() {
    let names: Vec<String> = (1..9).map(|n| format!("act{n}")).collect();
    let actions: String = names.iter().map(|n| format!("export async function {n}() {{}}\n")).collect();
    let forms: String = names.iter().map(|n| format!("<Form run={{{n}}} />")).collect();
    check_with_pages(
        &format!(
            "//- /many.ts\n'use server';\n{actions}//- /app/page.tsx\nimport {{ {} }} from '../many';\nimport {{ Form }} from './form';\nexport default () => <>{forms}</>;\n//- /app/form.tsx\nexport const Form = ({{ run }}) => <button onClick={{() => ru$0n()}} />;\n",
            names.join(", ")
        ),
        expect![[r#"
            **8 actions fit**
            **POST** `act1` · [`many.ts:2`](file:///many.ts#L2,23)
            **POST** `act2` · [`many.ts:3`](file:///many.ts#L3,23)
            **POST** `act3` · [`many.ts:4`](file:///many.ts#L4,23)
            **POST** `act4` · [`many.ts:5`](file:///many.ts#L5,23)
            **POST** `act5` · [`many.ts:6`](file:///many.ts#L6,23)
            **POST** `act6` · [`many.ts:7`](file:///many.ts#L7,23)
            and 2 more
        "#]],
    );
}

#[test]
fn an_action_that_is_not_in_the_build() {
    check(
        &format!("//- /app/a.tsx\nimport {{ remove$0Post }} from '../actions';\n{BUILT}"),
        expect![[r#"
            import { removePost } from '../actions';
                     ▔▔▔▔▔▔▔▔▔▔
            **POST** `removePost` · Server Action
            `({ parsedInput, ctx })` · wrapped in `actionClient…action`
            `Next-Action: 7f253f08f7905b0c58429d311f619177643ba5d889` — all arguments sent · computed
            [`actions.ts:4`](file:///actions.ts#L4,14)
        "#]],
    );
}

#[test]
fn variables_that_are_not_captured() {
    check(
        "//- /app/page.tsx
export default function Page({ rows }) {
  for (const row of rows) {
    const id = row.id;
    const rem$0ove = async () => { 'use server'; drop(id, row, later, new Row()) };
  }
  class Row {}
  const later = 1;
}
",
        expect![[r#"
                const remove = async () => { 'use server'; drop(id, row, later, new Row()) };
                      ▔▔▔▔▔▔
            **POST** `remove` · inline Server Action
            no parameters
            ID: no build yet
            captures `id` (encrypted) · **not captured**: `row` (loop variable), `later` (declared later), `Row` (class)
        "#]],
    );
}

#[test]
fn an_action_as_an_element() {
    check(
        "//- /card.tsx\n'use server';\nexport async function Card() { return <p />; }\n//- /app/page.tsx\nimport { Card } from '../card';\nexport default () => <Ca$0rd />;\n",
        expect![[r#"
            export default () => <Card />;
                                  ▔▔▔▔
            **POST** `Card` · Server Action
            rendered here, not called by POST
            no parameters
            ID: no build yet
            [`card.tsx:2`](file:///card.tsx#L2,23)
        "#]],
    );
}
