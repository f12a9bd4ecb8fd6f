//! Feature: Convert. Turns a server action into a Route Handler, a Route Handler into a server action,
//! or keeps both on top of one function, with every caller in the workspace. It keeps behaviour, or it
//! refuses and says why; what only a person can decide is a note.
//!
//! What comes out is a plan: nothing is written here.

use std::path::PathBuf;
use std::sync::Arc;

use syntax::TextRange;
use workspace::{FileId, Snapshot};

use crate::FilePosition;

/// What an endpoint can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// An action becomes a Route Handler.
    ToRoute {
        /// Its method.
        method: next::Method,
        /// Callers of other origins are welcome: nothing compares `Origin` with `Host`.
        public: bool,
    },
    /// A handler's method becomes a server action.
    ToAction,
    /// The body becomes a function that an action and a handler call; no caller changes.
    Both,
}

/// What can be asked for at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Into what.
    pub way: Way,
    /// As a menu shows it: `Convert to Route Handler (POST /api/create-post)`.
    pub title: String,
    /// Which of several an editor may take by itself.
    pub preferred: bool,
}

/// A whole conversion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversion {
    /// What happens to files, each named once: created first, deleted last.
    pub changes: Vec<Change>,
    /// What a person has to look at, most important first.
    pub notes: Vec<Note>,
}

/// What happens to one file.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new file; nothing stood there, on disk or in an editor.
    Create {
        /// Where.
        path: PathBuf,
        /// All of it.
        text: String,
    },
    /// Parts are replaced.
    Edit {
        /// The file.
        file: FileId,
        /// The text that the edits are made for: elsewhere they mean nothing.
        before: Arc<str>,
        /// In source order; they don't touch each other.
        edits: Vec<TextEdit>,
    },
    /// Nothing is left of it.
    Delete {
        /// The file.
        file: FileId,
        /// The text that it has.
        before: Arc<str>,
    },
}

/// A part that is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced, in bytes.
    pub range: TextRange,
    /// What stands there afterwards.
    pub text: String,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// One sentence, without a full stop.
    pub text: String,
    /// Where, if it is about a place.
    pub at: Option<(FileId, TextRange)>,
}

/// Why there is no conversion.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// A kebab-case name by which refusals are counted (`wrapped`, `stream`, `caller-outside`).
    pub reason: &'static str,
    /// One sentence, without a full stop, that says what stands in the way and what would help.
    pub text: String,
    /// Where it stands, if it is a place.
    pub at: Option<(FileId, TextRange)>,
}

/// What the endpoint under the cursor can become. Cheap: callers aren't looked at.
#[must_use]
pub fn conversions(_snap: &Snapshot, _at: FilePosition) -> Vec<Offer> {
    vec![]
}

/// The conversion of the endpoint under the cursor; `None` where there is no endpoint of the kind that
/// `way` takes. The workspace must be complete (`Snapshot::is_complete`), or callers are missed.
#[must_use]
pub fn convert(_snap: &Snapshot, _at: FilePosition, _way: Way) -> Option<Result<Conversion, Refusal>> {
    None
}
