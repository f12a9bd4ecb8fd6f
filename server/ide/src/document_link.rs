//! Feature: Document links. URLs in strings, each to the file that answers.

use syntax::TextRange;
use workspace::{Certainty, EndpointKind, FileId, Snapshot};

use crate::{asked, symbols};

/// A string to click on.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentLink {
    /// The text between the quotes, in bytes.
    pub range: TextRange,
    /// The file that answers.
    pub file: FileId,
    /// The function there.
    pub focus: TextRange,
    /// `GET /api/users/[id]`
    pub tooltip: String,
}

/// The strings of a file that surely mean one handler, in order; they never overlap. A choice or a
/// URL that comes out of a variable is left to go-to-definition.
#[must_use]
pub fn document_links(snap: &Snapshot, file: FileId) -> Vec<DocumentLink> {
    let Some(text) = snap.text(file) else { return vec![] };
    let mut all: Vec<DocumentLink> = vec![];
    for link in snap.links(file).iter().filter(|link| link.url.is_some()) {
        let ([id], Certainty::Exact | Certainty::Pattern) = (link.targets.as_slice(), link.certainty) else { continue };
        let Some(endpoint) = asked::endpoint(snap, *id).filter(|e| e.kind != EndpointKind::Action) else { continue };
        let Some(range) = inside_quotes(&text, link.range) else { continue };
        if all.last().is_some_and(|last| range.start < last.range.end) {
            continue;
        }
        let behind = snap.behind(&endpoint).and_then(|e| Some((e.file, snap.declared_at(e)?.0)));
        let (file, focus) = behind.unwrap_or((endpoint.file, endpoint.range));
        all.push(DocumentLink { range, file, focus, tooltip: symbols::name(&endpoint) });
    }
    all
}

/// The text of a string or template, if the expression is just that.
fn inside_quotes(text: &str, range: TextRange) -> Option<TextRange> {
    let source = text.get(range.span())?;
    let quote = source.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let inside = source.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inside.is_empty() && !inside.contains(quote)).then(|| TextRange::new(range.start + 1, range.end - 1))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::document_links;
    use crate::tests::{Opened, SHOP};

    fn check(line: &str, expected: Expect) {
        let opened = Opened::unscanned(&format!("//- /lib/a.ts\n{line}\n{SHOP}"));
        let file = opened.snap.file(&opened.project.path("/lib/a.ts")).unwrap();
        let text = opened.snap.text(file).unwrap();
        let lines: String = document_links(&opened.snap, file)
            .iter()
            .map(|l| {
                let to = opened.project.shown(&opened.snap.path(l.file));
                format!("{} → {to}: {}\n", &text[l.range.span()], l.tooltip)
            })
            .collect();
        expected.assert_eq(&lines);
    }

    #[test]
    fn strings_and_templates() {
        check(
            "fetch('/api/users?all'); fetch(`/api/users/${id}`, { method: 'DELETE' });",
            expect![[r#"
            /api/users?all → /app/api/users/route.ts: GET /api/users
            /api/users/${id} → /app/api/users/[id]/route.ts: DELETE /api/users/[id]
        "#]],
        );
    }

    #[test]
    fn only_what_is_sure_and_written_here() {
        check("fetch('/api/users', init); fetch(one ? '/api/users' : '/api/users/7');", expect![[r#""#]]);
        check("const url = '/api/users'; fetch(url); fetch('/api/' + 'users'); fetch('/users');", expect![[r#""#]]);
    }

    #[test]
    fn past_a_thin_file() {
        check(
            "fetch('/api/thin');\n//- /app/api/thin/route.ts\nexport { GET } from '@/lib/impl';\n//- /lib/impl.ts\nexport async function GET() {}",
            expect![[r#"
                /api/thin → /lib/impl.ts: GET /api/thin
            "#]],
        );
    }
}
