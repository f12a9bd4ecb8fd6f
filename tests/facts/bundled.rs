//! Which modules come along when a file is bundled?

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).bundled());
}

#[test]
fn imports_of_values() {
    check(
        "import './effect';
import one from './default';
import * as all from './namespace';
import { save } from './named';
import { Card } from './element';
import { used, unused } from './partly';
import fs = require('./equals');
import { passed } from './exported';
one(); all.x(); save(); used(); fs();
export { passed };
export const view = <Card/>;",
        expect![[r#"
            Names './default'
            Names './namespace'
            Names './named'
            Names './element'
            Names './partly'
            Names './exported'
            Call './equals'
            Effect './effect'
        "#]],
    );
}

/// Loaded later is loaded all the same.
#[test]
fn calls() {
    check(
        "const Chart = dynamic(() => import('./chart'), { ssr: false });
const Map = lazy(() => import('./map'));
async function save() { const { store } = await import('./store'); await (await import('./log')).write(); }
const old = require('./old');
import(name); require(name);",
        expect![[r#"
            Call './store'
            Call './old'
            Call './chart'
            Call './map'
            Call './log'
        "#]],
    );
}

#[test]
fn passed_on() {
    check(
        "export { a } from './list';
export * from './star';
export * as all from './space';
export type { T } from './types';
export { type U } from './inline-types';
export type * from './star-types';
import type { V } from './v';",
        expect![[r#"
            Names './list'
            Names './star'
            Names './space'
        "#]],
    );
}

/// What is never used as a value is stripped before anything is bundled.
#[test]
fn nothing_but_types() {
    check(
        "import type { A } from './a';
import { type B } from './b';
import { C, d } from './c';
import E from './e';
import F from './f';
type T = A | B | C | typeof d;
let x: E; const y = {} as F; function z(f: F): f is E { return x as any; }",
        expect![[r#"
            Unused './b'
            Unused './c'
            Unused './e'
            Unused './f'
        "#]],
    );
}

/// A local name hides the import.
#[test]
fn shadowed() {
    check(
        "import { save } from './a';\nfunction f(save) { save(); }",
        expect![[r#"
            Unused './a'
        "#]],
    );
}
