//! Functions: their heads, the function inside a wrapped value, and those with a directive of
//! their own.

use rustc_hash::FxHashMap;

use super::{Source, directives, quote};
use crate::{
    facts::{Directive, DirectiveKind, FileFacts, FunctionKind, InlineAction, Signature},
    flat::{Field, Flat, Kind, NodeId},
    text::TextRange,
};

/// Function nodes with a `"use server"` of their own, and their index in the facts.
pub(super) type ActionNodes = FxHashMap<NodeId, u32>;

/// A function whose body a directive heads.
pub(super) struct Headed {
    /// The function.
    pub function: NodeId,
    /// The directive.
    pub directive: Directive,
}

/// Every function with a `"use server"` or `"use cache"` of its own, in source order.
pub(super) fn headed(file: &Source, module: &[Directive]) -> Vec<Headed> {
    let flat = file.flat;
    let mut found: Vec<Headed> = directives::of_functions(file, module)
        .into_iter()
        .filter(|(_, d)| d.kind != DirectiveKind::UseClient)
        .map(|(block, directive)| Headed { function: flat.parent(block), directive })
        .filter(|headed| flat.is_function(headed.function))
        .collect();
    found.sort_by_key(|headed| headed.function);
    found.dedup_by_key(|headed| headed.function);
    found
}

/// Those with a `"use server"`.
pub(super) fn inline_actions(file: &Source, headed: &[Headed], facts: &mut FileFacts) -> ActionNodes {
    let flat = file.flat;
    let mut nodes = ActionNodes::default();
    for Headed { function: id, directive } in headed.iter().filter(|h| h.directive.kind == DirectiveKind::UseServer) {
        let name = name_of(flat, *id);
        nodes.insert(*id, facts.inline_actions.len() as u32);
        facts.inline_actions.push(InlineAction {
            label: name.map(|n| label_text(flat, n).into()),
            range: name.map_or_else(|| head(flat, *id), |n| flat.range(n)),
            full: flat.range(*id),
            directive: directive.range,
            signature: signature(flat, *id),
            kind: function_kind(flat, *id),
            exported: None,
        });
    }
    nodes
}

/// A function's head.
pub(super) fn signature(flat: &Flat, function: NodeId) -> Signature {
    let mut out = Signature {
        is_async: flat.child_of_kind(function, Kind::AsyncKeyword).is_some(),
        is_generator: flat.child_of_kind(function, Kind::Star).is_some(),
        ..Signature::default()
    };
    let list = flat.child(function, Field::Parameters).or_else(|| flat.child(function, Field::Parameter));
    out.list = list.map_or(TextRange::default(), |list| flat.range(list));
    for parameter in declared_parameters(flat, function) {
        out.rest |= is_rest(flat, parameter);
        out.parameters.push(quote(flat.text_of(parameter)));
    }
    out.returns = flat.child(function, Field::ReturnType).map(|t| quote(flat.text_of(t).trim_start_matches(':')));
    out
}

/// How many parameters a function declares, and whether the last is `...rest`.
pub(super) fn parameter_count(flat: &Flat, function: NodeId) -> (u8, bool) {
    let (mut count, mut rest) = (0_u8, false);
    for parameter in declared_parameters(flat, function) {
        count = count.saturating_add(1);
        rest |= is_rest(flat, parameter);
    }
    (count, rest)
}

/// A function's parameters; a type annotation for `this` is none.
fn declared_parameters(flat: &Flat, function: NodeId) -> impl Iterator<Item = NodeId> {
    let is_this = |id: NodeId| {
        let after = flat.text_of(id).strip_prefix("this");
        after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
    };
    let list = flat.child(function, Field::Parameters);
    let single = flat.child(function, Field::Parameter);
    single.into_iter().chain(list.into_iter().flat_map(|l| flat.children(l))).filter(move |id| !is_this(*id))
}

fn is_rest(flat: &Flat, parameter: NodeId) -> bool {
    flat.child(parameter, Field::Pattern).is_some_and(|p| flat.kind(p) == Kind::RestPattern)
        || flat.kind(parameter) == Kind::RestPattern
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

pub(super) fn function_kind(flat: &Flat, id: NodeId) -> FunctionKind {
    match flat.kind(id) {
        Kind::FunctionDeclaration => FunctionKind::Declaration,
        Kind::Arrow => FunctionKind::Arrow,
        Kind::Method if is_accessor(flat, id) => FunctionKind::Accessor,
        Kind::Method if flat.kind(flat.parent(id)) != Kind::ClassBody => FunctionKind::ObjectMethod,
        Kind::Method if flat.child(id, Field::Name).is_some_and(|n| flat.text_of(n).starts_with('#')) => {
            FunctionKind::PrivateMethod
        }
        Kind::Method if flat.child_of_kind(id, Kind::StaticKeyword).is_some() => FunctionKind::StaticMethod,
        Kind::Method => FunctionKind::InstanceMethod,
        _ => FunctionKind::Expression,
    }
}

/// `get x() {}`, `set x(value) {}`: the words are no nodes of a flat tree.
fn is_accessor(flat: &Flat, method: NodeId) -> bool {
    let name = flat.child(method, Field::Name).map_or(flat.range(method).end, |n| flat.range(n).start);
    let before = flat.slice(TextRange::new(flat.range(method).start, name));
    before.split_whitespace().any(|word| matches!(word, "get" | "set"))
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
