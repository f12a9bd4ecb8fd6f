//! From `initialize` to the end of the process.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::client::Server;
use crate::messages::{notification, probe, request};

/// LSP 3.17, `exit`: 0 if `shutdown` came before, else 1.
#[test]
fn exit_codes() {
    let cases: &[(&str, &[&str], i32)] = &[
        ("shutdown and exit, standard input stays open", &["shutdown", "exit"], 0),
        ("exit alone", &["exit"], 1),
        ("the input ends", &["EOF"], 1),
        ("the input ends after shutdown", &["shutdown", "EOF"], 0),
        ("the input ends while a request runs", &["sleep", "EOF"], 1),
        ("exit while a request runs", &["sleep", "exit"], 1),
        ("shutdown and exit while a request runs", &["sleep", "shutdown", "exit"], 0),
    ];
    for (what, steps, code) in cases {
        let mut server = Server::ready(json!({}));
        for step in *steps {
            match *step {
                "EOF" => server.close_input(),
                "sleep" => server.send(&[probe(1, json!({ "do": "sleep", "ms": 600_000 }))]),
                "shutdown" => assert_eq!(server.request("shutdown", Value::Null), Value::Null, "{what}"),
                method => server.notify(method, Value::Null),
            }
        }
        assert_eq!(server.exit_code(), Some(*code), "{what}");
        assert_eq!(server.log(), "", "{what}");
    }
}

#[test]
fn exit_before_anything_else() {
    for (message, code) in [(Some(notification("exit", Value::Null)), 1), (None, 1)] {
        let mut server = Server::start();
        match message {
            Some(message) => server.send(&[message]),
            None => server.close_input(),
        }
        assert_eq!(server.exit_code(), Some(code));
    }
}

#[test]
fn shutdown_is_answered_even_if_exit_comes_in_the_same_write() {
    let mut server = Server::ready(json!({}));
    server.send(&[request(1, "shutdown", Value::Null), notification("exit", Value::Null)]);
    assert_eq!(server.answer(1)["result"], Value::Null);
    assert_eq!(server.exit_code(), Some(0));
}

/// `printf … | routewright lsp` gets its answers, as long as they take no longer than a moment.
#[test]
fn what_was_asked_before_the_input_ended_is_answered() {
    let mut server = Server::ready(json!({}));
    server.send(&[probe(1, json!({ "do": "sleep", "ms": 20 })), probe(2, json!({ "do": "settings" }))]);
    server.close_input();
    assert_eq!(server.answer(1)["result"], "slept");
    assert!(server.answer(2)["result"].is_object());
    assert_eq!(server.exit_code(), Some(1));
}

#[test]
fn before_initialize_and_after_shutdown() {
    let hover = json!({ "textDocument": { "uri": "file:///x.ts" }, "position": { "line": 0, "character": 0 } });
    let mut server = Server::start();
    assert_eq!(server.ask("textDocument/hover", hover.clone())["error"]["code"], -32002, "ServerNotInitialized");
    assert_eq!(server.ask("shutdown", Value::Null)["error"]["code"], -32002);
    server.open("file:///x.ts", "dropped"); // before `initialize`, notifications are (LSP 3.17)
    server.hello(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    assert_eq!(server.text("file:///x.ts"), Value::Null);
    assert_eq!(server.ask("initialize", json!({ "capabilities": {} }))["error"]["code"], -32600, "only once");
    assert_eq!(server.request("textDocument/hover", hover.clone()), Value::Null);
    server.request("shutdown", Value::Null);
    assert_eq!(server.ask("textDocument/hover", hover)["error"]["code"], -32600, "InvalidRequest after shutdown");
    server.notify("exit", Value::Null);
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn leaves_when_nobody_reads() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let mut server = Server::start_with(&[], Stdio::from(writer));
    drop(reader);
    server.send(&[request(1, "initialize", json!({ "processId": null, "capabilities": {} }))]);
    assert_eq!(server.exit_code(), Some(1));
    assert_eq!(server.log(), "");
}

/// The editor died, and somebody else holds the pipe open.
#[test]
#[cfg(unix)]
fn leaves_when_the_parent_is_gone() {
    let mut parent = Command::new("sleep").arg("600").spawn().expect("a process");
    let mut server = Server::start_with(&[("ROUTEWRIGHT_PARENT_POLL_MS", "20")], Stdio::piped());
    server.hello(json!({ "processId": parent.id(), "capabilities": {} }));
    assert_eq!(server.probe(json!({ "do": "sleep", "ms": 100 })), "slept", "it lives while its parent does");
    parent.kill().expect("our process");
    parent.wait().expect("our process");
    assert_eq!(server.exit_code(), Some(1));
    assert_eq!(server.log(), "");
}

/// The editor runs in another container: its number says nothing here.
#[test]
fn stays_when_the_parent_was_never_seen() {
    for pid in [json!(i32::MAX - 1), json!(0), json!(u32::MAX), json!(null)] {
        let mut server = Server::start_with(&[("ROUTEWRIGHT_PARENT_POLL_MS", "5")], Stdio::piped());
        server.hello(json!({ "processId": pid, "capabilities": {} }));
        assert_eq!(server.probe(json!({ "do": "sleep", "ms": 50 })), "slept", "{pid}");
        server.stop();
    }
}
