//! Of packages: which applications bundle their actions, and under which IDs.

use expect_test::expect;

use super::{KEY, Opened, said};

const MONOREPO: &str = "
//- /pnpm-workspace.yaml
packages: ['apps/*', 'packages/*']
//- /pnpm-lock.yaml
lockfileVersion: '9.0'
//- /apps/web/package.json
{ \"dependencies\": { \"next\": \"16.4.6\", \"mail\": \"workspace:*\" } }
//- /apps/web/app/(shop)/[slug]/actions.ts
'use server';
export async function save(id: string) {}
//- /packages/mail/package.json
{ \"name\": \"mail\", \"main\": \"actions.ts\" }
//- /packages/mail/actions.ts
'use server';
export async function send() {}
";

#[test]
fn a_monorepo() {
    let file = "/apps/web/app/(shop)/[slug]/actions.ts";
    let opened = Opened::new(&format!("{MONOREPO}//- /apps/web/.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}\n"));
    opened.check(
        file,
        expect![[r#"
        save: 40 computed apps/web/app/(shop)/[slug]/actions.ts
    "#]],
    );
    // Of a package that one application depends on.
    opened.check(
        "/packages/mail/actions.ts",
        expect![[r#"
        send: 00 computed packages/mail/actions.ts
    "#]],
    );
    let path = &file[1..];
    opened.manifest(
        "/apps/web/.next/server/server-reference-manifest.json",
        "16.4.6",
        &[("save", path, 0x40, said(path, "save"))],
    );
    opened.check(
        file,
        expect![[r#"
        save: 40 build apps/web/app/(shop)/[slug]/actions.ts
    "#]],
    );
}

#[test]
fn a_root_in_the_configuration() {
    let env = format!("//- /apps/web/.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}\n");
    for (config, expected) in [
        (
            "{ turbopack: { root: __dirname } }",
            expect![[r#"
            save: 40 computed app/(shop)/[slug]/actions.ts
        "#]],
        ),
        (
            "{ turbopack: { root: path.join(__dirname, '..') } }",
            expect![[r#"
            save: 40 computed web/app/(shop)/[slug]/actions.ts
        "#]],
        ),
        (
            "{ turbopack: { root: root() } }",
            expect![[r#"
                save: turbopack.root is computed
            "#]],
        ),
    ] {
        let config = format!("//- /apps/web/next.config.ts\nexport default {config}\n");
        Opened::new(&format!("{MONOREPO}{env}{config}")).check("/apps/web/app/(shop)/[slug]/actions.ts", expected);
    }
}

/// A second application that depends on the package, of a release and with a key.
fn second(release: &str, key: &str) -> String {
    format!(
        "//- /apps/shop/package.json
{{ \"dependencies\": {{ \"next\": \"{release}\", \"mail\": \"*\" }} }}
//- /apps/shop/app/page.tsx
//- /apps/shop/.env
NEXT_SERVER_ACTIONS_ENCRYPTION_KEY={key}
"
    )
}

const MAIL: &str = "/packages/mail/actions.ts";

#[test]
fn a_package_of_two_applications() {
    let web = format!("//- /apps/web/.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}\n");
    // Each has its key.
    let opened = Opened::new(&format!("{MONOREPO}{web}{}", second("16.4.6", "b3RoZXI=")));
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: of no one application
              /apps/shop a computed
              /apps/web b computed
              found by 2
        "#]],
    );
    // The same key and the same root: the same ID. A manifest of one of them has it.
    let opened = Opened::new(&format!("{MONOREPO}{web}{}", second("16.4.6", KEY)));
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: a computed
              /apps/shop a computed
              /apps/web a computed
              found by 1
        "#]],
    );
    let said = said("packages/mail/actions.ts", "send");
    let place = "/apps/web/.next/server/server-reference-manifest.json";
    opened.manifest(place, "16.4.6", &[("send", "packages/mail/actions.ts", 0x00, said)]);
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: a build
              /apps/shop a computed
              /apps/web a build
              found by 1
        "#]],
    );
    // The same key, but not the same generation: arguments aren't counted there, functions have other names.
    let opened = Opened::new(&format!("{MONOREPO}{web}{}", second("14.2.35", KEY)));
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: of no one application
              /apps/shop a computed
              /apps/web b computed
              found by 2
        "#]],
    );
}

#[test]
fn of_two_applications_one_is_built() {
    let opened = Opened::new(&format!("{MONOREPO}{}", second("16.4.6", KEY)));
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: of no one application
              /apps/shop a computed
              /apps/web no build yet
              found by 1
        "#]],
    );
}

#[test]
fn of_two_applications_none_is_built() {
    let opened = Opened::new(&format!("{MONOREPO}{}", second("16.4.6", "$ELSEWHERE")));
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: no build yet
              /apps/shop no build yet
              /apps/web no build yet
              found by 0
        "#]],
    );
}

#[test]
fn in_14_applications_agree() {
    let text = format!("{MONOREPO}{}", second("14.2.35", "b3RoZXI=")).replace("16.4.6", "14.2.35");
    let inline = "//- /packages/mail/panel.tsx
export function Panel() { async function inPanel() { 'use server' } return <form action={inPanel} />; }
";
    let opened = Opened::new(&format!("{text}{inline}"));
    opened.check_by_app(
        MAIL,
        expect![[r#"
            send: a computed
              /apps/shop a computed
              /apps/web a computed
              found by 1
        "#]],
    );
    opened.check_by_app(
        "/packages/mail/panel.tsx",
        expect![[r#"
            $$ACTION_0: a computed
              /apps/shop a computed
              /apps/web a computed
              found by 1
        "#]],
    );
}

#[test]
fn an_application_that_another_depends_on() {
    let web = format!("//- /apps/web/.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}\n");
    let named = MONOREPO.replace("{ \"dependencies\": { \"next\"", "{ \"name\": \"web\", \"dependencies\": { \"next\"");
    let second = second("16.4.6", "b3RoZXI=").replace("\"mail\": \"*\"", "\"web\": \"*\"");
    let opened = Opened::new(&format!("{named}{web}{second}"));
    // Its own ID is the one; the other's leads there, too.
    opened.check_by_app(
        "/apps/web/app/(shop)/[slug]/actions.ts",
        expect![[r#"
            save: a computed
              /apps/web a computed
              /apps/shop b computed
              found by 2
        "#]],
    );
}

#[test]
fn code_that_no_package_tells_whose_it_is() {
    let web = format!("//- /apps/web/.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}\n");
    let shared = "//- /shared/actions.ts\n'use server';\nexport async function share() {}\n";
    let opened = Opened::new(&format!("{MONOREPO}{web}{}{shared}", second("16.4.6", "b3RoZXI=")));
    opened.check_by_app(
        "/shared/actions.ts",
        expect![[r#"
            share: of no one application
              found by 2
        "#]],
    );
}
