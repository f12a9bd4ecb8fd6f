//! Whatever comes in, the server answers what can be answered and lives.

use serde_json::{Value, json};

use crate::client::Server;
use crate::messages::{changed, frame, notification, probe, request, typed};

const FILE: &str = "file:///nowhere/app/actions.ts";

#[test]
fn malformed_messages() {
    const PARSE_ERROR: Option<i64> = Some(-32700);
    const INVALID: Option<i64> = Some(-32600);
    let cases: &[(&[u8], Option<i64>)] = &[
        (b"Content-Length: 5\r\n\r\n{bad}", PARSE_ERROR),
        (b"Content-Length: 0\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: 3\r\n\r\n\"\xff\"", PARSE_ERROR),
        (b"Content-Length: 2\r\n\r\n{}", INVALID),
        (b"Content-Length: 2\r\n\r\n[]", INVALID),
        (b"Content-Length: 21\r\n\r\n{\"id\":{},\"method\":\"x\"}", INVALID), // one byte short, too
        (b"Content-Length: x\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: -1\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: 99999999999999999999999\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: 300000000\r\n\r\n{}", PARSE_ERROR),
        (b"Foo: bar\r\n\r\n", None),
        (b"\r\n\r\n\n\n\0\0\0", None),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", None),
        (b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}\n", None),
        // a length that is too long swallows what follows; it's found again inside
        (b"Content-Length: 90\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", PARSE_ERROR),
    ];
    for (bytes, code) in cases {
        let shown = String::from_utf8_lossy(bytes);
        let mut server = Server::ready(json!({}));
        server.open(FILE, "still here");
        server.raw(bytes);
        if code.is_some_and(|_| bytes.ends_with(b"\"x\"}")) {
            server.raw(&frame(&notification("a/further/message", json!({ "that": "makes the body long enough" }))));
        }
        assert_eq!(server.text(FILE), "still here", "{shown:?}");
        let refused = code.map(|code| {
            let answer = server.answer(Value::Null);
            assert_eq!(answer["error"]["code"], code, "{shown:?}");
        });
        assert_eq!(refused.is_some(), code.is_some());
        server.stop();
    }
}

#[test]
fn a_message_in_pieces() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "é😀");
    for byte in frame(&probe(5, json!({ "do": "text", "uri": FILE, "padding": "é😀" }))) {
        server.raw(&[byte]);
    }
    assert_eq!(server.answer(5)["result"], "é😀");
    server.stop();
}

#[test]
fn a_hundred_megabytes() {
    let mut server = Server::ready(json!({}));
    // written by hand: serialising it here would take longer than the server does
    let huge = vec![b'x'; 100 << 20];
    let document = r#"{"uri":"file:///nowhere/huge.txt","languageId":"plaintext","version":1,"text":""#;
    let head = format!(r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{document}"#);
    server.raw(format!("Content-Length: {}\r\n\r\n{head}", head.len() + huge.len() + 4).as_bytes());
    server.raw(&huge);
    server.raw(b"\"}}}");
    server.open(FILE, "still here");
    assert_eq!(server.text(FILE), "still here");
    server.send(&[typed("file:///nowhere/huge.txt", 2, 0, 1, "y")]);
    assert_eq!(server.text(FILE), "still here");
    server.stop();
}

#[test]
fn a_panicking_request_costs_that_request_only() {
    for (probe, message) in [("panic", "a test / said so"), ("panicEarly", "a test / said so early")] {
        let mut server = Server::ready(json!({}));
        server.open(FILE, "still here");
        for _ in 0..3 {
            assert_eq!(
                server.ask("routewright/test", json!({ "do": probe }))["error"]["code"],
                -32603,
                "InternalError"
            );
        }
        assert_eq!(server.text(FILE), "still here");
        let log = server.log_lines(3);
        assert_eq!(log.len(), 3, "one line each: {log:?}");
        let said = format!("routewright/test panicked: {message} (");
        assert!(log.iter().all(|line| line.contains(&said)), "the method and the message: {log:?}");
    }
}

/// After a panic the text must be what the client believes it to be: it sends differences only.
#[test]
fn a_panicking_change_loses_no_text() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "one\ntwo\n");
    server.probe(json!({ "do": "poison" }));
    server.send(&[typed(FILE, 2, 1, 3, " é😀"), typed(FILE, 3, 1, 7, "!")]);
    assert_eq!(server.text(FILE), "one\ntwo é😀!\n");
    server.probe(json!({ "do": "poison" }));
    server.send(&[changed(FILE, 4, json!([{ "text": "whole" }])), typed(FILE, 5, 0, 5, "!")]);
    assert_eq!(server.text(FILE), "whole!");
    let log = server.log_lines(2);
    assert_eq!(log.len(), 2, "{log:?}");
    assert!(log.iter().all(|line| line.contains("textDocument/didChange panicked: poisoned by a test")), "{log:?}");
}

#[test]
fn notifications_that_make_no_sense() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "abc\n");
    let other = "file:///nowhere/other.ts";
    let range = |a: [i64; 2], b: [i64; 2]| json!({ "start": { "line": a[0], "character": a[1] }, "end": { "line": b[0], "character": b[1] } });
    let document = |uri: &str| json!({ "textDocument": { "uri": uri } });
    // what is sent, and what the buffer holds afterwards
    let steps = [
        (typed(other, 2, 0, 0, "never opened"), "abc\n"),
        (notification("textDocument/didClose", document(other)), "abc\n"),
        (notification("textDocument/didSave", document(other)), "abc\n"),
        (typed(FILE, 9, 0, 0, "1"), "1abc\n"),
        (typed(FILE, 3, 0, 0, "2"), "21abc\n"), // the version goes back, the text goes on
        (changed(FILE, 4, json!([{ "range": range([0, 3], [0, 1]), "text": "-" }])), "21a-bc\n"), // end before start
        (typed(FILE, 5, 0, 4_000_000_000, "!"), "21a-bc!\n"),
        (typed(FILE, 6, 4_000_000_000, 0, "end"), "21a-bc!\nend"),
        (changed(FILE, 7, json!([{ "range": range([0, 0], [99, 99]), "text": "x" }])), "x"),
        (changed(FILE, 8, json!([])), "x"),
        (changed(FILE, 8, json!([{ "range": range([0, -1], [0, 0]), "text": "negative" }])), "x"),
        (changed(FILE, 8, json!("no list")), "x"),
        (notification("textDocument/didChange", json!({})), "x"),
        (notification("textDocument/didChange", json!(null)), "x"),
        (notification("textDocument/didOpen", json!({ "textDocument": 7 })), "x"),
        (notification("textDocument/willSave", json!({ "textDocument": { "uri": FILE }, "reason": 1 })), "x"),
        (
            notification(
                "workspace/didChangeWatchedFiles",
                json!({ "changes": [{ "uri": FILE, "type": 2 }, { "uri": "untitled:x", "type": 3 }] }),
            ),
            "x",
        ),
        (
            notification(
                "workspace/didChangeWatchedFiles",
                json!({ "changes": [{ "uri": "file:///gone", "type": 9 }] }),
            ),
            "x",
        ),
        (
            notification(
                "workspace/didChangeWorkspaceFolders",
                json!({ "event": { "added": [{ "uri": "untitled:x", "name": "" }], "removed": [{ "uri": "file:///never", "name": "" }] } }),
            ),
            "x",
        ),
        (notification("$/unknown", json!({})), "x"),
        (notification("$/setTrace", json!({ "value": "verbose" })), "x"),
        (notification("un/known", json!([1, 2])), "x"),
        (json!({ "jsonrpc": "2.0", "id": 4711, "result": "nobody asked" }), "x"),
        (json!({ "jsonrpc": "2.0", "id": "x", "error": { "code": 1, "message": "nobody asked" } }), "x"),
    ];
    for (message, text) in steps {
        server.send(std::slice::from_ref(&message));
        assert_eq!(server.text(FILE), text, "after {message}");
    }
    // opened twice, closed twice
    server.open(FILE, "again");
    assert_eq!(server.text(FILE), "again");
    for _ in 0..2 {
        server.notify("textDocument/didClose", document(FILE));
        assert_eq!(server.text(FILE), Value::Null, "there is nothing on disk");
    }
    server.send(&[typed(FILE, 9, 0, 0, "closed")]);
    assert_eq!(server.text(FILE), Value::Null);
    // what was wrong is in the log, once
    server.stop_after(&[
        "changes of /nowhere/other.ts, which isn't open,",
        "versions of /nowhere/app/actions.ts don't go up",
        "changes of /nowhere/app/actions.ts, which isn't open,",
    ]);
}

#[test]
fn requests_that_make_no_sense() {
    let mut server = Server::ready(json!({ "textDocument": { "diagnostic": {} } }));
    server.open(FILE, "export const a = 1;\n");
    let at = |uri: &str, line: i64, character: i64| json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
    let of = |uri: &str| json!({ "textDocument": { "uri": uri } });
    const UNANSWERABLE: [&str; 7] = [
        "untitled:Untitled-1",
        "git:/a.ts?HEAD",
        "file:///nowhere/missing.ts",
        "file:///",
        "file:///%00",
        "file:///%FF",
        "file://host/a.ts",
    ];
    for uri in UNANSWERABLE {
        for method in ["textDocument/hover", "textDocument/definition"] {
            assert_eq!(server.request(method, at(uri, 0, 0)), Value::Null, "{method} {uri}");
        }
        assert_eq!(server.request("textDocument/documentSymbol", of(uri)), Value::Null, "{uri}");
        assert_eq!(server.request("textDocument/diagnostic", of(uri))["items"], json!([]), "{uri}");
    }
    let far = i64::from(u32::MAX);
    for (line, character) in [(0, far), (far, 0), (far, far), (1, 0), (2, 0)] {
        for method in ["textDocument/hover", "textDocument/definition"] {
            assert_eq!(server.request(method, at(FILE, line, character)), Value::Null, "{method} {line}:{character}");
        }
    }
    for (method, params, code) in [
        ("textDocument/hover", at(FILE, -1, 0), -32602),
        ("textDocument/hover", at(FILE, far + 1, 0), -32602),
        ("textDocument/hover", at("no uri", 0, 0), -32602),
        ("textDocument/hover", json!({}), -32602),
        ("textDocument/hover", json!([FILE, 0]), -32602),
        ("textDocument/hover", Value::Null, -32602),
        ("workspace/symbol", json!({ "query": 7 }), -32602),
        ("un/known", json!({}), -32601),
        (
            "textDocument/rename",
            json!({ "textDocument": { "uri": FILE }, "position": { "line": 0, "character": 0 }, "newName": "b" }),
            -32601,
        ),
        // last: tower-lsp takes it for a shutdown all the same
        ("shutdown", json!({ "un": "expected" }), -32602),
    ] {
        let answer = server.ask(method, params.clone());
        assert_eq!(answer["error"]["code"], code, "{method} {params}");
    }
}

#[test]
fn ids_of_all_kinds() {
    let mut server = Server::ready(json!({}));
    for id in [json!(0), json!(-7), json!(i64::MAX), json!("a string"), json!("")] {
        server.send(&[request(id.clone(), "routewright/test", json!({ "do": "sleep", "ms": 0 }))]);
        assert_eq!(server.answer(id)["result"], "slept");
    }
    // in use: the second is refused, the first goes on
    server.send(&[probe(1, json!({ "do": "sleep", "ms": 300 })), probe(1, json!({ "do": "sleep", "ms": 0 }))]);
    assert_eq!(server.answer(1)["error"]["code"], -32600);
    assert_eq!(server.answer(1)["result"], "slept");
    server.stop();
}

/// Brackets spell dynamic segments. Helix writes them as they are, VS Code and Neovim encode them.
#[test]
fn one_file_in_several_spellings() {
    let mut server = Server::ready(json!({}));
    server.open("file:///nowhere/app/[id]/(a b)/é.ts", "x");
    let spellings = [
        "file:///nowhere/app/[id]/(a b)/é.ts",
        "file:///nowhere/app/%5Bid%5D/%28a%20b%29/%C3%A9.ts",
        "file:///nowhere/app/%5bid%5d/(a%20b)/%c3%a9.ts",
        "file://localhost/nowhere/app/[id]/(a%20b)/é.ts",
        "file:/nowhere/app/%5Bid]/(a b)/é.ts",
    ];
    let mut expected = String::from("x");
    for (n, uri) in spellings.into_iter().enumerate() {
        server.send(&[typed(uri, n as i64 + 2, 0, 0, "y")]);
        expected.insert(0, 'y');
        assert_eq!(server.text(uri), expected, "{uri}");
    }
    server.stop();
}
