//! Feature: Diagnostics. (stub)
use syntax::TextRange;
use workspace::{FileId, Snapshot};
/// How bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// An error.
    Error,
    /// A warning.
    Warning,
}
/// A problem in a file of the user's.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// A stable code in kebab-case.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Where, in bytes.
    pub range: TextRange,
    /// What, and what to do.
    pub message: String,
}
/// The problems of one file: today those of configuration files that can't be read.
#[must_use]
pub fn diagnostics(snap: &Snapshot, file: FileId) -> Vec<Diagnostic> { let _ = (snap, file); vec![] }
