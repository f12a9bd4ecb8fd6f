//! Feature: Symbols. The endpoints of a file, and of the whole workspace by name or URL.

use syntax::TextRange;
use workspace::{Endpoint, EndpointKind, FileId, Snapshot};

use crate::find;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A handler's method, a `pages/api` file, a metadata route.
    Route,
    /// A server action.
    Action,
}

/// An endpoint in a symbol list.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// `POST createPost`, `GET /api/users/[id]`.
    pub name: String,
    /// `Server Action`, `Route Handler`.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Where.
    pub file: FileId,
    /// The whole declaration.
    pub full: TextRange,
    /// Its name.
    pub focus: TextRange,
}

/// A file's endpoints, in order.
#[must_use]
pub fn document_symbols(snap: &Snapshot, file: FileId) -> Vec<Symbol> {
    snap.endpoints(file).iter().filter(|e| !e.implicit).map(|e| symbol(e, detail(e).to_owned())).collect()
}

/// The most symbols that one answer holds.
const MOST_SYMBOLS: usize = 500;

/// All endpoints whose name or URL fits, best first: what an ID, a request or a line of a log is about
/// ([`find`]), else every word of the query must be found, in any
/// case; names that begin with it come first.
#[must_use]
pub fn workspace_symbols(snap: &Snapshot, query: &str) -> Vec<Symbol> {
    let asked = find(snap, query).map(|found| found.endpoints).unwrap_or_default();
    let asked: Vec<Symbol> = asked
        .into_iter()
        .filter_map(|id| snap.endpoints(id.file).get(id.index as usize).map(|e| symbol(e, detail(e).to_owned())))
        .collect();
    if !asked.is_empty() {
        return asked;
    }
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(u32, Symbol)> = vec![];
    for file in snap.files() {
        if snap.is_cancelled() {
            return vec![];
        }
        for endpoint in snap.endpoints(file).iter().filter(|e| !e.implicit) {
            let name = name(endpoint);
            let Some(rank) = rank(&name.to_lowercase(), &words) else { continue };
            // The file is shown by every editor itself.
            found.push((rank, symbol(endpoint, detail(endpoint).to_owned())));
        }
    }
    // Letters strewn over a name are for those who find nothing else.
    if found.iter().any(|(rank, _)| *rank < STREWN) {
        found.retain(|(rank, _)| *rank < STREWN);
    }
    found.sort_by(|(a, x), (b, y)| (a, &x.name, &x.detail).cmp(&(b, &y.name, &y.detail)));
    found.into_iter().take(MOST_SYMBOLS).map(|(_, symbol)| symbol).collect()
}

/// The rank of a name that only has a word's letters in order.
const STREWN: u32 = 2;

/// Smaller is better; `None` where a word is missing. Letters in order suffice as a last resort,
/// as editors' own pickers have it.
fn rank(name: &str, words: &[String]) -> Option<u32> {
    let rest = name.split_once(' ').map_or(name, |(_, rest)| rest);
    let mut worst = 0;
    for word in words {
        let rank = if rest.starts_with(word.as_str()) || name.starts_with(word.as_str()) {
            0
        } else if name.contains(word.as_str()) {
            1
        } else if in_order(name, word) {
            STREWN
        } else {
            return None;
        };
        worst = worst.max(rank);
    }
    Some(worst)
}

fn in_order(name: &str, word: &str) -> bool {
    let mut letters = name.chars();
    word.chars().all(|c| letters.any(|l| l == c))
}

fn symbol(endpoint: &Endpoint, detail: String) -> Symbol {
    let full = if endpoint.full.covers(endpoint.range) { endpoint.full } else { endpoint.range };
    Symbol {
        name: name(endpoint),
        detail,
        kind: if endpoint.kind == EndpointKind::Action { SymbolKind::Action } else { SymbolKind::Route },
        file: endpoint.file,
        full,
        focus: endpoint.range,
    }
}

/// `POST createPost`, `GET /api/users/[id]`, `ANY /api/legacy`
pub(crate) fn name(endpoint: &Endpoint) -> String {
    let method = endpoint.method.map_or("ANY", next::Method::as_str);
    let what = endpoint.url.as_deref().or(endpoint.label.as_deref()).unwrap_or(&endpoint.name);
    format!("{method} {what}")
}

pub(crate) fn detail(endpoint: &Endpoint) -> &'static str {
    match (endpoint.kind, endpoint.inline_action) {
        (EndpointKind::Route, _) => "Route Handler",
        (EndpointKind::Action, Some(_)) => "inline Server Action",
        (EndpointKind::Action, None) => "Server Action",
        (EndpointKind::PagesApi, _) => "API Route",
        (EndpointKind::Metadata, _) => "Metadata Route",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Symbol, document_symbols, workspace_symbols};
    use crate::tests::{Opened, SHOP};

    fn check(symbols: &[Symbol], expected: Expect) {
        let lines: Vec<String> = symbols.iter().map(|s| format!("{} · {}\n", s.name, s.detail)).collect();
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn of_a_file() {
        let opened = Opened::unscanned(SHOP);
        let file = |path| opened.snap.file(&opened.project.path(path)).unwrap();
        check(
            &document_symbols(&opened.snap, file("/actions.ts")),
            expect![[r#"
            POST createPost · Server Action
            POST removePost · Server Action
            POST publish · Server Action
            POST refresh · Server Action
        "#]],
        );
        check(
            &document_symbols(&opened.snap, file("/app/api/users/[id]/route.ts")),
            expect![[r#"
            GET /api/users/[id] · Route Handler
            DELETE /api/users/[id] · Route Handler
        "#]],
        );
    }

    #[test]
    fn of_the_workspace() {
        let opened = Opened::scanned(SHOP);
        check(
            &workspace_symbols(&opened.snap, ""),
            expect![[r#"
                DELETE /api/users/[id] · Route Handler
                GET /api/users · Route Handler
                GET /api/users/[id] · Route Handler
                POST /api/users · Route Handler
                POST createPost · Server Action
                POST publish · Server Action
                POST refresh · Server Action
                POST removePost · Server Action
            "#]],
        );
        check(
            &workspace_symbols(&opened.snap, "post"),
            expect![[r#"
                POST /api/users · Route Handler
                POST createPost · Server Action
                POST publish · Server Action
                POST refresh · Server Action
                POST removePost · Server Action
            "#]],
        );
        check(
            &workspace_symbols(&opened.snap, "delete users"),
            expect![[r#"
                DELETE /api/users/[id] · Route Handler
            "#]],
        );
        check(&workspace_symbols(&opened.snap, "no such thing"), expect![[r#""#]]);
    }
}
