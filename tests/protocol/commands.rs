//! Code actions and the commands behind them: a request to the endpoint under the cursor.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Server, null};
use crate::editors::parameters;
use crate::messages::uri;
use crate::workspaces::app;

const PATCH: &str = "curl -sS -X PATCH \"${BASE:-http://localhost:3000}/api/users/<id>\" \\\n  \
                     -H 'Content-Type: application/json' \\\n  --data-binary '{\"name\":\"<name>\"}'\n";

fn shop() -> TempDir {
    app(&[(
        "app/api/users/[id]/route.ts",
        "export async function PATCH(request) {\n  const { name } = await request.json();\n}\n",
    )])
}

fn handler(folder: &Path) -> String {
    uri(&folder.join("app/api/users/[id]/route.ts")).replace('[', "%5B").replace(']', "%5D")
}

/// The code actions at a place, the way editors ask.
fn offered(server: &mut Server, file: &str, character: u32, only: Option<&str>) -> Value {
    let at = json!({ "line": 0, "character": character });
    let mut context = json!({ "diagnostics": [] });
    if let Some(kind) = only {
        context["only"] = json!([kind]);
    }
    let params = json!({ "textDocument": { "uri": file }, "range": { "start": at, "end": at }, "context": context });
    server.request("textDocument/codeAction", params)
}

/// Opens what it is told to open, as VS Code and Neovim do.
fn opens(request: &Value) -> Option<Value> {
    match request["method"].as_str() {
        Some("window/showDocument") => Some(json!({ "success": true })),
        Some("workspace/applyEdit") => Some(json!({ "applied": true })),
        _ => null(request),
    }
}

/// Opens files only, as Helix does.
fn opens_files(request: &Value) -> Option<Value> {
    match request["method"].as_str() {
        Some("window/showDocument") => Some(json!({ "success": false })),
        _ => null(request),
    }
}

#[test]
fn a_request_in_a_new_document() {
    for editor in ["neovim-0.11.4", "vscode-1.139.1-languageclient-9.0.1"] {
        let folder = shop();
        let mut server = Server::start();
        server.reply = opens;
        let answer = server.hello(parameters(editor, folder.path()));
        assert!(answer["capabilities"]["codeActionProvider"].is_object(), "{editor}");
        let commands = &answer["capabilities"]["executeCommandProvider"]["commands"];
        assert_eq!(
            *commands,
            json!(["routewright.copyAsCurl", "routewright.copyAsHttp", "routewright.convert"]),
            "{editor}"
        );

        let file = handler(folder.path());
        let actions = offered(&mut server, &file, 24, None);
        let titles: Vec<&str> = actions.as_array().unwrap().iter().map(|a| a["title"].as_str().unwrap()).collect();
        assert_eq!(titles[..2], ["Copy as curl", "Copy as .http"], "{editor}");
        for (number, extension, text) in [
            (0, "sh", PATCH),
            (
                1,
                "http",
                "### PATCH /api/users/[id]\nPATCH http://localhost:3000/api/users/<id>\nContent-Type: application/json\n\n{\"name\":\"<name>\"}\n",
            ),
        ] {
            let action = &actions[number];
            let params = json!({ "command": action["command"], "arguments": action["arguments"] });
            assert_eq!(server.request("workspace/executeCommand", params), text, "{editor}");
            let shown = server.hear("window/showDocument", number + 1).remove(number);
            let opened = shown["params"]["uri"].as_str().unwrap().to_owned();
            assert!(opened.starts_with("untitled:") && opened.ends_with(extension), "{editor}: {opened}");
            let edit = server.hear("workspace/applyEdit", number + 1).remove(number);
            assert_eq!(edit["params"]["edit"]["changes"][&opened][0]["newText"], text.trim_end(), "{editor}");
        }
        server.stop();
    }
}

#[test]
fn a_request_as_a_message() {
    for editor in ["helix-25.01.1", "helix-25.07.1"] {
        let folder = shop();
        let mut server = Server::start();
        server.reply = opens_files;
        server.hello(parameters(editor, folder.path()));
        let arguments = json!([handler(folder.path()), { "line": 0, "character": 24 }]);
        let params = json!({ "command": "routewright.copyAsCurl", "arguments": arguments });
        server.request("workspace/executeCommand", params);
        let message = server.hear("window/showMessage", 1).remove(0);
        assert_eq!(message["params"]["message"], PATCH.trim_end().replace(" \\\n  ", " "), "{editor}: on one line");
        server.stop();
    }
}

#[test]
fn a_request_for_who_copies_it() {
    let folder = shop();
    let mut server = Server::start();
    server.reply = opens;
    server.hello(parameters("neovim-0.11.4", folder.path()));
    let place = |line: u32| json!([handler(folder.path()), { "line": line, "character": 24 }, { "show": false }]);
    let params = |line| json!({ "command": "routewright.copyAsCurl", "arguments": place(line) });
    assert_eq!(server.request("workspace/executeCommand", params(0)), PATCH);
    // what is shown comes in order, so the reason is the first thing that is
    assert_eq!(server.request("workspace/executeCommand", params(1)), Value::Null);
    let message = server.hear("window/showMessage", 1).remove(0);
    assert_eq!(message["params"]["message"], "There is no endpoint here");
    assert!(!server.methods().contains(&"window/showDocument"));
    server.stop();
}

#[test]
fn only_at_a_declaration_and_only_when_asked_for() {
    let folder = shop();
    let mut server = Server::start();
    server.hello(parameters("neovim-0.11.4", folder.path()));
    let file = handler(folder.path());
    assert!(offered(&mut server, &file, 24, None).is_array());
    // neither elsewhere, nor among what an editor does by itself on saving
    assert_eq!(offered(&mut server, &file, 3, None), Value::Null);
    assert_eq!(offered(&mut server, &file, 24, Some("source.fixAll")), Value::Null);
    assert_eq!(offered(&mut server, &uri(&folder.path().join("gone.ts")), 24, None), Value::Null);
    server.stop();
}

#[test]
fn where_there_is_nothing_to_ask() {
    let folder = shop();
    let mut server = Server::start();
    server.hello(parameters("neovim-0.11.4", folder.path()));
    let params = |command: &str, arguments: Value| json!({ "command": command, "arguments": arguments });
    let nowhere = json!([handler(folder.path()), { "line": 1, "character": 0 }]);
    assert_eq!(
        server.request("workspace/executeCommand", params("routewright.copyAsCurl", nowhere.clone())),
        Value::Null
    );
    let message = server.hear("window/showMessage", 1).remove(0);
    assert_eq!(message["params"]["message"], "There is no endpoint here");
    for (command, arguments) in [
        ("routewright.copyAsXml", nowhere),
        ("routewright.copyAsCurl", json!([])),
        ("routewright.copyAsCurl", json!(["no uri at all", { "line": 0 }])),
        ("routewright.copyAsCurl", json!([handler(folder.path()), { "line": 0, "character": 24 }, "quietly"])),
    ] {
        let answer = server.ask("workspace/executeCommand", params(command, arguments));
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
    server.stop();
}

#[test]
fn a_client_without_code_actions_is_offered_none() {
    let folder = shop();
    let mut server = Server::start();
    let answer = server.hello(json!({ "processId": null, "capabilities": {}, "rootUri": uri(folder.path()) }));
    for name in ["codeActionProvider", "executeCommandProvider"] {
        assert!(answer["capabilities"][name].is_null(), "{name}");
    }
    server.stop();
}
