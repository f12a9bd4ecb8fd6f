//! Directives: `"use server"`, `"use client"` and `"use cache"`, where they count as such.

use rustc_hash::FxHashSet;

use super::Source;
use crate::{
    facts::{Directive, DirectiveKind},
    flat::{Flat, Kind, NodeId, ROOT},
    queries::{DIRECTIVES, FUNCTION_DIRECTIVES, Statements},
    text::TextRange,
};

/// Those at the head of the module. What TypeScript erases (types, imports that nothing uses) is
/// gone when Next's compiler looks for them, so they may stand behind it.
pub(super) fn of_module(file: &Source, statements: &Statements, erased: &FxHashSet<NodeId>) -> Vec<Directive> {
    if mentions(file.flat.text, &["use server", "use client", "use cache"]).next().is_none() {
        return vec![];
    }
    let prologue: Vec<Directive> = module_prologue(file.flat, erased).filter_map(|s| directive(file.flat, s)).collect();
    statements
        .of(&DIRECTIVES)
        .filter_map(|found| prologue.get(prologue.binary_search_by_key(&found.range, |d| d.range).ok()?))
        .cloned()
        .collect()
}

/// The directives at the head of functions, with the block that each heads. `module` are those of
/// the module: only a file that mentions another one is asked, for the question visits every block.
pub(super) fn of_functions(file: &Source, module: &[Directive]) -> Vec<(NodeId, Directive)> {
    let flat = file.flat;
    let known = |at: usize| {
        let next = module.partition_point(|d| d.range.end as usize <= at);
        module.get(next).is_some_and(|d| d.range.span().contains(&at))
    };
    if mentions(flat.text, &["use server", "use cache"]).all(known) {
        return vec![];
    }
    // Neighbours share their block: its prologue is read once, however many directives it holds.
    let mut heads: (NodeId, Vec<TextRange>) = (ROOT, vec![]);
    FUNCTION_DIRECTIVES
        .ask(file.tree, file.grammar, flat.text)
        .iter()
        .filter_map(|found| {
            let string = flat.find(found.range).map(|id| if flat.kind(id) == Kind::String { id } else { id + 1 })?;
            let directive = directive(flat, string)?;
            let block = flat.parent(flat.parent(string));
            if flat.kind(block) != Kind::Block {
                return None;
            }
            if heads.0 != block {
                heads = (block, prologue(flat, block).map(|s| flat.range(s)).collect());
            }
            heads.1.binary_search(&directive.range).is_ok().then_some((block, directive))
        })
        .collect()
}

/// Where a text holds what a directive says, in whatever role.
fn mentions<'t>(text: &'t str, what: &'t [&str]) -> impl Iterator<Item = usize> + 't {
    what.iter().flat_map(|directive| memchr::memmem::find_iter(text.as_bytes(), directive.as_bytes()))
}

/// The strings that stand alone before any other statement of a block.
fn prologue<'f>(flat: &'f Flat, block: NodeId) -> impl Iterator<Item = NodeId> + 'f {
    flat.children(block).map_while(move |statement| lone_string(flat, statement))
}

/// The strings that stand alone before any other statement of the module that TypeScript leaves.
fn module_prologue<'f>(flat: &'f Flat, erased: &'f FxHashSet<NodeId>) -> impl Iterator<Item = NodeId> + 'f {
    let kept = flat.children(ROOT).filter(move |statement| !is_erased(flat, erased, *statement));
    kept.map_while(move |statement| lone_string(flat, statement))
}

fn lone_string(flat: &Flat, statement: NodeId) -> Option<NodeId> {
    if flat.kind(statement) != Kind::ExpressionStatement {
        return None;
    }
    flat.children(statement)
        .next()
        .filter(|s| flat.kind(*s) == Kind::String && flat.get(*s).after == flat.get(statement).after)
}

/// Whether nothing is left of a statement without its types. (Interfaces and aliases are no nodes
/// of a flat tree in the first place.)
fn is_erased(flat: &Flat, erased: &FxHashSet<NodeId>, statement: NodeId) -> bool {
    match flat.kind(statement) {
        Kind::Import => erased.contains(&statement),
        Kind::Export => {
            // `export type T = …`, `export interface I {}`, `export type { T }`
            flat.child_of_kind(statement, Kind::TypeKeyword).is_some() || flat.children(statement).next().is_none()
        }
        Kind::Ambient | Kind::FunctionSignature => true,
        _ => false,
    }
}

fn directive(flat: &Flat, string: NodeId) -> Option<Directive> {
    let kind = DirectiveKind::parse(flat.string_value(string))?;
    Some(Directive { kind, range: flat.range(string) })
}
