//! The real `initialize` requests of seven editors and versions, and what follows from them.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::Server;
use crate::messages::{changed, typed, uri};

struct Editor {
    file: &'static str,
    encoding: &'static str,
    /// The watcher's registration is sent.
    registers: bool,
    /// Diagnostics are asked for, so none are pushed.
    pulls: bool,
    /// Definitions come as `LocationLink`.
    links: bool,
}

const EDITORS: &[Editor] = &[
    Editor { file: "helix-25.01.1", encoding: "utf-8", registers: true, pulls: false, links: false },
    Editor { file: "helix-25.07.1", encoding: "utf-8", registers: true, pulls: true, links: false },
    Editor { file: "neovim-0.10.4", encoding: "utf-16", registers: false, pulls: true, links: true },
    Editor { file: "neovim-0.11.4", encoding: "utf-8", registers: false, pulls: true, links: true },
    Editor { file: "neovim-0.12.4", encoding: "utf-8", registers: false, pulls: true, links: true },
    Editor {
        file: "vscode-1.139.1-languageclient-9.0.1",
        encoding: "utf-16",
        registers: true,
        pulls: true,
        links: true,
    },
    Editor {
        file: "vscode-1.139.1-languageclient-11.0.0",
        encoding: "utf-16",
        registers: true,
        pulls: true,
        links: true,
    },
];

/// An editor's parameters, with another workspace than the recorded one.
pub fn parameters(file: &str, workspace: &Path) -> Value {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/protocol/initialize").join(format!("{file}.json"));
    let recorded = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let here =
        recorded.replace("file:///workspace", &uri(workspace)).replace("\"/workspace\"", &json!(workspace).to_string());
    let mut message: Value = serde_json::from_str(&here).expect("JSON");
    message["params"].take()
}

#[test]
fn every_recorded_request_is_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/protocol/initialize");
    let mut recorded: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(String::from))
        .collect();
    recorded.sort();
    let mut tested: Vec<&str> = EDITORS.iter().map(|editor| editor.file).collect();
    tested.sort_unstable();
    assert_eq!(recorded, tested);
}

#[test]
fn each_editor_gets_what_it_announces() {
    for editor in EDITORS {
        let name = editor.file;
        let workspace = tempfile::tempdir().expect("a folder");
        let mut server = Server::start();
        let answer = server.hello(parameters(name, workspace.path()));
        assert_eq!(answer["serverInfo"]["name"], "routewright");
        let capabilities = &answer["capabilities"];
        assert_eq!(capabilities["positionEncoding"], editor.encoding, "{name}");
        assert_eq!(capabilities["textDocumentSync"]["change"], 2, "{name}: incremental");
        assert_eq!(capabilities["diagnosticProvider"].is_object(), editor.pulls, "{name}");
        assert_eq!(capabilities["workspace"]["workspaceFolders"]["supported"], true, "{name}");
        let folders = server.probe(json!({ "do": "folders" }));
        assert_eq!(folders, json!([workspace.path()]), "{name}");

        // All seven announce progress: it begins and ends, under the token that was created.
        let created = server.hear("window/workDoneProgress/create", 1).remove(0);
        assert_eq!(created["params"]["token"], "routewright/indexing", "{name}");
        let progress = loop {
            let progress = server.hear("$/progress", 2);
            if progress.iter().any(|p| p["params"]["value"]["kind"] == "end") {
                break progress;
            }
            server.hear("$/progress", progress.len() + 1);
        };
        assert!(progress.iter().all(|p| p["params"]["token"] == "routewright/indexing"), "{name}");
        let first = &progress[0]["params"]["value"];
        assert_eq!((&first["kind"], &first["title"]), (&json!("begin"), &json!("Indexing")), "{name}");

        // All seven can be asked for settings.
        assert_eq!(
            server.hear("workspace/configuration", 1)[0]["params"]["items"],
            json!([{ "section": "routewright" }]),
            "{name}"
        );
        let registered: Vec<&Value> =
            server.heard.iter().filter(|m| m["method"] == "client/registerCapability").collect();
        assert_eq!(registered.len(), usize::from(editor.registers), "{name}");
        for registration in registered {
            let registration = &registration["params"]["registrations"][0];
            assert_eq!(registration["method"], "workspace/didChangeWatchedFiles", "{name}");
            let glob = &registration["registerOptions"]["watchers"][0]["globPattern"];
            assert_eq!(glob, "**/*", "{name}");
        }
        server.stop();
    }
}

#[test]
fn definitions_as_the_editor_takes_them() {
    for editor in EDITORS {
        let name = editor.file;
        let workspace = crate::workspaces::shop();
        let mut server = Server::start();
        server.hello(parameters(name, workspace.path()));
        let page = uri(&workspace.path().join("app/page.tsx"));
        let at = json!({ "textDocument": { "uri": page }, "position": { "line": 3, "character": 26 } });
        let mut found = server.request("textDocument/definition", at.clone());
        // VS Code comes with a TypeScript server, which follows names itself
        if name.starts_with("vscode") {
            assert_eq!(found, Value::Null, "{name}");
            let off = json!({ "settings": { "routewright": { "typescriptServer": false } } });
            server.notify("workspace/didChangeConfiguration", off);
            found = server.request("textDocument/definition", at);
        }
        let (uri_key, range_key) = if editor.links { ("targetUri", "targetSelectionRange") } else { ("uri", "range") };
        let actions = uri(&workspace.path().join("app/actions.ts"));
        assert_eq!(found[0][uri_key], actions, "{name}: {found}");
        assert_eq!(found[0][range_key]["start"]["line"], 2, "{name}: {found}");
        assert_eq!(found[0].get("originSelectionRange").is_some(), editor.links, "{name}");
        server.stop();
    }
}

#[test]
fn answers_in_the_forms_that_were_announced() {
    let rich = json!({ "textDocument": {
        "hover": { "contentFormat": ["markdown", "plaintext"] },
        "definition": { "linkSupport": true },
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
    } });
    let plain = json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
    for (capabilities, format, definition, symbol) in [
        (rich, "markdown", "targetUri", "selectionRange"),
        (plain, "plaintext", "uri", "location"),
        (json!({}), "plaintext", "uri", "location"),
    ] {
        let folder = crate::workspaces::shop();
        let mut server = Server::start();
        server.hello(json!({ "processId": null, "capabilities": capabilities, "rootUri": uri(folder.path()) }));
        let page = json!({ "uri": uri(&folder.path().join("app/page.tsx")) });
        let at = json!({ "textDocument": page, "position": { "line": 3, "character": 26 } });
        let hover = server.request("textDocument/hover", at.clone());
        assert_eq!(hover["contents"]["kind"], format, "{hover}");
        let value = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(value.contains("buy"), "{hover}");
        assert_eq!(value.contains("**"), format == "markdown", "{hover}");
        let found = server.request("textDocument/definition", at);
        assert!(found[0].get(definition).is_some(), "{found}");
        let actions = json!({ "textDocument": { "uri": uri(&folder.path().join("app/actions.ts")) } });
        let symbols = server.request("textDocument/documentSymbol", actions);
        assert_eq!(symbols[0]["name"], "POST buy", "{symbols}");
        assert!(symbols[0].get(symbol).is_some(), "{symbols}");
        server.stop();
    }
}

/// Pushed or asked for, never both: editors would show each diagnostic twice.
#[test]
fn diagnostics_one_way_only() {
    let folder = crate::workspaces::shop();
    let config = folder.path().join("tsconfig.json");
    let (broken, config) = ("{ \"compilerOptions\": ", uri(&config));
    for pulls in [true, false] {
        let text_document = if pulls { json!({ "diagnostic": {} }) } else { json!({}) };
        let mut server = Server::start();
        server.hello(json!({ "processId": null, "capabilities": { "textDocument": text_document }, "rootUri": uri(folder.path()) }));
        server.open(&config, broken);
        if pulls {
            let report = server.request("textDocument/diagnostic", json!({ "textDocument": { "uri": config } }));
            assert_eq!(
                (&report["kind"], &report["items"][0]["code"]),
                (&json!("full"), &json!("config-syntax")),
                "{report}"
            );
            assert_eq!(server.probe(json!({ "do": "sleep", "ms": 500 })), "slept");
            assert_eq!(server.methods(), [""; 0]);
        } else {
            let pushed = server.hear("textDocument/publishDiagnostics", 1).remove(0);
            assert_eq!(
                (&pushed["params"]["uri"], &pushed["params"]["diagnostics"][0]["code"]),
                (&json!(config), &json!("config-syntax")),
                "{pushed}"
            );
            server.send(&[changed(&config, 2, json!([{ "text": "{}" }]))]);
            let healed = server.hear("textDocument/publishDiagnostics", 2).remove(1);
            assert_eq!(healed["params"]["diagnostics"], json!([]), "{healed}");
        }
        server.stop();
    }
}

/// What no editor announced is not used.
#[test]
fn a_client_that_announces_nothing() {
    let mut server = Server::ready(json!({}));
    server.open("file:///nowhere/a.ts", "x");
    server.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    assert_eq!(server.probe(json!({ "do": "sleep", "ms": 300 })), "slept");
    assert_eq!(server.text("file:///nowhere/a.ts"), "x");
    assert_eq!(server.methods(), [""; 0], "no progress, no registration, no questions");
    server.stop();
}

/// Helix 25.01 sends a burst of typing out of order: what comes early waits for its turn, but not
/// for ever. Nobody else's versions are taken for a count: Neovim's jump.
#[test]
fn a_client_whose_changes_come_out_of_order() {
    let file = "file:///nowhere/typed.txt";
    let complaint: &[&str] = &["versions of /nowhere/typed.txt don't go up"];
    for (client, expected, complaint) in [("helix", "dcba", &[][..]), ("Neovim", "cdba", complaint)] {
        let mut server = Server::start();
        server.hello(json!({ "processId": null, "capabilities": {}, "clientInfo": { "name": client } }));
        let first = json!({ "uri": file, "languageId": "text", "version": 1, "text": "" });
        server.notify("textDocument/didOpen", json!({ "textDocument": first }));
        // each letter goes before the last one, so the order shows; the last two change places
        let letter = |version, text| typed(file, version, 0, 0, text);
        server.send(&[letter(2, "a"), letter(3, "b"), letter(5, "d"), letter(4, "c")]);
        assert_eq!(server.text(file), expected, "{client}");
        server.send(&[letter(9, "!")]);
        let complete = format!("!{expected}");
        let come = (0..100).any(|_| {
            server.probe(json!({ "do": "sleep", "ms": 20 }));
            server.text(file) == complete
        });
        assert!(come, "{client}: a change whose turn never comes is lost");
        server.stop_after(complaint);
    }
}
