//! What isn't converted, and why.

use expect_test::expect;

use super::{POST, converted};
use crate::convert::Way;

#[test]
fn refusals() {
    let action = |text: &str| format!("//- /app/actions.ts\n'use server';\n{text}\n");
    let plain = "export async function sa$0ve(id: string) {}";
    let with = |more: &str| format!("{}{more}", action(plain));
    let cases: Vec<String> = vec![
        action("export async function sa$0ve<T>(id: T) {}"),
        action("export async function* sa$0ve() {}"),
        action("export function sa$0ve() {}"),
        action("export async function sa$0ve() { return arguments.length; }"),
        action("export async function sa$0ve(file: File) { use(file); }"),
        action("export async function sa$0ve(done: () => void) { done(); }"),
        action("export async function sa$0ve() { return new Map(); }"),
        action("export async function sa$0ve(): Promise<Date> { return at(); }"),
        action("export async function sa$0ve() { return <p />; }").replace("actions.ts", "actions.tsx"),
        action("import { refresh } from 'next/cache';\nexport async function sa$0ve() { refresh(); }"),
        action("async function sa$0ve() {}\nexport { save };"),
        action("export const sa$0ve = client.stateAction(async () => {});"),
        action("import { form } from './form';\nexport const sa$0ve = client.schema(form).action(async () => {});")
            + "//- /app/form.ts\nexport const form = zfd.formData({ name: zfd.text() });\n",
        action("export const sa$0ve = client.schema(z.object({ at: z.date() })).action(async () => {});"),
        action("import { at } from './schemas';\nexport const sa$0ve = client.schema(at).action(async () => {});")
            + "//- /app/schemas/index.ts\nexport * from './at';\n//- /app/schemas/at.ts\nexport const at = z.object({ at: z.date() });\n",
        action("export default async function (id: st$0ring) {}").replace("st$0ring", "string").replace("default", "defa$0ult"),
        action("let count = 0;\nexport async function sa$0ve() { count += 1; }\nexport async function get() { return count; }"),
        with("//- /app/page.tsx\nimport { save } from './actions';\nexport default () => <Form onSave={save} />;\n"),
        with("//- /app/page.tsx\nimport { save } from './actions';\nexport default () => <form action={save.bind(null, '1')} />;\n"),
        with("//- /app/page.tsx\nimport * as all from './actions';\nexport default () => all.save('1');\n"),
        with("//- /app/page.tsx\nexport default async () => (await import('./actions')).save('1');\n"),
        with("//- /app/x.ts\nexport const run = async () => {\n  const { save } = await import('./actions');\n  await save('1');\n};\n"),
        with("//- /app/index.ts\nexport { save } from './actions';\n"),
        with(
            "//- /app/page.tsx\nimport { Both } from './both';\nimport { Client } from './client';\nexport default () => <Both />;\n\
             //- /app/client.tsx\n'use client';\nimport { Both } from './both';\nexport const Client = () => <Both />;\n\
             //- /app/both.tsx\nimport { save } from './actions';\nexport const Both = () => <form onSubmit={() => save('1')} />;\n",
        ),
        "//- /app/page.tsx\nexport default function Page({ id }) {\n  async function sa$0ve() {\n    'use server';\n    put(id);\n  }\n  return <form action={save} />;\n}\n"
            .to_owned(),
        "//- /app/page.tsx\nexport default function Page() {\n  async function sa$0ve() {\n    'use server';\n  }\n  return <Client save={save} />;\n}\n"
            .to_owned(),
        "//- /app/page.tsx\nexport default function Page() {\n  async function sa$0ve() {\n    'use server';\n  }\n  return <Form action={save} />;\n}\n"
            .to_owned(),
        "//- /packages/lib/actions.ts\n'use server';\nexport async function sa$0ve() {}\n//- /packages/lib/package.json\n{}\n".to_owned(),
    ];
    let said: String = cases.iter().map(|files| converted(files, POST)).collect();
    expect![[r#"
        refused (generic): save has type parameters, which no request tells /app/actions.ts:36
        refused (stream): save yields its answer in parts: a handler would have to stream it /app/actions.ts:37
        refused (not-async): save isn't async: Next takes no such action /app/actions.ts:30
        refused (this): save speaks of this or arguments, which another function has none of /app/actions.ts:36
        refused (argument): file holds a File, which JSON doesn't carry: take its parts as text instead /app/actions.ts:41
        refused (argument): done holds a function, which JSON doesn't carry: take its parts as text instead /app/actions.ts:41
        refused (result): it returns a Map, which JSON doesn't carry: return its parts as text instead /app/actions.ts:52
        refused (result): it returns a Date, which JSON doesn't carry: return its parts as text instead /app/actions.ts:67
        refused (result): it returns a JSX, which JSON doesn't carry: return its parts as text instead /app/actions.tsx:52
        refused (refresh): refresh() works in server actions only /app/actions.ts:74
        refused (not-a-function): save isn't exported where its function is written /app/actions.ts:29
        refused (wrapped): save is made by client.stateAction and speaks of stateAction: what it takes is no plain input /app/actions.ts:27
        refused (argument): save may take a zfd.formData, which JSON doesn't carry: take its parts as text /app/actions.ts:58
        refused (argument): save may take a z.date, which JSON doesn't carry: take its parts as text /app/actions.ts:27
        refused (argument): save may take a z.date, which JSON doesn't carry: take its parts as text /app/actions.ts:59
        refused (no-name): the default export has no name: give it one first /app/actions.ts:21
        refused (shares): count is used by what stays in actions.ts, too, and can be assigned to, which an import can't /app/actions.ts:14
        refused (handed-on): it is passed to a component from here, on the server: only actions can be passed to the client /app/page.tsx:69
        refused (handed-on): an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones /app/page.tsx:69
        refused (namespace): all takes all of the module (page.tsx): import the action by its name /app/page.tsx:59
        refused (dynamic-import): page.tsx imports it by import(): import it by its name /app/page.tsx:41
        refused (dynamic-import): x.ts imports it by import(): import it by its name /app/x.ts:87
        refused (passed-on): index.ts passes it on: import it from where it is first /app/index.ts:9
        refused (both-sides): both.tsx runs on the server and in browsers: neither a function of the server nor a request suits both /app/both.tsx:82
        refused (captures): save captures id, which travels encrypted with the page: give it as a field first /app/page.tsx:56
        refused (inline): save stands inside other code and isn't given to a form only: move it to a file with 'use server' first /app/page.tsx:104
        refused (inline): save stands inside other code and isn't given to a form only: move it to a file with 'use server' first /app/page.tsx:104
        refused (package): it belongs to a package, which several applications may use: a Route Handler belongs to one /packages/lib/actions.ts:36
    "#]].assert_eq(&said);
}

#[test]
fn a_get_reads() {
    let get = Way::ToRoute { method: next::Method::Get, public: false };
    let files = |body: &str| {
        format!(
            "//- /app/actions.ts\n'use server';\nimport {{ revalidatePath }} from 'next/cache';\nexport async function sa$0ve(tags: string[]) {{ {body} }}\n"
        )
    };
    expect![[r#"
        refused (writes): it changes something: a GET may be sent at any time, by anybody's link /app/actions.ts:81
        refused (query): a query carries text, numbers and truth values only: take POST /app/actions.ts:66
    "#]]
    .assert_eq(&(converted(&files("revalidatePath('/');"), get) + &converted(&files("return tags;"), get)));
}

#[test]
fn nothing_there() {
    expect![[r#"
        nothing to convert
    "#]]
    .assert_eq(&converted("//- /app/page.tsx\nexport default function Pa$0ge() {}\n", POST));
}

/// One function that answers under several names: the one at which the cursor stands is meant.
#[test]
fn the_name_under_the_cursor() {
    let at = |marked: &str| {
        let files = format!("//- /app/api/x/route.ts\nasync function answer() {{}}\n{marked}\n");
        converted(&files, Way::ToAction)
    };
    expect![[r#"
        refused (elsewhere): POST isn't written as a function of its own here /app/api/x/route.ts:61
        refused (reads): GET /api/x reads: a request can be cached, prefetched and opened; an action can't /app/api/x/route.ts:46
    "#]]
    .assert_eq(&(at("export { answer as GET, answer as PO$0ST };") + &at("export { answer as GE$0T, answer as POST };")));
}
