//! `convert`: the patch, the document, what is refused, and files that are written all or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use expect_test::expect;
use serde_json::{Value, json};

use super::{run, wrong};

const PLACE: &str = "app/actions.ts:3:24";

/// A workspace with an action, its caller, and one that can't be converted.
fn blog() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("package.json", "{ \"dependencies\": { \"next\": \"16.0.0\" } }\n"),
        ("pnpm-workspace.yaml", ""),
        (
            "app/actions.ts",
            "'use server';\n\nexport async function createPost(title: string) {\n  return { title };\n}\n\n\
             export async function* follow() {\n  yield 1;\n}\n",
        ),
        ("app/page.tsx", "import { NewPost } from './new post';\n\nexport default () => <NewPost />;\n"),
        (
            "app/new post.tsx",
            "'use client';\n\nimport { createPost } from './actions';\n\nexport function NewPost() {\n  \
             return <button onClick={async () => console.log(await createPost('x'))}>new</button>;\n}\n",
        ),
    ] {
        write(dir.path(), name, text);
    }
    dir
}

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file with its text.
fn tree(dir: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(tree(&path));
        } else {
            let text = String::from_utf8(fs::read(&path).unwrap()).unwrap();
            found.insert(path, text);
        }
    }
    found
}

/// Exit code 0; both outputs.
#[track_caller]
fn converted(dir: &Path, args: &[&str]) -> (String, String) {
    let Output { status, stdout, stderr } = run(dir, &[&["convert"], args].concat());
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(0), "{out}{err}");
    (out, err)
}

/// Exit code 1 and exactly this line; standard output comes back.
#[track_caller]
fn refused(dir: &Path, args: &[&str], line: &str) -> String {
    let Output { status, stdout, stderr } = run(dir, &[&["convert"], args].concat());
    assert_eq!(String::from_utf8(stderr).unwrap(), format!("routewright: refused: {line}\n"), "{args:?}");
    assert_eq!(status.code(), Some(1), "{args:?}");
    String::from_utf8(stdout).unwrap()
}

/// A patch whose lines show what they end in.
fn visible(patch: &str) -> String {
    patch.replace('\t', "<tab>").replace("\n \n", "\n <nothing>\n")
}

#[test]
fn a_patch() {
    let dir = blog();
    let before = tree(dir.path());
    let (patch, notes) = converted(dir.path(), &[PLACE, "--to", "route"]);
    expect![[r#"
        --- /dev/null
        +++ b/app/api/create-post/route.ts
        @@ -0,0 +1,18 @@
        +export async function POST(request: Request) {
        +  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
        +  const { title } = (await request.json()) as { title: string };
        +  return Response.json(await createPost(title));
        +}
        +
        +async function createPost(title: string) {
        +  return { title };
        +}
        +
        +export type CreatePost = typeof createPost;
        +
        +// Next compares Origin with Host for server actions only: a handler does it by itself.
        +function isSameOrigin(request: Request) {
        +  const origin = request.headers.get('origin');
        +  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
        +  return origin === null || origin.split('://')[1] === host;
        +}
        --- /dev/null
        +++ b/app/api/create-post/client.ts
        @@ -0,0 +1,12 @@
        +import type { CreatePost } from './route';
        +
        +/** Sends POST /api/create-post. */
        +export const createPost: CreatePost = async (title) => {
        +  const response = await fetch('/api/create-post', {
        +    method: 'POST',
        +    headers: { 'Content-Type': 'application/json' },
        +    body: JSON.stringify({ title }),
        +  });
        +  if (!response.ok) throw new Error(`POST /api/create-post answered ${response.status}`);
        +  return response.json();
        +};
        --- a/app/actions.ts
        +++ b/app/actions.ts
        @@ -1,9 +1,5 @@
         'use server';
         <nothing>
        -export async function createPost(title: string) {
        -  return { title };
        -}
        -
         export async function* follow() {
           yield 1;
         }
        --- a/app/new post.tsx<tab>
        +++ b/app/new post.tsx<tab>
        @@ -1,6 +1,6 @@
         'use client';
         <nothing>
        -import { createPost } from './actions';
        +import { createPost } from './api/create-post/client';
         <nothing>
         export function NewPost() {
           return <button onClick={async () => console.log(await createPost('x'))}>new</button>;
    "#]]
    .assert_eq(&visible(&patch));
    expect![[r#"
        note: POST /api/create-post takes bodies of any size: an action took 1 MB
    "#]]
    .assert_eq(&notes);
    assert_eq!(tree(dir.path()), before, "nothing is written");

    // it says the same from anywhere, and where it is to be applied
    let (elsewhere, said) = converted(&dir.path().join("app"), &["actions.ts:3:24", "--to", "route"]);
    assert_eq!(elsewhere, patch);
    assert!(said.contains("note: the patch's paths start at "), "{said}");

    let (colored, _) = converted(dir.path(), &[PLACE, "--to", "route", "--color", "always"]);
    assert!(colored.starts_with("\u{1b}[1m--- /dev/null\u{1b}[0m\n"), "{colored}");
    let (public, _) = converted(dir.path(), &[PLACE, "--to", "route", "--public"]);
    assert!(patch.contains("isSameOrigin") && !public.contains("isSameOrigin"), "{public}");
    let (put, _) = converted(dir.path(), &[PLACE, "--to", "route", "--method", "put"]);
    assert!(put.contains("export async function PUT("), "{put}");
}

/// `git apply` and `--write` come to the same.
#[test]
fn the_patch_applied() {
    let (patched, written) = (blog(), blog());
    let (patch, _) = converted(patched.path(), &[PLACE, "--to", "route"]);
    let mut git = match Command::new("git").arg("apply").current_dir(patched.path()).stdin(Stdio::piped()).spawn() {
        Ok(git) => git,
        Err(_) => return, // no git here
    };
    std::io::Write::write_all(&mut git.stdin.take().unwrap(), patch.as_bytes()).unwrap();
    assert!(git.wait().unwrap().success());
    converted(written.path(), &[PLACE, "--to", "route", "--write"]);
    let texts = |dir: &Path| {
        tree(dir)
            .into_iter()
            .map(|(path, text)| (path.strip_prefix(dir).unwrap().to_owned(), text))
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(texts(patched.path()), texts(written.path()));
}

#[test]
fn a_document() {
    let dir = blog();
    let (answer, _) = converted(&dir.path().join("app"), &["actions.ts:3:24", "--to", "route", "--format", "json"]);
    let mut document: Value = serde_json::from_str(&answer).unwrap();
    // what is in new files is in the patch above
    for change in document["changes"].as_array_mut().unwrap() {
        if let Some(text) = change.get_mut("text") {
            *text = json!(text.as_str().unwrap().lines().next());
        }
    }
    assert_eq!(document.as_object().unwrap().keys().collect::<Vec<_>>(), ["version", "refused", "changes", "notes"]);
    assert_eq!((&document["version"], &document["refused"]), (&json!(1), &Value::Null));
    let rows = document["changes"].as_array().unwrap().iter().chain(document["notes"].as_array().unwrap());
    let rows: Vec<String> = rows.map(Value::to_string).collect();
    expect![[r#"
        {"kind":"create","file":"api/create-post/route.ts","text":"export async function POST(request: Request) {"}
        {"kind":"create","file":"api/create-post/client.ts","text":"import type { CreatePost } from './route';"}
        {"kind":"edit","file":"actions.ts","edits":[{"range":{"start":{"line":3,"column":1},"end":{"line":7,"column":1}},"text":""}]}
        {"kind":"edit","file":"new post.tsx","edits":[{"range":{"start":{"line":3,"column":1},"end":{"line":4,"column":1}},"text":""},{"range":{"start":{"line":4,"column":1},"end":{"line":4,"column":1}},"text":"import { createPost } from './api/create-post/client';\n"}]}
        {"text":"POST /api/create-post takes bodies of any size: an action took 1 MB"}"#]].assert_eq(&rows.join("\n"));
}

#[test]
fn a_refusal() {
    let dir = blog();
    let line = "follow yields its answer in parts: a handler would have to stream it (app/actions.ts:7:24)";
    let args = ["app/actions.ts:7:24", "--to", "route"];
    assert_eq!(refused(dir.path(), &args, line), "");
    let before = tree(dir.path());
    assert_eq!(refused(dir.path(), &[&args[..], &["--write"]].concat(), line), "");
    assert_eq!(tree(dir.path()), before);
    let answer = refused(dir.path(), &[&args[..], &["--format", "json"]].concat(), line);
    let reason = "follow yields its answer in parts: a handler would have to stream it";
    assert_eq!(
        serde_json::from_str::<Value>(&answer).unwrap(),
        json!({ "version": 1,
            "refused": { "reason": "stream", "text": reason, "file": "app/actions.ts", "line": 7, "column": 24 },
            "changes": [], "notes": [] })
    );
}

#[test]
fn wrong_wishes() {
    let dir = blog();
    for (args, line) in [
        (
            &["app/actions.ts:1:1", "--to", "action"][..],
            "no method of a route handler at app/actions.ts:1:1: name its declaration",
        ),
        (&["app/page.tsx:1:1", "--to", "route"], "no server action at app/page.tsx:1:1: name its declaration"),
        (&[PLACE], "--to is missing: give route, action or both"),
        (&["--to", "route"], "FILE:LINE:COL is missing: add a place such as app/actions.ts:8:23"),
        (&[PLACE, "--to", "page"], "page is no value of --to: give route, action or both"),
        (
            &[PLACE, "--to", "route", "--method", "HEAD"],
            "HEAD is no value of --method: give POST, GET, PUT, PATCH or DELETE",
        ),
        (&[PLACE, "--to", "action", "--method", "PUT"], "--method is for --to route only: leave it out"),
        (&[PLACE, "--to", "both", "--public"], "--public is for --to route only: leave it out"),
        (
            &["app/gone.ts:1:1", "--to", "both"],
            "app/gone.ts can't be opened (no such file or directory): check the path",
        ),
    ] {
        wrong(dir.path(), &[&["convert"], args].concat(), line);
    }
}

#[test]
fn written() {
    let dir = blog();
    // as another system's editors leave it: both stay
    let path = dir.path().join("app/actions.ts");
    let text = format!("\u{feff}{}", fs::read_to_string(&path).unwrap().replace('\n', "\r\n"));
    fs::write(&path, text).unwrap();
    let (said, _) = converted(&dir.path().join("app"), &["actions.ts:3:24", "--to", "route", "--write"]);
    expect![[r#"
        wrote api/create-post/route.ts (new)
        wrote api/create-post/client.ts (new)
        wrote actions.ts
        wrote new post.tsx
    "#]]
    .assert_eq(&said);
    let now = tree(dir.path());
    expect![[r#"
        app/actions.ts
        app/api/create-post/client.ts
        app/api/create-post/route.ts
        app/new post.tsx
        app/page.tsx
        package.json
        pnpm-workspace.yaml"#]]
    .assert_eq(
        &now.keys()
            .map(|path| path.strip_prefix(dir.path()).unwrap().display().to_string())
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let actions = &now[&path];
    assert!(actions.starts_with('\u{feff}') && !actions.contains("createPost"), "{actions:?}");
    assert_eq!(actions.matches('\n').count(), actions.matches("\r\n").count(), "{actions:?}");
    assert!(!now[&dir.path().join("app/new post.tsx")].contains('\r'));
}

/// A handler that was an action is one again, and its files are gone; as a patch, too.
#[test]
fn there_and_back() {
    let dir = blog();
    converted(dir.path(), &[PLACE, "--to", "route", "--write"]);
    let back = ["app/api/create-post/route.ts:1:24", "--to", "action"];
    let (patch, _) = converted(dir.path(), &back);
    assert!(patch.contains("--- a/app/api/create-post/client.ts\n+++ /dev/null\n"), "{patch}");
    if let Ok(mut git) =
        Command::new("git").args(["apply", "--check"]).current_dir(dir.path()).stdin(Stdio::piped()).spawn()
    {
        std::io::Write::write_all(&mut git.stdin.take().unwrap(), patch.as_bytes()).unwrap();
        assert!(git.wait().unwrap().success());
    }
    let (said, _) = converted(dir.path(), &[&back[..], &["--write"]].concat());
    assert!(said.contains("removed app/api/create-post/client.ts\n"), "{said}");
    let now = tree(dir.path());
    assert!(now.keys().all(|path| !path.starts_with(dir.path().join("app/api"))), "{now:?}");
    let (path, action) = now.iter().find(|(_, text)| text.contains("function createPost(")).unwrap();
    assert!(action.starts_with("'use server';\n"), "{}: {action}", path.display());
}

#[cfg(unix)]
#[test]
fn not_half_written() {
    use std::os::unix::fs::PermissionsExt;
    let dir = blog();
    let before = tree(dir.path());
    let caller = dir.path().join("app/new post.tsx");
    fs::set_permissions(&caller, fs::Permissions::from_mode(0o444)).unwrap();
    // whoever may write everything can't see this fail
    if fs::OpenOptions::new().append(true).open(&caller).is_err() {
        let Output { status, stderr, .. } = run(dir.path(), &["convert", PLACE, "--to", "route", "--write"]);
        assert_eq!(status.code(), Some(1));
        let said = String::from_utf8(stderr).unwrap();
        assert!(said.contains("app/new post.tsx is read-only: check its permissions"), "{said}");
    } else {
        // where a new folder belongs, something else stands
        fs::write(dir.path().join("app/api"), "a file").unwrap();
        let Output { status, stderr, .. } = run(dir.path(), &["convert", PLACE, "--to", "route", "--write"]);
        assert_eq!(status.code(), Some(1));
        let said = String::from_utf8(stderr).unwrap();
        assert!(said.starts_with("routewright: refused: app/api is a file where "), "{said}");
        fs::remove_file(dir.path().join("app/api")).unwrap();
    }
    assert_eq!(tree(dir.path()), before);
}
