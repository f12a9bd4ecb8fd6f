//! Captures: what a server function takes from the functions around it, as Next's compiler sees it.
//!
//! The compiler collects the names that a function mentions as expressions and keeps those that were
//! declared *before* it in a statement or as a parameter, in the order of its walk. Loop heads,
//! `catch` and classes are no such statements, so their names are left out without a word
//! (`retain_names_from_declared_idents`; measured on 14.2.35 to 16.4.6).

use rustc_hash::FxHashMap;

use super::{Source, functions::function_kind};
use crate::{
    facts::FunctionKind,
    flat::{Field, Flat, Kind, NodeId, ROOT},
    scope::{Binding, BindingId, BindingKind},
    server_functions::{Capture, CaptureKind},
};

/// The variables of the functions around `function` that it mentions. `fuel` bounds the mentions
/// that are looked at: functions nested in functions mention the same names again and again.
pub(super) fn of_function(file: &Source, function: NodeId, fuel: &mut u32) -> Vec<Capture> {
    let flat = file.flat;
    let after = flat.get(function).after;
    let references = &file.scopes.references;
    let from = references.partition_point(|(node, _)| *node < function);
    let mut found: Vec<Capture> = vec![];
    let mut rows: FxHashMap<BindingId, usize> = FxHashMap::default();
    for (node, id) in references.iter().skip(from).take_while(|(node, _)| *node < after) {
        if *fuel == 0 {
            break;
        }
        *fuel -= 1;
        let Some(binding) = file.scopes.binding(*id).filter(|b| b.scope != 0) else { continue };
        let is_outside = binding.name < function || binding.name >= after;
        if !is_outside || is_itself(flat, binding, function) {
            continue;
        }
        let how = mention(flat, *node).unwrap_or_else(|| declared(flat, binding, function));
        match rows.get(id).and_then(|row| found.get_mut(*row)) {
            // One mention as an expression is enough.
            Some(row) if row.how != CaptureKind::Captured && how != row.how => {
                if matches!(row.how, CaptureKind::Element | CaptureKind::Assigned) {
                    row.how = how;
                }
            }
            Some(_) => {}
            None => {
                rows.insert(*id, found.len());
                found.push(Capture { name: flat.text_of(*node).into(), range: flat.range(*node), how });
            }
        }
    }
    found
}

/// `const save = async () => { … save … }`: the hoisted function bears that name.
fn is_itself(flat: &Flat, binding: &Binding, function: NodeId) -> bool {
    binding.declaration == function
        || (!binding.in_pattern && flat.child(binding.declaration, Field::Value) == Some(function))
}

/// A mention that the compiler doesn't take for one: only expressions count.
fn mention(flat: &Flat, id: NodeId) -> Option<CaptureKind> {
    let mut at = id;
    for _ in 0..DEEPEST {
        let node = flat.get(at);
        match (flat.kind(node.parent), node.field) {
            (Kind::JsxOpening | Kind::JsxSelfClosing, Field::Name) => return Some(CaptureKind::Element),
            // `<Item.Row />`
            (Kind::Member, Field::Object) => at = node.parent,
            // `item.done = true` and `[item.done] = list` take the item.
            _ if flat.kind(at) == Kind::Member => return None,
            (Kind::Assignment | Kind::AugmentedAssignment | Kind::ForIn, Field::Left) => {
                return Some(CaptureKind::Assigned);
            }
            (Kind::ArrayPattern | Kind::ObjectPattern | Kind::RestPattern, _)
            | (Kind::PairPattern, Field::Value)
            | (Kind::AssignmentPattern | Kind::ObjectAssignmentPattern, Field::Left) => at = node.parent,
            _ => return None,
        }
    }
    None
}

/// No one nests patterns or functions deeper.
const DEEPEST: u32 = 256;

fn declared(flat: &Flat, binding: &Binding, function: NodeId) -> CaptureKind {
    let start = flat.range(function).start;
    let by_statement = |statement: NodeId| {
        if flat.range(statement).end > start {
            CaptureKind::Later
        } else if defaulted_under_another_name(flat, binding) {
            CaptureKind::Defaulted
        } else {
            by_surroundings(flat, statement)
        }
    };
    match binding.kind {
        BindingKind::Catch => CaptureKind::Catch,
        BindingKind::Other => CaptureKind::Class,
        BindingKind::Function if flat.kind(binding.declaration) == Kind::FunctionDeclaration => {
            by_statement(binding.declaration)
        }
        BindingKind::Function => CaptureKind::Class,
        BindingKind::Const | BindingKind::Variable | BindingKind::Import => {
            let list = flat.parent(binding.declaration);
            let in_head = flat.kind(binding.declaration) == Kind::ForIn
                || (flat.kind(flat.parent(list)) == Kind::For && flat.get(list).field != Field::Body);
            if in_head { CaptureKind::Loop } else { by_statement(list) }
        }
        BindingKind::Parameter => {
            let Some(owner) = around(flat, binding.name) else { return CaptureKind::ModuleBlock };
            if is_object_accessor(flat, owner) {
                return CaptureKind::Accessor;
            }
            // An arrow function's parameters are collected all at once, before any of them is visited.
            if flat.kind(owner) != Kind::Arrow && flat.range(binding.name).start > start {
                return CaptureKind::Later;
            }
            if defaulted_under_another_name(flat, binding) {
                return CaptureKind::Defaulted;
            }
            by_surroundings(flat, binding.name)
        }
    }
}

/// `{ a: b = 1 }`: the compiler looks for names behind `a:`, not for a default.
fn defaulted_under_another_name(flat: &Flat, binding: &Binding) -> bool {
    let mut at = binding.name;
    for _ in 0..DEEPEST {
        let parent = flat.parent(at);
        if parent == binding.declaration || parent == ROOT {
            break;
        }
        if flat.kind(parent) == Kind::AssignmentPattern && flat.kind(flat.parent(parent)) == Kind::PairPattern {
            return true;
        }
        at = parent;
    }
    false
}

/// The nearest function around a node.
fn around(flat: &Flat, id: NodeId) -> Option<NodeId> {
    let mut at = id;
    for _ in 0..DEEPEST {
        at = flat.parent(at);
        if flat.is_function(at) {
            return Some(at);
        }
        if at == ROOT {
            break;
        }
    }
    None
}

/// Whether what is declared there is collected: only inside functions, of which constructors are
/// none, and accessors of objects only from 16.4 on.
fn by_surroundings(flat: &Flat, id: NodeId) -> CaptureKind {
    let mut how = CaptureKind::ModuleBlock;
    let mut at = id;
    while let Some(function) = around(flat, at) {
        if is_object_accessor(flat, function) {
            how = CaptureKind::Accessor;
        } else if !is_constructor(flat, function) {
            return CaptureKind::Captured;
        }
        at = function;
    }
    how
}

fn is_constructor(flat: &Flat, function: NodeId) -> bool {
    flat.kind(function) == Kind::Method
        && flat.kind(flat.parent(function)) == Kind::ClassBody
        && flat.child(function, Field::Name).is_some_and(|n| flat.text_of(n) == "constructor")
}

fn is_object_accessor(flat: &Flat, function: NodeId) -> bool {
    flat.kind(flat.parent(function)) != Kind::ClassBody && function_kind(flat, function) == FunctionKind::Accessor
}
