//! Functions: their heads, the function inside a wrapped value, and those with a directive of
//! their own.

use rustc_hash::FxHashMap;

use super::{Source, directives, quote};
use crate::{
    facts::{DirectiveKind, FileFacts, FunctionKind, InlineAction, Signature},
    flat::{Field, Flat, Kind, NodeId},
    text::TextRange,
};

/// Function nodes with a `"use server"` of their own, and their index in the facts.
pub(super) type ActionNodes = FxHashMap<NodeId, u32>;

/// Finds every function whose body starts with `"use server"`. Functions with `"use cache"` share
/// the counter of Next's compiler, so they are counted, too (`server_actions.rs`, `action_index`).
pub(super) fn inline_actions(file: &Source, facts: &mut FileFacts) -> ActionNodes {
    let flat = file.flat;
    let mut hoisted: Vec<(NodeId, DirectiveKind, TextRange)> = directives::of_functions(file, &facts.directives)
        .into_iter()
        .filter(|(_, d)| d.kind != DirectiveKind::UseClient)
        .filter_map(|(block, d)| {
            let function = flat.parent(block);
            flat.is_function(function).then_some((function, d.kind, d.range))
        })
        .collect();
    // The compiler numbers them as it leaves each function: inner before outer, else in order.
    hoisted.sort_by_key(|(id, _, _)| flat.range(*id).end);
    hoisted.dedup_by_key(|(id, _, _)| *id);

    let mut actions: Vec<(NodeId, InlineAction)> = vec![];
    for (number, (id, kind, directive)) in hoisted.into_iter().enumerate() {
        if kind != DirectiveKind::UseServer {
            continue;
        }
        let name = name_of(flat, id);
        actions.push((
            id,
            InlineAction {
                label: name.map(|n| label_text(flat, n).into()),
                range: name.map_or_else(|| head(flat, id), |n| flat.range(n)),
                full: flat.range(id),
                directive,
                signature: signature(flat, id),
                kind: function_kind(flat, id),
                number: number as u32,
                exported: None,
            },
        ));
    }
    actions.sort_by_key(|(id, _)| *id);
    let nodes = actions.iter().enumerate().map(|(i, (id, _))| (*id, i as u32)).collect();
    facts.inline_actions = actions.into_iter().map(|(_, action)| action).collect();
    nodes
}

/// A function's head.
pub(super) fn signature(flat: &Flat, function: NodeId) -> Signature {
    let mut out = Signature {
        is_async: flat.child_of_kind(function, Kind::AsyncKeyword).is_some(),
        is_generator: flat.child_of_kind(function, Kind::Star).is_some(),
        ..Signature::default()
    };
    if let Some(parameter) = flat.child(function, Field::Parameter) {
        out.list = flat.range(parameter);
        out.parameters.push(quote(flat.text_of(parameter)));
    }
    if let Some(parameters) = flat.child(function, Field::Parameters) {
        out.list = flat.range(parameters);
        for parameter in flat.children(parameters) {
            let text = flat.text_of(parameter);
            if text.starts_with("this:") || text == "this" {
                continue; // a type annotation for `this`, no parameter
            }
            out.rest |= flat.child(parameter, Field::Pattern).is_some_and(|p| flat.kind(p) == Kind::RestPattern)
                || flat.kind(parameter) == Kind::RestPattern;
            out.parameters.push(quote(text));
        }
    }
    out.returns = flat.child(function, Field::ReturnType).map(|t| quote(flat.text_of(t).trim_start_matches(':')));
    out
}

/// The function that a value is or wraps: itself, the last function among a call's arguments,
/// further calls inside (`withAuth(withBody(async () => …))`), a local function given by name.
pub(super) fn function_inside(file: &Source, value: NodeId) -> Option<NodeId> {
    // Names that stand for calls of names, and so on, can double at every step.
    const MOST_VALUES: u32 = 256;
    let mut fuel = MOST_VALUES;
    inside(file, value, 0, &mut fuel)
}

fn inside(file: &Source, value: NodeId, depth: u32, fuel: &mut u32) -> Option<NodeId> {
    const DEEPEST: u32 = 8;
    let flat = file.flat;
    if depth > DEEPEST || *fuel == 0 {
        return None;
    }
    *fuel -= 1;
    let value = flat.unwrapped(value);
    match flat.kind(value) {
        _ if flat.is_function(value) => Some(value),
        Kind::Call => {
            let arguments = flat.child(value, Field::Arguments)?;
            let arguments: Vec<NodeId> = flat.children(arguments).collect();
            if let Some(found) = arguments.iter().rev().find_map(|a| inside(file, *a, depth + 1, fuel)) {
                return Some(found);
            }
            // `.bind(null)` and the like: the function is what the method is called on
            let function = flat.unwrapped(flat.child(value, Field::Function)?);
            let object = flat.child(function, Field::Object)?;
            inside(file, object, depth + 1, fuel)
        }
        Kind::Identifier => {
            let binding = file.scopes.binding(file.scopes.of(value)?)?;
            if binding.in_pattern {
                return None;
            }
            match flat.kind(binding.declaration) {
                Kind::FunctionDeclaration => Some(binding.declaration),
                Kind::Declarator => inside(file, flat.child(binding.declaration, Field::Value)?, depth + 1, fuel),
                _ => None,
            }
        }
        _ => None,
    }
}

fn function_kind(flat: &Flat, id: NodeId) -> FunctionKind {
    match flat.kind(id) {
        Kind::FunctionDeclaration => FunctionKind::Declaration,
        Kind::Arrow => FunctionKind::Arrow,
        Kind::Method if flat.kind(flat.parent(id)) != Kind::ClassBody => FunctionKind::ObjectMethod,
        Kind::Method if flat.child_of_kind(id, Kind::StaticKeyword).is_some() => FunctionKind::StaticMethod,
        Kind::Method => FunctionKind::InstanceMethod,
        _ => FunctionKind::Expression,
    }
}

/// The node that names a function: its own name, or what it is given to.
fn name_of(flat: &Flat, function: NodeId) -> Option<NodeId> {
    if let Some(name) = flat.child(function, Field::Name) {
        return Some(name);
    }
    let mut at = function;
    for _ in 0..8 {
        let parent = flat.parent(at);
        match flat.kind(parent) {
            Kind::Declarator => {
                return flat.child(parent, Field::Name).filter(|n| flat.kind(*n) == Kind::Identifier);
            }
            Kind::Pair => return flat.child(parent, Field::Key),
            Kind::Field => return flat.child(parent, Field::Name),
            Kind::JsxAttribute => return flat.children(parent).next(),
            Kind::Assignment => return flat.child(parent, Field::Left),
            // a wrapper's result carries the name, too: const save = useCallback(async () => …)
            Kind::Arguments | Kind::Call | Kind::JsxExpression => at = parent,
            _ if flat.is_wrapper(parent) => at = parent,
            _ => return None,
        }
    }
    None
}

fn label_text<'t>(flat: &Flat<'t>, id: NodeId) -> &'t str {
    match flat.kind(id) {
        Kind::String => flat.string_value(id),
        Kind::Member => flat.child(id, Field::Property).map_or("", |p| flat.text_of(p)),
        _ => flat.text_of(id),
    }
}

/// The first token of an anonymous function, so that a cursor on `async` is on the action.
fn head(flat: &Flat, function: NodeId) -> TextRange {
    let start = flat.range(function).start;
    let first = flat.text.get(start as usize..).unwrap_or_default();
    let length = first.find(|c: char| !c.is_alphanumeric()).unwrap_or(0).max(1);
    TextRange::new(start, start + length as u32)
}
