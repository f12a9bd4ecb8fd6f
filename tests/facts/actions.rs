//! Which functions carry a `"use server"` of their own, what are they called, and what number
//! does Next's compiler give them?

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).actions());
}

#[test]
fn declaration_and_arrow() {
    check(
        "export default function Page() {
  async function save(form: FormData): Promise<void> { 'use server'; }
  const drop = async (id: string, ...more: string[]) => { \"use server\" };
  const wipe = async function () { 'use server' };
  const undo = async function undoAll() { 'use server' };
}",
        expect![[r#"
            2:18 save: Declaration async (form: FormData): Promise<void>
            3:9 drop: Arrow async (id: string, ...more: string[]) rest
            4:9 wipe: Expression async ()
            5:31 undoAll: Expression async ()
        "#]],
    );
}

#[test]
fn attributes_and_children_of_elements() {
    check(
        "const form = (
  <form action={async (form) => { 'use server'; }}>
    <button formAction={async function remove() { 'use server'; }} />
    {async () => { 'use server'; }}
    <Row save={useCallback(async () => { 'use server'; }, [])} />
  </form>
);",
        expect![[r#"
            2:9 action: Arrow async (form)
            3:40 remove: Expression async ()
            4:6 -: Arrow async ()
            5:10 save: Arrow async ()
        "#]],
    );
}

#[test]
fn members_of_objects() {
    check(
        "const actions = {
  async save() { 'use server'; },
  drop: async () => { 'use server'; },
  'wipe-all': async () => { 'use server'; },
  [name]: async () => { 'use server'; },
};",
        expect![[r#"
            2:9 save: ObjectMethod async ()
            3:3 drop: Arrow async ()
            4:3 wipe-all: Arrow async ()
            5:3 [name]: Arrow async ()
        "#]],
    );
}

#[test]
fn members_of_classes() {
    check(
        "class Cart {
  static async save() { 'use server'; }
  async drop() { 'use server'; }
  static wipe = async () => { 'use server'; };
}",
        expect![[r#"
            2:16 save: StaticMethod async ()
            3:9 drop: InstanceMethod async ()
            4:10 wipe: Arrow async ()
        "#]],
    );
}

#[test]
fn arguments_and_results() {
    check(
        "after(async () => { 'use server'; });
const save = withUser(async (id) => { 'use server'; });
function make() { return async () => { 'use server'; }; }
module.handler = async () => { 'use server'; };",
        expect![[r#"
            1:7 -: Arrow async ()
            2:7 save: Arrow async (id)
            3:26 -: Arrow async ()
            4:1 handler: Arrow async ()
        "#]],
    );
}

#[test]
fn numbers_count_inner_functions_first() {
    check(
        "async function outer() {
  'use server';
  async function inner() { 'use server'; }
}
const last = async () => { 'use server'; };",
        expect![[r#"
            1:16 outer: Declaration async ()
            3:18 inner: Declaration async ()
            5:7 last: Arrow async ()
        "#]],
    );
}

#[test]
fn cached_functions_share_the_numbers() {
    check(
        "async function rows() { 'use cache'; }
async function save() { 'use server'; }",
        expect![[r#"
            2:16 save: Declaration async ()
        "#]],
    );
}

#[test]
fn exported_ones_know_their_name() {
    check(
        "export async function save() { 'use server'; }
const drop = async () => { 'use server'; };
export { drop as remove };
export default async function () { 'use server'; }
export const wipe = withUser(async () => { 'use server'; });",
        expect![[r#"
            1:23 save: Declaration async (), exported as save
            2:7 drop: Arrow async (), exported as remove
            4:16 -: Expression async (), exported as default
            5:14 wipe: Arrow async (), exported as wipe
        "#]],
    );
}

#[test]
fn other_directives_may_stand_before_it() {
    check(
        "async function save() { 'use strict'; /* why */ 'use server' // here\n }",
        expect![[r#"
            1:16 save: Declaration async ()
        "#]],
    );
}

#[test]
fn behind_a_statement_it_is_text() {
    check(
        "async function save() { log(); 'use server'; }",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "async function save() { ('use server'); }",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "async function save() { `use server`; }",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn blocks_are_no_functions() {
    check(
        "if (x) { 'use server'; }\nclass A { static { 'use server'; } }\nfor (;;) { 'use server' }",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn accessors_and_constructors_are_methods() {
    check(
        "class A { constructor() { 'use server' } get a() { 'use server'; } }",
        expect![[r#"
            1:11 constructor: InstanceMethod ()
            1:46 a: Accessor ()
        "#]],
    );
}

#[test]
fn the_same_function_in_typescript() {
    expect![[r#"
        1:7 save: Arrow async (id: string)
    "#]]
    .assert_eq(
        &Facts::new("const save = <Save>(async (id: string) => { 'use server'; })", Grammar::TypeScript).actions(),
    );
}

#[test]
fn a_module_directive_makes_no_inline_action() {
    check(
        "'use server';\nexport async function save() {}",
        expect![[r#"
        nothing
    "#]],
    );
}
