//! Which components and functions stand at the top of a module, so that a call can be said to stand
//! in one?

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).declarations());
}

#[test]
fn functions_components_and_classes() {
    check(
        "export function Form() { return <form />; }
const Row = memo(forwardRef(function Row() { return <b />; }));
export const useSave = () => save(), useDrop = () => drop();
class Store { load() {} }
export default class Page {}
async function* stream() {}
const api = { list: () => fetch('/api/x') };",
        expect![[r#"
            1:17 Form: 1:8 function …
            2:7 Row: 2:7 Row …
            3:14 useSave: 3:14 useSave …
            3:38 useDrop: 3:38 useDrop …
            4:7 Store: 4:1 class …
            5:22 Page: 5:16 class …
            6:17 stream: 6:1 async …
            7:7 api: 7:7 api …
        "#]],
    );
}

#[test]
fn default_exports() {
    check(
        "export default function Page() {}",
        expect![[r#"
        1:25 Page: 1:16 function …
    "#]],
    );
    check(
        "export default function () {}",
        expect![[r#"
        1:8 default: 1:1 export …
    "#]],
    );
    check(
        "export default async () => save();",
        expect![[r#"
        1:8 default: 1:1 export …
    "#]],
    );
    check(
        "export default memo(() => <b />);",
        expect![[r#"
        1:8 default: 1:1 export …
    "#]],
    );
    check(
        "const Page = () => null;\nexport default Page;",
        expect![[r#"
        1:7 Page: 1:7 Page …
    "#]],
    );
    check(
        "export default 'text';",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn what_holds_no_call_or_has_no_name() {
    check(
        "const url = '/api/x', n = 1;
const { GET, POST } = handlers();
export * from './a';
function inner() { function deeper() {} const arrow = () => {}; }
save();",
        expect![[r#"
            4:10 inner: 4:1 function …
        "#]],
    );
}

#[test]
fn in_a_broken_file() {
    check(
        "function one() { save( }\nfunction two() {}\nconst x = ",
        expect![[r#"
        1:10 one: 1:1 function …
        2:10 two: 2:1 function …
    "#]],
    );
}
