//! What expressions turn out to be, and what can be told of them without looking any further.

use std::rc::Rc;
use std::sync::Arc;

use syntax::value::{Entry, Function, HoleKind, Value};

use super::DEEPEST;
use crate::{clients::HttpClient, paths::FileId};

/// Where an expression stands: its file, and what the functions around it were called with.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub file: FileId,
    pub(super) frame: Option<Rc<Frame>>,
}

#[derive(Debug)]
pub(super) struct Frame {
    pub function: Arc<Function>,
    pub given: Given,
    pub outer: Option<Rc<Frame>>,
}

/// What a function is called with.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub list: Vec<Known>,
    /// Nothing else is given: what isn't in the list is `undefined`.
    pub all: bool,
}

impl Scope {
    /// The top of a file.
    pub(crate) fn of(file: FileId) -> Self {
        Self { file, frame: None }
    }
}

/// What an expression turned out to be.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    Text(Box<str>),
    Hole {
        source: Box<str>,
        kind: HoleKind,
    },
    Join(Vec<Known>),
    Either(Vec<Known>),
    Choice {
        condition: u64,
        yes: Box<Known>,
        no: Box<Known>,
    },
    /// An object, with the scope that its values stand in.
    Object(Scope, Arc<[Entry]>),
    /// Objects laid over each other; the last one that has a member counts.
    Merged(Vec<Known>),
    List(Scope, Arc<[Value]>),
    Function(Scope, Arc<Function>),
    /// What a function that can't be seen into made of this one (`useCallback(f)`): called like it,
    /// with the members of what it returns.
    Wrapped(Box<Known>),
    Module(FileId),
    /// A client that puts something in front of every URL (`axios.create({ baseURL })`).
    Client(Box<Known>),
    /// A client's method (`api.get`).
    Verb(Box<Known>, Box<str>),
    /// What the settings say of, and which of its methods.
    Configured(Box<HttpClient>, Option<Box<str>>),
    /// A name that no file binds, or a package's export.
    Foreign(Box<str>),
    /// What a call site gave: whatever is made of it is known by this mark.
    Marked(Box<Known>),
    /// Nothing is there.
    Absent,
}

/// `undefined`, `null`, or not there.
pub(super) fn is_nothing(known: &Known) -> bool {
    match known {
        Known::Absent => true,
        Known::Either(options) => options.is_empty(),
        _ => false,
    }
}

pub(super) fn is_text(known: &Known, depth: u32) -> bool {
    match known {
        _ if depth > DEEPEST => false,
        Known::Text(_) | Known::Join(_) => true,
        Known::Marked(inner) => is_text(inner, depth + 1),
        Known::Either(options) => options.iter().all(|o| is_text(o, depth + 1)),
        Known::Choice { yes, no, .. } => is_text(yes, depth + 1) && is_text(no, depth + 1),
        _ => false,
    }
}

/// Whether what was marked is the URL's path or the rest of it behind a prefix; one segment of a URL
/// that a function knows otherwise (`` `/api/users/${id}` ``) doesn't make its caller's argument a URL.
pub(super) fn gives_path(url: &Known) -> bool {
    let mut before = String::new();
    fn look(known: &Known, before: &mut String, depth: u32) -> bool {
        if depth > DEEPEST {
            return false;
        }
        match known {
            Known::Text(text) => {
                before.push_str(text);
                false
            }
            Known::Join(parts) => parts.iter().any(|p| look(p, before, depth + 1)),
            Known::Either(options) => options.iter().any(|o| look(o, &mut before.clone(), depth + 1)),
            Known::Choice { yes, no, .. } => {
                look(yes, &mut before.clone(), depth + 1) || look(no, &mut before.clone(), depth + 1)
            }
            // `waitFor(baseUrl)`, which adds the path: its own `fetch` is the call site.
            Known::Marked(inner) if before.is_empty() && is_origin(inner) => {
                before.push_str("//");
                false
            }
            Known::Marked(inner) => {
                let path = before.split_once("://").map_or(before.as_str(), |(_, rest)| {
                    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
                });
                let begins = beginning(inner, 0);
                begins.is_some_and(|b| b.starts_with('/') || b.starts_with("http"))
                    || path.split('/').filter(|s| !s.is_empty()).count() < 2
            }
            _ => false,
        }
    }
    look(url, &mut before, 0)
}

/// Whether something is an origin and no more: `http://localhost:${port}`, `process.env.URL`.
fn is_origin(known: &Known) -> bool {
    let text = match known {
        Known::Hole { kind: HoleKind::Base | HoleKind::Named, .. } => return true,
        Known::Text(text) => text.to_string(),
        Known::Join(parts) => {
            let part = |part: &Known| match part {
                Known::Text(text) => text.to_string(),
                // a character that no host has
                _ => "\0".to_owned(),
            };
            parts.iter().map(part).collect::<String>()
        }
        _ => return false,
    };
    let Some((scheme, host)) = text.split_once("://") else { return false };
    // `http://localhost:3000${path}` goes on with more than a host.
    let ends_open = host.strip_suffix('\0').is_some_and(|before| !(before.is_empty() || before.ends_with([':', '.'])));
    scheme.starts_with("http") && !host.contains('/') && !ends_open
}

pub(super) fn is_marked(known: &Known, depth: u32) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match known {
        Known::Marked(_) => true,
        Known::Join(parts) | Known::Either(parts) => parts.iter().any(|p| is_marked(p, depth + 1)),
        Known::Choice { yes, no, .. } => is_marked(yes, depth + 1) || is_marked(no, depth + 1),
        _ => false,
    }
}

/// The text that something surely begins with.
pub(super) fn beginning(known: &Known, depth: u32) -> Option<Box<str>> {
    match known {
        Known::Text(text) => Some(text.clone()),
        Known::Join(parts) if depth < DEEPEST => {
            let mut begins = String::new();
            for part in parts {
                match part {
                    Known::Text(text) => begins.push_str(text),
                    part => {
                        if let Some(more) = beginning(part, depth + 1) {
                            begins.push_str(&more);
                        }
                        break;
                    }
                }
            }
            (!begins.is_empty()).then(|| begins.into())
        }
        Known::Marked(inner) => beginning(inner, depth + 1),
        _ => None,
    }
}

/// Clients put a slash between base and path where neither has one.
pub(super) fn slash_between(base: &Known, url: &Known) -> Known {
    let has_slash = beginning(url, 0).is_some_and(|t| t.starts_with('/'));
    let ends_with_slash = match base {
        Known::Text(text) => text.ends_with('/'),
        Known::Join(parts) => matches!(parts.last(), Some(Known::Text(text)) if text.ends_with('/')),
        _ => false,
    };
    Known::Text(if has_slash || ends_with_slash { "" } else { "/" }.into())
}
