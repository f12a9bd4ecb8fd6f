//! Columns in the unit that was agreed on (LSP 3.17, `PositionEncodingKind`), lines however they
//! end.

use serde_json::json;

use crate::client::Server;
use crate::messages::{changed, typed};

const FILE: &str = "file:///nowhere/app/actions.ts";

/// What the client offers, what is chosen, and the column of `z` in `aé😀z`.
const ENCODINGS: &[(&[&str], &str, u32)] = &[
    (&[], "utf-16", 4),
    (&["utf-16"], "utf-16", 4),
    (&["utf-8", "utf-16", "utf-32"], "utf-8", 7),
    (&["utf-32", "utf-16", "utf-8"], "utf-8", 7),
    (&["utf-32", "utf-16"], "utf-16", 4),
    (&["utf-32"], "utf-32", 3),
    (&["utf-7"], "utf-16", 4),
];

#[test]
fn columns_in_edits() {
    for (offered, chosen, column) in ENCODINGS {
        for ending in ["\n", "\r\n"] {
            let mut server = Server::start();
            let capabilities = match offered {
                [] => json!({}),
                offered => json!({ "general": { "positionEncodings": offered } }),
            };
            let answer = server.hello(json!({ "processId": null, "capabilities": capabilities }));
            assert_eq!(answer["capabilities"]["positionEncoding"], *chosen, "{offered:?}");
            server.open(FILE, &format!("first{ending}aé😀z{ending}last"));
            server.send(&[typed(FILE, 2, 1, *column, "|")]);
            assert_eq!(server.text(FILE), format!("first{ending}aé😀|z{ending}last"), "{chosen}");
            // past the line's end is its end, before the line break
            server.send(&[typed(FILE, 3, 1, 400, "$")]);
            assert_eq!(server.text(FILE), format!("first{ending}aé😀|z${ending}last"), "{chosen}");
            // a line break with what follows it
            let to_next = json!({ "start": { "line": 0, "character": 5 }, "end": { "line": 1, "character": 0 } });
            server.send(&[changed(FILE, 4, json!([{ "range": to_next, "text": " " }]))]);
            assert_eq!(server.text(FILE), format!("first aé😀|z${ending}last"), "{chosen}");
            server.stop();
        }
    }
}
