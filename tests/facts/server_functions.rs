//! Which functions may Next's compiler register, where do they stand, and what do they capture?

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).server());
}

#[test]
fn files_without_a_directive_have_none() {
    check(
        "'use client'; export async function save() {}",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn exports_of_a_server_module() {
    check(
        "'use server'
export async function save(this: void, a: string, { b }: B, ...c) {}
export const drop = async (id) => { helper(async () => {}) }, wipe = wrap(async () => {});
const late = async function named() {}
async function unexported() {}
export { late as later };
export const tools = { a: async () => {}, async b() {}, c: [async () => {}] };
export default async () => {};",
        expect![[r#"
            2:8 Declaration 3 rest named = export save
            3:21 Arrow 1 = export drop
            3:75 Arrow 0 exported
            4:14 Expression 0 named = late
            7:27 Arrow 0 member
            7:43 ObjectMethod 0 named member
            7:61 Arrow 0 exported
            8:16 Arrow 0 default
        "#]],
    );
}

#[test]
fn directives_of_their_own() {
    check(
        "export default async function Page() { async function save() { 'use server' } return save }
const cached = (async (a) => { 'use cache' }) as Cached;
class Cart { static async add(a, b) { 'use server' } async #drop() { 'use server' } get all() { 'use server' } }",
        expect![[r#"
            1:40 Declaration 0 named UseServer elsewhere
            2:17 Arrow 1 UseCache elsewhere
            3:14 StaticMethod 2 named UseServer elsewhere
            3:54 PrivateMethod 0 named UseServer elsewhere
            3:85 Accessor 0 named UseServer elsewhere
        "#]],
    );
}

#[test]
fn captures() {
    check(
        "const module = 1;
export function Page({ user, [key]: { deep } }, q) {
  const first = 1; let second; function before() {}
  const save = async (own) => { 'use server'; module; own; user.id; deep; q; first; second = 1; before(); save; after; };
  const after = 1;
  return save;
}",
        expect![[r#"
            4:16 Arrow 1 UseServer elsewhere
              4:60 user: Captured
              4:69 deep: Captured
              4:75 q: Captured
              4:78 first: Captured
              4:85 second: Assigned
              4:97 before: Captured
              4:113 after: Later
        "#]],
    );
}

#[test]
fn what_the_compiler_does_not_capture() {
    check(
        "export function List(q) {
  class Row {}
  enum Kind { A }
  const { a: b = 1, c = 2, ...d } = q, Item = q.Item;
  for (const each of q) for (let i = 0; i < 1; i++) {
    try { q() } catch (error) {
      keep(async () => { 'use server'; return [Row, Kind.A, b, c, d, <Item />, each, i, error, later(), q] });
    }
  }
  function later() {}
  let count = 0;
  return async () => { 'use server'; count += 1; [count] = q };
}
{ const block = 1; keep(async () => { 'use server'; return block }) }
export const o = { set v(value) { keep(async () => { 'use server'; return value }) } };",
        expect![[r#"
            7:12 Arrow 0 UseServer elsewhere
              7:48 Row: Class
              7:53 Kind: Class
              7:61 b: Defaulted
              7:64 c: Captured
              7:67 d: Captured
              7:71 Item: Element
              7:80 each: Loop
              7:86 i: Loop
              7:89 error: Catch
              7:96 later: Later
              7:105 q: Captured
            12:10 Arrow 0 UseServer elsewhere
              12:38 count: Assigned
              12:60 q: Captured
            14:25 Arrow 0 UseServer elsewhere
              14:60 block: ModuleBlock
            15:40 Arrow 0 UseServer elsewhere
              15:75 value: Accessor
        "#]],
    );
}

#[test]
fn a_value_is_captured_though_it_is_an_element_too() {
    check(
        "function P() { const K = q; return async () => { 'use server'; return [<K />, K, <K.L />] } }",
        expect![[r#"
            1:36 Arrow 0 UseServer elsewhere
              1:73 K: Captured
        "#]],
    );
}

#[test]
fn names_in_exported_patterns() {
    check(
        "'use server'; export const { a, b: c, 'd': e, [f]: g, h: i = x, j: { k } = y, l = m, ...n } = make(), [o = p, [q], ...r] = make();",
        expect![[r#"
            pattern a
            pattern b (key)
            pattern c
            pattern e
            pattern g
            pattern h (key)
            pattern j (key)
            pattern l
            pattern n
            pattern o
            pattern q
            pattern r
        "#]],
    );
}

#[test]
fn half_typed() {
    check(
        "export const save = async (a, ) => { 'use server'; const x = ",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "'use server'\nexport async function save(",
        expect![[r#"
        nothing
    "#]],
    );
}
