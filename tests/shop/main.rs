//! The sample application from outside: what the binary prints about `tests/apps/shop`, compared
//! with the golden files beside this one. `UPDATE_EXPECT=1 cargo test --test shop` rewrites them;
//! read the difference against the application's source before you keep it.
//!
//! Needs no npm: `cargo xtask shop` compares the same answers with a real build.
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

fn tests() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap().join("tests")
}

/// The application as it is in the repository: a build that somebody made there would tell IDs that
/// aren't anybody else's.
fn shop() -> &'static Path {
    static SHOP: LazyLock<PathBuf> = LazyLock::new(|| {
        let shop = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shop");
        let _ = fs::remove_dir_all(&shop);
        copy(&tests().join("apps/shop"), &shop);
        shop
    });
    &SHOP
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = entry.file_name();
        if name == "node_modules" || name == ".next" {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(&name));
        } else {
            fs::copy(entry.path(), to.join(&name)).unwrap();
        }
    }
}

/// What the binary prints, run in the application as a person would.
#[track_caller]
fn answer(verb: &str, format: &str) -> String {
    answer_to(&[verb], format)
}

#[track_caller]
fn answer_to(verb: &[&str], format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_routewright"))
        .args(verb)
        .args(["--format", format, "--color", "never"])
        .current_dir(shop())
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.success(), "{}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Compares line by line; the message is what changed, not both files.
#[track_caller]
fn golden(name: &str, got: &str) {
    let path = tests().join("shop").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::write(&path, got).unwrap();
        return;
    }
    let want = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if want == got {
        return;
    }
    let mut message = String::new();
    for (sign, from, to) in [('-', &*want, got), ('+', got, &*want)] {
        for line in from.lines().filter(|line| !to.lines().any(|other| other == *line)) {
            message += &format!("{sign} {line}\n");
        }
    }
    panic!("tests/shop/{name} says something else; if the new answer is right, UPDATE_EXPECT=1 keeps it:\n{message}");
}

#[test]
fn endpoints_as_json() {
    golden("endpoints.json", &answer("endpoints", "json"));
}

#[test]
fn endpoints_as_text() {
    golden("endpoints.txt", &answer("endpoints", "text"));
}

#[test]
fn calls_as_json() {
    golden("calls.json", &answer("calls", "json"));
}

#[test]
fn calls_as_text() {
    golden("calls.txt", &answer("calls", "text"));
}

#[test]
fn unresolved_as_json() {
    golden("unresolved.json", &answer_to(&["calls", "--unresolved"], "json"));
}

#[test]
fn unresolved_as_text() {
    golden("unresolved.txt", &answer_to(&["calls", "--unresolved"], "text"));
}

/// Places in the application, and whose callers they ask for.
const ASKED: [&str; 7] = [
    "actions/cart.ts:14:23",                  // an action, at its declaration
    "app/(account)/account/page.tsx:56:21",   // an inline action, in a form
    "packages/catalog/src/actions.ts:21:23",  // an action of a workspace package
    "app/api/products/[slug]/route.ts:1:1",   // a handler file
    "app/api/_handlers/stock.ts:3:17",        // a function that a thin route.ts passes on
    "components/header.tsx:12:62",            // a URL
    "app/api/webhooks/payments/route.ts:1:1", // called from outside only
];

/// The callers of some endpoints, one answer under the other.
#[track_caller]
fn references(format: &str) -> String {
    let one = |place: &&str| {
        let output = Command::new(env!("CARGO_BIN_EXE_routewright"))
            .args(["references", place, "--format", format, "--color", "never"])
            .current_dir(shop())
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        assert!(output.status.success(), "{}", output.status);
        format!("$ routewright references '{place}'\n{}\n", String::from_utf8(output.stdout).unwrap())
    };
    ASKED.iter().map(one).collect()
}

#[test]
fn references_as_text() {
    golden("references.txt", &references("text"));
}

#[test]
fn references_as_json() {
    golden("references.json.txt", &references("json"));
}

/// What both documents say of one endpoint is the same, so that a program may join them.
#[test]
fn targets_are_endpoints() {
    let [endpoints, calls] =
        ["endpoints", "calls"].map(|verb| serde_json::from_str::<Value>(&answer(verb, "json")).unwrap());
    let endpoints = endpoints["endpoints"].as_array().unwrap();
    let mut count = 0;
    for call in calls["calls"].as_array().unwrap() {
        for target in call["targets"].as_array().unwrap() {
            let same =
                |endpoint: &Value| ["kind", "file", "line", "name"].iter().all(|key| endpoint[*key] == target[*key]);
            assert!(endpoints.iter().any(same), "no endpoint is {target}, the target of {call}");
            count += 1;
        }
    }
    assert!(count > 0);
}

/// A place that names an endpoint stands where the file says so: the golden files can't drift from
/// the application's source unnoticed.
#[test]
fn places_point_at_what_they_name() {
    let calls: Value = serde_json::from_str(&answer("calls", "json")).unwrap();
    for call in calls["calls"].as_array().unwrap() {
        let [line, column] = ["line", "column"].map(|key| usize::try_from(call[key].as_u64().unwrap()).unwrap());
        let text = fs::read_to_string(tests().join("apps/shop").join(call["file"].as_str().unwrap())).unwrap();
        let rest: String = text.lines().nth(line - 1).unwrap_or_default().chars().skip(column - 1).collect();
        let begins =
            if call["url"].is_null() { char::is_alphabetic(first(&rest)) } else { is_expression(first(&rest)) };
        assert!(begins, "nothing that names an endpoint stands at {line}:{column} of {call}: {rest}");
    }
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

fn is_expression(c: char) -> bool {
    matches!(c, '\'' | '"' | '`') || c.is_alphabetic()
}
