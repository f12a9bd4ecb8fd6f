//! What a cursor stands on, told once for hover and definition.

use syntax::{TextRange, facts::DirectiveKind};
use workspace::{Endpoint, EndpointKind, Followed, Link, Snapshot};

use crate::FilePosition;

/// What is at a position.
pub(crate) enum Spot {
    /// The name of an endpoint where it is declared.
    Declaration { range: TextRange, endpoints: Vec<Endpoint> },
    /// An imported or re-exported name of an action.
    Import { range: TextRange, endpoint: Endpoint },
    /// A use of an action or a URL.
    Link { link: Link, endpoints: Vec<Endpoint> },
    /// `"use server"`, with what it exposes.
    Directive { range: TextRange, kind: DirectiveKind, endpoints: Vec<Endpoint> },
}

impl Spot {
    pub(crate) fn find(snap: &Snapshot, at: FilePosition) -> Option<Self> {
        directive(snap, at).or_else(|| declaration(snap, at)).or_else(|| import(snap, at)).or_else(|| link(snap, at))
    }
}

fn directive(snap: &Snapshot, at: FilePosition) -> Option<Spot> {
    let facts = snap.facts(at.file)?;
    let endpoints = snap.endpoints(at.file);
    if let Some(directive) = facts.directives.iter().find(|d| d.range.touches(at.offset)) {
        let exposed = endpoints.iter().filter(|e| e.kind == EndpointKind::Action && e.inline_action.is_none());
        let endpoints = exposed.cloned().collect();
        return Some(Spot::Directive { range: directive.range, kind: directive.kind, endpoints });
    }
    let index = facts.inline_actions.iter().position(|a| a.directive.touches(at.offset))?;
    let range = facts.inline_actions.get(index)?.directive;
    let endpoints = endpoints.iter().filter(|e| e.inline_action == Some(index as u32)).cloned().collect();
    Some(Spot::Directive { range, kind: DirectiveKind::UseServer, endpoints })
}

fn declaration(snap: &Snapshot, at: FilePosition) -> Option<Spot> {
    let facts = snap.facts(at.file)?;
    let endpoints = snap.endpoints(at.file);
    // `export { a as b }`: both the local name and the exported one stand for the endpoint.
    let exported =
        |e: &Endpoint| e.export.and_then(|i| facts.exports.get(i as usize)).is_some_and(|x| x.range.touches(at.offset));
    // An inline action often has no name of its own: its first token (`async`) stands for it, too.
    let head = |e: &Endpoint| {
        let start = facts.inline_actions.get(e.inline_action? as usize)?.full.start;
        let range = TextRange::new(start, start + "async".len() as u32);
        range.touches(at.offset).then_some(range)
    };
    let here: Vec<Endpoint> = endpoints
        .iter()
        .filter(|e| !e.implicit && !e.range.is_empty())
        .filter(|e| e.range.touches(at.offset) || exported(e) || head(e).is_some())
        .cloned()
        .collect();
    let first = here.first()?;
    let range = if first.range.touches(at.offset) {
        first.range
    } else if exported(first) {
        first.export.and_then(|i| facts.exports.get(i as usize)).map_or(first.range, |x| x.range)
    } else {
        head(first)?
    };
    Some(Spot::Declaration { range, endpoints: here })
}

fn import(snap: &Snapshot, at: FilePosition) -> Option<Spot> {
    let facts = snap.facts(at.file)?;
    let action = |followed: Followed| match followed {
        Followed::Export(file, export) => {
            snap.endpoints(file).iter().find(|e| e.kind == EndpointKind::Action && e.export == Some(export)).cloned()
        }
        Followed::Module(_) => None,
    };
    if let Some(import) =
        facts.imports.iter().find(|i| i.range.touches(at.offset) || i.imported_range.touches(at.offset))
    {
        let endpoint = action(snap.follow_import(at.file, facts.specifier(import.specifier)?, &import.imported)?)?;
        let range = if import.range.touches(at.offset) { import.range } else { import.imported_range };
        return Some(Spot::Import { range, endpoint });
    }
    let export = facts.exports.iter().find(|e| e.range.touches(at.offset) || e.declared.touches(at.offset))?;
    let endpoint = action(snap.follow_export(at.file, &export.name)?)?;
    let range = if export.range.touches(at.offset) { export.range } else { export.declared };
    Some(Spot::Import { range, endpoint })
}

fn link(snap: &Snapshot, at: FilePosition) -> Option<Spot> {
    let link = snap.link_at(at.file, at.offset)?;
    let endpoints: Vec<Endpoint> =
        link.targets.iter().filter_map(|id| snap.endpoints(id.file).get(id.index as usize).cloned()).collect();
    (!endpoints.is_empty()).then_some(Spot::Link { link, endpoints })
}
