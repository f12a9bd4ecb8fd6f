//! Feature: Convert. Turns a server action into a Route Handler, a Route Handler into a server action,
//! or keeps both on top of one function, with every caller in the workspace. It keeps behaviour, or it
//! refuses and says why; what only a person can decide is a note.
//!
//! What comes out is a plan: nothing is written here.

mod action;
mod both;
mod bound;
mod callers;
mod carry;
mod draft;
mod forms;
mod inline;
mod joined;
mod moved;
mod place;
mod reach;
mod specifier;
mod tags;
mod thin;
mod to_action;
mod to_route;
mod wrapped;
mod written;

use std::path::PathBuf;
use std::sync::Arc;

use next::Method;
use syntax::TextRange;
use workspace::{Endpoint, EndpointKind, FileId, Snapshot};

use crate::{FilePosition, place::Spot};

/// What an endpoint can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// An action becomes a Route Handler.
    ToRoute {
        /// Its method.
        method: Method,
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
pub fn conversions(snap: &Snapshot, at: FilePosition) -> Vec<Offer> {
    let Some(endpoint) = subject(snap, at) else { return vec![] };
    let offer = |way: Way, title: String, preferred: bool| Offer { way, title, preferred };
    match endpoint.kind {
        EndpointKind::Action => {
            let name = endpoint.label.as_deref().unwrap_or(&endpoint.name);
            let to = |method: Method, public| Way::ToRoute { method, public };
            let title =
                |method: Method| format!("Convert to Route Handler: {} /api/{}", method.as_str(), place::kebab(name));
            let mut offers = vec![offer(to(Method::Post, false), title(Method::Post), false)];
            let named = fitting_method(name);
            offers.extend(named.map(|method| offer(to(method, false), title(method), false)));
            offers.push(offer(to(Method::Post, true), format!("{}, for any origin", title(Method::Post)), false));
            offers.push(offer(Way::Both, format!("Add a Route Handler beside {name}"), false));
            offers
        }
        EndpointKind::Route => {
            let what = format!("{} {}", endpoint.name, endpoint.url.as_deref().unwrap_or_default());
            let mut offers = vec![offer(Way::ToAction, format!("Convert {what} to a Server Action"), false)];
            if !matches!(endpoint.method, None | Some(Method::Head | Method::Options)) {
                offers.push(offer(Way::Both, format!("Add a Server Action beside {what}"), false));
            }
            offers
        }
        EndpointKind::PagesApi | EndpointKind::Metadata => vec![],
    }
}

/// The method that an action's name speaks of, other than POST.
fn fitting_method(name: &str) -> Option<Method> {
    let word: String = place::kebab(name).split('-').next().unwrap_or_default().to_owned();
    match &*word {
        "get" | "list" | "find" | "fetch" | "load" | "search" | "count" | "has" | "is" | "read" => Some(Method::Get),
        "update" | "edit" | "rename" | "toggle" | "patch" => Some(Method::Patch),
        "replace" | "put" => Some(Method::Put),
        "delete" | "remove" => Some(Method::Delete),
        _ => None,
    }
}

/// The conversion of the endpoint under the cursor; `None` where there is no endpoint of the kind that
/// `way` takes. The workspace must be complete (`Snapshot::is_complete`), or callers are missed.
#[must_use]
pub fn convert(snap: &Snapshot, at: FilePosition, way: Way) -> Option<Result<Conversion, Refusal>> {
    let endpoint = subject(snap, at)?;
    match (endpoint.kind, way) {
        (EndpointKind::Action, Way::ToRoute { method, public }) => {
            let undone = to_action::undone(snap, &endpoint, method, public);
            undone.or_else(|| Some(to_route::to_route(snap, &endpoint, method, public)))
        }
        (EndpointKind::Action, Way::Both) => Some(both::both(snap, &endpoint)),
        (EndpointKind::Route, Way::Both) => Some(to_action::beside(snap, &endpoint)),
        (EndpointKind::Route, Way::ToAction) => {
            thin::to_action(snap, &endpoint).or_else(|| Some(to_action::to_action(snap, &endpoint)))
        }
        _ => None,
    }
}

/// The endpoint that is declared at a place. A function may answer under several names: at one of them, that
/// one is meant (`export { h as GET, h as POST }`).
fn subject(snap: &Snapshot, at: FilePosition) -> Option<Endpoint> {
    let Spot::Declaration { endpoints, .. } = Spot::find(snap, at)? else { return None };
    let facts = snap.facts(at.file)?;
    let is_named_here = |e: &&Endpoint| {
        e.export.and_then(|i| facts.exports.get(i as usize)).is_some_and(|x| x.range.touches(at.offset))
    };
    let named = endpoints.iter().find(is_named_here).cloned();
    named.or_else(|| endpoints.into_iter().next())
}

#[cfg(test)]
mod tests;
