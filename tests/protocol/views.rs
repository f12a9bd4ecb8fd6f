//! What an editor's own views ask for, and what is said to them when other files change.

use serde_json::{Value, json};

use crate::client::{GUARD, Server};
use crate::messages::{typed, uri};
use crate::workspaces::app;

const ROUTE: &str = "export async function GET() {}\nexport async function DELETE() {}\n";
const PAGE: &str =
    "import { buy } from './actions';\nexport default () => <form action={buy}>é😀 {fetch('/api/users/7')}</form>;\n";

fn shop() -> tempfile::TempDir {
    app(&[
        ("app/actions.ts", "'use server';\nexport async function buy(id: string) {}\n"),
        ("app/cart/page.tsx", &PAGE.replace("./actions", "../actions")),
        ("app/api/users/[id]/route.ts", ROUTE),
        ("app/robots.ts", "export default function robots() {}\n"),
    ])
}

/// Asks until an answer is as wanted; the time limit is for a server that hangs.
fn until(server: &mut Server, method: &str, params: &Value, wanted: impl Fn(&Value) -> bool) -> Value {
    let since = std::time::Instant::now();
    loop {
        let answer = server.request(method, params.clone());
        if wanted(&answer) {
            return answer;
        }
        assert!(since.elapsed() < GUARD, "{answer}\n{}", server.log());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// `GET /api/users/[id] app/api/users/[id]/route.ts:0` a line.
fn lines(listing: &Value) -> Vec<String> {
    let apps = listing["applications"].as_array().unwrap();
    let of = |app: &Value| app["endpoints"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let one = |row: Value| {
        let file = text(&row["location"]["uri"]).split_once("/app/").unwrap().1.to_owned();
        let place = &row["location"]["range"]["start"];
        let pages: Vec<String> = row["pages"].as_array().into_iter().flatten().map(text).collect();
        let (kind, method, url, name) =
            (text(&row["kind"]), text(&row["method"]), text(&row["url"]), text(&row["name"]));
        format!("{kind} {method} {url} {name} {file}:{}:{} {}", place["line"], place["character"], pages.join(","))
            .trim_end()
            .to_owned()
    };
    apps.iter().flat_map(of).map(one).collect()
}

#[test]
fn all_endpoints_and_when_they_change() {
    let folder = shop();
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "rootUri": uri(folder.path()),
        "capabilities": { "experimental": { "routewright": { "endpointsChanged": true } } } }));
    let listed = until(&mut server, "routewright/endpoints", &json!({}), |listing| {
        listing["indexed"] == true && !lines(listing).iter().all(|line| !line.ends_with("/cart"))
    });
    let first = &listed["applications"][0];
    assert_eq!(first["next"], "16.0.0");
    assert_eq!(first["uri"], uri(folder.path()));
    assert_eq!(first["name"].as_str(), folder.path().file_name().unwrap().to_str());
    assert_eq!(
        lines(&listed),
        [
            "route GET /api/users/[id] GET api/users/%5Bid%5D/route.ts:0:22",
            "route DELETE /api/users/[id] DELETE api/users/%5Bid%5D/route.ts:1:22",
            "metadata GET /robots.txt default robots.ts:0:24",
            "action POST - buy actions.ts:1:22 /cart",
        ]
    );
    let status = server.request("routewright/status", json!({}));
    let part = |key: &str| status[key].clone();
    assert_eq!(
        ["version", "indexed", "applications", "endpoints"].map(part),
        [json!(env!("CARGO_PKG_VERSION")), json!(true), json!(1), json!(4)]
    );
    assert!(status["files"].as_u64() > Some(0) && status["milliseconds"].is_u64(), "{status}");

    let heard = server.hear("routewright/endpointsChanged", 1).len();
    let route = uri(&folder.path().join("app/api/users/[id]/route.ts"));
    server.open(&route, ROUTE);
    server.send(&[typed(&route, 2, 2, 0, "export async function PUT() {}\n")]);
    server.hear("routewright/endpointsChanged", heard + 1);
    let listed = server.request("routewright/endpoints", json!({}));
    assert!(lines(&listed).iter().any(|line| line.starts_with("route PUT")), "{listed}");
    server.stop();
}

#[test]
fn who_announces_no_view_hears_nothing_of_it() {
    let folder = shop();
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "rootUri": uri(folder.path()),
        "capabilities": { "workspace": { "inlayHint": { "refreshSupport": true } }, "textDocument": { "inlayHint": {} } },
        "initializationOptions": { "inlayHints": true } }));
    // the same task tells of both
    server.hear("workspace/inlayHint/refresh", 1);
    server.request("routewright/endpoints", json!({}));
    assert!(!server.methods().contains(&"routewright/endpointsChanged"), "{:?}", server.methods());
    server.stop();
}

#[test]
fn hints_by_setting_and_range() {
    let folder = shop();
    let page = uri(&folder.path().join("app/cart/page.tsx"));
    let text = PAGE.replace("./actions", "../actions");
    for on in [false, true] {
        let mut server = Server::start();
        let hello = server.hello(json!({ "processId": null, "rootUri": uri(folder.path()),
            "capabilities": { "textDocument": { "inlayHint": {} } }, "initializationOptions": { "inlayHints": on } }));
        assert_eq!(hello["capabilities"]["inlayHintProvider"], true);
        server.open(&page, &text);
        let asked = |to: Value| json!({ "textDocument": { "uri": page }, "range": { "start": { "line": 0, "character": 0 }, "end": to } });
        let whole = asked(json!({ "line": 9, "character": 0 }));
        if !on {
            assert_eq!(server.request("textDocument/inlayHint", whole), Value::Null);
            server.stop();
            continue;
        }
        let hints = server.request("textDocument/inlayHint", whole);
        let shown: Vec<String> = hints
            .as_array()
            .unwrap()
            .iter()
            .map(|hint| {
                let part = &hint["label"][0];
                let leads = part["location"]["uri"].as_str().unwrap().rsplit('/').next().unwrap();
                format!("{}: {} {} {leads}", hint["position"]["character"], part["value"], hint["tooltip"])
            })
            .collect();
        // behind `buy`, behind the string with its wide characters in front
        assert_eq!(shown, [r#"38: "POST ↗" "POST buy" actions.ts"#, r#"65: "GET ↗" "GET /api/users/[id]" route.ts"#]);
        let line = asked(json!({ "line": 1, "character": 50 }));
        assert_eq!(server.request("textDocument/inlayHint", line).as_array().map(Vec::len), Some(1));
        server.stop();
    }
}

#[test]
fn hovers_and_severities_by_setting() {
    let folder = app(&[("tsconfig.json", "{ nonsense"), ("app/api/users/route.ts", ROUTE)]);
    let route = uri(&folder.path().join("app/api/users/route.ts"));
    let config = uri(&folder.path().join("tsconfig.json"));
    let mut server = Server::start();
    server.hello(json!({ "processId": null, "rootUri": uri(folder.path()), "capabilities": { "textDocument": { "diagnostic": {} } } }));
    server.open(&route, ROUTE);
    server.open(&config, "{ nonsense");
    let mut shown = |settings: Value| {
        server.notify("workspace/didChangeConfiguration", json!({ "settings": { "routewright": settings } }));
        let at = json!({ "textDocument": { "uri": route }, "position": { "line": 0, "character": 23 } });
        let hover = server.request("textDocument/hover", at);
        let found = server.request("textDocument/diagnostic", json!({ "textDocument": { "uri": config } }));
        (hover.is_object(), found["items"][0]["severity"].clone())
    };
    assert_eq!(shown(json!({})), (true, json!(2)));
    assert_eq!(shown(json!({ "hover": false, "severities": { "config-syntax": "hint" } })), (false, json!(4)));
    assert_eq!(shown(json!({ "severities": { "config-syntax": "off", "other": "error" } })), (true, Value::Null));
    assert_eq!(shown(json!({ "severities": {} })), (true, json!(2)));
    server.stop();
}
