//! Which values are handed on to which functions: attributes of elements, arguments of calls.

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

/// `save` and `drop` are imports in every case, as are the component `Form` and the function `help`.
fn check(code: &str, expected: Expect) {
    let code = format!("import {{ save, drop, Form, help }} from './all'; import * as ui from './ui';\n{code}");
    expected.assert_eq(&Facts::new(&code, Grammar::Tsx).passes());
}

#[test]
fn attributes() {
    check(
        "const a = <Form onSave={save} go={save.bind(null, 1)} title=\"x\" on={1} onDrop={() => drop(1)} flag />;
const b = <ui.Card onSave={x ? save : drop} onMany={() => { save(); drop(); }} />;
const c = <form action={save} />;
const d = <Form onSave={save} onSave={drop} />;
function Here({ act }) { return <Form go={act} />; }
const e = <Here act={save} />;",
        expect![[r#"
            save to Form 0.onSave
            save to Form 0.go
            drop to Form 0.onDrop
            save | drop to ui.Card 0.onSave
            drop to Form 0.onSave
            parameter 0/0.act to Form 0.go
            save to function 0 0.act
        "#]],
    );
}

#[test]
fn arguments() {
    check(
        "help(event, save, 1); help(...all, save); help({ save, go: drop, deep: { save } }); ui.help(save); other(save);
const inner = (run, x) => run(x); inner(save, 1); const [s, act] = useActionState(save); help(act);",
        expect![[r#"
            save to help 1
            save to help 0.save
            drop to help 0.go
            save to ui.help 0
            save to function 0 0
            save to help 0
        "#]],
    );
}

#[test]
fn spreads() {
    check(
        "function A(props) { return <Form {...props} onSave={save} />; }
function B({ a, b: c, ...rest }) { return <Form first={a} {...rest} last={c} />; }
function C(props) { const { a, ...rest } = props; return <Form {...rest} {...other} />; }",
        expect![[r#"
            parameter 0/0 to Form 0 but onSave
            save to Form 0.onSave
            parameter 1/0.a to Form 0.first
            parameter 1/0 but a, b to Form 0 but last
            parameter 1/0.b to Form 0.last
            parameter 2/0 but a to Form 0
        "#]],
    );
}

#[test]
fn lazy_components() {
    check(
        "const Later = dynamic(() => import('./later')); const One = React.lazy(() => import('./x').then((m) => m.One), {});
const a = <Later go={save} />; const b = <One go={save} />;",
        expect![[r#"
            save to './later'.default 0.go
            save to './x'.One 0.go
        "#]],
    );
}
