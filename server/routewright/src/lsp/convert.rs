//! To and from the protocol's types. Inside Routewright there are file numbers and UTF-8 bytes;
//! URIs, lines and columns exist from here outwards only.

use ide::FilePosition;
use pulldown_cmark::{Event, TagEnd};
use syntax::{LineCol, TextRange};
use tower_lsp::ls_types::*;
use workspace::{FileId, Snapshot};

use super::capabilities::Announced;
use super::settings::Settings;
use super::uri;

/// One moment of the workspace as one client sees it.
pub struct View<'a> {
    /// The moment.
    pub snap: &'a Snapshot,
    /// The client.
    pub client: &'a Announced,
}

impl View<'_> {
    /// The file that a client means.
    pub fn file(&self, document: &TextDocumentIdentifier) -> Option<FileId> {
        self.snap.file(&uri::to_path(&document.uri)?)
    }

    /// The place that a client means. Past a line's end is its end (LSP 3.17, `Position`).
    pub fn position(&self, at: &TextDocumentPositionParams) -> Option<FilePosition> {
        let file = self.file(&at.text_document)?;
        let place = LineCol { line: at.position.line, col: at.position.character };
        Some(FilePosition { file, offset: self.snap.lines(file)?.offset(place, self.client.encoding) })
    }

    /// A range in lines and columns.
    pub fn range(&self, file: FileId, range: TextRange) -> Option<Range> {
        let (start, end) = self.snap.lines(file)?.span(range, self.client.encoding);
        Some(Range { start: position(start), end: position(end) })
    }

    /// A file's address.
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        uri::from_path(&self.snap.path(file))
    }

    /// A hover, in the format that the client takes.
    pub fn hover(&self, file: FileId, hover: ide::Hover) -> Option<Hover> {
        let (kind, value) = if self.client.markdown {
            (MarkupKind::Markdown, if self.client.opens_links { hover.markdown } else { hover.unlinked() })
        } else {
            (MarkupKind::PlainText, plain(&hover.markdown))
        };
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent { kind, value }),
            range: self.range(file, hover.range),
        })
    }

    /// Where to go: links for who takes them, so that the editor underlines the whole expression
    /// and not the word under the cursor.
    pub fn definition(&self, from: FileId, targets: &[ide::Target]) -> Option<GotoDefinitionResponse> {
        if targets.is_empty() {
            return None;
        }
        let link = |target: &ide::Target| {
            Some(LocationLink {
                origin_selection_range: self.range(from, target.origin),
                target_uri: self.uri(target.file)?,
                target_range: self.range(target.file, around(target.full, target.focus))?,
                target_selection_range: self.range(target.file, target.focus)?,
            })
        };
        let links = targets.iter().filter_map(link);
        Some(if self.client.links {
            GotoDefinitionResponse::Link(links.collect())
        } else {
            GotoDefinitionResponse::Array(
                links.map(|l| Location { uri: l.target_uri, range: l.target_selection_range }).collect(),
            )
        })
    }

    /// A file's symbols.
    pub fn document_symbols(&self, symbols: Vec<ide::Symbol>) -> DocumentSymbolResponse {
        if !self.client.hierarchy {
            return DocumentSymbolResponse::Flat(self.symbols(symbols));
        }
        let one = |symbol: ide::Symbol| {
            #[expect(deprecated, reason = "the field has to be given")]
            Some(DocumentSymbol {
                range: self.range(symbol.file, around(symbol.full, symbol.focus))?,
                selection_range: self.range(symbol.file, symbol.focus)?,
                kind: kind(symbol.kind),
                detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
                name: symbol.name,
                tags: None,
                deprecated: None,
                children: None,
            })
        };
        DocumentSymbolResponse::Nested(symbols.into_iter().filter_map(one).collect())
    }

    /// Symbols with their files.
    pub fn symbols(&self, symbols: Vec<ide::Symbol>) -> Vec<SymbolInformation> {
        let one = |symbol: ide::Symbol| {
            #[expect(deprecated, reason = "the field has to be given")]
            Some(SymbolInformation {
                location: Location { uri: self.uri(symbol.file)?, range: self.range(symbol.file, symbol.focus)? },
                kind: kind(symbol.kind),
                container_name: Some(symbol.detail).filter(|detail| !detail.is_empty()),
                name: symbol.name,
                tags: None,
                deprecated: None,
            })
        };
        symbols.into_iter().filter_map(one).collect()
    }

    /// A file's diagnostics, as serious as the user takes them.
    pub fn diagnostics(&self, file: FileId, settings: &Settings) -> Vec<Diagnostic> {
        let one = |found: ide::Diagnostic| {
            let usual = match found.severity {
                ide::Severity::Error => DiagnosticSeverity::ERROR,
                ide::Severity::Warning => DiagnosticSeverity::WARNING,
            };
            Some(Diagnostic {
                range: self.range(file, found.range)?,
                severity: Some(settings.severity(found.code, usual)?),
                code: Some(NumberOrString::String(found.code.into())),
                source: Some("routewright".into()),
                message: found.message,
                ..Diagnostic::default()
            })
        };
        ide::diagnostics(self.snap, file).into_iter().filter_map(one).collect()
    }
}

fn position(at: LineCol) -> Position {
    Position { line: at.line, character: at.col }
}

/// VS Code drops a whole answer if a name lies outside its declaration.
pub fn around(full: TextRange, focus: TextRange) -> TextRange {
    TextRange::new(full.start.min(focus.start), full.end.max(focus.end))
}

fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Route => SymbolKind::METHOD,
        ide::SymbolKind::Action => SymbolKind::FUNCTION,
    }
}

/// Markdown's text without its marks.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in pulldown_cmark::Parser::new(markdown) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => text.push_str("\n\n"),
            Event::Rule => text.push_str("---\n"),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn plain_text_of_a_hover() {
        let hover = "**DELETE** `/api/users/[id]` · Route Handler\n`id` ← `${id}`\n\n[app/[id]/route.ts:40](file:///x#L40) · also GET";
        let plain = "DELETE /api/users/[id] · Route Handler\nid ← ${id}\n\napp/[id]/route.ts:40 · also GET";
        assert_eq!(super::plain(hover), plain);
    }
}
