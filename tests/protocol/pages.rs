//! The pages that carry an action, over the wire: they come in behind the index, follow what people
//! type, and nobody waits for them.

use serde_json::{Value, json};

use crate::client::Server;
use crate::messages::{typed, uri};
use crate::workspaces::app;

#[test]
fn pages_come_in_behind_the_index_and_follow_edits() {
    let folder = app(&[
        ("app/actions.ts", "'use server';\nexport async function buy(id: string) {}\n"),
        (
            "app/ui.tsx",
            "'use client';\nimport { buy } from './actions';\nexport const Buy = () => <i onClick={() => buy('x')} />;\n",
        ),
        ("app/cart/page.tsx", "import { Buy } from '../ui';\nexport default () => <Buy />;\n"),
        ("app/sale/page.tsx", "export default () => null;\n"),
    ]);
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "capabilities": {}, "rootUri": uri(folder.path()) }));
    let at = |file: &str| uri(&folder.path().join(file));
    let hover = |server: &mut Server| -> String {
        let place =
            json!({ "textDocument": { "uri": at("app/actions.ts") }, "position": { "line": 1, "character": 24 } });
        let answer: Value = server.request("textDocument/hover", place);
        answer["contents"]["value"].as_str().or(answer["contents"].as_str()).unwrap_or_default().to_owned()
    };
    server.open(&at("app/actions.ts"), "'use server';\nexport async function buy(id: string) {}\n");
    // whatever is known by then: an answer is there at once
    assert!(hover(&mut server).contains("Server Action"));
    let wait_for = |server: &mut Server, text: &str| {
        let mut last = String::new();
        for _ in 0..2_000 {
            last = hover(server);
            if last.contains(text) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("no {text:?} in {last}");
    };
    wait_for(&mut server, "/cart");
    assert!(!hover(&mut server).contains("pages)"));

    let sale = at("app/sale/page.tsx");
    server.open(&sale, "export default () => null;\n");
    server.send(&[typed(&sale, 2, 0, 0, "import { Buy } from '../ui';\nexport const b = <Buy />;\n")]);
    wait_for(&mut server, "(2 pages)");
    server.stop();
}
