//! Changes are applied in the order of their arrival, every request sees exactly those that came
//! before it, and neither slow nor cancelled requests keep anything else waiting.

use serde_json::{Value, json};

use crate::client::Server;
use crate::messages::{cancel, changed, notification, opened, probe, typed};

const FILE: &str = "file:///nowhere/app/actions.ts";

#[test]
fn every_request_sees_exactly_the_changes_before_it() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "");
    let mut typing = vec![];
    let mut text = String::new();
    let mut expected = vec![];
    for n in 0..2000_u32 {
        let letter = char::from(b'a' + (n % 26) as u8).to_string();
        typing.push(typed(FILE, i64::from(n) + 2, 0, n, &letter));
        text += &letter;
        if n % 100 == 99 {
            typing.push(probe(i64::from(n), json!({ "do": "text", "uri": FILE })));
            expected.push((i64::from(n), text.clone()));
        }
    }
    server.send(&typing);
    for (id, text) in expected {
        assert_eq!(server.answer(id)["result"], text, "after {} changes", id + 1);
    }
    server.stop();
}

#[test]
fn a_change_behind_a_request_is_not_seen_by_it() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "");
    server.send(&[
        typed(FILE, 2, 0, 0, "1"),
        typed(FILE, 3, 0, 1, "2"),
        probe(1, json!({ "do": "text", "uri": FILE })),
        typed(FILE, 4, 0, 2, "3"),
    ]);
    assert_eq!(server.answer(1)["result"], "12");
    assert_eq!(server.text(FILE), "123");
    server.stop();
}

#[test]
fn several_changes_in_one_notification_apply_one_after_another() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "ab");
    let insert = |character: u32, text: &str| {
        let at = json!({ "line": 0, "character": character });
        json!({ "range": { "start": at, "end": at }, "text": text })
    };
    server.send(&[changed(FILE, 2, json!([insert(2, "d"), insert(2, "c"), { "text": "whole" }, insert(5, "!")]))]);
    assert_eq!(server.text(FILE), "whole!");
    server.stop();
}

/// 4: where tower-lsp's own transport stops taking messages. 40: more than any fixed pool here.
#[test]
fn slow_requests_keep_nobody_waiting() {
    for slow in [4, 40] {
        let mut server = Server::ready(json!({}));
        server.open(FILE, "");
        let mut messages: Vec<Value> = (0..slow).map(|id| probe(id, json!({ "do": "sleep", "ms": 600_000 }))).collect();
        messages.push(typed(FILE, 2, 0, 0, "typed"));
        messages.push(probe(99, json!({ "do": "text", "uri": FILE })));
        server.send(&messages);
        let first = server.next_answer();
        assert_eq!((&first["id"], &first["result"]), (&json!(99), &json!("typed")), "with {slow} slow requests");
        server.request(
            "textDocument/hover",
            json!({ "textDocument": { "uri": FILE }, "position": { "line": 0, "character": 0 } }),
        );
    }
}

/// 100: more than there are threads. The last ones never begin.
#[test]
fn cancelled_requests_are_answered_and_stop() {
    for slow in [1, 4, 100] {
        let mut server = Server::ready(json!({}));
        let sleeps: Vec<Value> = (0..slow).map(|id| probe(id, json!({ "do": "sleep", "ms": 600_000 }))).collect();
        server.send(&sleeps);
        let cancels: Vec<Value> = (0..slow).map(cancel).collect();
        server.send(&cancels);
        for id in 0..slow {
            assert_eq!(server.answer(id)["error"]["code"], -32800, "RequestCancelled (LSP 3.17)");
        }
        // The work itself stops, too: with every thread asleep for ten minutes this would hang.
        for _ in 0..100 {
            assert_eq!(server.probe(json!({ "do": "sleep", "ms": 0 })), "slept");
        }
        server.stop();
    }
}

#[test]
fn cancelling_what_is_over_or_unknown_does_nothing() {
    let mut server = Server::ready(json!({}));
    server.send(&[probe(7, json!({ "do": "sleep", "ms": 0 }))]);
    assert_eq!(server.answer(7)["result"], "slept");
    server.send(&[
        cancel(7),
        cancel(12345),
        notification("$/cancelRequest", json!({ "id": "seven" })),
        notification("$/cancelRequest", json!({})),
    ]);
    server.send(&[probe(7, json!({ "do": "sleep", "ms": 0 }))]);
    assert_eq!(server.answer(7)["result"], "slept", "the id may be used again");
    server.stop();
}

/// Requests that wait for the client, notifications that queue up behind, and only then the
/// client's replies: with bounded queues, the replies would wait for the queue and the queue for
/// them.
#[test]
fn replies_pass_a_queue_of_notifications() {
    let mut server = Server::ready(json!({}));
    server.open(FILE, "");
    server.reply = |_| None;
    let asks: Vec<Value> = (0..4).map(|id| probe(id, json!({ "do": "ask" }))).collect();
    server.send(&asks);
    let waiting = server.hear("workspace/configuration", 4);
    let typing: Vec<Value> = (0..150_u32).map(|n| typed(FILE, i64::from(n) + 2, 0, n, "x")).collect();
    server.send(&typing);
    let replies: Vec<Value> =
        waiting.iter().map(|asked| json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [] })).collect();
    server.send(&replies);
    for id in 0..4 {
        assert_eq!(server.answer(id)["result"], json!([]));
    }
    assert_eq!(server.text(FILE), "x".repeat(150));
    server.stop();
}

/// Helix 25.01, where an edit of ours opens a file: the change may overtake the opening.
#[test]
fn a_change_that_overtakes_its_buffer() {
    for (client, first, text) in [
        ("helix", typed(FILE, 2, 0, 2, "c"), "abcd"),
        // of a buffer that is gone: there is a gap
        ("helix", typed(FILE, 7, 0, 2, "c"), "abd"),
        // who keeps the order says what isn't so
        ("other", typed(FILE, 2, 0, 2, "c"), "abd"),
    ] {
        let mut server = Server::start();
        server.hello(json!({ "processId": null, "capabilities": {}, "clientInfo": { "name": client } }));
        let open = notification("textDocument/didOpen", opened(FILE, "ab"));
        let next = if text == "abcd" { typed(FILE, 3, 0, 3, "d") } else { typed(FILE, 2, 0, 2, "d") };
        server.send(&[first, open, next]);
        assert_eq!(server.text(FILE), text, "{client}");
        let complaint: &[&str] = if client == "helix" { &[] } else { &["actions.ts, which isn't open"] };
        server.stop_after(complaint);
    }
}
