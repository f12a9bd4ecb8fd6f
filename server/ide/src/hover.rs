//! Feature: Hover. (stub)
use crate::FilePosition;
use syntax::TextRange;
use workspace::Snapshot;
/// What a hover shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// What it is about.
    pub range: TextRange,
    /// Short Markdown.
    pub markdown: String,
}
/// Shows the endpoint under the cursor.
#[must_use]
pub fn hover(snap: &Snapshot, at: FilePosition) -> Option<Hover> { let _ = (snap, at); None }
