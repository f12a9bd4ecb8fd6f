//! Actions as values: what hooks give back, what is bound, kept, handed on through props and
//! arguments. In every case the cursor stands where the action's own name is long gone.

use super::goto_definition;
use crate::{Config, tests::Opened};

/// `save`, `remove` and `restore` are actions; `Inner` and `help` hand on what they get.
const SHARED: &str = r#"
//- /ui/inner.tsx
'use client';
import { useActionState } from 'react';
export function Inner({ go, label = 'x' }) {
  const [state, act] = useActionState(go, null);
  return <form action={act}>{label}</form>;
}
//- /ui/help.ts
export function help(event, run, { later }) { run(event); later(); }
"#;

fn answer(opened: &Opened) -> (Vec<String>, Vec<String>) {
    let found = goto_definition(&opened.snap, &Config::default(), opened.cursor());
    let found = found
        .iter()
        .map(|t| format!("{}:{}-{}", opened.project.shown(&opened.snap.path(t.file)), t.focus.start, t.focus.end));
    let mut marks = opened.fixture.marks.clone();
    marks.sort_by(|(_, a), (_, b)| a.cmp(b));
    let wanted = marks.iter().map(|(p, _)| format!("{}:{}-{}", p.path, p.start, p.end));
    (found.collect(), wanted.collect())
}

/// What one file tells, before and after a scan.
#[track_caller]
fn check(text: &str) {
    let text = format!("{text}{SHARED}");
    for opened in [Opened::unscanned(&text), Opened::scanned(&text)] {
        let (found, wanted) = answer(&opened);
        assert_eq!(found, wanted);
    }
}

/// What flows between files, once the workspace is scanned.
#[track_caller]
fn check_flow(text: &str) {
    let (found, wanted) = answer(&Opened::scanned(&format!("{text}{SHARED}")));
    assert_eq!(found, wanted);
}

const ACTIONS: &str = r#"
//- /actions.ts
'use server';
export async function save() {}
                    //^^^^ 1
export async function remove() {}
export async function restore() {}
"#;

/// One line of code; `save` is what it leads to.
#[track_caller]
fn leads_to_save(code: &str) {
    check(&format!("//- /app/page.tsx\n'use client';\nimport {{ save }} from '@/actions';\n{code}\n{ACTIONS}"));
}

#[test]
fn triggers_of_hooks() {
    for code in [
        "const { execute } = useAction(save); exec$0ute(1);",
        "const { execute: send, reset } = useAction(save, { onSuccess() {} }); await se$0nd(1);",
        "const kept = useAction(save); kept.execute$0Async(1);",
        "const kept = useServerAction(save); kept.exec$0ute(1);",
        "const [state, act, pending] = useActionState<S, FormData>(\n  save,\n  {},\n); a = <form action={a$0ct} />;",
        "const [state, act] = useFormState(save, {}); b = <button formAction={ac$0t} />;",
        "const { mutate } = useMutation({ mutationFn: save }); mut$0ate();",
        "const change = useMutation(mutationOptions(save, { retry: 1 })); change.mutate$0Async();",
        "const run = useReverification(save); const click = () => ru$0n();",
        "const { execute } = useAction(save.bind(null, id), {}); exec$0ute();",
        "const { execute } = useAction(save); b = <button onClick={exec$0ute} />;",
        "const { execute } = useAction(save); form.handleSubmit(exec$0ute);",
        "const { execute } = useAction(save); startTransition(() => { exec$0ute(); });",
    ] {
        leads_to_save(code);
    }
}

#[test]
fn what_does_not_trigger() {
    for code in [
        "const { execute, reset } = useAction(save); res$0et();",
        "const { isPending } = useAction(save); isPen$0ding();",
        "const kept = useAction(save); kept.res$0ult;",
        "const { result } = useAction(save); log(res$0ult);",
        "const [sta$0te, act] = useActionState(save, {});",
        "const [state, act, pending] = useActionState(save, {}); log(pend$0ing);",
        "const [value, setValue] = useState(save); setVa$0lue(1);",
        "let late = save; late = other; la$0te();",
        "const all = { ...rest, save, ...more }; all.sa$0ve();",
        "const { data } = useSWR('/x', save); da$0ta();",
    ] {
        check(&format!(
            "//- /app/page.tsx\nimport {{ save }} from '@/actions';\n{code}\n{}",
            ACTIONS.replace("//^^^^ 1", "")
        ));
    }
}

#[test]
fn kept_and_bound() {
    for code in [
        "const bound = save.bind(null, 1); bou$0nd();",
        "const settings = { save }; settings.sa$0ve();",
        "const settings = { formAction: save }; a = <form action={settings.form$0Action} />;",
        "const call = useCallback(save, []); ca$0ll();",
        "const call = useMemo(() => save.bind(null, id), [id]); ca$0ll();",
        "const pick = () => save; const picked = pick(); pick$0ed();",
        "function pick(id) { const x = id; return save.bind(null, x); } a = <form action={pi$0ck(1)} />;",
    ] {
        leads_to_save(code);
    }
}

#[test]
fn one_of_two() {
    check(
        r#"
//- /app/page.tsx
import { save, remove } from '@/actions';
const action = editing ? remove : save;
act$0ion();
//- /actions.ts
'use server';
export async function save() {}
                    //^^^^ 2
export async function remove() {}
                    //^^^^^^ 1
"#,
    );
}

#[test]
fn a_local_of_the_same_name_is_another() {
    check(
        r#"
//- /app/hooks.tsx
import { save as saveAction, remove as removeAction } from '@/actions';
export function useComments(root) {
  const { mutate: remove } = useMutation({ mutationFn: saveAction });
  const save = () => {};
  return () => { save(); remo$0ve(1); };
}
//- /actions.ts
'use server';
export async function save() {}
                    //^^^^ 1
export async function remove() {}
"#,
    );
}

#[test]
fn members_with_a_directive() {
    check(
        r#"
//- /app/page.tsx
export default function Page() {
  const settings = {
    async close() { 'use server'; },
        //^^^^^ 1
    toggle: async () => { 'use server'; },
  };
  return <form action={settings.clo$0se} />;
}
"#,
    );
}

#[test]
fn a_returned_action() {
    check(
        r#"
//- /app/page.tsx
function again(id) {
  return async () => { 'use server'; };
       //^^^^^ 1
}
export default () => <form action={aga$0in(1)} />;
"#,
    );
}

#[test]
fn props_through_layers() {
    check_flow(
        r#"
//- /app/page.tsx
import { save, remove as drop } from '@/actions';
import { Address } from '@/ui';
import Other from '@/ui/other';
export default () => <><Address onSave={save} /><Address onSave={drop.bind(null, 1)} /><Other go={x} /></>;
//- /ui/index.ts
export { AddressForm as Address } from './address';
//- /ui/address.tsx
import { Inner } from './deep';
export const AddressForm = memo(forwardRef(({ onSave: keep }, ref) => <Inner go={keep} />));
//- /ui/deep.tsx
export function Inner(props) { return <button onClick={() => props.g$0o(1)} />; }
//- /actions.ts
'use server';
export async function save() {}
                    //^^^^ 1
export async function remove() {}
                    //^^^^^^ 2
"#,
    );
}

/// What is handed on in one file leads to `save` in another.
#[track_caller]
fn flows(page: &str, receiver: &str) {
    check_flow(&format!(
        "//- /app/page.tsx\nimport {{ save }} from '@/actions';\n{page}\n//- /ui/form.tsx\n{receiver}\n{ACTIONS}"
    ));
}

#[test]
fn ways_to_hand_on() {
    let named = "export function Form({ onSave }) { onSa$0ve(1); }";
    for page in [
        "import { Form } from '@/ui/form'; a = <Form onSave={save} />;",
        "import { Form as Other } from '@/ui/form'; a = <Other title='x' onSave={() => save(1)}>text</Other>;",
        "import * as ui from '@/ui/form'; a = <ui.Form onSave={async (x) => { await save(x); }} />;",
        "import { Form } from '@/ui/form'; const bound = save.bind(null, 1); a = <Form onSave={bound} />;",
        "import { Form } from '@/ui/form'; const [s, act] = useActionState(save); a = <Form onSave={act} />;",
        "import { Form } from '@/ui/form'; const Mine = (props) => <Form {...props} />; a = <Mine onSave={save} />;",
        "import { Form } from '@/ui/form'; function Mine({ a, ...rest }) { return <Form {...rest} />; } b = <Mine onSave={save} />;",
        "const Form = dynamic(() => import('@/ui/form').then((m) => m.Form)); a = <Form onSave={save} />;",
        "import { Form } from '@/ui/form'; Form({ onSave: save });",
    ] {
        flows(page, named);
    }
    for receiver in [
        "export default function ({ onSave }) { onSa$0ve(1); }",
        "export default memo((props) => { props.onSa$0ve(1); });",
        "function Form(props) { const { onSave: run } = props; r$0un(1); } export default Form;",
        "const Form = forwardRef(function Form({ onSave = () => {} }, ref) { onSa$0ve(1); }); export default memo(Form);",
        "export default function Form({ onSave }) { const { execute } = useAction(onSave); exec$0ute(); }",
        "export default ({ onSave }) => <form action={onSa$0ve} />;",
        "export default ({ onSave }) => { const [s, act] = useActionState(onSave); return <form action={ac$0t} />; };",
        "export default ({ onSave }) => <Again go={onSave} />; function Again({ go }) { return g$0o(); }",
        "export default ({ onSave }) => { const send = useCallback((run) => run$0(1), []); send(onSave); };",
    ] {
        flows("import Form from '@/ui/form'; a = <Form onSave={save} />;", receiver);
    }
}

#[test]
fn what_does_not_arrive() {
    let silent = |page: &str, receiver: &str| {
        check_flow(&format!(
            "//- /app/page.tsx\nimport {{ save }} from '@/actions';\n{page}\n//- /ui/form.tsx\n{receiver}\n{}",
            ACTIONS.replace("//^^^^ 1", "")
        ));
    };
    let named = "export function Form({ onSave }) { onSa$0ve(1); }";
    for page in [
        "import { Form } from '@/ui/form'; a = <Form onDrop={save} />;",
        "import { Form } from '@/ui/form'; a = <Form onSave={save} onSave={other} />;",
        "import { Form } from '@/ui/form'; function Mine(props) { return <Form {...props} onSave={x} />; } a = <Mine onSave={save} />;",
        "import { Form } from '@/ui/form'; function Mine({ onSave, ...rest }) { return <Form {...rest} />; } a = <Mine onSave={save} />;",
        "import { Form } from '@/ui/other'; a = <Form onSave={save} />;",
        "import { Form } from '@/ui/form'; function f(Form) { return <Form onSave={save} />; }",
        "import { Form } from '@/ui/form'; function f(save) { return <Form onSave={save} />; }",
        "import { Form } from '@/ui/form'; a = <Form onSave={() => { log(); save(); }} />;",
    ] {
        silent(page, named);
    }
    for receiver in [
        "export function Form({ onSave }) { rows.map((onSave) => onSa$0ve(1)); }",
        "export function Form(other, { onSave }) { onSa$0ve(1); }",
        "export function Form({ onSave }) { { const onSave = x; onSa$0ve(1); } }",
    ] {
        silent("import { Form } from '@/ui/form'; a = <Form onSave={save} />;", receiver);
    }
}

#[test]
fn components_that_render_themselves() {
    check_flow(
        r#"
//- /app/page.tsx
import { save } from '@/actions';
import Tree from '@/ui/tree';
a = <Tree go={save} />;
//- /ui/tree.tsx
import Branch from './branch';
export default function Tree({ go }) { return <Branch run={go} />; }
//- /ui/branch.tsx
import Tree from './tree';
export default function Branch({ run }) { ru$0n(); return <Tree go={run} />; }
//- /actions.ts
'use server';
export async function save() {}
                    //^^^^ 1
"#,
    );
}

#[test]
fn arguments_of_helpers() {
    check_flow(
        r#"
//- /app/nav.tsx
'use client';
import { save } from '@/actions';
import { submit } from '@/lib/helpers';
export const Nav = () => <form onSubmit={(e) => submit(e, save, router)} />;
//- /lib/helpers.ts
export async function submit(event, request, router = null) {
  const url = await requ$0est(new FormData(event.currentTarget));
}
//- /actions.ts
'use server';
export async function save() {}
                    //^^^^ 1
"#,
    );
}

#[test]
fn an_action_declared_on_the_page() {
    check_flow(
        r#"
//- /app/page.tsx
import { Form } from '@/ui/form';
export default function Page() {
  async function rename(data) { 'use server'; }
               //^^^^^^ 1
  return <Form onSave={rename} />;
}
//- /ui/form.tsx
'use client';
export function Form({ onSave }) { return <form action={onSa$0ve} />; }
"#,
    );
}

#[test]
fn what_a_function_of_another_file_gives_back() {
    // FIXME: `run` is the action's `execute`; what functions return isn't followed between files.
    check_flow(
        r#"
//- /app/page.tsx
import { useSave } from '@/ui/use-save';
const { run } = useSave();
ru$0n();
//- /ui/use-save.ts
import { save } from '@/actions';
export function useSave() {
  const { execute } = useAction(save);
  return { run: execute };
}
//- /actions.ts
'use server';
export async function save() {}
"#,
    );
}

#[test]
fn hooks_that_can_be_looked_into() {
    let hook = |taken: &str, body: &str, mark: &str| {
        check_flow(&format!(
            r#"
//- /app/page.tsx
import {{ save }} from '@/actions';
import {{ useThing }} from '@/ui/use-thing';
{taken}
//- /ui/use-thing.ts
export function useThing(confirm, {{ retry }} = {{}}) {{ const [shown, setShown] = useState(false); {body} }}
//- /actions.ts
'use server';
export async function save() {{}}
{mark}
"#
        ));
    };
    let found = "                    //^^^^ 1";
    let taken = "const { open } = useThing(save); op$0en();";
    for body in [
        "return useAction(confirm, {});",
        "return { open: confirm };",
        "return { open: () => { setShown(true); confirm(); } };",
        "const { execute } = useAction(confirm); return { open: execute };",
        "const open = useCallback(async () => { log(); await confirm(1); }, []); return useMemo(() => ({ open }), []);",
        "return { ...useAction(confirm), shown };",
        "if (x) return { open() { startTransition(confirm); } }; return {};",
    ] {
        hook(taken, body, found);
    }
    for body in [
        "return { open: () => setShown(true), dialog: <button onClick={confirm} /> };",
        "const open = () => setShown(true); return { open, run: confirm };",
        "useEffect(() => { confirm(); }, []); return { open: setShown };",
        "confirm();",
    ] {
        hook(taken, body, "");
    }
    hook("const run = useThing(save); ru$0n();", "return () => { log(); confirm(); };", found);
    hook("const [run] = useThing(save); ru$0n();", "return [confirm, shown];", found);
    hook("const run = useThing(save); ru$0n();", "return () => setShown(true);", "");
}
