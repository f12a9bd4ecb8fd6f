//! 14: every export by its name, every arrow function in an exported value once more by a number.
//! Methods are left alone, `"use cache"` is unknown.

use syntax::{
    facts::{DirectiveKind, FunctionKind},
    server_functions::{FunctionPlace, ServerFunction},
};

use super::{FileKind, Numbering, Step, is_in_pattern, is_method};
use crate::Mask;

pub(super) fn register(walk: &mut Numbering) {
    let default = walk.nameless_default().filter(|_| walk.kind == FileKind::Actions);
    for step in walk.steps(default.map(|(_, e)| e.full.start)) {
        match step {
            Step::Default => walk.next += 1,
            Step::Leave(index, function) => leave(walk, index, function),
        }
    }
    if walk.kind != FileKind::Actions {
        return;
    }
    for (index, export) in walk.facts.exports.iter().enumerate().filter(|(_, e)| !is_in_pattern(e)) {
        walk.name(&export.name, Mask::UNKNOWN, Some(index as u32), None);
    }
    super::rules_15::patterns(walk, Mask::UNKNOWN);
}

fn leave(walk: &mut Numbering, index: u32, function: &ServerFunction) {
    let exported = walk.kind == FileKind::Actions
        && match &function.place {
            FunctionPlace::Value { exported, .. } => *exported,
            FunctionPlace::Default | FunctionPlace::Exported => true,
            FunctionPlace::Member => !is_method(function.kind),
            FunctionPlace::Elsewhere => false,
        };
    let is_action = function.directive == Some(DirectiveKind::UseServer);
    let hoisted = match function.kind {
        FunctionKind::Arrow => exported || is_action,
        FunctionKind::Declaration | FunctionKind::Expression => !exported && is_action,
        _ => false,
    };
    if hoisted {
        // A function expression without a name is given one, which takes a number, too.
        if function.kind == FunctionKind::Expression && !function.named {
            walk.next += 1;
        }
        walk.hoist(index, function, DirectiveKind::UseServer);
    }
}
