//! How a value gets to where it stands: assignments to a variable, returns of a function, and the
//! conditions around them.

use super::Source;
use crate::{
    flat::{Field, Flat, Kind, NodeId},
    scope::{Binding, BindingId},
    value::{Value, condition},
};

type Read<'r> = &'r dyn Fn(NodeId) -> Value;
type Choose<'r> = &'r dyn Fn(NodeId, Value, Value) -> Value;

/// A condition's identity, and whether its sides are swapped (`a !== b` is `a === b` the other way).
pub(super) fn condition_key(flat: &Flat, id: NodeId) -> (u64, bool) {
    let text = flat.text_of(id);
    let mut normal = String::with_capacity(text.len());
    normal.extend(text.chars().filter(|c| !c.is_whitespace()));
    let swapped = flat.kind(id) == Kind::Binary && (normal.contains("!==") || normal.contains("!="));
    let normal = normal.replace("!==", "==").replace("!=", "==").replace("===", "==").replace('"', "'");
    let is_one_comparison = normal.matches("==").count() <= 1;
    let key = condition(&normal);
    if swapped && !is_one_comparison {
        // `a != b && c != d` is no negation of anything that is written elsewhere
        return (key ^ 1, false);
    }
    (key, swapped)
}

/// What a `let` holds where `at` reads it: its first value, and what conditions and loops made of it.
/// `None` where it isn't told by what stands before.
pub(super) fn variable(
    file: &Source,
    id: BindingId,
    binding: &Binding,
    at: NodeId,
    read: Read,
    choose: Choose,
) -> Option<Value> {
    const MOST_WRITES: usize = 8;
    let flat = file.flat;
    let mut writes = vec![];
    for (node, bound) in &file.scopes.references {
        if *bound != id || flat.range(*node).covers(flat.range(at)) {
            continue;
        }
        let parent = flat.parent(*node);
        let is_write = flat.get(*node).field == Field::Left
            && matches!(flat.kind(parent), Kind::Assignment | Kind::AugmentedAssignment);
        if flat.kind(parent) == Kind::Update {
            return None;
        }
        if is_write {
            // Written where another function runs: it could be any time.
            if function_around(flat, *node) != function_around(flat, binding.name) {
                return None;
            }
            writes.push(parent);
        }
    }
    if writes.len() > MOST_WRITES {
        return None;
    }
    let mut value = flat.child(binding.declaration, Field::Value).map(read);
    for write in writes {
        let right = flat.child(write, Field::Right)?;
        if flat.range(write).start > flat.range(at).start || flat.range(write).covers(flat.range(at)) {
            // Later in the text: it counts only if a loop comes back to the reading.
            if in_loop(flat, write) {
                return None;
            }
            continue;
        }
        let new = if flat.kind(write) == Kind::AugmentedAssignment {
            let before = value.clone()?;
            let added = read(right);
            // `url += '?page=1'`: a query changes nothing that is looked at
            let is_query = added.alternatives().iter().all(
                |pieces| matches!(pieces.first(), Some(crate::value::Piece::Text(t)) if t.starts_with(['?', '&'])),
            );
            if is_query || !flat.text_of(write).contains("+=") { before } else { Value::Join([before, added].into()) }
        } else {
            read(right)
        };
        let declared_in = block_around(flat, binding.declaration);
        value = Some(under_conditions(flat, write, declared_in, new, value, choose));
    }
    value
}

/// What a function's body returns.
pub(super) fn returns(flat: &Flat, body: NodeId, read: Read, choose: Choose) -> Value {
    const MOST_RETURNS: usize = 8;
    let mut found = vec![];
    let mut at = body + 1;
    while at < flat.get(body).after {
        if flat.is_function(at) || matches!(flat.kind(at), Kind::ClassDeclaration | Kind::ClassExpression) {
            at = flat.get(at).after;
            continue;
        }
        if flat.kind(at) == Kind::Return {
            found.push(at);
        }
        at += 1;
    }
    if found.len() > MOST_RETURNS {
        return Value::hole("…", crate::value::HoleKind::Unknown); // some of them would be a wrong answer
    }
    let mut value: Option<Value> = None;
    for id in found.into_iter().rev() {
        let returned = flat.children(id).next().map_or_else(Value::nothing, read);
        value = Some(under_conditions(flat, id, body, returned, value, choose));
    }
    value.unwrap_or_else(Value::nothing)
}

/// `new` where the conditions between `id` and the block `within` hold, else `old`.
fn under_conditions(flat: &Flat, id: NodeId, within: NodeId, new: Value, old: Option<Value>, choose: Choose) -> Value {
    let Some(old) = old else { return new };
    // The conditions, the innermost first, and whether they have to hold.
    let mut conditions = vec![];
    let mut maybe = false;
    let mut at = id;
    for _ in 0..64 {
        let node = flat.get(at);
        let parent = node.parent;
        if at == within || parent == at {
            break;
        }
        match (flat.kind(parent), node.field) {
            (Kind::If, Field::Consequence | Field::Alternative) => {
                conditions.extend(flat.child(parent, Field::Condition).map(|c| (c, node.field == Field::Consequence)));
            }
            (Kind::For | Kind::ForIn | Kind::Loop | Kind::Case | Kind::Catch, _) => maybe = true,
            _ => {}
        }
        at = parent;
    }
    match conditions.as_slice() {
        [] if !maybe => new,
        [(condition, true)] if !maybe => choose(*condition, new, old),
        [(condition, false)] if !maybe => choose(*condition, old, new),
        // Of several conditions each would copy what was there before: that grows without bound.
        _ => Value::Either([new, old].into()),
    }
}

fn function_around(flat: &Flat, id: NodeId) -> NodeId {
    let mut at = id;
    while at != crate::flat::ROOT && !flat.is_function(at) {
        at = flat.parent(at);
    }
    at
}

fn block_around(flat: &Flat, id: NodeId) -> NodeId {
    let mut at = flat.parent(id);
    while at != crate::flat::ROOT && flat.kind(at) != Kind::Block {
        at = flat.parent(at);
    }
    at
}

fn in_loop(flat: &Flat, id: NodeId) -> bool {
    let mut at = id;
    while at != crate::flat::ROOT && !flat.is_function(at) {
        if matches!(flat.kind(at), Kind::For | Kind::ForIn | Kind::Loop) {
            return true;
        }
        at = flat.parent(at);
    }
    false
}
