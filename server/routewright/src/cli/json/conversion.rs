//! `convert` as a document.

use std::path::Path;

use ide::{Change, Conversion, Note, Refusal};
use serde::Serialize;
use syntax::{Encoding, TextRange, lines::LineIndex};
use workspace::Snapshot;

use super::{Position, Range, Site, Sites, VERSION};
use crate::{changes, cli::place::relative};

/// `convert`.
#[derive(Debug, Serialize)]
pub struct Converted {
    version: u32,
    /// Why there is no conversion.
    pub refused: Option<Refused>,
    /// What happens to files, each named once: created first, deleted last.
    changes: Vec<Changed>,
    /// What a person has to look at.
    pub notes: Vec<Said>,
}

/// What happens to a file.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Changed {
    Create { file: String, text: String },
    Edit { file: String, edits: Vec<Edited> },
    Delete { file: String },
}

/// A part that is replaced.
#[derive(Debug, Serialize)]
struct Edited {
    range: Range,
    text: String,
}

/// Something to look at, and where.
#[derive(Debug, Serialize)]
pub struct Said {
    pub text: String,
    #[serde(flatten)]
    pub site: Option<Site>,
}

/// Why, and where that stands.
#[derive(Debug, Serialize)]
pub struct Refused {
    reason: &'static str,
    text: String,
    #[serde(flatten)]
    pub site: Option<Site>,
}

impl Converted {
    pub fn new(snap: &Snapshot, root: &Path, planned: &Result<Conversion, Refusal>) -> Self {
        let mut sites = Sites::new(snap, root);
        let mut document = Self { version: VERSION, refused: None, changes: vec![], notes: vec![] };
        match planned {
            Ok(plan) => {
                document.changes = plan.changes.iter().map(|change| changed(snap, root, change)).collect();
                let said = |Note { text, at }: &Note| Said {
                    text: text.clone(),
                    site: at.and_then(|(file, range)| sites.site(file, range)),
                };
                document.notes = plan.notes.iter().map(said).collect();
            }
            Err(Refusal { reason, text, at }) => {
                let site = at.and_then(|(file, range)| sites.site(file, range));
                document.refused = Some(Refused { reason, text: text.clone(), site });
            }
        }
        document
    }
}

fn changed(snap: &Snapshot, root: &Path, change: &Change) -> Changed {
    let file = relative(&changes::path(snap, change), root);
    match change {
        Change::Create { text, .. } => Changed::Create { file, text: text.clone() },
        Change::Edit { before, edits, .. } => {
            let lines = LineIndex::new(before);
            let one = |edit: &ide::TextEdit| Edited { range: range(&lines, edit.range), text: edit.text.clone() };
            Changed::Edit { file, edits: edits.iter().map(one).collect() }
        }
        Change::Delete { .. } => Changed::Delete { file },
    }
}

fn range(lines: &LineIndex, range: TextRange) -> Range {
    let (start, end) = lines.span(range, Encoding::Utf32);
    let one = |at: syntax::LineCol| Position { line: at.line + 1, column: at.col + 1 };
    Range { start: one(start), end: one(end) }
}
