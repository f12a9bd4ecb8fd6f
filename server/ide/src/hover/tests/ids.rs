//! Hovers of actions that several applications bundle, each under its own ID.

use expect_test::{Expect, expect};

use crate::{
    Config,
    hover::hover,
    tests::{Opened, TWO_APPS},
};

/// The hover of the package's action, once the pages of actions are known.
fn check(text: &str, expected: Expect) {
    let opened = Opened::scanned(&text.replace("function send", "function se$0nd"));
    opened.snap.find_carriers();
    let hover = hover(&opened.snap, &Config::default(), opened.cursor()).expect("a hover");
    expected.assert_eq(&format!("{}\n", opened.portable(&hover.markdown)));
}

#[test]
fn each_application_has_its_own() {
    check(
        TWO_APPS,
        expect![[r#"
        **POST** docs `/feedback`, web `/` (2 pages) · Server Action
        `send(to: string)`
        `Next-Action: 40cc86107a1168db634ceb9582ecce914768ed2aa6` — apps/docs · computed
        `Next-Action: 402631ad4c71eb45b6bb02b0474354424089c69d2b` — apps/web · computed
        2 call sites
    "#]],
    );
}

#[test]
fn applications_agree() {
    check(
        &TWO_APPS.replace("ZG9jcw==", "d2Vi"),
        expect![[r#"
        **POST** docs `/feedback`, web `/` (2 pages) · Server Action
        `send(to: string)`
        `Next-Action: 402631ad4c71eb45b6bb02b0474354424089c69d2b` — one argument sent · computed
        2 call sites
    "#]],
    );
}

#[test]
fn one_is_not_built() {
    check(
        &TWO_APPS.replace("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=ZG9jcw==", ""),
        expect![[r#"
        **POST** docs `/feedback`, web `/` (2 pages) · Server Action
        `send(to: string)`
        `Next-Action: 402631ad4c71eb45b6bb02b0474354424089c69d2b` — apps/web · computed
        ID: no build yet — apps/docs
        2 call sites
    "#]],
    );
}

#[test]
fn none_is_built() {
    check(
        &TWO_APPS.replace("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "NAME"),
        expect![[r#"
        **POST** docs `/feedback`, web `/` (2 pages) · Server Action
        `send(to: string)`
        ID: no build yet
        2 call sites
    "#]],
    );
}

#[test]
fn many_applications() {
    let more: String = (0..9)
        .map(|n| {
            let key = if n < 4 { "same".to_owned() } else { format!("key{n}") };
            format!(
                "//- /apps/x{n}/package.json\n{{ \"dependencies\": {{ \"next\": \"16.4.6\", \"mail\": \"*\" }} }}\n\
                 //- /apps/x{n}/.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={key}\n//- /apps/x{n}/app/page.tsx\n"
            )
        })
        .collect();
    check(
        &format!("{TWO_APPS}{more}"),
        expect![[r#"
        **POST** docs `/feedback`, web `/` (2 pages) · Server Action
        `send(to: string)`
        `Next-Action: 40cc86107a1168db634ceb9582ecce914768ed2aa6` — apps/docs · computed
        `Next-Action: 402631ad4c71eb45b6bb02b0474354424089c69d2b` — apps/web · computed
        `Next-Action: 4097ea5b8f1d57393b51e969c88335dbec828dcdca` — apps/x0, apps/x1, apps/x2 and 1 more · computed
        `Next-Action: 401c678dd1e430d1241601121e05e95e053d962ba5` — apps/x4 · computed
        and 4 more
        2 call sites
    "#]],
    );
}
