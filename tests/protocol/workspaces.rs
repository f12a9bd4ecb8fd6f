//! Folders, files that change outside of the editor, settings that change on the way.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{GUARD, Server};
use crate::messages::{changed, uri};

/// A small application on disk.
pub fn shop() -> TempDir {
    app(&[
        ("app/actions.ts", "'use server';\n\nexport async function buy(id: string) {}\n"),
        (
            "app/page.tsx",
            "import { buy } from './actions';\n\nexport default function Page() {\n  return <form action={buy}>é😀 {buy('x')}</form>;\n}\n",
        ),
        ("app/api/users/[id]/route.ts", "export async function GET() {}\nexport async function DELETE() {}\n"),
    ])
}

/// An application of these files.
pub fn app(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::Builder::new().prefix("app").tempdir().expect("a folder");
    write(
        folder.path(),
        "package.json",
        r#"{ "name": "shop", "dependencies": { "next": "16.0.0", "react": "19.0.0" } }"#,
    );
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// Names of all symbols, sorted; waits until `wanted` is there or gone.
fn symbols_until(server: &mut Server, wanted: &str, there: bool) -> Vec<String> {
    let since = std::time::Instant::now();
    loop {
        let found = server.request("workspace/symbol", json!({ "query": "" }));
        let mut names: Vec<String> =
            found.as_array().into_iter().flatten().filter_map(|s| Some(s["name"].as_str()?.to_owned())).collect();
        names.sort();
        if names.iter().any(|name| name == wanted) == there {
            return names;
        }
        assert!(since.elapsed() < GUARD, "{wanted}: {names:?}\n{}", server.log());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn several_folders_that_come_and_go() {
    let (one, two) = (shop(), app(&[("app/api/orders/route.ts", "export async function POST() {}\n")]));
    let folder = |path: &Path| json!({ "uri": uri(path), "name": "x" });
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "capabilities": {}, "workspaceFolders": [folder(one.path())] }));
    symbols_until(&mut server, "GET /api/users/[id]", true);
    let change = |added: Vec<Value>, removed: Vec<Value>| json!({ "event": { "added": added, "removed": removed } });
    server.notify("workspace/didChangeWorkspaceFolders", change(vec![folder(two.path())], vec![]));
    assert_eq!(server.probe(json!({ "do": "folders" })), json!([one.path(), two.path()]));
    let both = symbols_until(&mut server, "POST /api/orders", true);
    assert!(both.iter().any(|name| name == "GET /api/users/[id]"), "{both:?}");
    server.notify("workspace/didChangeWorkspaceFolders", change(vec![], vec![folder(one.path())]));
    let rest = symbols_until(&mut server, "GET /api/users/[id]", false);
    assert_eq!(rest, ["POST /api/orders"]);
    server.stop();
}

/// `workspaceFolders` since LSP 3.6, `rootUri` since 3.0, `rootPath` before.
#[test]
fn the_root_in_three_spellings() {
    let folder = shop();
    let (path, uri) = (json!(folder.path()), json!(uri(folder.path())));
    for root in [
        json!({ "workspaceFolders": [{ "uri": uri, "name": "x" }], "rootUri": "file:///other", "rootPath": "/other" }),
        json!({ "workspaceFolders": null, "rootUri": uri, "rootPath": "/other" }),
        json!({ "workspaceFolders": [], "rootUri": uri }),
        json!({ "rootUri": null, "rootPath": path }),
    ] {
        let mut params = json!({ "processId": null, "capabilities": {} });
        params.as_object_mut().expect("an object").extend(root.as_object().expect("an object").clone());
        let mut server = Server::start();
        server.hello(params);
        assert_eq!(server.probe(json!({ "do": "folders" })), json!([path]), "{root}");
        server.stop();
    }
}

#[test]
fn files_that_change_on_disk() {
    let watched = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    // Some tell; Helix tells of its own writes only; Neovim on Linux tells nothing. At once, because
    // the server takes its time to look for itself.
    std::thread::scope(|scope| {
        for (client, capabilities, tells) in
            [("some", watched.clone(), true), ("helix", watched, false), ("Neovim", json!({}), false)]
        {
            scope.spawn(move || changes_on_disk(client, &capabilities, tells));
        }
    });
}

fn changes_on_disk(client: &str, capabilities: &Value, tells: bool) {
    let folder = shop();
    let mut server = Server::start();
    let client_info = json!({ "name": client });
    server.hello(json!({ "processId": null, "clientInfo": client_info, "capabilities": capabilities, "rootUri": uri(folder.path()) }));
    symbols_until(&mut server, "GET /api/users/[id]", true);
    let route = folder.path().join("app/api/users/[id]/route.ts");
    let encoded = uri(&route).replace('[', "%5B").replace(']', "%5D");
    let tell = |server: &mut Server, kind: u8| {
        if tells {
            server.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": encoded, "type": kind }] }));
        }
    };
    std::fs::write(&route, "export async function PATCH() {}\n").expect("written");
    tell(&mut server, 2);
    symbols_until(&mut server, "PATCH /api/users/[id]", true);
    std::fs::remove_file(&route).expect("removed");
    tell(&mut server, 3);
    let rest = symbols_until(&mut server, "PATCH /api/users/[id]", false);
    assert!(!rest.iter().any(|name| name.contains("/api/users")), "{client}: {rest:?}");
    server.stop();
}

#[test]
fn the_buffer_counts_until_it_is_closed() {
    let folder = shop();
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "capabilities": {}, "rootUri": uri(folder.path()) }));
    symbols_until(&mut server, "GET /api/users/[id]", true);
    let route = uri(&folder.path().join("app/api/users/[id]/route.ts"));
    server.open(&route, "export async function GET() {}\n");
    server.send(&[changed(&route, 2, json!([{ "text": "export async function PUT() {}\n" }]))]);
    let names = |found: &Value| found.as_array().into_iter().flatten().map(|s| s["name"].clone()).collect::<Vec<_>>();
    let found = server.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": route } }));
    assert!(names(&found).contains(&json!("PUT /api/users/[id]")), "{found}");
    symbols_until(&mut server, "PUT /api/users/[id]", true);
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": route } }));
    symbols_until(&mut server, "DELETE /api/users/[id]", true);
    server.stop();
}

/// All settings, the others as they are at first.
fn settings(typescript_server: impl Into<Option<bool>>, http_clients: &[&str]) -> Value {
    json!({ "typescriptServer": typescript_server.into(), "httpClients": http_clients, "documentLinks": null,
        "hover": true, "codeLens": false, "inlayHints": false, "severities": {}, "trace": "" })
}

#[test]
fn settings_without_restart() {
    let (on, off) = (settings(true, &[]), settings(false, &[]));
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "capabilities": {}, "initializationOptions": { "typescriptServer": true, "unknown": 1 } }));
    assert_eq!(server.probe(json!({ "do": "settings" })), on);
    for (sent, expected) in [
        (json!({ "routewright": { "typescriptServer": false } }), &off),
        (json!({ "routewright": { "typescriptServer": true } }), &on),
        (json!(null), &on),
        (json!({ "editor": { "tabSize": 2 } }), &on),
        (json!({ "typescriptServer": false }), &off),
    ] {
        server.notify("workspace/didChangeConfiguration", json!({ "settings": sent }));
        assert_eq!(&server.probe(json!({ "do": "settings" })), expected, "after {sent}");
    }
    server.stop();
}

#[test]
fn settings_that_the_server_asks_for() {
    let mut server = Server::start();
    server.reply = |asked| {
        assert_eq!(asked["params"]["items"][0]["section"], "routewright");
        Some(json!([{ "typescriptServer": true, "httpClients": ["api"] }]))
    };
    server.hello(json!({ "processId": null, "capabilities": { "workspace": { "configuration": true } } }));
    let set = settings(true, &["api"]);
    let since = std::time::Instant::now();
    while server.probe(json!({ "do": "settings" })) != set {
        assert!(since.elapsed() < GUARD, "never asked: {:?}", server.heard);
    }
    // `null` where settings used to be: "ask me" (LSP 3.17, `workspace/didChangeConfiguration`)
    server.reply = |_| Some(json!([{ "typescriptServer": false }]));
    server.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    while server.probe(json!({ "do": "settings" })) == set {
        assert!(since.elapsed() < GUARD, "never asked again: {:?}", server.heard);
    }
    server.stop();
}

/// A client that announces settings and then never answers: everything works with what is usual, and the
/// log says why.
#[test]
fn settings_that_never_come() {
    let mut server = Server::start();
    server.reply = |_| None;
    let folder = shop();
    server.hello(json!({ "processId": null, "rootUri": uri(folder.path()),
        "capabilities": { "workspace": { "configuration": true } } }));
    symbols_until(&mut server, "POST buy", true);
    let log = server.log_lines(1);
    assert!(log.len() == 1 && log[0].contains("doesn't answer workspace/configuration"), "{log:?}");
    assert_eq!(server.probe(json!({ "do": "settings" })), settings(None, &[]));
}

/// Clients that can't be looked into come and go with their setting: every file is linked anew, those
/// that name no path of the application's, too.
#[test]
fn http_clients_without_restart() {
    let folder = app(&[
        ("app/api/users/[id]/route.ts", "export async function DELETE() {}\n"),
        (
            "lib/users.ts",
            "import { send } from '@acme/http';\n\nexport const remove = () => send('DELETE', '/users/1');\n",
        ),
    ]);
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "capabilities": {}, "rootUri": uri(folder.path()) }));
    symbols_until(&mut server, "DELETE /api/users/[id]", true);
    let route = uri(&folder.path().join("app/api/users/[id]/route.ts"));
    let asked = json!({ "textDocument": { "uri": route }, "position": { "line": 0, "character": 24 },
        "context": { "includeDeclaration": false } });
    let said = json!({ "@acme/http#send": { "base": "/api", "argument": 1, "methodArgument": 0 } });
    for (clients, wanted) in [(json!({}), 0), (said, 1), (json!(["@acme/http#other"]), 0)] {
        let settings = json!({ "routewright": { "httpClients": clients } });
        server.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
        let since = std::time::Instant::now();
        loop {
            let found = server.request("textDocument/references", asked.clone());
            let places: Vec<&Value> = found.as_array().into_iter().flatten().collect();
            if places.len() == wanted {
                assert!(places.iter().all(|p| p["range"]["start"] == json!({ "line": 2, "character": 43 })), "{found}");
                break;
            }
            assert!(since.elapsed() < GUARD, "{wanted} callers: {found}");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }
    server.stop();
}

/// A wrong type is said once, and only that setting falls back.
#[test]
fn settings_of_the_wrong_type() {
    let mut server = Server::ready(json!({}));
    for _ in 0..3 {
        server.notify(
            "workspace/didChangeConfiguration",
            json!({ "settings": { "routewright": { "typescriptServer": "yes", "httpClients": ["api"] } } }),
        );
    }
    assert_eq!(server.probe(json!({ "do": "settings" })), settings(None, &["api"]));
    let log = server.log_lines(1);
    assert_eq!(log.len(), 1, "{log:?}");
    assert!(log[0].contains("setting routewright.typescriptServer"), "{log:?}");
}

/// The log is standard error's; `trace` turns it up and down on the way.
#[test]
fn the_log_follows_its_setting() {
    let mut server = Server::ready(json!({}));
    let nonsense = b"Content-Length: 2\r\n\r\n{]";
    server.raw(nonsense);
    assert_eq!(server.probe(json!({ "do": "settings" }))["trace"], "");
    assert_eq!(server.log(), "");
    server.notify("workspace/didChangeConfiguration", json!({ "settings": { "routewright": { "trace": "debug" } } }));
    server.raw(nonsense);
    let log = server.log_lines(1);
    assert!(log.iter().any(|line| line.contains("not a message")), "{log:?}");
}

/// A conversion's new file: the editor writes an empty one, opens it with its text and asks at once. Who
/// doesn't watch the disk has said nothing of it before.
#[test]
fn a_file_that_was_just_made_is_known_when_it_is_opened() {
    for on_disk in [false, true] {
        let folder = shop();
        let mut server = Server::start();
        server.hello(crate::editors::parameters("neovim-0.11.4", folder.path()));
        symbols_until(&mut server, "GET /api/users/[id]", true);
        if on_disk {
            write(folder.path(), "app/api/orders/route.ts", "");
        }
        let file = uri(&folder.path().join("app/api/orders/route.ts"));
        server.open(&file, "export async function POST() {}\n");
        let at = json!({ "textDocument": { "uri": file }, "position": { "line": 0, "character": 24 } });
        let hover = server.request("textDocument/hover", at);
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.contains("/api/orders"), "on disk: {on_disk}: {hover}");
        server.stop();
    }
}
