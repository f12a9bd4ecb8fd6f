//! An action becomes a handler in an editor: what is offered, the edit that comes, and when none does.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Server, null};
use crate::editors::parameters;
use crate::messages::{typed, uri};
use crate::workspaces::app;

const ACTIONS: &str = "'use server';\n\nexport async function createPost(title: string) {\n  return { title };\n}\n\n\
                       export async function other() {}\n";

fn blog() -> TempDir {
    app(&[
        ("app/actions.ts", ACTIONS),
        (
            "app/new-post.tsx",
            "'use client';\n\nimport { createPost } from './actions';\n\nexport function NewPost() {\n  \
             return <button onClick={async () => console.log(await createPost('x'))}>new</button>;\n}\n",
        ),
        ("app/page.tsx", "import { NewPost } from './new-post';\n\nexport default () => <NewPost />;\n"),
        ("app/feed/actions.ts", "'use server';\n\nexport async function* follow() {\n  yield 1;\n}\n"),
        ("app/feed/page.tsx", "import { follow } from './actions';\n\nexport default () => follow().next();\n"),
    ])
}

fn file(folder: &Path, name: &str) -> String {
    uri(&folder.join(name))
}

/// The code actions at a place, with what else a client says.
fn offered(server: &mut Server, file: &str, line: u32, context: Value) -> Vec<Value> {
    let at = json!({ "line": line, "character": 24 });
    let mut whole = json!({ "diagnostics": [] });
    whole.as_object_mut().unwrap().extend(context.as_object().cloned().unwrap());
    let params = json!({ "textDocument": { "uri": file }, "range": { "start": at, "end": at }, "context": whole });
    let answer = server.request("textDocument/codeAction", params);
    answer.as_array().cloned().unwrap_or_default()
}

/// The first of them that is a rewrite.
fn rewrite(server: &mut Server, file: &str, line: u32) -> Value {
    let actions = offered(server, file, line, json!({ "only": ["refactor.rewrite"], "triggerKind": 1 }));
    actions.into_iter().next().expect("an offer")
}

/// An editor in a folder, once everything is known.
fn editor(name: &str, folder: &Path) -> (Server, Value) {
    let mut server = Server::start();
    let answer = server.hello(parameters(name, folder));
    indexed(&mut server);
    (server, answer)
}

/// A client of our own making.
fn client(capabilities: &Value, folder: &Path) -> Server {
    let mut server = Server::start();
    let mut capabilities = capabilities.clone();
    capabilities["window"] = json!({ "workDoneProgress": true });
    server.hello(json!({ "processId": null, "capabilities": capabilities, "rootUri": uri(folder) }));
    indexed(&mut server);
    server
}

fn indexed(server: &mut Server) {
    let mut count = 1;
    while !server.hear("$/progress", count).iter().any(|p| p["params"]["value"]["kind"] == "end") {
        count += 1;
    }
}

/// The text of the last message to people, which is the next if there was none before.
fn told(server: &mut Server) -> (i64, String) {
    let message = server.hear("window/showMessage", 1).pop().expect("a message");
    (message["params"]["type"].as_i64().unwrap(), message["params"]["message"].as_str().unwrap().to_owned())
}

/// What an edit makes of a workspace: texts by name, `None` for what it deletes. Lines are ASCII here.
fn made(folder: &Path, operations: &Value) -> BTreeMap<String, Option<String>> {
    let mut texts = BTreeMap::new();
    for operation in operations.as_array().expect("operations") {
        let name = |uri: &Value| uri.as_str().unwrap().strip_prefix(&file(folder, "")).unwrap().to_owned();
        match operation["kind"].as_str() {
            Some("create") => {
                assert!(!folder.join(name(&operation["uri"])).exists());
                texts.insert(name(&operation["uri"]), Some(String::new()));
            }
            Some("delete") => {
                texts.insert(name(&operation["uri"]), None);
            }
            _ => {
                let name = name(&operation["textDocument"]["uri"]);
                let known = texts.get(&name).cloned().flatten();
                let text = known.unwrap_or_else(|| std::fs::read_to_string(folder.join(&name)).unwrap());
                texts.insert(name, Some(edited(&text, &operation["edits"])));
            }
        }
    }
    texts
}

fn edited(text: &str, edits: &Value) -> String {
    let offset = |at: &Value| {
        let line = at["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        (start + at["character"].as_u64().unwrap() as usize).min(text.len())
    };
    let mut edits: Vec<_> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

#[test]
fn offered_as_a_rewrite() {
    let folder = blog();
    let (mut server, answer) = editor("vscode-1.139.1-languageclient-11.0.0", folder.path());
    let provider = &answer["capabilities"]["codeActionProvider"];
    assert_eq!(*provider, json!({ "codeActionKinds": ["refactor.rewrite"], "resolveProvider": true }));
    let actions = file(folder.path(), "app/actions.ts");
    for (only, there) in [
        (None, true),
        (Some(""), true),
        (Some("refactor"), true),
        (Some("refactor.rewrite"), true),
        (Some("refactor.extract"), false),
        (Some("quickfix"), false),
        (Some("source.fixAll"), false),
    ] {
        let context = only.map_or_else(|| json!({}), |kind| json!({ "only": [kind] }));
        let found = offered(&mut server, &actions, 2, context);
        let rewrites: Vec<_> = found.iter().filter(|action| action["kind"] == "refactor.rewrite").collect();
        assert_eq!(!rewrites.is_empty(), there, "{only:?}: {found:?}");
        assert!(rewrites.iter().all(|action| action["edit"].is_null() && action["command"].is_null()), "lazily");
        let copies = found.iter().filter(|action| action["command"] == "routewright.copyAsCurl").count();
        assert_eq!(copies, usize::from(only.is_none()), "{only:?}");
    }
    assert_eq!(offered(&mut server, &actions, 3, json!({})), [] as [Value; 0], "not inside of it");
    server.stop();
}

/// The real editors, each with a buffer that it changed.
#[test]
fn an_edit_for_the_buffers_that_are_open() {
    for (name, annotated) in [
        ("helix-25.01.1", false),
        ("helix-25.07.1", false),
        ("neovim-0.10.4", false),
        ("neovim-0.11.4", false),
        ("neovim-0.12.4", true),
        ("vscode-1.139.1-languageclient-9.0.1", true),
        ("vscode-1.139.1-languageclient-11.0.0", true),
    ] {
        let folder = blog();
        let (mut server, _) = editor(name, folder.path());
        let actions = file(folder.path(), "app/actions.ts");
        server.open(&actions, ACTIONS);
        server.send(&[typed(&actions, 2, 7, 0, "//")]);
        let action = rewrite(&mut server, &actions, 2);
        let resolved = server.request("codeAction/resolve", action.clone());
        assert_eq!(resolved["title"], action["title"], "{name}");
        let edit = &resolved["edit"];
        assert!(edit["changes"].is_null(), "{name}");
        let operations = edit["documentChanges"].as_array().expect("operations");

        // all files first, for VS Code to undo them with the texts; without options
        let (created, others) = operations.split_at(2);
        assert!(others.iter().all(|operation| operation["kind"].is_null()), "{name}: {operations:#?}");
        for (created, filled) in created.iter().zip(others) {
            assert_eq!((&created["kind"], &created["options"]), (&json!("create"), &Value::Null), "{name}");
            // then filled, as every editor understands it
            assert_eq!(filled["textDocument"], json!({ "uri": created["uri"], "version": null }), "{name}");
            let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
            assert_eq!(filled["edits"][0]["range"], whole, "{name}");
        }
        // then texts, with the version of what is open
        let version = |file: &str| {
            let of = operations.iter().find(|o| o["kind"].is_null() && o["textDocument"]["uri"] == file);
            of.map(|operation| operation["textDocument"]["version"].clone())
        };
        assert_eq!(version(&actions), Some(json!(2)), "{name}");
        assert_eq!(version(&file(folder.path(), "app/new-post.tsx")), Some(Value::Null), "{name}");

        let edits = operations.iter().filter_map(|operation| operation["edits"].as_array()).flatten();
        let marks: Vec<&str> = edits.filter_map(|edit| edit["annotationId"].as_str()).collect();
        assert_eq!(!marks.is_empty(), annotated, "{name}");
        assert_eq!(edit["changeAnnotations"].is_object(), annotated, "{name}");
        for mark in marks {
            let about = &edit["changeAnnotations"][mark];
            assert_eq!(about["needsConfirmation"], mark != "certain", "{name}: {about}");
        }

        let texts = made(folder.path(), &edit["documentChanges"]);
        let has = |file: &str, part: &str| texts[file].as_deref().is_some_and(|text| text.contains(part));
        assert!(has("app/api/create-post/route.ts", "export async function POST("), "{name}: {texts:#?}");
        assert!(has("app/new-post.tsx", "api/create-post/client'"), "{name}: {texts:#?}");
        assert!(!has("app/actions.ts", "createPost") && has("app/actions.ts", "other"), "{name}: {texts:#?}");
        server.stop();
    }
}

/// What is left of no file is deleted, when all else is done.
#[test]
fn deleted_last() {
    let folder = blog();
    let (mut server, _) = editor("vscode-1.139.1-languageclient-9.0.1", folder.path());
    let action = rewrite(&mut server, &file(folder.path(), "app/actions.ts"), 2);
    let resolved = server.request("codeAction/resolve", action);
    for (name, text) in made(folder.path(), &resolved["edit"]["documentChanges"]) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text.unwrap()).unwrap();
    }
    server.stop();

    let (mut server, _) = editor("vscode-1.139.1-languageclient-9.0.1", folder.path());
    let action = rewrite(&mut server, &file(folder.path(), "app/api/create-post/route.ts"), 0);
    let resolved = server.request("codeAction/resolve", action);
    let operations = &resolved["edit"]["documentChanges"];
    let kinds: Vec<&str> =
        operations.as_array().unwrap().iter().map(|o| o["kind"].as_str().unwrap_or("edit")).collect();
    assert_eq!(kinds, ["create", "edit", "edit", "delete", "delete"]);
    let texts = made(folder.path(), operations);
    assert_eq!((&texts["app/api/create-post/route.ts"], &texts["app/api/create-post/client.ts"]), (&None, &None));
    assert!(texts.values().flatten().any(|text| text.contains("export async function createPost(")), "{texts:#?}");
    server.stop();
}

#[test]
fn never_for_another_text() {
    let folder = blog();
    let (mut server, _) = editor("vscode-1.139.1-languageclient-9.0.1", folder.path());
    let actions = file(folder.path(), "app/actions.ts");
    server.open(&actions, ACTIONS);
    let action = rewrite(&mut server, &actions, 2);
    server.send(&[typed(&actions, 2, 7, 0, "//")]);
    let answer = server.ask("codeAction/resolve", action.clone());
    assert_eq!(answer["error"]["code"], -32801, "{answer}");
    assert_eq!(told(&mut server).1, "Not converted: The text has changed since this was offered: ask again");
    // a buffer that was closed is another text, too
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": actions } }));
    assert_eq!(server.ask("codeAction/resolve", action)["error"]["code"], -32801);
    let again = rewrite(&mut server, &actions, 2);
    assert!(server.request("codeAction/resolve", again)["edit"]["documentChanges"].is_array());
    server.stop();
}

/// A file that isn't on disk yet, as its editor would write it over ours.
#[test]
fn a_name_that_an_unsaved_buffer_has() {
    let folder = blog();
    let (mut server, _) = editor("neovim-0.11.4", folder.path());
    let actions = file(folder.path(), "app/actions.ts");
    let action = rewrite(&mut server, &actions, 2);
    let resolved = server.request("codeAction/resolve", action.clone());
    let created: Vec<String> = resolved["edit"]["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|operation| operation["kind"] == "create")
        .map(|operation| operation["uri"].as_str().unwrap().to_owned())
        .collect();
    assert!(!created.is_empty());
    for target in created {
        server.open(&target, "mine\n");
        let resolved = server.request("codeAction/resolve", action.clone());
        // refused, or by another name: never over what somebody writes there
        let operations = resolved["edit"]["documentChanges"].as_array().cloned().unwrap_or_default();
        assert!(operations.iter().all(|o| o["kind"] != "create" || o["uri"] != *target), "{operations:?}");
        if operations.is_empty() {
            let (kind, text) = told(&mut server);
            assert_eq!(kind, 2);
            assert!(text.starts_with("Not converted: "), "{text}");
        }
        server.notify("textDocument/didClose", json!({ "textDocument": { "uri": target } }));
    }
    server.stop();
}

/// What a client that can do everything but `without` announces.
fn capable(without: &[&str]) -> Value {
    let has = |name: &str| !without.contains(&name);
    let mut action = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["refactor"] } } });
    if has("resolve") {
        action["resolveSupport"] = json!({ "properties": ["edit"] });
        action["dataSupport"] = json!(true);
    }
    if !has("literals") {
        action = json!({});
    }
    let mut edit = json!({});
    if has("documentChanges") {
        edit["documentChanges"] = json!(true);
    }
    if has("operations") {
        edit["resourceOperations"] = json!(["create", "rename", "delete"]);
    }
    json!({ "textDocument": { "codeAction": action },
        "workspace": { "applyEdit": has("applyEdit"), "workspaceEdit": edit } })
}

fn applies(request: &Value) -> Option<Value> {
    match request["method"].as_str() {
        Some("workspace/applyEdit") => Some(json!({ "applied": true })),
        _ => null(request),
    }
}

fn refuses(request: &Value) -> Option<Value> {
    match request["method"].as_str() {
        Some("workspace/applyEdit") => Some(json!({ "applied": false, "failureReason": "read-only" })),
        _ => null(request),
    }
}

#[test]
fn a_command_where_nothing_is_resolved() {
    for without in [&["resolve"][..], &["literals"]] {
        let folder = blog();
        let mut server = client(&capable(without), folder.path());
        server.reply = applies;
        let actions = file(folder.path(), "app/actions.ts");
        server.open(&actions, ACTIONS);
        let action = rewrite(&mut server, &actions, 2);
        let is_command = action["command"].is_string();
        assert_eq!(is_command, without == ["literals"], "{action}");
        let command = if is_command { action } else { action["command"].clone() };
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        assert_eq!(server.request("workspace/executeCommand", params.clone()), Value::Null);
        let edit = server.hear("workspace/applyEdit", 1).remove(0);
        let texts = made(folder.path(), &edit["params"]["edit"]["documentChanges"]);
        assert!(texts["app/actions.ts"].as_deref().is_some_and(|text| !text.contains("createPost")));

        server.reply = refuses;
        server.request("workspace/executeCommand", params.clone());
        let mut count = 1;
        let said = "The editor didn't apply the conversion: read-only";
        while !server.hear("window/showMessage", count).iter().any(|m| m["params"]["message"] == said) {
            count += 1;
        }

        server.send(&[typed(&actions, 2, 7, 0, "//")]);
        assert_eq!(server.ask("workspace/executeCommand", params)["error"]["code"], -32801);
        server.stop();
    }
}

#[test]
fn clients_that_cannot_take_it() {
    let folder = blog();
    let actions = file(folder.path(), "app/actions.ts");
    // nobody to give an edit to
    for without in [&["resolve", "applyEdit"][..], &["literals", "applyEdit"]] {
        let mut server = client(&capable(without), folder.path());
        assert_eq!(offered(&mut server, &actions, 2, json!({ "only": ["refactor"] })), [] as [Value; 0]);
        server.stop();
    }
    // no operations on files
    for without in [&["operations"][..], &["operations", "documentChanges"]] {
        let mut server = client(&capable(without), folder.path());
        let action = rewrite(&mut server, &actions, 2);
        let resolved = server.request("codeAction/resolve", action);
        assert!(resolved["edit"].is_null(), "{resolved}");
        let (kind, text) = told(&mut server);
        assert_eq!(kind, 2);
        let reason = "has to be created, and this editor doesn't let a language server do that: \
                      use `routewright convert` on the command line";
        assert!(text.ends_with(reason), "{text}");
        server.stop();
    }
    // operations, and nothing said of versions: Neovim
    let mut server = client(&capable(&["documentChanges"]), folder.path());
    let action = rewrite(&mut server, &actions, 2);
    assert!(server.request("codeAction/resolve", action)["edit"]["documentChanges"].is_array());
    server.stop();
}

#[test]
fn what_is_refused() {
    let folder = blog();
    let feed = file(folder.path(), "app/feed/actions.ts");
    let at = |server: &mut Server, kind: i64| {
        let context = json!({ "only": ["refactor.rewrite"], "triggerKind": kind });
        offered(server, &feed, 2, context).into_iter().next()
    };
    for (name, shows) in
        [("vscode-1.139.1-languageclient-9.0.1", true), ("helix-25.07.1", true), ("neovim-0.11.4", false)]
    {
        let (mut server, _) = editor(name, folder.path());
        // who looks for offers by itself isn't kept waiting for reasons
        let Some(action) = at(&mut server, 2) else { panic!("{name}: no offer") };
        assert!(action["disabled"].is_null(), "{name}");
        let resolved = server.request("codeAction/resolve", action);
        assert!(resolved["edit"].is_null(), "{name}");
        let (kind, text) = told(&mut server);
        assert_eq!(kind, 2, "{name}");
        let reason = text.strip_prefix("Not converted: ").unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(reason.ends_with("(app/feed/actions.ts:3)"), "{name}: {reason}");
        // a menu that a person opened says it, unless finding out takes longer than a menu may
        let said = (0..50).find_map(|_| at(&mut server, 1).expect("an offer").get("disabled").cloned());
        assert_eq!(said, shows.then(|| json!({ "reason": reason })), "{name}");
        server.stop();
    }
}

#[test]
fn callers_must_be_known() {
    let folder = blog();
    let mut server = Server::start();
    // `initialized` never comes, so nothing is ever looked through
    server.request("initialize", parameters("neovim-0.11.4", folder.path()));
    let action = rewrite(&mut server, &file(folder.path(), "app/actions.ts"), 2);
    assert!(server.request("codeAction/resolve", action)["edit"].is_null());
    let still = "Not converted: Still indexing, so not all callers are known: try again in a moment";
    assert_eq!(told(&mut server), (2, still.to_owned()));
    server.stop();
}

/// Neovim and Helix send any action to be resolved, and commands come from anywhere.
#[test]
fn what_is_not_ours() {
    let folder = blog();
    let (mut server, _) = editor("neovim-0.11.4", folder.path());
    for action in [
        json!({ "title": "x", "kind": "quickfix" }),
        json!({ "title": "x", "data": { "uri": "file:///a", "somebody": "else" } }),
        json!({ "title": "x", "command": { "title": "x", "command": "y" } }),
    ] {
        assert_eq!(server.request("codeAction/resolve", action.clone()), action);
    }
    let actions = file(folder.path(), "app/actions.ts");
    let position = json!({ "line": 2, "character": 24 });
    for arguments in [
        json!([]),
        json!([actions, position]),
        json!([actions, position, { "to": "nowhere" }]),
        json!(["no uri", position, { "to": "both" }]),
    ] {
        let params = json!({ "command": "routewright.convert", "arguments": arguments });
        assert_eq!(server.ask("workspace/executeCommand", params)["error"]["code"], -32602, "{arguments}");
    }
    let nowhere = json!([actions, { "line": 0, "character": 0 }, { "to": "route", "method": "POST" }]);
    let params = json!({ "command": "routewright.convert", "arguments": nowhere });
    assert_eq!(server.request("workspace/executeCommand", params), Value::Null);
    assert!(told(&mut server).1.starts_with("Not converted: "));
    server.stop();
}

/// There and at once back: the editor made the files and said so, and nobody has looked at the disk since.
#[test]
fn callers_of_a_file_that_was_just_made_come_along() {
    for name in ["neovim-0.11.4", "helix-25.01.1"] {
        let folder = app(&[
            ("tsconfig.json", r#"{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }"#),
            ("app/actions.ts", ACTIONS),
            (
                "app/new-post.tsx",
                "'use client';\n\nimport { createPost } from '@/app/actions';\n\nexport function NewPost() {\n  \
                 return <button onClick={async () => console.log(await createPost('x'))}>new</button>;\n}\n",
            ),
            ("app/page.tsx", "import { NewPost } from './new-post';\n\nexport default () => <NewPost />;\n"),
        ]);
        let (mut server, _) = editor(name, folder.path());
        let actions = file(folder.path(), "app/actions.ts");
        server.open(&actions, ACTIONS);
        let offer = rewrite(&mut server, &actions, 2);
        let answer = server.request("codeAction/resolve", offer);
        let texts = made(folder.path(), &answer["edit"]["documentChanges"]);
        // as both editors do it: empty files on disk, then buffers
        for (name, text) in &texts {
            let path = folder.path().join(name);
            if !path.exists() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, "").unwrap();
            }
            let text = text.as_deref().unwrap_or_default();
            if *name == "app/actions.ts" {
                server.notify("textDocument/didClose", json!({ "textDocument": { "uri": actions } }));
            }
            server.open(&file(folder.path(), name), text);
        }
        let (route, text) = texts.iter().find(|(name, _)| name.ends_with("route.ts")).expect("a handler");
        let text = text.as_deref().unwrap_or_default();
        let line = text.lines().position(|line| line.contains("function POST")).expect("a method");
        let offer = rewrite(&mut server, &file(folder.path(), route), u32::try_from(line).unwrap());
        let answer = server.request("codeAction/resolve", offer);
        let edits = answer["edit"]["documentChanges"].as_array().expect("an edit");
        let edited = edits.iter().filter_map(|edit| edit["textDocument"]["uri"].as_str());
        let caller = file(folder.path(), "app/new-post.tsx");
        assert!(edited.into_iter().any(|uri| uri == caller), "{name}: {edits:?}");
        server.stop();
    }
}
