//! Who carries what, on whole projects; the rules were measured on real builds (`cargo xtask oracle`).

use expect_test::{Expect, expect};
use fixture::Fixture;

use crate::World;

const PACKAGE: &str = r#"
//- /package.json
{ "dependencies": { "next": "16.4.6" } }
//- /tsconfig.json
{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }
"#;

/// A line an action: its pages, and behind a bar the handlers that run it.
fn check(text: &str, expected: Expect) {
    let project = Fixture::parse(&format!("{PACKAGE}{text}")).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let snap = world.snapshot();
    let mut out = String::new();
    for file in snap.files() {
        for action in snap.endpoints(file).iter().filter(|e| e.scope.is_some()) {
            let carriers = snap.carriers(action);
            let urls = |list: &[super::Carrier]| list.iter().map(|c| c.url.to_string()).collect::<Vec<_>>().join(" ");
            out += &format!("{} {}: {}", project.shown(&snap.path(file)), action.name, urls(&carriers.pages));
            if !carriers.handlers.is_empty() {
                out += &format!(" | {}", urls(&carriers.handlers));
            }
            out.push('\n');
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn through_components_and_layouts() {
    check(
        "
//- /actions/cart.ts
'use server';
export async function add() {}
//- /actions/session.ts
'use server';
export async function leave() {}
//- /actions/nobody.ts
'use server';
export async function spare() {}
//- /ui/button.tsx
'use client';
import { add } from '@/actions/cart';
export const Button = () => <button onClick={() => add()} />;
//- /ui/index.ts
export * from './button';
//- /app/layout.tsx
import { leave } from '@/actions/session';
export default ({ children }) => <form action={leave}>{children}</form>;
//- /app/page.tsx
import { Button } from '@/ui';
export default () => <Button />;
//- /app/(shop)/shop/[slug]/page.tsx
import { Button } from '@/ui/button';
export default () => { async function inline() { 'use server'; } return <Button onClick={inline} />; };
//- /app/about/page.tsx
export default () => null;
//- /app/api/cart/route.ts
import { add } from '@/actions/cart';
export async function POST() { await add(); }
",
        expect![[r#"
                /actions/cart.ts add: / /shop/[slug] | /api/cart
                /actions/nobody.ts spare: 
                /actions/session.ts leave: / /_not-found /about /shop/[slug]
                /app/(shop)/shop/[slug]/page.tsx $$RSC_SERVER_ACTION_0: /shop/[slug]
            "#]],
    );
}

#[test]
fn what_is_loaded_later_or_never() {
    check(
        "
//- /a/actions.ts
'use server';
export async function a() {}
//- /b/actions.ts
'use server';
export async function b() {}
//- /c/actions.ts
'use server';
export type C = string;
export async function c() {}
//- /d/actions.ts
'use server';
export async function d() {}
//- /a/chart.tsx
'use client';
import { a } from './actions';
export default () => <i onClick={a} />;
//- /app/page.tsx
import dynamic from 'next/dynamic';
import type { C } from '@/c/actions';
import { C as D, c } from '@/c/actions';
import { d } from '@/d/actions';
const Chart = dynamic(() => import('@/a/chart'), { ssr: false });
export default () => <Chart save={async (x: C | D | typeof c) => (await import('@/b/actions')).b()} />;
//- /app/other/page.jsx
const { d } = require('../../d/actions');
export default () => <form action={d} />;
",
        expect![[r#"
                /a/actions.ts a: /
                /b/actions.ts b: /
                /c/actions.ts c: 
                /d/actions.ts d: /other
            "#]],
    );
}

/// For browsers a module of actions is a list of references: what it imports doesn't come along.
#[test]
fn actions_behind_actions() {
    check(
        "
//- /actions/first.ts
'use server';
import { second } from './second';
export async function first() { await second(); }
//- /actions/second.ts
'use server';
import { third } from '@/lib/third';
export async function second() { await third(); }
//- /lib/third.ts
import { fourth } from '@/actions/fourth';
export const third = () => fourth();
//- /actions/fourth.ts
'use server';
export async function fourth() {}
//- /app/client/page.tsx
'use client';
import { first } from '@/actions/first';
export default () => <i onClick={first} />;
//- /app/server/page.tsx
import { first } from '@/actions/first';
export default () => <form action={first} />;
//- /app/script/page.jsx
import { fourth } from '@/actions/fourth';
export default () => null;
",
        expect![[r#"
                /actions/first.ts first: /client /server
                /actions/fourth.ts fourth: /script /server
                /actions/second.ts second: /server
            "#]],
    );
}

const SPARE: &str = "
//- /actions.ts
'use server';
export async function named() {}
export async function spare() {}
export async function member() {}
export async function passed() {}
//- /effect.ts
'use server';
export async function effect() {}
//- /index.ts
export { passed as handed } from './actions';
export * from './effect';
//- /app/client/page.tsx
'use client';
import { named } from '@/actions';
import * as all from '@/actions';
import { handed } from '@/index';
import '@/effect';
export default () => <i onClick={named} onCopy={() => all.member()} onCut={handed} />;
";

/// Turbopack leaves out what no client module names; code for the server brings all of a module.
#[test]
fn names_count_for_browsers() {
    check(
        SPARE,
        expect![[r#"
            /actions.ts named: /client
            /actions.ts spare: 
            /actions.ts member: /client
            /actions.ts passed: /client
            /effect.ts effect: 
        "#]],
    );
    let server =
        "//- /app/server/page.tsx\nimport { named } from '@/actions';\nexport default () => <form action={named} />;\n";
    check(
        &format!("{SPARE}{server}"),
        expect![[r#"
            /actions.ts named: /client /server
            /actions.ts spare: /server
            /actions.ts member: /client /server
            /actions.ts passed: /client /server
            /effect.ts effect: 
        "#]],
    );
    let webpack = "//- /package.json\n{ \"dependencies\": { \"next\": \"15.5.29\" } }\n";
    check(
        &format!("{SPARE}{webpack}"),
        expect![[r#"
            /actions.ts named: /client
            /actions.ts spare: /client
            /actions.ts member: /client
            /actions.ts passed: /client
            /effect.ts effect: /client
        "#]],
    );
}

#[test]
fn packages_of_a_workspace() {
    check(
        r#"
//- /package.json
{ "workspaces": ["apps/*", "packages/*"] }
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.4.6", "@x/actions": "*" } }
//- /apps/web/app/page.tsx
import { save } from '@x/actions';
export default () => <form action={save} />;
//- /apps/docs/package.json
{ "name": "docs", "dependencies": { "next": "16.4.6", "@x/actions": "*" } }
//- /apps/docs/app/guide/page.tsx
import { save } from '@x/actions';
export default () => <form action={save} />;
//- /packages/actions/package.json
{ "name": "@x/actions", "main": "./src/index.ts" }
//- /packages/actions/src/index.ts
export { save } from './save';
//- /packages/actions/src/save.ts
'use server';
export async function save() {}
"#,
        expect![[r#"
                /packages/actions/src/save.ts save: /guide /
            "#]],
    );
}

/// A page that nobody had a reason to read may begin to bring actions along, by a component between.
#[test]
fn a_page_that_begins_to_carry() {
    let files = "
//- /ui/form.tsx
export const Form = () => {
  async function save() {
    'use server';
  }
  return <form action={save} />;
};
//- /ui/panel.tsx
import { Form } from './form';
export const Panel = () => <Form />;
//- /app/page.tsx
export default () => null;
";
    let project = Fixture::parse(&format!("{PACKAGE}{files}")).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let carried = |world: &World| {
        let snap = world.snapshot();
        let form = snap.file(&project.path("/ui/form.tsx")).unwrap();
        snap.carriers(&snap.endpoints(form)[0]).pages.len()
    };
    assert_eq!(carried(&world), 0);
    let page = project.path("/app/page.tsx");
    project.put(&page, "import { Panel } from '../ui/panel';\nexport default () => <Panel />;\n");
    world.files_changed(&[page]);
    assert_eq!(carried(&world), 1);
}
