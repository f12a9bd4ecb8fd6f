//! What the names in a destructuring pattern take of a value.

use super::{
    Source,
    callables::{Callables, DEEPEST, Step, Value, key_text},
};
use crate::flat::{Field, Kind, NodeId};

impl Callables<'_> {
    /// What a name in a pattern takes of a value.
    pub(super) fn destructured(&mut self, value: Value, pattern: NodeId, name: NodeId, depth: u32) -> Value {
        let flat = self.file.flat;
        let mut steps: Vec<(Step, Option<NodeId>)> = vec![];
        let mut at = name;
        let mut default = None;
        for _ in 0..DEEPEST {
            let parent = flat.parent(at);
            let step = match flat.kind(parent) {
                Kind::ObjectAssignmentPattern | Kind::AssignmentPattern => {
                    default = flat.child(parent, Field::Right);
                    at = parent;
                    // `{ onSave = save }`: the name is the key.
                    if flat.kind(parent) == Kind::ObjectAssignmentPattern
                        && flat.kind(flat.parent(at)) == Kind::ObjectPattern
                    {
                        steps.push((Step::Property(flat.text_of(name)), default.take()));
                        at = flat.parent(at);
                    }
                    if at == pattern {
                        break;
                    }
                    continue;
                }
                Kind::PairPattern => match flat.child(parent, Field::Key) {
                    Some(key) if flat.kind(key) != Kind::ComputedKey => {
                        at = parent;
                        Step::Property(key_text(flat, key))
                    }
                    _ => return Value::Nothing,
                },
                Kind::RestPattern if flat.kind(flat.parent(parent)) == Kind::ObjectPattern => {
                    at = parent;
                    Step::Rest(flat.parent(parent))
                }
                Kind::ObjectPattern if flat.kind(at) == Kind::ShorthandPattern => Step::Property(flat.text_of(at)),
                Kind::ArrayPattern => match position(self.file, parent, at) {
                    Some(index) => Step::Index(index),
                    None => return Value::Nothing,
                },
                _ => return Value::Nothing,
            };
            steps.push((step, default.take()));
            let above = flat.parent(at);
            at = if matches!(flat.kind(above), Kind::ObjectPattern | Kind::ArrayPattern) { above } else { at };
            if at == pattern {
                break;
            }
        }
        if at != pattern {
            return Value::Nothing;
        }
        steps.into_iter().rev().fold(value, |value, (step, default)| {
            let value = self.step(value, step, depth);
            match default {
                Some(default) => Self::join(value, self.eval(default, depth + 1)),
                None => value,
            }
        })
    }
}

/// The place of an element in an array pattern: the commas before it, for holes leave no node.
pub(super) fn position(file: &Source, pattern: NodeId, element: NodeId) -> Option<u32> {
    let flat = file.flat;
    let (start, end) = (flat.range(pattern).start, flat.range(element).start);
    let mut at = start + 1;
    let mut commas = 0;
    let inside = |at: u32, end: u32| flat.text.get(at as usize..end as usize).unwrap_or_default();
    for child in flat.children(pattern) {
        let range = flat.range(child);
        if range.start >= end {
            break;
        }
        commas += inside(at, range.start).matches(',').count();
        at = range.end;
    }
    commas += inside(at, end).matches(',').count();
    u32::try_from(commas).ok()
}
