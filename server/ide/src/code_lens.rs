//! Feature: Code lenses. Above each endpoint of a file, how many places call it.

use syntax::TextRange;
use workspace::{Endpoint, EndpointKind, FileId, Snapshot};

use crate::{asked, symbols};

/// A line above a declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeLens {
    /// The endpoint's name, in bytes.
    pub range: TextRange,
    /// `GET /api/users/[id] · 3 callers`, `POST · 2 pages · 5 callers`
    pub title: String,
    /// How many calls, without those in tests.
    pub callers: usize,
}

/// The lenses of a file, in order; none where nobody calls, none before the workspace is known.
/// They are counted at once: who leaves out zeroes has to, and it costs a look-up.
#[must_use]
pub fn code_lenses(snap: &Snapshot, file: FileId) -> Vec<CodeLens> {
    if !snap.is_complete() {
        return vec![];
    }
    let mut all = vec![];
    for endpoint in snap.endpoints(file).iter().filter(|e| !e.implicit && !e.range.is_empty()) {
        let (callers, _) = asked::counts(snap, &asked::declared(snap, std::slice::from_ref(endpoint)));
        if callers == 0 {
            continue;
        }
        let what = match (endpoint.kind, endpoint.method) {
            // its name stands right below
            (EndpointKind::Action, _) => on_pages(snap, endpoint),
            (_, None) => endpoint.url.as_deref().unwrap_or_default().to_owned(),
            _ => symbols::name(endpoint),
        };
        let word = if callers == 1 { "caller" } else { "callers" };
        all.push(CodeLens { range: endpoint.range, title: format!("{what} · {callers} {word}"), callers });
    }
    all.sort_by_key(|lens| lens.range);
    all
}

/// `POST · 2 pages`, as far as they are known.
fn on_pages(snap: &Snapshot, action: &Endpoint) -> String {
    let carriers = snap.known_carriers(action).unwrap_or_default();
    match carriers.pages.iter().filter(|page| page.is_address()).count() {
        0 => "POST".to_owned(),
        1 => "POST · 1 page".to_owned(),
        n => format!("POST · {n} pages"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::code_lenses;
    use crate::tests::{Opened, SHOP};

    const CALLS: &str = r#"
//- /app/page.tsx
import { createPost, removePost } from '@/actions';
createPost('a'); removePost.bind(null, 1);
export default () => <form action={createPost} />;
fetch('/api/users', { method: 'POST' }); fetch('/api/users/7', { method: 'HEAD' });
fetch(`/api/users/${id}`); fetch('/api/old');
//- /pages/api/old.ts
export default function handler() {}
//- /lib/page.test.ts
import { createPost, publish } from '@/actions';
createPost('a'); publish();
fetch('/api/users');
"#;

    fn check(path: &str, expected: Expect) {
        let text = format!("{CALLS}{SHOP}");
        let opened = Opened::scanned(&text);
        opened.snap.find_carriers();
        let file = opened.snap.file(&opened.project.path(path)).unwrap();
        let text = opened.snap.text(file).unwrap();
        let lenses = code_lenses(&opened.snap, file);
        let lines: String = lenses.iter().map(|l| format!("{}: {}\n", &text[l.range.span()], l.title)).collect();
        expected.assert_eq(&lines);
        let before = Opened::unscanned(&format!("{CALLS}{SHOP}"));
        let file = before.snap.file(&before.project.path(path)).unwrap();
        assert_eq!(code_lenses(&before.snap, file), []);
    }

    #[test]
    fn callers_without_tests() {
        check(
            "/actions.ts",
            expect![[r#"
                createPost: POST · 1 page · 2 callers
                removePost: POST · 1 page · 1 caller
            "#]],
        );
        check(
            "/app/api/users/route.ts",
            expect![[r#"
            POST: POST /api/users · 1 caller
        "#]],
        );
        check(
            "/app/api/users/[id]/route.ts",
            expect![[r#"
            GET: GET /api/users/[id] · 2 callers
        "#]],
        );
        check(
            "/pages/api/old.ts",
            expect![[r#"
            handler: /api/old · 1 caller
        "#]],
        );
        check("/app/page.tsx", expect![[r#""#]]);
    }
}
