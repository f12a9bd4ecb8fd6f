//! Directives: `"use server"`, `"use client"` and `"use cache"`, where they count as such.

use super::Source;
use crate::{
    facts::{Directive, DirectiveKind},
    flat::{Flat, Kind, NodeId, ROOT},
    queries::DIRECTIVES,
};

/// Those at the head of the module.
pub(super) fn of_module(file: &Source) -> Vec<Directive> {
    if !mentions_directive(file.flat.text) {
        return vec![];
    }
    let prologue: Vec<Directive> = prologue(file.flat, ROOT).filter_map(|s| directive(file.flat, s)).collect();
    DIRECTIVES
        .ask(file.tree, file.grammar, file.flat.text)
        .iter()
        .filter(|found| found.capture == "module")
        .filter_map(|found| prologue.iter().find(|d| d.range == found.range))
        .cloned()
        .collect()
}

/// The directives at the head of functions, with the block that each heads.
pub(super) fn of_functions(file: &Source) -> Vec<(NodeId, Directive)> {
    if !mentions_directive(file.flat.text) {
        return vec![];
    }
    let flat = file.flat;
    DIRECTIVES
        .ask(file.tree, file.grammar, flat.text)
        .iter()
        .filter(|found| found.capture == "function")
        .filter_map(|found| {
            let string = flat.find(found.range).map(|id| if flat.kind(id) == Kind::String { id } else { id + 1 })?;
            let directive = directive(flat, string)?;
            let block = flat.parent(flat.parent(string));
            prologue(flat, block).any(|s| flat.range(s) == directive.range).then_some((block, directive))
        })
        .collect()
}

/// What a text must hold for any of this to be worth a query.
fn mentions_directive(text: &str) -> bool {
    ["use server", "use client", "use cache"].iter().any(|d| memchr::memmem::find(text.as_bytes(), d.as_bytes()).is_some())
}

/// The strings that stand alone before any other statement of a block or module.
fn prologue<'f>(flat: &'f Flat, block: NodeId) -> impl Iterator<Item = NodeId> + 'f {
    flat.children(block).map_while(move |statement| {
        if flat.kind(statement) != Kind::ExpressionStatement {
            return None;
        }
        flat.children(statement).next().filter(|s| flat.kind(*s) == Kind::String && flat.get(*s).after == flat.get(statement).after)
    })
}

fn directive(flat: &Flat, string: NodeId) -> Option<Directive> {
    let kind = DirectiveKind::parse(flat.string_value(string))?;
    Some(Directive { kind, range: flat.range(string) })
}
