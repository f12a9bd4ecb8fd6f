//! What a parameter is, and what a pattern takes of a value for one of its names.

use super::{super::imports::export_name, DEEPEST, MOST_BESIDE, Reader};
use crate::{
    flat::{Field, Flat, Kind, NodeId},
    scope::Binding,
    text::TextRange,
    value::{HoleKind, Lead, Value},
};

impl Reader<'_> {
    /// A parameter, or what a pattern takes of it.
    pub(super) fn parameter(&self, binding: &Binding, depth: u32) -> Option<Value> {
        let flat = self.flat();
        let (function, index, head) = parameter_place(flat, binding.name)?;
        let up = self.functions.borrow().iter().rev().position(|f| *f == function);
        let Some(up) = up else {
            // Nobody tells what arrives here, but the type may.
            let texts = literal_types(flat, head);
            return (!texts.is_empty() && !binding.in_pattern)
                .then(|| Value::Either(texts.into_iter().map(Value::Text).collect()));
        };
        let lead = Lead::Parameter { up: up as u32, index };
        let whole = self.hole(binding.name, HoleKind::Unknown, Some(lead));
        if binding.in_pattern { self.taken(binding, head, whole, depth) } else { Some(whole) }
    }

    /// What a pattern below `root` takes of a value for one of its names.
    pub(super) fn taken(&self, binding: &Binding, root: NodeId, whole: Value, depth: u32) -> Option<Value> {
        let flat = self.flat();
        // From the name outwards, then applied from the outside in.
        let mut steps: Vec<(Option<Box<str>>, Option<NodeId>)> = vec![];
        let mut at = binding.name;
        for _ in 0..DEEPEST {
            let parent = flat.parent(at);
            // a parameter without a type is as long as its pattern
            let (around, whole) = (flat.range(parent), flat.range(root));
            if parent == root || (around.covers(whole) && around != whole) {
                break;
            }
            match flat.kind(parent) {
                Kind::ObjectPattern => {
                    if flat.kind(at) == Kind::ShorthandPattern {
                        steps.push((Some(flat.text_of(at).into()), None));
                    } else if flat.kind(at) == Kind::RestPattern {
                        return None;
                    }
                }
                Kind::ArrayPattern => {
                    if flat.kind(at) == Kind::RestPattern {
                        return None;
                    }
                    let position = array_position(flat, parent, at)?;
                    steps.push((Some(position.to_string().into()), None));
                }
                Kind::PairPattern => {
                    let key = flat.child(parent, Field::Key)?;
                    steps.push((Some(export_name(flat, key).into()), None));
                }
                Kind::ObjectAssignmentPattern | Kind::AssignmentPattern => {
                    let default = flat.child(parent, Field::Right);
                    if flat.kind(at) == Kind::ShorthandPattern {
                        steps.push((None, default));
                        steps.push((Some(flat.text_of(at).into()), None));
                    } else {
                        steps.push((None, default));
                    }
                }
                _ => {}
            }
            at = parent;
        }
        let mut value = whole;
        for (key, default) in steps.into_iter().rev() {
            if let Some(member) = key.as_deref().and_then(|key| value.member(key)) {
                value = member;
                continue;
            }
            let lead = match (key, default) {
                (Some(key), _) => Lead::Member(value, key),
                (None, Some(default)) => Lead::Defaulted(value, self.expression(default, depth + 1)),
                (None, None) => return None,
            };
            value = self.hole(binding.name, HoleKind::Unknown, Some(lead));
        }
        Some(value)
    }
}

/// The function that a parameter's name belongs to, its position, and the parameter's node.
pub(super) fn parameter_place(flat: &Flat, name: NodeId) -> Option<(NodeId, u32, NodeId)> {
    let mut at = name;
    for _ in 0..DEEPEST {
        let node = flat.get(at);
        let parent = node.parent;
        if flat.kind(parent) == Kind::Arrow && node.field == Field::Parameter {
            return Some((parent, 0, at));
        }
        if flat.kind(parent) == Kind::Parameters {
            let index = flat.children(parent).take(MOST_BESIDE).position(|c| c == at)?;
            return Some((flat.parent(parent), index as u32, at));
        }
        at = parent;
    }
    None
}

/// The texts of a parameter whose type is a union of string literals.
pub(super) fn literal_types(flat: &Flat, parameter: NodeId) -> Vec<Box<str>> {
    let Some(annotation) = flat.child(parameter, Field::Type) else { return vec![] };
    let text = flat.text_of(annotation).trim_start_matches(':').trim();
    if !text.starts_with(['\'', '"', '|']) || text.len() > 256 {
        return vec![];
    }
    let one = |part: &str| {
        let part = part.trim();
        let inner = part.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
        (!inner.contains(['\'', '"', '$'])).then(|| Box::from(inner))
    };
    text.split('|').filter(|p| !p.trim().is_empty()).map(one).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn array_position(flat: &Flat, pattern: NodeId, element: NodeId) -> Option<usize> {
    // Holes in a pattern (`[, set]`) leave no node: commas are counted.
    let before = flat.slice(TextRange::new(flat.range(pattern).start, flat.range(element).start));
    let is_flat = !before.get(1..)?.contains(['[', '{', '(']);
    is_flat.then(|| before.matches(',').count())
}
