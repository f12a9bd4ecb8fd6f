//! Feature: Document highlight. Every place in this file that names the endpoint under the cursor.

use syntax::TextRange;
use workspace::{EndpointId, Followed, Snapshot};

use crate::{Config, FilePosition, asked::Asked};

/// A place to light up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// In bytes.
    pub range: TextRange,
    /// It declares the endpoint; all others use it.
    pub declares: bool,
}

/// The declaration, the imports and all uses, in order. Beside a TypeScript server only at URLs:
/// that one knows names better, and editors take the first answer that isn't empty.
#[must_use]
pub fn document_highlight(snap: &Snapshot, config: &Config, at: FilePosition) -> Vec<Highlight> {
    let Some(asked) = Asked::find(snap, at).filter(|asked| !(config.typescript_server && asked.by_name)) else {
        return vec![];
    };
    let is_asked = |id: &EndpointId| asked.endpoints.contains(id);
    let used = |range| Highlight { range, declares: false };
    let mut all: Vec<Highlight> = vec![];
    let endpoints = snap.endpoints(at.file);
    for (index, endpoint) in endpoints.iter().enumerate().filter(|(_, e)| !e.implicit && !e.range.is_empty()) {
        if is_asked(&EndpointId { file: at.file, index: index as u32 }) {
            all.push(Highlight { range: endpoint.range, declares: true });
        }
    }
    all.extend(snap.links(at.file).iter().filter(|l| l.targets.iter().any(is_asked)).map(|l| used(l.range)));
    if let Some(facts) = snap.facts(at.file) {
        let leads = |followed: Option<Followed>| match followed {
            Some(Followed::Export(file, export)) => asked.endpoints.iter().any(|id| {
                id.file == file && snap.endpoints(file).get(id.index as usize).is_some_and(|e| e.export == Some(export))
            }),
            _ => false,
        };
        for import in &facts.imports {
            let specifier = facts.specifier(import.specifier).unwrap_or_default();
            if leads(snap.follow_import(at.file, specifier, &import.imported)) {
                all.extend([used(import.imported_range), used(import.range)]);
            }
        }
        for export in facts.exports.iter().filter(|e| e.origin != syntax::facts::Origin::Here) {
            if leads(snap.follow_export(at.file, &export.name)) {
                all.push(used(export.range));
            }
        }
    }
    all.sort_by_key(|h| (h.range, !h.declares));
    all.dedup_by_key(|h| h.range);
    all
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::document_highlight;
    use crate::{
        Config,
        tests::{Opened, SHOP},
    };

    fn check(text: &str, expected: Expect) {
        let text = format!("{text}{SHOP}");
        let answers = [Opened::scanned(&text), Opened::unscanned(&text)].map(|opened| {
            let at = opened.cursor();
            let text = opened.snap.text(at.file).unwrap();
            let all = document_highlight(&opened.snap, &Config::default(), at);
            all.iter()
                .map(|h| {
                    let line = text[..h.range.start as usize].matches('\n').count() + 1;
                    format!("{line}: {}{}\n", &text[h.range.span()], if h.declares { " (declared)" } else { "" })
                })
                .collect::<String>()
        });
        assert_eq!(answers[0], answers[1], "scanned and unscanned differ");
        expected.assert_eq(&answers[0]);
    }

    #[test]
    fn of_an_action() {
        check(
            "//- /app/page.tsx\nimport { createPost as make, removePost } from '@/actions';\nma$0ke('a'); removePost();\nfunction f(make) { make(); }\nexport default () => <form action={make} />;\n",
            expect![[r#"
                1: createPost
                1: make
                2: make
                4: make
            "#]],
        );
    }

    #[test]
    fn at_its_declaration_and_in_a_barrel() {
        check(
            "//- /lib/a.ts\n'use server';\nexport async function save() { if (again) await sa$0ve(); }\n",
            expect![[r#"
                2: save (declared)
                2: save
            "#]],
        );
        check(
            "//- /lib/index.ts\nexport { createPost as m$0ake } from '../actions';\nexport { removePost } from '../actions';\n",
            expect![[r#"
                1: make
            "#]],
        );
    }

    #[test]
    fn of_a_url() {
        check(
            "//- /lib/a.ts\nconst list = '/api/users';\nfetch(li$0st); fetch('/api/users', { method: 'POST' }); fetch(`/api/users/${id}`); fetch('/api/users');\n",
            expect![[r#"
                1: '/api/users'
                2: list
                2: '/api/users'
            "#]],
        );
    }

    #[test]
    fn beside_a_typescript_server() {
        let config = Config { typescript_server: true };
        for (line, count) in
            [("import { createPost } from '@/actions'; create$0Post();", 0), ("fetch('/api/us$0ers');", 1)]
        {
            let opened = Opened::scanned(&format!("//- /lib/a.ts\n{line}\n{SHOP}"));
            assert_eq!(document_highlight(&opened.snap, &config, opened.cursor()).len(), count, "{line}");
        }
    }
}
