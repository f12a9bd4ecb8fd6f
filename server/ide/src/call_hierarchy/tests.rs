use expect_test::{Expect, expect};

use super::{CallEdge, CallItem, CallKey, incoming_calls, outgoing_calls, prepare_call_hierarchy};
use crate::tests::{Opened, SHOP};

fn line(opened: &Opened, item: &CallItem) -> String {
    let text = opened.snap.text(item.file).unwrap();
    let place = opened.project.shown(&opened.snap.path(item.file));
    assert!(item.full.covers(item.focus), "{item:?}");
    format!("{:?} {} ({}) {place}: {}", item.kind, item.name, item.detail, &text[item.focus.span()])
}

fn edges(opened: &Opened, from: Option<&CallItem>, edges: &[CallEdge]) -> String {
    let one = |edge: &CallEdge| {
        let file = from.map_or(edge.item.file, |item| item.file);
        let text = opened.snap.text(file).unwrap();
        let calls: Vec<&str> = edge.from.iter().map(|r| &text[r.span()]).collect();
        format!("    {} by {}\n", line(opened, &edge.item), calls.join(", "))
    };
    edges.iter().map(one).collect()
}

/// The items at the cursor, who calls them and what they call.
fn check(text: &str, expected: Expect) {
    let opened = Opened::scanned(&format!("{text}{SHOP}"));
    let mut out = String::new();
    for item in prepare_call_hierarchy(&opened.snap, opened.cursor()) {
        out += &format!("{}\n", line(&opened, &item));
        let incoming = incoming_calls(&opened.snap, item.of, &item.key);
        let outgoing = outgoing_calls(&opened.snap, item.of, &item.key);
        out += &format!(
            "  called by\n{}  calls\n{}",
            edges(&opened, None, &incoming),
            edges(&opened, Some(&item), &outgoing)
        );
    }
    expected.assert_eq(&out);
}

const FORMS: &str = r#"
//- /lib/notify.ts
'use server';
import { removePost } from '@/actions';
export async function notify() { await removePost(); await fetch('/api/users', { method: 'POST' }); }
//- /ui/form.tsx
import { notify } from '@/lib/notify';
export const Form = memo(() => <form action={notify}><button onClick={() => notify()} /></form>);
export default function () { return <form action={notify} />; }
notify();
//- /ui/panel.test.tsx
import { notify } from '@/lib/notify';
test('x', () => notify());
"#;

#[test]
fn component_action_action() {
    check(
        &FORMS.replace("function notify", "function not$0ify"),
        expect![[r#"
        Action POST notify (Server Action) /lib/notify.ts: notify
          called by
            Function Form (ui/form.tsx) /ui/form.tsx: Form by notify, notify
            Function form (ui/form.tsx) /ui/form.tsx: default by notify
            Module form.tsx (ui/form.tsx) /ui/form.tsx:  by notify
            Module panel.test.tsx (ui/panel.test.tsx) /ui/panel.test.tsx:  by notify
          calls
            Action POST removePost (Server Action) /actions.ts: removePost by removePost
            Route POST /api/users (Route Handler) /app/api/users/route.ts: POST by '/api/users'
    "#]],
    );
    check(
        &FORMS.replace("const Form", "const Fo$0rm"),
        expect![[r#"
        Function Form (ui/form.tsx) /ui/form.tsx: Form
          called by
          calls
            Action POST notify (Server Action) /lib/notify.ts: notify by notify, notify
    "#]],
    );
}

#[test]
fn component_and_handler() {
    check(
        "//- /ui/users.tsx\nexport function Users() { useSWR('/api/us$0ers'); return del(); }\nfunction del() { fetch(`/api/users/${id}`, { method: 'DELETE' }); }\n",
        expect![[r#"
            Route GET /api/users (Route Handler) /app/api/users/route.ts: GET
              called by
                Function Users (ui/users.tsx) /ui/users.tsx: Users by '/api/users'
              calls
        "#]],
    );
}

#[test]
fn inline_action_in_a_component() {
    check(
        "//- /app/page.tsx\nimport { createPost } from '@/actions';\nexport default function Page() {\n  async function sa$0ve() { 'use server'; await createPost('a'); }\n  createPost('b');\n  return <form action={save} />;\n}\n",
        expect![[r#"
            Action POST save (inline Server Action) /app/page.tsx: save
              called by
                Function Page (app/page.tsx) /app/page.tsx: Page by save
              calls
                Action POST createPost (Server Action) /actions.ts: createPost by createPost
        "#]],
    );
}

#[test]
fn thin_handler() {
    check(
        "//- /app/api/thin/route.ts\nexport { GET } from '@/lib/impl';\n//- /lib/impl.ts\nexport async function G$0ET() { await fetch('/api/users'); }\n//- /lib/a.ts\nexport const load = () => fetch('/api/thin');\n",
        expect![[r#"
            Route GET /api/thin (Route Handler) /lib/impl.ts: GET
              called by
                Function load (lib/a.ts) /lib/a.ts: load by '/api/thin'
              calls
                Route GET /api/users (Route Handler) /app/api/users/route.ts: GET by '/api/users'
        "#]],
    );
}

#[test]
fn a_function_that_calls_no_endpoint() {
    check("//- /lib/a.ts\nexport function he$0lp() { return help(); }\n", expect![[r#""#]]);
}

/// Names, not places: an item is found again after everything has moved, or not at all.
#[test]
fn items_after_edits() {
    let text = FORMS.replace("function notify", "function not$0ify");
    let opened = Opened::scanned(&format!("{text}{SHOP}"));
    let [item] = prepare_call_hierarchy(&opened.snap, opened.cursor()).try_into().unwrap();
    let moved =
        Opened::scanned(&format!("{}{SHOP}", FORMS.replace("'use server';\n", "'use server';\n\n// moved\n\n")));
    let file = moved.snap.file(&moved.project.path("/lib/notify.ts")).unwrap();
    assert_eq!(
        incoming_calls(&moved.snap, file, &item.key).len(),
        incoming_calls(&opened.snap, item.of, &item.key).len()
    );
    let gone = Opened::scanned(&format!("{}{SHOP}", FORMS.replace("function notify", "function tell")));
    let file = gone.snap.file(&gone.project.path("/lib/notify.ts")).unwrap();
    assert_eq!(incoming_calls(&gone.snap, file, &item.key), []);
    assert_eq!(outgoing_calls(&gone.snap, file, &item.key), []);
    assert_eq!(outgoing_calls(&gone.snap, file, &CallKey::Function("nobody".into())), []);
}

/// The number in Next's name for an inline action shifts with what is typed above it.
#[test]
fn inline_actions_go_by_their_label() {
    let page = |above: &str| {
        format!(
            "//- /app/page.tsx\nexport default function Page() {{\n  {above}async function save() {{ 'use server'; }}\n  return <form action={{sa$0ve}} />;\n}}\n{SHOP}"
        )
    };
    let opened = Opened::scanned(&page(""));
    let [item] = prepare_call_hierarchy(&opened.snap, opened.cursor()).try_into().unwrap();
    let later = Opened::scanned(&page("async function drop() { 'use server'; }\n  drop();\n"));
    let file = later.cursor().file;
    let [caller] = incoming_calls(&later.snap, file, &item.key).try_into().unwrap();
    assert_eq!((caller.item.name.as_str(), caller.from.len()), ("Page", 1));
}
