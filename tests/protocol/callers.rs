//! Who calls what, over the wire: references, highlights, links, lenses, call hierarchy.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Server;
use crate::editors::parameters;
use crate::messages::{cancel, probe, request, typed, uri};
use crate::workspaces::app;

/// An application in which an action and a handler are called, one of them behind what is wider
/// than a byte.
fn shop() -> TempDir {
    app(&[
        (
            "app/actions.ts",
            "'use server';\n\nexport async function buy(id: string) {\n  await fetch('/api/users/7');\n}\n",
        ),
        (
            "app/page.tsx",
            "import { buy } from './actions';\n\nexport default function Page() {\n  return <form action={buy}>é😀 {buy('x')}</form>;\n}\n",
        ),
        ("app/users.ts", "export const load = (id: string) => ['é😀', fetch(`/api/users/${id}`)];\n"),
        ("app/users.test.ts", "fetch('/api/users/1');\n"),
        ("app/api/users/[id]/route.ts", "export async function GET() {}\nexport async function DELETE() {}\n"),
    ])
}

struct Session {
    server: Server,
    folder: TempDir,
}

impl Session {
    /// A server that has read everything.
    fn start(capabilities: Value, settings: Value) -> Self {
        let folder = shop();
        let mut server = Server::start();
        server.hello(json!({ "processId": null, "capabilities": capabilities, "rootUri": uri(folder.path()),
            "initializationOptions": settings }));
        let mut session = Self { server, folder };
        session.wait();
        session
    }

    /// The scan is through when symbols of files that nobody asked for are there.
    fn wait(&mut self) {
        let found = |server: &mut Server| {
            server.request("workspace/symbol", json!({ "query": "" })).as_array().is_some_and(|all| !all.is_empty())
        };
        while !found(&mut self.server) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    fn uri(&self, file: &str) -> String {
        // as our own addresses are written
        uri(&self.folder.path().join(file)).replace('[', "%5B").replace(']', "%5D")
    }

    fn at(&self, file: &str, line: u32, character: u32) -> Value {
        json!({ "textDocument": { "uri": self.uri(file) }, "position": { "line": line, "character": character } })
    }

    fn references(&mut self, file: &str, at: (u32, u32), declarations: bool) -> Vec<String> {
        let mut params = self.at(file, at.0, at.1);
        params["context"] = json!({ "includeDeclaration": declarations });
        let found = self.server.request("textDocument/references", params);
        self.places(&found)
    }

    /// `app/page.tsx 3:23-3:26`
    fn places(&self, found: &Value) -> Vec<String> {
        let root = uri(self.folder.path());
        let place = |p: &Value| {
            let file = p["uri"].as_str().unwrap().strip_prefix(&root).unwrap().trim_start_matches('/').to_owned();
            format!("{file} {}", shown(&p["range"]))
        };
        found.as_array().into_iter().flatten().map(place).collect()
    }
}

fn shown(range: &Value) -> String {
    let at = |p: &Value| format!("{}:{}", p["line"], p["character"]);
    format!("{}-{}", at(&range["start"]), at(&range["end"]))
}

#[test]
fn references_in_every_encoding() {
    for (encoding, action, url) in [
        ("utf-8", "3:36-3:39", "0:53-0:71"),
        ("utf-16", "3:33-3:36", "0:50-0:68"),
        ("utf-32", "3:32-3:35", "0:49-0:67"),
    ] {
        let mut session = Session::start(json!({ "general": { "positionEncodings": [encoding] } }), Value::Null);
        let calls = vec!["app/page.tsx 3:23-3:26".to_owned(), format!("app/page.tsx {action}")];
        assert_eq!(session.references("app/actions.ts", (2, 23), false), calls, "{encoding}");
        let declared = [vec!["app/actions.ts 2:22-2:25".to_owned()], calls].concat();
        assert_eq!(session.references("app/page.tsx", (3, 24), true), declared, "{encoding}");
        let calls = [
            "app/actions.ts 3:14-3:28".to_owned(),
            format!("app/users.ts {url}"),
            "app/users.test.ts 0:6-0:20".to_owned(),
        ];
        assert_eq!(session.references("app/api/users/[id]/route.ts", (0, 1), false), calls, "{encoding}, tests last");
        session.server.stop();
    }
}

#[test]
fn nothing_to_say() {
    let mut session = Session::start(
        json!({ "textDocument": { "documentLink": {}, "codeLens": {} } }),
        json!({ "documentLinks": true, "codeLens": true }),
    );
    for (file, at) in [("app/page.tsx", (1, 0)), ("app/gone.tsx", (0, 0)), ("app/page.tsx", (99, 99))] {
        let mut at = session.at(file, at.0, at.1);
        for method in ["textDocument/prepareCallHierarchy", "textDocument/references", "textDocument/documentHighlight"]
        {
            at["context"] = json!({ "includeDeclaration": true });
            let found = session.server.request(method, at.clone());
            assert!(found.is_null() || found == json!([]), "{method} {file}: {found}");
        }
    }
    for method in ["textDocument/documentLink", "textDocument/codeLens"] {
        for file in ["app/gone.tsx", "app"] {
            let found = session.server.request(method, json!({ "textDocument": { "uri": session.uri(file) } }));
            assert!(found.is_null() || found == json!([]), "{method} {file}: {found}");
        }
        let found = session.server.request(method, json!({ "textDocument": { "uri": "untitled:Untitled-1" } }));
        assert!(found.is_null() || found == json!([]), "{method}: {found}");
    }
    session.server.stop();
}

#[test]
fn highlights() {
    let mut session = Session::start(json!({}), Value::Null);
    let at = session.at("app/page.tsx", 3, 24);
    let found = session.server.request("textDocument/documentHighlight", at);
    let found: Vec<(String, i64)> =
        found.as_array().unwrap().iter().map(|h| (shown(&h["range"]), h["kind"].as_i64().unwrap())).collect();
    assert_eq!(found, [("0:9-0:12".into(), 2), ("3:23-3:26".into(), 2), ("3:33-3:36".into(), 2)]);
    session.server.stop();
}

/// Links double what go-to-definition does, except where "go to file" follows them.
#[test]
fn links_where_they_double_nothing() {
    for (client, setting, expected) in [
        ("helix", Value::Null, Some("route.ts")),
        ("helix", json!(false), None),
        ("Neovim", Value::Null, None),
        ("Visual Studio Code", Value::Null, None),
        ("Visual Studio Code", json!(true), Some("route.ts#L1,23")),
    ] {
        let folder = shop();
        let mut server = Server::start();
        let capabilities = json!({ "textDocument": { "documentLink": {} } });
        let answer = server.hello(json!({ "processId": null, "capabilities": capabilities, "rootUri": uri(folder.path()),
            "clientInfo": { "name": client }, "initializationOptions": { "routewright": { "documentLinks": setting } } }));
        assert!(answer["capabilities"]["documentLinkProvider"].is_object());
        let users = json!({ "textDocument": { "uri": uri(&folder.path().join("app/users.ts")) } });
        let links = server.request("textDocument/documentLink", users);
        let target = links[0]["target"].as_str().map(|t| t.rsplit('/').next().unwrap().to_owned());
        assert_eq!(target.as_deref(), expected, "{client} {setting}: {links}");
        if expected.is_some() {
            assert_eq!(
                (shown(&links[0]["range"]), &links[0]["tooltip"]),
                ("0:51-0:67".into(), &json!("GET /api/users/[id]"))
            );
        }
        server.stop();
    }
}

#[test]
fn lenses_by_setting() {
    let lenses = json!({ "textDocument": { "codeLens": {} }, "workspace": { "codeLens": { "refreshSupport": true } } });
    for (setting, expected) in [(Value::Null, None), (json!(true), Some("GET /api/users/[id] · 2 callers"))] {
        let mut session = Session::start(lenses.clone(), json!({ "codeLens": setting }));
        let route = session.uri("app/api/users/[id]/route.ts");
        let found = session.server.request("textDocument/codeLens", json!({ "textDocument": { "uri": route } }));
        assert_eq!(found[0]["command"]["title"].as_str(), expected, "{found}");
        if expected.is_some() {
            assert_eq!(found.as_array().unwrap().len(), 1, "none at zero: {found}");
            assert_eq!(found[0]["command"]["arguments"], json!([route, { "line": 0, "character": 22 }]));
            session.server.hear("workspace/codeLens/refresh", 1);
            // off and on at once: who asked in between was told nothing, and has to ask again
            for on in [false, true] {
                let settings = json!({ "settings": { "routewright": { "codeLens": on } } });
                session.server.notify("workspace/didChangeConfiguration", settings);
            }
            session.server.hear("workspace/codeLens/refresh", 2);
        }
        session.server.stop();
    }
}

/// Items are asked about long after they were made: they are found by name in the text as it is.
#[test]
fn a_hierarchy_of_calls_while_people_type() {
    let mut session = Session::start(json!({}), Value::Null);
    let handler = session.at("app/api/users/[id]/route.ts", 0, 23);
    let items = session.server.request("textDocument/prepareCallHierarchy", handler);
    assert_eq!((&items[0]["name"], items.as_array().unwrap().len()), (&json!("GET /api/users/[id]"), 1));
    let incoming = session.server.request("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    let names: Vec<&str> = incoming.as_array().unwrap().iter().map(|c| c["from"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["POST buy", "users.test.ts", "load"]);
    let action = incoming[0]["from"].clone();

    let file = session.uri("app/actions.ts");
    let text = std::fs::read_to_string(session.folder.path().join("app/actions.ts")).unwrap();
    session.server.open(&file, &text);
    session.server.send(&[typed(&file, 2, 2, 0, "// é\n\n\n")]);
    let incoming = session.server.request("callHierarchy/incomingCalls", json!({ "item": action }));
    assert_eq!(incoming[0]["from"]["name"], "Page");
    let ranges: Vec<String> = incoming[0]["fromRanges"].as_array().unwrap().iter().map(shown).collect();
    assert_eq!(ranges, ["3:23-3:26", "3:33-3:36"]);
    let outgoing = session.server.request("callHierarchy/outgoingCalls", json!({ "item": action }));
    assert_eq!(outgoing[0]["to"]["name"], "GET /api/users/[id]");
    assert_eq!(shown(&outgoing[0]["fromRanges"][0]), "6:14-6:28", "where the call stands now");
    // and once it is gone
    session.server.send(&[typed(&file, 3, 5, 22, "out")]);
    for method in ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"] {
        let found = session.server.request(method, json!({ "item": action }));
        assert!(found.is_null() || found == json!([]), "{method}: {found}");
    }
    session.server.stop();
}

#[test]
fn items_that_are_not_ours() {
    let mut session = Session::start(json!({}), Value::Null);
    let file = session.uri("app/actions.ts");
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    for data in [
        Value::Null,
        json!(7),
        json!("x"),
        json!({}),
        json!({ "file": 1, "what": "action" }),
        json!({ "file": file }),
        json!({ "file": file, "what": "nonsense", "name": "buy" }),
        json!({ "file": file, "what": "action", "method": "NONSENSE", "name": "buy" }),
        json!({ "file": file, "what": "action", "method": "POST", "name": "sell" }),
        json!({ "file": "file:///nowhere/at/all.ts", "what": "module" }),
        json!({ "file": "http://example.com/a.ts", "what": "module" }),
    ] {
        let mut item = json!({ "name": "buy", "kind": 12, "uri": file, "range": range, "selectionRange": range });
        item["data"] = data.clone();
        for method in ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"] {
            let found = session.server.request(method, json!({ "item": item }));
            assert!(found.is_null() || found == json!([]), "{method} {data}: {found}");
        }
    }
    session.server.stop();
}

#[test]
fn cancelled_like_every_request() {
    let mut session = Session::start(json!({}), Value::Null);
    let mut params = session.at("app/actions.ts", 2, 23);
    params["context"] = json!({ "includeDeclaration": false });
    session.server.send(&[
        probe(1, json!({ "do": "sleep", "ms": 600_000 })),
        request(2, "textDocument/references", params),
        cancel(2),
        cancel(1),
    ]);
    // in time or too late, each gets one answer
    assert_eq!(session.server.answer(1)["error"]["code"], -32800);
    let answer = session.server.answer(2);
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_array(), "{answer}");
    session.server.stop();
}

/// VS Code shows the hierarchy of one server alone; with ours it would lose TypeScript's.
#[test]
fn offered_where_editors_use_it() {
    for (editor, hierarchy, links, lenses) in [
        ("helix-25.01.1", true, false, false),
        ("helix-25.07.1", true, true, false),
        ("neovim-0.10.4", true, false, true),
        ("neovim-0.11.4", true, false, true),
        ("neovim-0.12.4", true, true, true),
        ("vscode-1.139.1-languageclient-9.0.1", false, true, true),
        ("vscode-1.139.1-languageclient-11.0.0", false, true, true),
    ] {
        let mut server = Server::start();
        let answer = server.hello(parameters(editor, Path::new("/nowhere")));
        let offered = |name: &str| !answer["capabilities"][name].is_null();
        assert!(offered("referencesProvider") && offered("documentHighlightProvider"), "{editor}");
        let found = ["callHierarchyProvider", "documentLinkProvider", "codeLensProvider"].map(offered);
        assert_eq!(found, [hierarchy, links, lenses], "{editor}");
        server.stop();
    }
}
