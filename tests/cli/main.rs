//! The binary from outside: what a wrong call says, what an empty folder answers, how both end.
#![allow(missing_docs, clippy::unwrap_used)]

mod convert;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The binary in `dir`, without the terminal's settings of whoever runs the tests.
fn routewright(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routewright"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    for name in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    routewright(dir, args).output().unwrap()
}

/// Exit code 2, nothing on standard output, exactly this line on standard error.
#[track_caller]
fn wrong(dir: &Path, args: &[&str], line: &str) {
    let Output { status, stdout, stderr } = run(dir, args);
    assert_eq!(String::from_utf8(stderr).unwrap(), format!("routewright: {line}\n"), "{args:?}");
    assert_eq!(String::from_utf8(stdout).unwrap(), "", "{args:?}");
    assert_eq!(status.code(), Some(2), "{args:?}");
}

/// Exit code 0, nothing on standard error; standard output comes back.
#[track_caller]
fn right(dir: &Path, args: &[&str]) -> String {
    let Output { status, stdout, stderr } = run(dir, args);
    assert_eq!(String::from_utf8(stderr).unwrap(), "", "{args:?}");
    assert_eq!(status.code(), Some(0), "{args:?}");
    String::from_utf8(stdout).unwrap()
}

/// A folder with a file of three lines, the second holding what is wider than a byte, and one app.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.ts"), "export const a = 1;\r\nconst b = '\u{e9}\u{1f600}';\n").unwrap();
    fs::write(dir.path().join("latin1.ts"), b"// caf\xe9\n").unwrap();
    fs::write(dir.path().join("large.ts"), "// large\n".repeat(200_000)).unwrap();
    let app = dir.path().join("shop/app/api/[id]");
    fs::create_dir_all(&app).unwrap();
    fs::write(dir.path().join("shop/package.json"), r#"{ "dependencies": { "next": "16.0.0" } }"#).unwrap();
    fs::write(app.join("route.ts"), "export function GET() {}\n").unwrap();
    fs::create_dir(dir.path().join("empty")).unwrap();
    dir
}

#[test]
fn wrong_verbs_and_options() {
    let dir = folder();
    for (args, line) in [
        (&[][..], "no command given: editors start `routewright lsp`, people `routewright endpoints`"),
        (&["enpoints"], "there is no command enpoints: did you mean endpoints?"),
        (&["xyzzy"], "there is no command xyzzy: see `routewright --help`"),
        (&["calls", "--formt", "json"], "there is no option --formt: did you mean --format?"),
        (&["calls", "--xyzzy"], "there is no option --xyzzy: see `routewright --help`"),
        (&["calls", "--format", "xml"], "xml is no value of --format: give text or json"),
        (&["calls", "--format"], "--format lacks its value: give text or json"),
        (&["calls", "--format=text", "--format=json"], "--format is given twice: leave one out"),
        (&["calls", "--color", "blue"], "blue is no value of --color: give auto, always or never"),
        (&["calls", "a", "b"], "b is one argument too many: leave it out, or quote a path with blanks"),
        (&["hover"], "FILE:LINE:COL is missing: add a place such as app/actions.ts:8:23"),
    ] {
        wrong(dir.path(), args, line);
    }
}

#[test]
fn wrong_folders() {
    let dir = folder();
    for verb in ["endpoints", "calls"] {
        let args = |dir| [verb, dir, "--format", "json"];
        wrong(dir.path(), &args("nope"), "nope can't be opened (no such file or directory): check the path");
        wrong(dir.path(), &args("a.ts"), "a.ts is a file: name the folder that holds it");
        wrong(
            dir.path(),
            &args("a\n\u{1b}[2J"),
            "a\u{fffd}\u{fffd}[2J can't be opened (no such file or directory): check the path",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_must_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    let empty = dir.path().join("empty");
    fs::set_permissions(&empty, fs::Permissions::from_mode(0o000)).unwrap();
    // whoever may read everything can't see this fail
    if fs::read_dir(&empty).is_err() {
        wrong(dir.path(), &["endpoints", "empty"], "empty can't be read (permission denied): check its permissions");
    }
    fs::set_permissions(&empty, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn wrong_places() {
    let dir = folder();
    for verb in ["hover", "definition", "references"] {
        for (place, line) in [
            ("a.ts", "a.ts has no line and column: write it as a.ts:1:1"),
            ("a.ts:1", "a.ts:1 has no column: write it as a.ts:1:1"),
            ("a.ts:0:1", "a.ts:0:1 is out of range: count lines and columns from 1"),
            ("a.ts:9:1", "a.ts has no line 9: give one from 1 to 3"),
            ("a.ts:1:21", "a.ts:1 has no column 21: give one from 1 to 20"),
            ("a.ts:2:17", "a.ts:2 has no column 17: give one from 1 to 16"),
            ("b.ts:1:1", "b.ts can't be opened (no such file or directory): check the path"),
            ("shop:1:1", "shop is a folder: name a file in it"),
            ("latin1.ts:1:1", "latin1.ts can't be read (it is not UTF-8 text): name a source file"),
            ("large.ts:1:1", "large.ts can't be read (it is larger than 1 MiB): name a source file"),
        ] {
            wrong(dir.path(), &[verb, place], line);
        }
    }
}

#[test]
fn places_where_nothing_is_known() {
    let dir = folder();
    assert_eq!(right(dir.path(), &["hover", "a.ts:2:16"]), "no endpoint at a.ts:2:16\n");
    assert_eq!(right(dir.path(), &["definition", "a.ts:3:1:"]), "no endpoint at a.ts:3:1:\n");
    assert_eq!(right(dir.path(), &["references", "a.ts:3:1"]), "no endpoint at a.ts:3:1\n");
    let json =
        |verb| serde_json::from_str::<serde_json::Value>(&right(dir.path(), &[verb, "a.ts:1:1", "--format=json"]));
    assert_eq!(json("hover").unwrap(), serde_json::json!({ "version": 1, "range": null, "markdown": null }));
    assert_eq!(json("definition").unwrap(), serde_json::json!({ "version": 1, "targets": [] }));
    assert_eq!(json("references").unwrap(), serde_json::json!({ "version": 1, "endpoints": [], "references": [] }));
}

/// From a handler that nobody calls to one that a test and the product call, from wherever one stands.
#[test]
fn callers() {
    let dir = folder();
    let shop = dir.path().join("shop");
    let route = "app/api/[id]/route.ts:1:17";
    assert_eq!(
        right(&shop, &["references", route]),
        "GET /api/[id]  Route Handler · app/api/[id]/route.ts:1\n\nnothing in this workspace calls it\n"
    );
    fs::create_dir(shop.join("lib")).unwrap();
    fs::write(shop.join("lib/load.ts"), "export const load = (id) => fetch(`/api/${id}`);\n").unwrap();
    fs::write(shop.join("lib/load.test.ts"), "const é = fetch('/api/1');\n").unwrap();
    let said = "\
GET /api/[id]  Route Handler · app/api/[id]/route.ts:1

  lib/load.ts:1:35       fetch  GET  ~  /api/{id}

In tests
  lib/load.test.ts:1:17  fetch  GET  →  /api/1

1 call site · 1 more in tests · 1 by pattern (~)
";
    assert_eq!(right(&shop, &["references", route]), said);
    // the file's first word stands for all its methods
    assert_eq!(right(&shop, &["references", "app/api/[id]/route.ts:1:1"]), said);
    assert_eq!(right(&shop, &["references", "lib/load.ts:1:37"]), said);
    let answer = right(&shop.join("lib"), &["references", "load.test.ts:1:20", "--format=json"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&answer).unwrap(),
        serde_json::json!({ "version": 1,
            "endpoints": [{ "kind": "route", "method": "GET", "url": "/api/[id]",
                "file": "../app/api/[id]/route.ts", "line": 1, "column": 17, "name": "GET" }],
            "references": [
                { "file": "load.ts", "line": 1, "column": 35, "kind": "fetch", "family": "request",
                    "method": "GET", "url": "/api/{id}", "certainty": "pattern" },
                { "file": "load.test.ts", "line": 1, "column": 17, "kind": "fetch", "family": "request",
                    "method": "GET", "url": "/api/1", "certainty": "exact", "test": true }] })
    );
}

#[test]
fn what_arrives_from_another_file() {
    let dir = folder();
    let shop = dir.path().join("shop");
    fs::write(shop.join("actions.ts"), "'use server';\nexport async function save() {}\n").unwrap();
    fs::write(
        shop.join("app/page.tsx"),
        "import { save } from '../actions';\nimport { Form } from '../form';\nexport default () => <Form onSave={save} />;\n",
    )
    .unwrap();
    fs::write(
        shop.join("form.tsx"),
        "'use client';\nexport const Form = ({ onSave }) => <button onClick={() => onSave()} />;\n",
    )
    .unwrap();
    assert_eq!(right(&shop, &["definition", "form.tsx:2:60"]), "actions.ts:2:23  save\n");
    assert!(right(&shop, &["hover", "form.tsx:2:60"]).contains("Server Action"));
}

#[test]
fn a_folder_without_an_app() {
    let dir = folder();
    let said = right(dir.path(), &["endpoints", "empty"]);
    assert_eq!(said, "No Next.js app here · one has app/ or pages/ beside a package.json that depends on next\n");
    assert_eq!(
        right(dir.path(), &["calls", "empty"]),
        "No calls here · nothing uses a server action or an endpoint's URL\n"
    );
    let json = |verb| serde_json::from_str::<serde_json::Value>(&right(dir.path(), &[verb, "empty", "--format=json"]));
    assert_eq!(json("endpoints").unwrap(), serde_json::json!({ "version": 1, "apps": [], "endpoints": [] }));
    assert_eq!(json("calls").unwrap(), serde_json::json!({ "version": 1, "calls": [] }));
}

#[test]
fn help_and_version() {
    let dir = folder();
    assert_eq!(right(dir.path(), &["--version"]), concat!("routewright ", env!("CARGO_PKG_VERSION"), "\n"));
    for args in [&["--help"][..], &["-h"], &["endpoints", "--help"], &["help", "calls"]] {
        assert!(right(dir.path(), args).contains("Usage: routewright"), "{args:?}");
    }
}

#[test]
fn an_app_in_colour_only_when_asked() {
    let dir = folder();
    assert!(!right(dir.path(), &["endpoints"]).contains('\u{1b}'));
    assert!(!right(dir.path(), &["endpoints", "--color=never"]).contains('\u{1b}'));
    assert!(right(dir.path(), &["endpoints", "--color=always"]).contains("\u{1b}[32mGET\u{1b}[0m"));
}

#[test]
fn an_app_in_json() {
    let dir = folder();
    for (args, root) in [(&["endpoints", "--format=json"][..], "shop"), (&["endpoints", "shop", "--format=json"], ".")]
    {
        let answer: serde_json::Value = serde_json::from_str(&right(dir.path(), args)).unwrap();
        let file = if root == "." { "app/api/[id]/route.ts" } else { "shop/app/api/[id]/route.ts" };
        assert_eq!(
            answer["endpoints"][0],
            serde_json::json!({
                "kind": "route", "app": root, "method": "GET", "url": "/api/[id]",
                "file": file, "line": 1, "column": 17, "name": "GET"
            })
        );
        assert_eq!(answer["apps"][0]["root"], root);
    }
}

#[test]
fn lines_fit_the_window() {
    let dir = folder();
    for columns in [20, 60, 80, 120, 200] {
        let mut command = routewright(dir.path(), &["endpoints"]);
        let text = String::from_utf8(command.env("COLUMNS", columns.to_string()).output().unwrap().stdout).unwrap();
        assert!(text.lines().all(|line| line.chars().count() <= columns), "{columns}:\n{text}");
    }
}

#[test]
fn a_reader_that_goes_away() {
    let dir = folder();
    let app = dir.path().join("shop/app");
    for number in 0..2000 {
        let folder = app.join(format!("many/{number}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("route.ts"), "export function GET() {}\n").unwrap();
    }
    for format in ["text", "json"] {
        let mut command = routewright(dir.path(), &["endpoints", "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 16]).unwrap(); // and closes it
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(stderr).unwrap(), "");
        assert_eq!(status.code(), Some(0));
    }
}

/// Requests that reach nothing, by reason: what can be mended first, other hosts last.
#[test]
fn unresolved_requests() {
    let dir = folder();
    let files = [
        (
            "shop/lib/a.ts",
            "fetch('/api/gone/1', { method: 'DELETE' });\nfetch('https://api.example.com/v1');\nfetch('/api/1');\n",
        ),
        ("shop/lib/b.ts", "export const load = (url: string) => fetch(url);\nfetch(URLS.users);\n"),
        ("shop/lib/a.test.ts", "fetch('https://api.example.com/v1');\nfetch('/api/gone/2');\n"),
    ];
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    expect_test::expect![[r#"
        No route serves it
          lib/a.ts:1:7       fetch  DELETE  /api/gone/1
          lib/a.test.ts:2:7  fetch  GET     /api/gone/2

        Unknown variable
          lib/b.ts:2:7       fetch  GET     {URLS.users}

        A parameter: see the function's callers
          lib/b.ts:1:44      fetch  GET     {url}

        Another host
          lib/a.ts:2:7       fetch  GET     https://api.example.com/v1  api.example.com
          1 in tests

        3 files · 6 requests unresolved · 2 without a route · 1 with an unknown variable · 1 by parameter
        2 external
    "#]]
    .assert_eq(&right(&dir.path().join("shop"), &["calls", "--unresolved"]));
    expect_test::expect![[r#"
        {
          "version": 1,
          "calls": [
            {"file": "lib/a.test.ts", "line": 1, "column": 7, "kind": "fetch", "method": "GET", "url": "https://api.example.com/v1", "certainty": "unresolved", "reason": "external", "reasonDetail": "api.example.com", "targets": [], "test": true},
            {"file": "lib/a.test.ts", "line": 2, "column": 7, "kind": "fetch", "method": "GET", "url": "/api/gone/2", "certainty": "unresolved", "reason": "no-route", "reasonDetail": ".", "targets": [], "test": true},
            {"file": "lib/a.ts", "line": 1, "column": 7, "kind": "fetch", "method": "DELETE", "url": "/api/gone/1", "certainty": "unresolved", "reason": "no-route", "reasonDetail": ".", "targets": []},
            {"file": "lib/a.ts", "line": 2, "column": 7, "kind": "fetch", "method": "GET", "url": "https://api.example.com/v1", "certainty": "unresolved", "reason": "external", "reasonDetail": "api.example.com", "targets": []},
            {"file": "lib/b.ts", "line": 1, "column": 44, "kind": "fetch", "method": "GET", "url": "{url}", "certainty": "unresolved", "reason": "parameter", "reasonDetail": "url", "targets": []},
            {"file": "lib/b.ts", "line": 2, "column": 7, "kind": "fetch", "method": "GET", "url": "{URLS.users}", "certainty": "unresolved", "reason": "unknown-variable", "reasonDetail": "URLS.users", "targets": []}
          ]
        }
    "#]].assert_eq(&right(dir.path(), &["calls", "shop", "--unresolved", "--format", "json"]));
    expect_test::expect![[r#"
        Nothing unresolved · every request reaches an endpoint
    "#]]
    .assert_eq(&right(&dir.path().join("empty"), &["calls", "--unresolved"]));
    wrong(dir.path(), &["calls", "--unresolvd"], "there is no option --unresolvd: did you mean --unresolved?");
    wrong(dir.path(), &["endpoints", "--unresolved"], "there is no option --unresolved: see `routewright --help`");
}

#[test]
fn requests_that_run() {
    let dir = folder();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "shop/app/posts/[id]/route.ts",
        "export async function PATCH(request: Request) { const { title } = await request.json(); }\n",
    );
    write("shop/app/actions.ts", "'use server';\nexport async function save(id: string) {}\n");
    let place = "shop/app/posts/[id]/route.ts:1:24";
    assert_eq!(
        right(dir.path(), &["endpoints", "--curl", place]),
        "curl -sS -X PATCH \"${BASE:-http://localhost:3000}/posts/<id>\" \\\n  -H 'Content-Type: application/json' \\\n  \
         --data-binary '{\"title\":\"<title>\"}'\n"
    );
    assert_eq!(
        right(dir.path(), &["endpoints", "--http", place]),
        "### PATCH /posts/[id]\nPATCH http://localhost:3000/posts/<id>\nContent-Type: application/json\n\n\
         {\"title\":\"<title>\"}\n"
    );
    // what isn't known goes where it disturbs no pipe
    let output = run(dir.path(), &["endpoints", "--curl", "shop/app/actions.ts:2:24"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("curl -sS ") && said.ends_with("--data-binary '[\"<id>\"]'\n"), "{said}");
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("note: "));
    wrong(
        dir.path(),
        &["endpoints", "--curl", "shop/app/actions.ts:1:1"],
        "no endpoint at shop/app/actions.ts:1:1: name a handler, an action or a call of one",
    );
    wrong(
        dir.path(),
        &["endpoints", "--curl", place, "--http", place],
        "--curl and --http don't go together: leave one out",
    );
}

#[test]
fn what_a_text_is_about() {
    let dir = folder();
    let find = |text: &str| right(dir.path(), &["endpoints", "--find", text, "shop"]);
    assert!(find("curl -X GET http://localhost:3000/api/7?x=1").contains("app/api/[id]/route.ts:1"));
    assert_eq!(find("GET /nowhere"), "nothing here serves /nowhere\n");
    let answer = right(dir.path(), &["endpoints", "--find", "PUT /api/7", "shop", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["notes"], serde_json::json!(["/api/[id] answers 405 to PUT"]));
    assert_eq!(answer["endpoints"][0]["url"], "/api/[id]");
    wrong(
        dir.path(),
        &["endpoints", "--find", "create post"],
        "no action ID and no request in \"create post\": an ID has 42 digits (40 in Next 14), a request a path",
    );
}

/// A package's action has an ID in each application, and each leads to it.
#[test]
fn ids_of_two_applications() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("package.json", r#"{ "workspaces": ["apps/*", "packages/*"] }"#);
    write("packages/mail/package.json", r#"{ "name": "mail", "main": "actions.ts" }"#);
    write("packages/mail/actions.ts", "'use server';\nexport async function send() {}\n");
    for (app, key) in [("apps/docs", "ZG9jcw=="), ("apps/web", "d2Vi")] {
        let package = r#"{ "dependencies": { "next": "16.4.6", "mail": "*" } }"#;
        write(&format!("{app}/package.json"), package);
        write(&format!("{app}/.env"), &format!("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY={key}\n"));
        write(&format!("{app}/app/page.tsx"), "import { send } from 'mail';\nexport default () => <i key={send} />;\n");
    }
    let json = |args: &[&str]| serde_json::from_str::<serde_json::Value>(&right(dir.path(), args)).unwrap();
    let row = json(&["endpoints", "--format=json"])["endpoints"][0].clone();
    assert_eq!(row["pagesElsewhere"], serde_json::json!({ "apps/docs": ["/"], "apps/web": ["/"] }), "{row}");
    assert_eq!((&row["id"], &row["idReason"]), (&serde_json::Value::Null, &"of no one application".into()));
    let ids = row["idsElsewhere"].as_object().unwrap();
    assert_eq!(ids.keys().collect::<Vec<_>>(), ["apps/docs", "apps/web"]);
    assert_ne!(ids["apps/docs"], ids["apps/web"]);
    for id in ids.values() {
        let found = json(&["endpoints", "--find", id.as_str().unwrap(), "--format=json"]);
        assert_eq!(found["endpoints"], serde_json::json!([row]));
    }
    // of one application, there is but one
    fs::remove_dir_all(dir.path().join("apps/docs")).unwrap();
    let row = json(&["endpoints", "--format=json"])["endpoints"][0].clone();
    assert_eq!((&row["id"], &row["idSource"]), (&ids["apps/web"], &"computed".into()));
    assert_eq!(row.get("idsElsewhere"), None);
}

/// What an editor shows once everything is known is shown at once.
#[test]
fn hovers_wait_for_pages_and_callers() {
    let dir = folder();
    let write = |path: &str, text: &str| fs::write(dir.path().join(path), text).unwrap();
    fs::create_dir_all(dir.path().join("shop/app/cart")).unwrap();
    write("shop/app/actions.ts", "'use server';\nexport async function save(id: string) {}\n");
    write(
        "shop/app/cart/page.tsx",
        "import { save } from '../actions';\nexport default () => <form action={save.bind(null, 'x')} />;\n",
    );
    let shown = right(dir.path(), &["hover", "shop/app/actions.ts:2:24"]);
    assert!(shown.starts_with("POST /cart · Server Action\nsave(id: string)\n"), "{shown}");
    assert!(shown.contains("1 call site"), "{shown}");
}
