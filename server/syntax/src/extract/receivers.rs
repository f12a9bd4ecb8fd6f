//! Receivers: functions that have a name, their parameters, and which exports they are.

use rustc_hash::FxHashMap;

use super::{Source, callee_text, hooks};
use crate::{
    facts::{FileFacts, Origin},
    flat::{Field, Kind, NodeId},
    flow::{Gives, Receiver},
    scope::{Binding, BindingId, BindingKind},
};

/// The named functions of a file.
#[derive(Default)]
pub(super) struct Receivers {
    /// By number, exported ones first.
    pub rows: Vec<Receiver>,
    /// By the function's node.
    pub by_node: FxHashMap<NodeId, u32>,
    /// By the binding that stands for them.
    pub by_binding: FxHashMap<BindingId, u32>,
}

/// The bindings and the exports that are one function.
#[derive(Default)]
struct StandsFor {
    bindings: Vec<BindingId>,
    exports: Vec<u32>,
}

pub(super) fn read(file: &Source, facts: &FileFacts) -> Receivers {
    let flat = file.flat;
    let mut exports: FxHashMap<_, Vec<u32>> = FxHashMap::default();
    for (index, export) in facts.exports.iter().enumerate().filter(|(_, e)| e.origin == Origin::Here) {
        exports.entry(export.declared).or_default().push(index as u32);
    }
    let mut found: FxHashMap<NodeId, StandsFor> = FxHashMap::default();
    for (id, binding) in file.scopes.bindings.iter().enumerate() {
        let Some(function) = function_behind(file, binding) else { continue };
        let row = found.entry(function).or_default();
        row.bindings.push(id as BindingId);
        if binding.scope == 0 {
            row.exports.extend(exports.get(&flat.range(binding.name)).into_iter().flatten());
        }
    }
    // `export default () => {}`: a function that only the export names.
    let default = facts.exports.iter().position(|e| &*e.name == "default" && e.origin == Origin::Here);
    for (id, _) in file.nodes(Kind::Export) {
        let (Some(default), Some(_)) = (default, flat.child_of_kind(id, Kind::DefaultKeyword)) else { continue };
        let value = flat.child(id, Field::Value).or_else(|| flat.child(id, Field::Declaration));
        if let Some(function) = value.and_then(|v| function_of(file, v, true, 0)) {
            found.entry(function).or_default().exports.push(default as u32);
        }
    }
    let mut sorted: Vec<(NodeId, StandsFor)> = found.into_iter().collect();
    for (_, row) in &mut sorted {
        row.exports.sort_unstable();
        row.exports.dedup();
    }
    sorted.sort_by_key(|(node, row)| (row.exports.is_empty(), *node));
    let mut out = Receivers::default();
    for (number, (node, StandsFor { bindings, exports })) in sorted.into_iter().enumerate() {
        out.by_node.insert(node, number as u32);
        out.by_binding.extend(bindings.into_iter().map(|b| (b, number as u32)));
        out.rows.push(Receiver { exports, gives: Gives::default() });
    }
    out
}

/// The function that a binding is.
pub(super) fn function_behind(file: &Source, binding: &Binding) -> Option<NodeId> {
    behind(file, binding, 0)
}

fn behind(file: &Source, binding: &Binding, depth: u32) -> Option<NodeId> {
    let flat = file.flat;
    match binding.kind {
        BindingKind::Function => Some(binding.declaration).filter(|d| flat.is_function(*d)),
        BindingKind::Const if !binding.in_pattern => {
            let is_component = flat.text_of(binding.name).starts_with(char::is_uppercase);
            function_of(file, flat.child(binding.declaration, Field::Value)?, is_component, depth)
        }
        _ => None,
    }
}

/// The function that a value is, as far as whoever calls it hands its arguments to it: itself, or
/// inside `memo`, `forwardRef`, `useCallback`. What wraps a component takes its props.
fn function_of(file: &Source, value: NodeId, is_component: bool, depth: u32) -> Option<NodeId> {
    const DEEPEST: u32 = 6;
    let flat = file.flat;
    if depth > DEEPEST {
        return None;
    }
    let value = flat.unwrapped(value);
    match flat.kind(value) {
        _ if flat.is_function(value) => Some(value),
        Kind::Call => {
            let callee = callee_text(flat, flat.child(value, Field::Function)?);
            let mut arguments = flat.children(flat.child(value, Field::Arguments)?);
            if hooks::is_lazy(&callee) {
                return None;
            }
            if hooks::is_transparent(&callee) {
                return function_of(file, arguments.next()?, is_component, depth + 1);
            }
            // Wrappers of components: one function among the arguments, or none is meant.
            let mut functions = arguments.filter_map(|a| function_of(file, a, is_component, depth + 1));
            let only = functions.next().filter(|_| is_component)?;
            functions.next().is_none().then_some(only)
        }
        Kind::Identifier => behind(file, file.scopes.binding(file.scopes.of(value)?)?, depth + 1),
        _ => None,
    }
}

/// Which parameter of which function a binding is or is taken of.
pub(super) struct Place {
    /// The function's node.
    pub function: NodeId,
    /// From 0.
    pub index: u32,
    /// The pattern that the parameter is written as, if it is one.
    pub pattern: Option<NodeId>,
    /// Its default value.
    pub default: Option<NodeId>,
}

/// The parameter that declares a binding.
pub(super) fn place(file: &Source, binding: &Binding) -> Option<Place> {
    let flat = file.flat;
    let declaration = binding.declaration;
    match flat.kind(declaration) {
        Kind::Arrow => Some(Place { function: declaration, index: 0, pattern: None, default: None }),
        Kind::Parameter => {
            let list = flat.parent(declaration);
            let is_this = |p: NodeId| flat.text_of(p).starts_with("this:") || flat.text_of(p) == "this";
            let index = flat.children(list).filter(|p| !is_this(*p)).position(|p| p == declaration)?;
            let pattern = flat.child(declaration, Field::Pattern)?;
            if flat.kind(pattern) == Kind::RestPattern {
                return None;
            }
            Some(Place {
                function: flat.parent(list),
                index: index as u32,
                pattern: binding.in_pattern.then_some(pattern),
                default: flat.child(declaration, Field::Value),
            })
        }
        _ => None,
    }
}
