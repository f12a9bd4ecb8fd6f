//! Feature: Inlay hints. Behind what reaches an endpoint stands with which method: `POST ↗`.

use syntax::TextRange;
use workspace::{Certainty, FileId, Snapshot};

use crate::{asked, symbols};

/// A word behind an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct InlayHint {
    /// Where it stands: behind this byte.
    pub offset: u32,
    /// `POST ↗`
    pub label: String,
    /// `POST /api/users/[id]`, `POST createPost`
    pub tooltip: String,
    /// The file that answers.
    pub file: FileId,
    /// The function there, in bytes.
    pub focus: TextRange,
}

/// The hints that stand inside a range, in order. Only what surely reaches one endpoint has one: where
/// several fit, or the method isn't known, a hint would be a guess that nobody asked for.
#[must_use]
pub fn inlay_hints(snap: &Snapshot, file: FileId, within: TextRange) -> Vec<InlayHint> {
    let mut all: Vec<InlayHint> = vec![];
    for link in snap.links(file).iter() {
        let sends = matches!(link.family(), "request" | "form" | "call" | "hook" | "bind" | "prop");
        let sure = matches!(link.certainty, Certainty::Exact | Certainty::Pattern);
        let [target] = link.targets.as_slice() else { continue };
        if !sends || !sure || link.range.end < within.start || link.range.end > within.end {
            continue;
        }
        let Some(endpoint) = asked::endpoint(snap, *target) else { continue };
        let Some(method) = endpoint.method.map(next::Method::as_str).or(link.method.as_deref()) else { continue };
        let label = format!("{method} ↗");
        let (offset, tooltip) = (link.range.end, symbols::name(&endpoint));
        all.push(InlayHint { offset, label, tooltip, file: endpoint.file, focus: endpoint.range });
    }
    all.sort_by_key(|hint| hint.offset);
    all.dedup_by_key(|hint| hint.offset); // a name can be a call and a prop
    all
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use syntax::TextRange;

    use super::inlay_hints;
    use crate::tests::{Opened, SHOP};

    /// The lines with their hints in `⟨⟩`.
    fn check(text: &str, expected: Expect) {
        let opened = Opened::scanned(&format!("//- /app/page.tsx\n{text}{SHOP}"));
        let file = opened.snap.file(&opened.project.path("/app/page.tsx")).unwrap();
        let mut text = opened.snap.text(file).unwrap().to_string();
        let whole = TextRange::new(0, text.len() as u32);
        for hint in inlay_hints(&opened.snap, file, whole).iter().rev() {
            text.insert_str(hint.offset as usize, &format!("⟨{} = {}⟩", hint.label, hint.tooltip));
        }
        expected.assert_eq(&text);
        let half = TextRange::new(0, whole.end / 2);
        assert!(inlay_hints(&opened.snap, file, half).iter().all(|hint| hint.offset <= half.end));
    }

    #[test]
    fn at_call_sites() {
        check(
            r#"import { createPost, removePost } from '@/actions';
createPost('a'); removePost.bind(null, 1);
export default () => <form action={createPost} />;
fetch('/api/users', { method: 'POST' });
fetch(`/api/users/${id}`, { method: 'DELETE' });
"#,
            expect![[r#"
                import { createPost, removePost } from '@/actions';
                createPost⟨POST ↗ = POST createPost⟩('a'); removePost⟨POST ↗ = POST removePost⟩.bind(null, 1);
                export default () => <form action={createPost⟨POST ↗ = POST createPost⟩} />;
                fetch('/api/users'⟨POST ↗ = POST /api/users⟩, { method: 'POST' });
                fetch(`/api/users/${id}`⟨DELETE ↗ = DELETE /api/users/[id]⟩, { method: 'DELETE' });

            "#]],
        );
    }

    #[test]
    fn silence_where_it_is_not_sure() {
        // an unknown method, one that isn't exported, a page, a link that a person clicks, a key
        check(
            r#"fetch('/api/users', options);
fetch('/api/users', { method: 'PUT' });
fetch('/about');
export default () => <a href="/api/users">all</a>;
mutate('/api/users');
"#,
            expect![[r#"
                fetch('/api/users', options);
                fetch('/api/users', { method: 'PUT' });
                fetch('/about');
                export default () => <a href="/api/users">all</a>;
                mutate('/api/users');

            "#]],
        );
    }
}
