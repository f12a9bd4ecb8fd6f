//! The families that are sets of rows: what both sides list, row by row.

use super::answer::{Answer, Endpoint, Target};
use super::listing::{Action, Listing};
use super::{Notes, Score};
use std::collections::BTreeSet;

/// A row, ready to be compared and printed.
type Rows = BTreeSet<String>;

/// The families' names, as the table's columns.
pub const NAMES: [&str; 5] = ["handlers", "pages/api", "module actions", "inline", "uses of actions"];

/// Compares the five families; rows that only one side has go to `notes`.
pub fn compare(listing: &Listing, answer: &Answer, notes: &mut Notes) -> [Score; 5] {
    let routes = |kind| listing.routes.iter().filter(move |route| route.kind == kind);
    let ours = |kind| answer.endpoints.iter().filter(move |endpoint| endpoint.kind == kind);
    let actions = |module| listing.actions.iter().filter(move |action| (action.scope == "module") == module);
    let scoped = |scope| ours("action").filter(move |action| action.scope.as_deref() == Some(scope));

    let handlers = score(
        "handler",
        &routes("app").map(|r| format!("{} {} {}", r.file, text(&r.method), r.url)).collect(),
        &ours("route").filter(|e| !e.implicit).map(|e| format!("{} {} {}", e.file, text(&e.method), url(e))).collect(),
        notes,
    );
    let pages_api = score(
        "pages/api",
        &routes("pages").map(|r| format!("{} {}", r.file, r.url)).collect(),
        &ours("pages-api").map(|e| format!("{} {}", e.file, url(e))).collect(),
        notes,
    );
    let module = score(
        "module action",
        &actions(true).map(|a| format!("{} {}", a.file, text(&a.name))).collect(),
        &scoped("module").map(|e| format!("{} {}", e.file, e.name)).collect(),
        notes,
    );
    let inline = score(
        "inline action",
        &actions(false).map(|a| format!("{}:{}", a.file, a.line)).collect(),
        &scoped("inline").map(|e| format!("{}:{}", e.file, e.line)).collect(),
        notes,
    );
    [handlers, pages_api, module, inline, uses(listing, answer, notes)]
}

/// Uses in tests and types are no misses when we lack them and nothing more when we have them.
fn uses(listing: &Listing, answer: &Answer, notes: &mut Notes) -> Score {
    let mut want = Rows::new();
    let mut neutral = Rows::new();
    for site in &listing.uses {
        let row = format!("{}:{} {} of {}", site.file, site.line, site.action, site.declared_in());
        if site.counts() {
            want.insert(row)
        } else {
            neutral.insert(row)
        };
    }
    let mut got = Rows::new();
    for call in &answer.calls {
        for target in call.targets.iter().filter(|target| target.kind == "action") {
            let name = name_for(listing, target);
            got.insert(format!("{}:{} {name} of {}", call.file, call.line, target.file));
        }
    }
    let got = got.into_iter().filter(|row| want.contains(row) || !neutral.contains(row)).collect();
    score("use", &want, &got, notes)
}

/// The name that a listing gives a target: an inline action's own, where Next.js and we count.
fn name_for<'a>(listing: &'a Listing, target: &'a Target) -> &'a str {
    let inline = target.name.starts_with("$$RSC_SERVER_ACTION_");
    let at = |action: &&Action| inline && action.file == target.file && action.line == target.line;
    listing.actions.iter().find(at).and_then(|action| action.name.as_deref()).unwrap_or(&target.name)
}

fn score(family: &str, want: &Rows, got: &Rows, notes: &mut Notes) -> Score {
    notes.extend(want.difference(got).map(|row| format!("MISS {family}  {row}")));
    notes.extend(got.difference(want).map(|row| format!("MORE {family}  {row}")));
    let hit = want.intersection(got).count();
    Score { want: want.len(), hit, more: got.len() - hit }
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("-")
}

fn url(endpoint: &Endpoint) -> &str {
    text(&endpoint.url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpora::answer::{Asked, Call};
    use crate::corpora::listing::Use;

    fn site(line: u32, env: &str) -> Use {
        let [file, action, def, kind] = ["a.tsx", "save", "b.ts:3", "call: await X()"].map(str::to_owned);
        Use { file, line, action, def, kind, env: Some(env.to_owned()) }
    }

    fn call(line: u32) -> Call {
        let targets =
            vec![Target { kind: "action".into(), file: "b.ts".into(), line: 3, name: "save".into(), method: None }];
        Call { file: "a.tsx".into(), line, column: 1, kind: "call".into(), targets, ..Call::default() }
    }

    #[test]
    fn uses_in_tests_count_neither_way() {
        let uses = vec![site(1, "client file"), site(2, "client file"), site(3, "test")];
        let [name, repo, commit] = [String::new(), String::new(), String::new()];
        let listing = Listing { name, repo, commit, routes: vec![], actions: vec![], uses, sites: vec![] };
        let calls = vec![call(1), call(3), call(4)];
        let answer = Answer { endpoints: vec![], calls, asked: Asked::default() };
        let mut notes = Notes::new();
        assert_eq!(compare(&listing, &answer, &mut notes)[4], Score { want: 2, hit: 1, more: 1 });
        assert_eq!(notes, ["MISS use  a.tsx:2 save of b.ts", "MORE use  a.tsx:4 save of b.ts"]);
    }
}
