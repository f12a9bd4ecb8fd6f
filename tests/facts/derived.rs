//! Which places stand for values of other bindings: what hooks give back, `bind`, aliases, members of
//! objects, closures, parameters. Receivers are numbered, exported ones first.

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

/// `save` and `drop` are imports in every case, `db` a module.
fn check(code: &str, expected: Expect) {
    let code = format!("import {{ save, drop }} from './actions'; import * as db from './db';\n{code}");
    expected.assert_eq(&Facts::new(&code, Grammar::Tsx).derived());
}

#[test]
fn what_a_hook_gives_back() {
    check(
        "const { execute: run, executeAsync, reset, isPending, result } = useAction(save, { onSuccess: drop });
run(1); executeAsync(); reset(); isPending(); result(); log(run); log(executeAsync);
const kept = useAction(db.write); kept.execute(1); kept.reset(); kept.status; kept.result.data; log(kept);
const again = useReverification(save); again(); again.then(); log(again);
const [act, { isLoading }] = useThing(save); act(); isLoading(); useEffect(() => {}, [act]);
const { mutate } = useMutation({ mutationFn: save, onError: drop }); mutate(1);
const later = useMutation(mutationOptions(save, {})); later.mutateAsync();",
        expect![[r#"
            3:1 run Call of save, perhaps
            3:9 executeAsync Call of save, perhaps
            3:61 run Argument in log of save, perhaps
            3:71 executeAsync Argument in log of save, perhaps
            4:40 execute Call of db.write behind kept, perhaps
            5:40 again Call of save, perhaps
            6:46 act Call of save, perhaps
            7:70 mutate Call of save, perhaps
            8:61 mutateAsync Call of save behind later, perhaps
        "#]],
    );
}

#[test]
fn reacts_own_hooks() {
    check(
        "const [state, act, pending] = useActionState<A, B>(save, {}, drop); state(); act(); pending();
const [, submit] = useFormState(save, {}); const a = <form action={submit}><b onClick={act} x={act} /></form>;
const [value, setValue] = useState(save); setValue(); value();
const [optimistic, add] = useOptimistic(save, drop); add();
const [pends, start] = useTransition(); start(save);
const stable = useCallback(save, []); stable();
const bound = useMemo(() => save.bind(null, 1), []); bound(); useActionState(bound);
const nested = useActionState(save.bind(null, 1), 0)[1];",
        expect![[r#"
            2:78 act Call of save
            3:68 submit FormAction in action of save
            3:88 act Prop in onClick of save
            3:96 act Prop in x of save
            7:39 stable Call of save
            8:54 bound Call of save
            8:78 bound Hook in useActionState of save
        "#]],
    );
}

#[test]
fn aliases() {
    check(
        "const bound = save.bind(null, 1); bound();
const either = x ? save : drop; either(); const b = <form action={either} />;
const or = props.save ?? save; or(1);
const and = ready && save; and();
const second = either; second();
let changed = save; changed();
const { write } = db; write();
const typed = save as Action; typed();",
        expect![[r#"
            2:35 bound Call of save
            3:33 either Call of save | drop
            3:67 either FormAction in action of save | drop
            4:32 or Call of save
            5:28 and Call of save
            6:24 second Call of save | drop
            8:23 write Call of db.write
            9:31 typed Call of save
        "#]],
    );
}

#[test]
fn members_of_objects() {
    check(
        "const settings = { save, go: drop, 'in-stock': save, deep: { save }, async own() { 'use server'; } };
settings.save(); settings.go(1); settings.own(); settings.other(); settings.deep.save();
const a = <form action={settings.save}><button formAction={settings.own} /></form>;
const spread = { save, ...rest }; spread.save();
const after = { ...rest, save }; after.save();
const rows = [save]; rows[0]();",
        expect![[r#"
            3:10 save Call of save behind settings
            3:27 go Call of drop behind settings
            3:43 own Call of inline action 0 behind settings
            3:82 save Call of save behind settings
            4:34 save FormAction in action of save behind settings
            4:69 own FormAction in formAction of inline action 0 behind settings
            6:40 save Call of save behind after
        "#]],
    );
}

#[test]
fn closures() {
    check(
        "function again(id) { const x = id; return async () => { 'use server'; }; }
const a = <form action={again(1)} />;
const get = () => save; get()(1); const got = get(); got();
const calls = () => save(1); calls(); const { mutate } = useMutation({ mutationFn: () => save(1) }); mutate();
function some(x) { if (x) return save; return drop; } const s = some(1); s();
function none(x) { if (x) return save; return null; } const n = none(1); n();
export function picks() { return save; } const p = picks(); p();",
        expect![[r#"
            3:25 again FormAction in action of inline action 0
            4:25 get Call of save
            4:54 got Call of save
            5:102 mutate Call of save, perhaps
            6:74 s Call of save | drop
            8:61 p Call of save
        "#]],
    );
}

#[test]
fn parameters() {
    check(
        "export function Form({ onSave, go: run, quiet = save, title, ...rest }) {
  const { execute } = useAction(onSave);
  onSave(1); run(); quiet(); title; execute(); rest.onMore(); log(title);
  return <form action={onSave}><Row onClick={run} text={title} /><button onClick={run} title={title} /></form>;
}
const Other = memo(forwardRef((props, ref) => <form action={props.onSave} onReset={() => props.onReset()} />));
const handle = useCallback((event, action, router) => { startTransition(action); action(event); }, []);
export default function (first, { second }, [third], ...more) { first(); second(); third(); more(); }
function Row({ a: { deep } }) { deep(); }
rows.map((row) => row());",
        expect![[r#"
            3:33 onSave Hook in useAction of parameter 0/0.onSave
            4:3 onSave Call of parameter 0/0.onSave
            4:14 run Call of parameter 0/0.go
            4:21 quiet Call of parameter 0/0.quiet | save
            4:37 execute Call of parameter 0/0.onSave, perhaps
            4:53 onMore Call of parameter 0/0.onMore behind rest
            5:24 onSave FormAction in action of parameter 0/0.onSave
            5:46 run Prop in onClick of parameter 0/0.go
            5:57 title Prop in text of parameter 0/0.title
            5:83 run Prop in onClick of parameter 0/0.go
            7:67 onSave FormAction in action of parameter 2/0.onSave behind props
            7:96 onReset Call of parameter 2/0.onReset behind props
            8:73 action Argument in startTransition of parameter 3/1
            8:82 action Call of parameter 3/1
            9:65 first Call of parameter 1/0
            9:74 second Call of parameter 1/1.second
        "#]],
    );
}

#[test]
fn names_that_only_look_the_same() {
    check(
        "function f(save) { const { execute } = useAction(save); execute(); }
{ const save = 1; const { execute } = useAction(save); execute(); }
const { execute } = useAction(drop); { const execute = () => {}; execute(); }",
        expect![[r#"
            2:50 save Hook in useAction of parameter 0/0
            2:57 execute Call of parameter 0/0, perhaps
        "#]],
    );
}

#[test]
fn circles_end() {
    check(
        "const a = b; const b = a; a(); const c = () => c(); c(); const d = useAction(d); d.execute();",
        expect![[r#"
        nothing
    "#]],
    );
}
