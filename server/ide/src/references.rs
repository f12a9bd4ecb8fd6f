//! Feature: References. From an endpoint to every call of it: by URL, by name, through hooks and
//! props; those in tests apart.

use std::sync::Arc;

use syntax::TextRange;
use workspace::{Certainty, EndpointId, FileId, Link, Snapshot};

use crate::{
    Config, FilePosition, TargetRow,
    asked::{self, Asked},
    listing::target,
};

/// A place that calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The file.
    pub file: FileId,
    /// The expression that names the endpoint, in bytes.
    pub range: TextRange,
    /// `fetch`, `form-action`, …
    pub kind: &'static str,
    /// What kinds have in common ([`Link::family`]).
    pub family: &'static str,
    /// The method that is sent, if it is known.
    pub method: Option<Arc<str>>,
    /// The URL with holes as `{expression}`; `None` for actions.
    pub url: Option<Arc<str>>,
    /// How sure.
    pub certainty: Certainty,
    /// The file holds tests.
    pub test: bool,
}

/// Who calls what.
#[derive(Clone, Debug, PartialEq)]
pub struct References {
    /// What was asked about.
    pub endpoints: Vec<TargetRow>,
    /// Where that is declared: a thin `route.ts`, then the function behind it.
    pub declarations: Vec<(FileId, TextRange)>,
    /// The calls by path and place, those in tests last.
    pub calls: Vec<Reference>,
}

/// The calls of the endpoint under the cursor; `None` where there is none. Imports and re-exports
/// are no calls.
///
/// Beside a TypeScript server, a question by name is answered only with what that one doesn't find
/// (URLs, what came through hooks and props): editors show the answers of both in one list.
#[must_use]
pub fn references(snap: &Snapshot, config: &Config, at: FilePosition) -> Option<References> {
    let asked = Asked::find(snap, at)?;
    let left_out = config.typescript_server && asked.by_name;
    let calls = asked.callers(snap).into_iter().filter(|(file, link)| !left_out || !asked::is_bound(snap, *file, link));
    let mut calls: Vec<Reference> = calls.map(|(file, link)| reference(snap, file, link)).collect();
    calls.sort_by_key(|call| call.test);
    let endpoints = asked.endpoints.iter().filter_map(|id| asked::endpoint(snap, *id)).filter(|e| !e.implicit);
    Some(References {
        endpoints: endpoints.map(|e| target(&e)).collect(),
        declarations: if left_out { vec![] } else { declarations(snap, &asked.endpoints) },
        calls,
    })
}

fn reference(snap: &Snapshot, file: FileId, link: Link) -> Reference {
    Reference {
        file,
        range: link.range,
        kind: link.kind,
        family: link.family(),
        method: link.method,
        url: link.url,
        certainty: link.certainty,
        test: snap.is_test(file),
    }
}

fn declarations(snap: &Snapshot, endpoints: &[EndpointId]) -> Vec<(FileId, TextRange)> {
    let mut all: Vec<(FileId, TextRange)> = vec![];
    for endpoint in endpoints.iter().filter_map(|id| asked::endpoint(snap, *id)) {
        let own = (!endpoint.implicit && !endpoint.range.is_empty()).then_some((endpoint.file, endpoint.range));
        let behind = snap.behind(&endpoint).and_then(|e| Some((e.file, snap.declared_at(e)?.0)));
        for place in own.into_iter().chain(behind) {
            if !all.contains(&place) {
                all.push(place);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;
