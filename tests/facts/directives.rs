//! Which directives stand at the head of a module? Those of functions are seen in `actions`.

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    let [ts, tsx] = [Grammar::TypeScript, Grammar::Tsx].map(|grammar| Facts::new(code, grammar).directives());
    assert_eq!(ts, tsx, "the two grammars differ");
    expected.assert_eq(&ts);
}

#[test]
fn either_quote() {
    check(
        "'use server';\n",
        expect![[r#"
        1:1 'use server'
    "#]],
    );
    check(
        "\"use client\"\n",
        expect![[r#"
        1:1 "use client"
    "#]],
    );
}

#[test]
fn all_of_the_prologue() {
    check(
        "'use strict'\n'use client';\n\"use cache\"\n'use cache: remote';\nf();\n'use server';",
        expect![[r#"
        2:1 'use client'
        3:1 "use cache"
        4:1 'use cache: remote'
    "#]],
    );
}

#[test]
fn behind_comments() {
    check(
        "// © Shop\n/* 'use client' */ /** @jsx h */\n'use server';",
        expect![[r#"
        3:1 'use server'
    "#]],
    );
}

#[test]
fn before_comments() {
    check(
        "'use server' // all of these\nf();",
        expect![[r#"
        1:1 'use server'
    "#]],
    );
    check(
        "'use strict' /* a */\n'use server' /* b */ ; // c",
        expect![[r#"
        2:1 'use server'
    "#]],
    );
}

#[test]
fn behind_a_hashbang() {
    check(
        "#!/usr/bin/env node\n'use server';\n",
        expect![[r#"
        2:1 'use server'
    "#]],
    );
}

#[test]
fn behind_a_byte_order_mark() {
    check(
        "\u{feff}'use server';\n",
        expect![[r#"
        1:4 'use server'
    "#]],
    );
}

#[test]
fn with_crlf_and_blank_lines() {
    check(
        "\r\n\r\n'use server'\r\nexport const a = 1\r\n",
        expect![[r#"
        3:1 'use server'
    "#]],
    );
}

#[test]
fn with_the_semicolon_on_the_next_line() {
    check(
        "'use server'\n;export async function save() {}",
        expect![[r#"
        1:1 'use server'
    "#]],
    );
}

#[test]
fn a_statement_that_goes_on_is_none() {
    check(
        "'use server'\n.length",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "'use server'\n+ x",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "'use server', 'use client';",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "'use server'\n(() => {})()",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn parentheses_make_an_expression() {
    check(
        "('use server');",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_template_is_none() {
    check(
        "`use server`;",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn behind_an_import_is_too_late() {
    check(
        "import db from './db';\n'use server';",
        expect![[r#"
            2:1 'use server'
        "#]],
    );
}

#[test]
fn inside_comments_and_strings_is_none() {
    check(
        "// 'use server'\nconst text = \"'use server'\";\n",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn only_the_exact_words() {
    check(
        "'Use Server'; 'use  server'; ' use server'; 'use server '; 'use cache:remote'; 'use cache:'",
        expect![[r#"
        nothing
    "#]],
    );
    // FIXME: Next's compiler compares what the escapes stand for, so this one counts there.
    check(
        "'use\\x20server';",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn behind_an_empty_statement() {
    // An empty statement ends the prologue.
    check(
        ";'use server';",
        expect![[r#"
        nothing
    "#]],
    );
}
