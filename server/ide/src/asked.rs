//! What a question about callers is about, told once for references, highlights, counts and the
//! call hierarchy; and who they are.

use std::collections::HashSet;

use syntax::{TextRange, facts::Used};
use workspace::{Endpoint, EndpointId, EndpointKind, ExportId, FileId, Followed, Link, Snapshot};

use crate::{FilePosition, place::Spot};

/// The endpoints that a place stands for.
pub(crate) struct Asked {
    pub endpoints: Vec<EndpointId>,
    /// By a name that a TypeScript server follows, too; not by a URL, a directive or a file's head.
    pub by_name: bool,
}

impl Asked {
    pub(crate) fn find(snap: &Snapshot, at: FilePosition) -> Option<Self> {
        let (endpoints, by_name) = match Spot::find(snap, at) {
            Some(Spot::Declaration { endpoints, .. }) => (declared(snap, &endpoints), true),
            Some(Spot::Import { endpoint, .. }) => (id(snap, &endpoint).into_iter().collect(), true),
            Some(Spot::Link { link, .. }) => (link.targets, link.url.is_none()),
            Some(Spot::Directive { endpoints, .. }) => (declared(snap, &endpoints), false),
            None => (vec![], true),
        };
        if !endpoints.is_empty() {
            return Some(Self { endpoints, by_name });
        }
        let (endpoints, by_name) = match at_head(snap, at) {
            found if !found.is_empty() => (found, false),
            _ => (passed_on(snap, at), true),
        };
        (!endpoints.is_empty()).then_some(Self { endpoints, by_name })
    }

    /// The calls that reach any of them, each once, by path and place.
    pub(crate) fn callers(&self, snap: &Snapshot) -> Vec<(FileId, Link)> {
        callers(snap, &self.endpoints)
    }
}

/// The calls that reach any of these endpoints, each once, by path and place.
pub(crate) fn callers(snap: &Snapshot, of: &[EndpointId]) -> Vec<(FileId, Link)> {
    let mut all: Vec<(FileId, Link)> = of.iter().flat_map(|id| snap.callers(*id)).collect();
    if of.len() > 1 {
        all.sort_by_cached_key(|(file, link)| (snap.path(*file), link.range, link.kind));
        all.dedup_by(|a, b| (a.0, a.1.range, a.1.kind) == (b.0, b.1.range, b.1.kind));
    }
    all
}

/// How many calls reach these endpoints: in the product, and in its tests.
pub(crate) fn counts(snap: &Snapshot, of: &[EndpointId]) -> (usize, usize) {
    let (tests, product): (Vec<_>, Vec<_>) = callers(snap, of).into_iter().partition(|(file, _)| snap.is_test(*file));
    (product.len(), tests.len())
}

/// The endpoint behind an identity.
pub(crate) fn endpoint(snap: &Snapshot, id: EndpointId) -> Option<Endpoint> {
    snap.endpoints(id.file).get(id.index as usize).cloned()
}

pub(crate) fn id(snap: &Snapshot, endpoint: &Endpoint) -> Option<EndpointId> {
    let index = snap.endpoints(endpoint.file).iter().position(|e| e == endpoint)?;
    Some(EndpointId { file: endpoint.file, index: index as u32 })
}

/// Whether a name is bound to what it reaches, by declaration or import: a TypeScript server finds
/// such uses itself. It finds no URLs, and nothing that came through a hook or a prop.
pub(crate) fn is_bound(snap: &Snapshot, file: FileId, link: &Link) -> bool {
    link.url.is_none()
        && snap.facts(file).is_some_and(|facts| {
            let is_here = |used: &&syntax::facts::Use| used.head == link.range || used.range == link.range;
            facts.uses.iter().filter(is_here).any(|used| {
                matches!(used.used, Used::Import(_) | Used::Export(_) | Used::InlineAction(_) | Used::Module(_))
            })
        })
}

/// Endpoints at their declarations, with what stands at the same place (HEAD, which GET answers)
/// and what other files make of the same functions.
pub(crate) fn declared(snap: &Snapshot, endpoints: &[Endpoint]) -> Vec<EndpointId> {
    let mut ids: Vec<EndpointId> = vec![];
    for endpoint in endpoints {
        let all = snap.endpoints(endpoint.file);
        let same = all.iter().enumerate().filter(|(_, e)| *e == endpoint || (e.implicit && e.range == endpoint.range));
        ids.extend(same.map(|(index, _)| EndpointId { file: endpoint.file, index: index as u32 }));
        if let Some(index) = endpoint.export {
            ids.extend(snap.in_front_of(ExportId { file: endpoint.file, index }));
        }
    }
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(*id));
    ids
}

/// The first word of a file that answers HTTP stands for all that it answers.
fn at_head(snap: &Snapshot, at: FilePosition) -> Vec<EndpointId> {
    let endpoints = snap.endpoints(at.file);
    let answers = |e: &Endpoint| e.kind != EndpointKind::Action;
    if !endpoints.iter().any(answers) || !snap.text(at.file).is_some_and(|text| first_word(&text).touches(at.offset)) {
        return vec![];
    }
    let ids = endpoints.iter().enumerate().filter(|(_, e)| answers(e));
    ids.map(|(index, _)| EndpointId { file: at.file, index: index as u32 }).collect()
}

/// The first word behind white space and comments.
fn first_word(text: &str) -> TextRange {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    loop {
        rest = rest.trim_start();
        let after = if rest.starts_with("//") {
            rest.split_once('\n').map(|(_, after)| after)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map(|(_, after)| after)
        } else {
            break;
        };
        rest = after.unwrap_or_default();
    }
    let length =
        rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '\'' | '"')).unwrap_or(rest.len());
    let start = text.len() - rest.len();
    TextRange::new(start as u32, (start + length) as u32)
}

/// The endpoints that other files make of an exported function (`export { GET } from './impl'`).
fn passed_on(snap: &Snapshot, at: FilePosition) -> Vec<EndpointId> {
    let Some(facts) = snap.facts(at.file) else { return vec![] };
    let export = facts.exports.iter().find(|e| e.range.touches(at.offset) || e.declared.touches(at.offset));
    match export.and_then(|export| snap.follow_export(at.file, &export.name)) {
        Some(Followed::Export(file, index)) => snap.in_front_of(ExportId { file, index }),
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn first_words() {
        for (text, word) in [
            ("export const a = 1;", "export"),
            ("\u{feff}// one\n/* two\n*/ import x from 'y';", "import"),
            ("\n\n'use strict';", "'use"),
            ("// nothing", ""),
            ("/* open", ""),
            ("(() => {})()", ""),
            ("", ""),
        ] {
            assert_eq!(text.get(first_word(text).span()), Some(word), "{text}");
        }
    }
}
