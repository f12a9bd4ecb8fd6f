//! Which directives stand at the head of a module? Those of functions are seen in `actions`.

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    for grammar in [Grammar::TypeScript, Grammar::Tsx] {
        expected.assert_eq(&Facts::new(code, grammar).directives());
    }
}

#[test]
fn either_quote() {
    check("'use server';\n", expect![[r#"
        1:1 'use server'
    "#]
        1:1 'use server'
    "#]]);
    check("\"use client\"\n", expect![[r#"
        1:1 "use client"
    "#]
        1:1 "use client"
    "#]]);
}

#[test]
fn all_of_the_prologue() {
    check("'use strict'\n'use client';\n\"use cache\"\n'use cache: remote';\nf();\n'use server';", expect![[r#"
        2:1 'use client'
        3:1 "use cache"
        4:1 'use cache: remote'
    "#]
        2:1 'use client'
        3:1 "use cache"
        4:1 'use cache: remote'
    "#]]);
}

#[test]
fn behind_comments() {
    check("// © Shop\n/* 'use client' */ /** @jsx h */\n'use server' // all of these\n", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn behind_a_hashbang() {
    check("#!/usr/bin/env node\n'use server';\n", expect![[r#"
        2:1 'use server'
    "#]
        2:1 'use server'
    "#]]);
}

#[test]
fn behind_a_byte_order_mark() {
    check("\u{feff}'use server';\n", expect![[r#"
        1:4 'use server'
    "#]
        1:4 'use server'
    "#]]);
}

#[test]
fn with_crlf_and_blank_lines() {
    check("\r\n\r\n'use server'\r\nexport const a = 1\r\n", expect![[r#"
        3:1 'use server'
    "#]
        3:1 'use server'
    "#]]);
}

#[test]
fn without_a_semicolon_before_a_declaration() {
    check("'use server' export async function save() {}", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
    check("'use server'\n;export async function save() {}", expect![[r#"
        1:1 'use server'
    "#]
        1:1 'use server'
    "#]]);
}

#[test]
fn a_statement_that_goes_on_is_none() {
    check("'use server'\n.length", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
    check("'use server'\n+ x", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
    check("'use server', 'use client';", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
    check("'use server'\n(() => {})()", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn parentheses_make_an_expression() {
    check("('use server');", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn a_template_is_none() {
    check("`use server`;", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn behind_an_import_is_too_late() {
    check("import db from './db';\n'use server';", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn inside_comments_and_strings_is_none() {
    check("// 'use server'\nconst text = \"'use server'\";\n", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn only_the_exact_words() {
    check("'Use Server'; 'use  server'; ' use server'; 'use server '; 'use cache:remote'; 'use cache:'", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
    check("'use\\x20server';", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}

#[test]
fn behind_an_empty_statement() {
    // An empty statement ends the prologue.
    check(";'use server';", expect![[r#"
        nothing
    "#]
        nothing
    "#]]);
}
