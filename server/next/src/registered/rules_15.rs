//! 15.0 to 16.0: exports by name, their arguments known only of what is declared as a function in the
//! `export` itself; what stands in an exported value inherits the file's directive.

use syntax::{
    facts::{DirectiveKind, Export, FunctionKind, Origin},
    server_functions::{FunctionPlace, ServerFunction},
};

use super::{FileKind, Numbering, Step, is_in_pattern, is_method, is_never_hoisted, local_name, mask_of};
use crate::Mask;

pub(super) fn register(walk: &mut Numbering) {
    // 15.0 lets a file be both, and takes its exports for cached functions.
    let is_both = walk.is_before(15, 1)
        && walk.kind == FileKind::Actions
        && walk.facts.directives.iter().any(|d| d.kind == DirectiveKind::UseCache);
    let default =
        walk.nameless_default().filter(|_| walk.kind != FileKind::Plain && !is_cached(walk.default_function()));
    for step in walk.steps(default.map(|(_, e)| e.full.start)) {
        match step {
            Step::Default => walk.next += 1,
            Step::Leave(..) if is_both => {}
            Step::Leave(index, function) => leave(walk, index, function),
        }
    }
    if walk.kind != FileKind::Actions {
        return;
    }
    let finish = |mask: Mask| if is_both { mask.cached() } else { mask };
    for (index, export) in walk.facts.exports.iter().enumerate() {
        if is_in_pattern(export) || matches!(export.origin, Origin::From { .. }) {
            continue;
        }
        let function = declared_function(walk, export);
        if !is_cached(function) {
            let mask = function.map_or(Mask::UNKNOWN, |(_, f)| mask_of(f));
            walk.name(&export.name, finish(mask), Some(index as u32), function.map(|(index, _)| index));
        }
    }
    patterns(walk, finish(Mask::UNKNOWN));
}

/// The names in exported patterns, keys among them (`collect_idents_in_object_pat`).
pub(super) fn patterns(walk: &mut Numbering, mask: Mask) {
    for pattern in &walk.server.patterns {
        let export = walk.facts.exports.iter().position(|e| e.name == pattern.name).filter(|_| !pattern.is_key);
        walk.name(&pattern.name, mask, export.map(|at| at as u32), None);
    }
}

fn is_cached(function: Option<(u32, &ServerFunction)>) -> bool {
    function.is_some_and(|(_, f)| f.directive == Some(DirectiveKind::UseCache))
}

/// The function whose parameters count: `export async function`, `export default` of any function.
fn declared_function<'f>(walk: &Numbering<'f>, export: &Export) -> Option<(u32, &'f ServerFunction)> {
    if export.is_apart() {
        return None;
    }
    let is_default = &*export.name == "default";
    walk.function_of(export).filter(|(_, f)| is_default || f.kind == FunctionKind::Declaration)
}

fn leave(walk: &mut Numbering, index: u32, function: &ServerFunction) {
    let is_first = walk.is_before(15, 1);
    if is_never_hoisted(function.kind) || (is_first && is_method(function.kind)) {
        return;
    }
    let exported = walk.kind != FileKind::Plain
        && match &function.place {
            FunctionPlace::Value { local, exported } => {
                *exported || (walk.kind == FileKind::Cache && is_listed(walk, local))
            }
            FunctionPlace::Default | FunctionPlace::Exported => true,
            FunctionPlace::Member => is_first,
            FunctionPlace::Elsewhere => false,
        };
    let inherited = walk.kind.directive().filter(|_| exported);
    let is_actions = walk.kind == FileKind::Actions;
    match function.directive.or(inherited) {
        Some(DirectiveKind::UseCache) => {
            walk.hoist(index, function, DirectiveKind::UseCache);
            // The reference that binds captured values had a number of its own until 15.3.
            if walk.is_before(15, 4) && walk.captures(function) {
                walk.next += 1;
            }
        }
        // An arrow function with its own directive stays where it is in a "use server" file.
        Some(DirectiveKind::UseServer) if is_actions && function.kind == FunctionKind::Arrow => {}
        Some(DirectiveKind::UseServer) if is_actions && exported => {}
        Some(DirectiveKind::UseServer) => walk.hoist(index, function, DirectiveKind::UseServer),
        _ => {}
    }
}

/// Whether a local name is exported in a list or by `export default name`.
fn is_listed(walk: &Numbering, local: &str) -> bool {
    walk.facts.exports.iter().any(|e| e.is_apart() && local_name(e) == local)
}
