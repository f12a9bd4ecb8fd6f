//! Feature: Go to definition. (stub)
use crate::FilePosition;
use syntax::TextRange;
use workspace::{FileId, Snapshot};
/// A place to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What the cursor was on, in the file of the request.
    pub origin: TextRange,
    /// Where to.
    pub file: FileId,
    /// The whole declaration there.
    pub full: TextRange,
    /// Its name.
    pub focus: TextRange,
}
/// From a use of an endpoint to its declaration; best first.
#[must_use]
pub fn goto_definition(snap: &Snapshot, at: FilePosition) -> Vec<Target> { let _ = (snap, at); vec![] }
