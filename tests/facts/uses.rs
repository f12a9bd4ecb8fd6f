//! Where are imports, exports and inline actions used, and how? Links go by binding, so most of
//! these cases are about names that look the same and mean something else.

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

/// `save` and `db` are imports in every case.
fn check(code: &str, expected: Expect) {
    let code = format!("import {{ save }} from './actions'; import * as db from './db';\n{code}");
    expected.assert_eq(&Facts::new(&code, Grammar::Tsx).uses());
}

/// As it stands.
fn check_alone(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).uses());
}

#[test]
fn calls() {
    check(
        "save(1);\nawait save();\n(save)();\nsave!();\nsave?.();\nnew save();\nvoid save();",
        expect![[r#"
        2:1 save Call of import save
        3:7 save Call of import save
        4:2 save Call of import save
        5:1 save Call of import save
        6:1 save Call of import save
        7:5 save Mention of import save
        8:6 save Call of import save
    "#]],
    );
}

#[test]
fn bind_and_friends() {
    check(
        "save.bind(null, 1);\nsave.call(null);\nsave.apply(null);\nsave.name;",
        expect![[r#"
            2:1 save Bind of import save
            3:1 save Call of import save
            4:1 save Call of import save
            5:1 save Mention of import save
        "#]],
    );
}

#[test]
fn hooks_and_arguments() {
    check(
        "const [state, act, pending] = useActionState(save, null);
const { execute } = React.useTransition(save);
run(1, save);
run(save.bind(null, 1));
new Runner(save);
user(save);",
        expect![[r#"
            2:46 save Hook in useActionState of import save
            3:41 save Hook in React.useTransition of import save
            4:8 save Argument in run of import save
            5:5 save Bind of import save
            6:12 save Argument in Runner of import save
            7:6 save Argument in user of import save
        "#]],
    );
}

#[test]
fn attributes() {
    check(
        "const a = <form action={save}><button formAction={save.bind(null, 1)} /></form>;
const b = <Form action={save} />;
const c = <Row onSave={save} onDrop={() => save(1)} />;
const d = <form action={x ? save : undefined} />;",
        expect![[r#"
            2:25 save FormAction in action of import save
            2:51 save Bind of import save
            3:25 save Prop in action of import save
            4:24 save Prop in onSave of import save
            4:44 save Call of import save
            5:29 save FormAction in action of import save
        "#]],
    );
}

#[test]
fn members_and_aliases() {
    check(
        "const actions = { save, store: save, 'in-stock': save };
const alias = save;
const { length } = save;
let later = x && save;
const list = [save];
export const again = save;",
        expect![[r#"
            2:19 save Member in save of import save
            2:32 save Member in store of import save
            2:50 save Member in 'in-stock' of import save
            3:15 save Alias in alias of import save
            4:20 save Alias in { length } of import save
            5:18 save Alias in later of import save
            6:15 save Mention of import save
            7:22 save Alias in again of import save
        "#]],
    );
}

#[test]
fn members_of_a_namespace() {
    check(
        "db.read(1);\nuseSWR(db.rows);\nconst a = <form action={db.write} />;\nconst b = <db.Row />;\ndb['read']();\ndb.a.b();",
        expect![[r#"
        2:4 read Call of import db
        3:11 rows Hook in useSWR of import db
        4:28 write FormAction in action of import db
        5:15 Row Element of import db
        6:1 db Mention of import db
        7:4 a Mention of import db
    "#]],
    );
}

#[test]
fn elements() {
    check_alone(
        "import Row from './row'; import * as ui from './ui';\nconst a = <Row />;\nconst b = <Row>x</Row>;\nconst c = <ui.Card />;",
        expect![[r#"
        2:12 Row Element of import Row
        3:12 Row Element of import Row
        4:15 Card Element of import ui
    "#]],
    );
}

#[test]
fn lower_case_elements_are_html() {
    check(
        "const a = <save />;",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn own_exports() {
    check_alone(
        "export async function store(id) { if (id) store(); }\nstore(1);\nexport const drop = () => {};\ndrop();\nconst view = 1; export { view as shown };\nview;",
        expect![[r#"
        1:43 store Call of export store
        2:1 store Call of export store
        4:1 drop Call of export drop
        6:1 view Mention of export shown
    "#]],
    );
}

#[test]
fn own_inline_actions() {
    check_alone(
        "function Page() {
  async function act() { 'use server'; }
  const arrow = async () => { 'use server'; };
  arrow.bind(null);
  return <form action={act}><button formAction={arrow} /></form>;
}",
        expect![[r#"
            4:3 arrow Bind of inline action 1
            5:24 act FormAction in action of inline action 0
            5:49 arrow FormAction in formAction of inline action 1
        "#]],
    );
}

#[test]
fn dynamic_imports() {
    check_alone(
        "const { store } = await import('./actions'); store();
(await import('./actions')).drop();
import('./actions').then(({ wipe }) => wipe());
import('./actions').then((m) => m.undo());
const View = dynamic(() => import('./view'));
const Card = dynamic(() => import('./ui').then((m) => m.Card));",
        expect![[r#"
            1:46 store Call of import store
            2:29 drop Call of module './actions'
            3:40 wipe Call of import wipe
            4:35 undo Call of import m
            6:57 Card Mention of import m
        "#]],
    );
}

#[test]
fn a_namespace_from_a_dynamic_import() {
    check_alone(
        "const all = await import('./actions'); all.store(1);",
        expect![[r#"
        1:44 store Call of import all
    "#]],
    );
}

#[test]
fn shadowed_by_a_parameter() {
    check(
        "function f(save) { save(); }\nconst g = (save) => save();\nconst h = save => save();\nconst i = ({ save }) => save();\nconst j = ([save]) => save();\nconst k = ({ a: { save: b = save } }) => b();\nconst l = (...save) => save();",
        expect![[r#"
        7:29 save Mention of import save
    "#]],
    );
}

#[test]
fn shadowed_by_a_variable() {
    check(
        "{ const save = 1; save(); }\n{ let save; save(); }\nfunction f() { if (x) { var save; } save(); }\nsave();",
        expect![[r#"
        5:1 save Call of import save
    "#]],
    );
}

#[test]
fn shadowed_by_a_function_or_class() {
    check(
        "{ function save() {} save(); }\n{ class save {} new save(); }\nconst f = function save() { save(); };\nconst g = class save { m() { save(); } };\n{ enum save { A } save.A; }",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn shadowed_by_catch_and_loops() {
    check(
        "try {} catch (save) { save(); }\nfor (const save of rows) save();\nfor (let save = 0; save < 1; save++) {}\nfor (var save in rows) {}",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_hoisted_variable_takes_the_whole_function() {
    check(
        "function f() { save(); { var save = 1; } }\nsave();",
        expect![[r#"
        3:1 save Call of import save
    "#]],
    );
    check(
        "function f() { save(); for (var save of rows) {} }",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_later_declaration_counts_in_its_whole_block() {
    check(
        "function f() { save(); const save = 1; }",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn default_values_of_parameters() {
    check(
        "function f(run = save) { run(); }\nconst g = ({ run = save }) => run();\nfunction h(save = save) {}",
        expect![[r#"
        2:18 save Mention of import save
        3:20 save Mention of import save
    "#]],
    );
}

#[test]
fn keys_and_labels_are_no_uses() {
    check(
        "const a = { save: 1 };\na.save();\nsave: for (;;) { break save; }\nclass B { save() {} }\nconst { save: c } = a;\ntype save = 1;\nconst d = <Row save=\"1\" />;",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn types_are_no_uses() {
    check(
        "type A = typeof save;\nlet a: save;\nf<typeof save>();\nconst b = x as typeof save;",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn only_types_imported() {
    check_alone(
        "import type { Row } from './row';\nconst a = Row;\n",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn exported_lists_are_no_uses() {
    check(
        "export { save };\nexport { save as store };\nexport default save;",
        expect![[r#"
        4:16 save Mention of import save
    "#]],
    );
}

#[test]
fn templates_and_spreads() {
    check(
        "const a = `${save}`;\nconst b = { ...db };\nconst c = [...save];\nthrow save;\nfunction f() { return save; }\nconst g = () => save;",
        expect![[r#"
        2:14 save Mention of import save
        3:16 db Mention of import db
        4:15 save Mention of import save
        5:7 save Mention of import save
        6:23 save Mention of import save
        7:17 save Mention of import save
    "#]],
    );
}

#[test]
fn assigned_to_and_compared() {
    check(
        "save = 1;\nother = save;\nif (save === other) {}\nsave.x = 1;\ndb.x = save;",
        expect![[r#"
        2:1 save Mention of import save
        3:9 save Mention of import save
        4:5 save Mention of import save
        5:6 x Mention of import save
        6:4 x Mention of import db
        6:8 save Mention of import save
    "#]],
    );
}

#[test]
fn shadowed_in_a_component() {
    check(
        "function Page({ save }) { return <form action={save} />; }\nconst Other = () => <form action={save} />;",
        expect![[r#"
        3:35 save FormAction in action of import save
    "#]],
    );
}

#[test]
fn shadowed_elements() {
    check_alone(
        "import Row from './row';\nfunction Page({ Row }) { return <Row />; }\nconst a = <Row />;",
        expect![[r#"
        3:12 Row Element of import Row
    "#]],
    );
}

#[test]
fn inside_a_broken_statement() {
    check(
        "save(1);\nconst x = {;\nsave(2);",
        expect![[r#"
        2:1 save Call of import save
        4:1 save Call of import save
    "#]],
    );
}
