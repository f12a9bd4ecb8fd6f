//! Which names does a module import, and from where?

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    let [ts, tsx] = [Grammar::TypeScript, Grammar::Tsx].map(|grammar| Facts::new(code, grammar).imports());
    assert_eq!(ts, tsx, "the two grammars differ");
    expected.assert_eq(&ts);
}

#[test]
fn every_static_form() {
    check(
        "import './side-effect';
import db from './db';
import * as cart from '@/cart';
import { save, drop as remove, default as view } from \"./actions\";
import shop, { price } from './shop';
import rows, * as all from './rows';
import {} from './empty';
import { 'in stock' as inStock } from './stock';",
        expect![[r#"
            2:8 db = default from './db'
            3:13 cart = * from '@/cart'
            4:10 save from './actions'
            4:24 remove = drop from './actions', there 4:16
            4:43 view = default from './actions', there 4:32
            5:8 shop = default from './shop'
            5:16 price from './shop'
            6:8 rows = default from './rows'
            6:19 all = * from './rows'
            8:24 inStock = in stock from './stock', there 8:10
        "#]],
    );
}

#[test]
fn types() {
    check(
        "import type { Row } from './row';
import type Cart from './cart';
import type * as Shop from './shop';
import { type Price, net, type Size as Width } from './price';
import { type } from './type';
import { type as kind } from './type';",
        expect![[r#"
            1:15 Row from './row', type
            2:13 Cart = default from './cart', type
            3:18 Shop = * from './shop', type
            4:15 Price from './price', type
            4:22 net from './price'
            4:40 Width = Size from './price', type, there 4:32
            5:10 type from './type'
            6:18 kind = type from './type', there 6:10
        "#]],
    );
}

#[test]
fn specifiers_are_kept_once() {
    let facts = Facts::new("import { a } from './x';\nimport b from \"./x\";\nexport * from './x';", Grammar::Tsx);
    expect![[r#"
        ["./x"]
    "#]]
    .assert_eq(&format!("{:?}\n", facts.facts.specifiers.iter().map(|s| &*s.text).collect::<Vec<_>>()));
}

#[test]
fn dynamic_imports_that_give_names() {
    check(
        "const all = await import('./all');
const { save, drop: remove, fall = 1, other: renamed = 2, ...rest } = await import('./actions');
const { default: View } = (await import('./view'));
const promise = import('./later');",
        expect![[r#"
            1:7 all = * from './all'
            2:9 save from './actions'
            2:21 remove = drop from './actions', there 2:15
            2:29 fall from './actions'
            2:46 renamed = other from './actions', there 2:39
            3:18 View = default from './view', there 3:9
        "#]],
    );
}

#[test]
fn require_that_gives_names() {
    check(
        "const fs = require('fs');
const { save, drop: remove } = require('./actions');
const view = require('./view').default;
const drop = (await import('./actions')).drop;
import path = require('path');",
        expect![[r#"
            1:7 fs = * from 'fs'
            2:9 save from './actions'
            2:21 remove = drop from './actions', there 2:15
            3:7 view = default from './view', there 3:32
            4:7 drop from './actions', there 4:42
            5:8 path = * from 'path'
        "#]],
    );
}

#[test]
fn inside_functions() {
    check(
        "async function f() { const { save } = await import('./actions'); if (x) { const y = require('y'); } }",
        expect![[r#"
        1:30 save from './actions'
        1:81 y = * from 'y'
    "#]],
    );
}

#[test]
fn specifiers_that_are_not_text() {
    check(
        "const a = await import(`./${name}`);\nconst b = require(name);\nconst c = await import('./a' + b);",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn attributes() {
    check(
        "import rates from './rates.json' with { type: 'json' };\nimport old from './old.json' assert { type: 'json' };",
        expect![[r#"
        1:8 rates = default from './rates.json'
        2:8 old = default from './old.json'
    "#]],
    );
}

#[test]
fn white_space_and_comments() {
    check(
        "import{a}from'./a';import b,{c}from\"./b\"\nimport /* x */ d /* y */ from /* z */ './d';",
        expect![[r#"
        1:8 a from './a'
        1:27 b = default from './b'
        1:30 c from './b'
        2:16 d = default from './d'
    "#]],
    );
}

#[test]
fn half_typed() {
    // FIXME: the half-typed list takes the next line's module, and that line's names are lost.
    check(
        "import { save, } from './actions';\nimport { drop, fr\nimport { last } from './last';",
        expect![[r#"
        1:10 save from './actions'
        2:10 drop from './last'
        2:16 fr from './last'
    "#]],
    );
    check(
        "import { save } from \nimport { last } from './last';",
        expect![[r#"
        2:10 last from './last'
    "#]],
    );
    check(
        "import { save } fro './actions';\nimport { last } from './last';",
        expect![[r#"
        2:10 last from './last'
    "#]],
    );
}
