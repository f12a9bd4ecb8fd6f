//! Feature: Symbols. (stub)
use syntax::TextRange;
use workspace::{FileId, Snapshot};
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
    /// Details, or the app and file for the workspace list.
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
pub fn document_symbols(snap: &Snapshot, file: FileId) -> Vec<Symbol> { let _ = (snap, file); vec![] }
/// All endpoints whose name or URL fits, best first.
#[must_use]
pub fn workspace_symbols(snap: &Snapshot, query: &str) -> Vec<Symbol> { let _ = (snap, query); vec![] }
