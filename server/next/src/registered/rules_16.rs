//! 16.1 and later: a local name has one exported name, the last that is written; a function that is
//! its value is registered under it, with its parameters, when the walk leaves it. What is left over
//! is registered at the end.

use syntax::{
    facts::{DirectiveKind, Export, Form, Imported, Origin},
    server_functions::{FunctionPlace, ServerFunction},
};

use super::{FileKind, Numbering, Step, is_in_pattern, is_never_hoisted, local_name, mask_of};
use crate::Mask;

/// What a local name is exported as; an index of its export.
struct Exported<'f> {
    local: &'f str,
    name: &'f str,
    export: Option<u32>,
}

pub(super) fn register(walk: &mut Numbering) {
    let mut names = exported_names(walk);
    let default = walk.nameless_default().filter(|(_, e)| walk.kind != FileKind::Plain && e.form == Form::Call);
    for step in walk.steps(default.map(|(_, e)| e.full.end)) {
        match step {
            Step::Default => {
                walk.next += 1;
                let mask = if walk.kind == FileKind::Cache { Mask::UNKNOWN.cached() } else { Mask::UNKNOWN };
                walk.name("default", mask, default.map(|(index, _)| index), None);
            }
            Step::Leave(index, function) => leave(walk, index, function, &mut names),
        }
    }
    for Exported { name, export, .. } in names {
        match walk.kind {
            FileKind::Actions => walk.name(name, Mask::UNKNOWN, export, None),
            // Whether the value is a function is only known when the module runs.
            FileKind::Cache if may_be_function(walk, export) => walk.name(name, Mask::UNKNOWN.cached(), export, None),
            _ => {}
        }
    }
}

fn exported_names<'f>(walk: &Numbering<'f>) -> Vec<Exported<'f>> {
    let mut names: Vec<Exported> = vec![];
    if walk.kind == FileKind::Plain {
        return names;
    }
    let mut insert = |new: Exported<'f>| match names.iter_mut().find(|known| known.local == new.local) {
        Some(known) => *known = new,
        None => names.push(new),
    };
    let nameless = walk.nameless_default().map(|(index, _)| index);
    for (index, export) in walk.facts.exports.iter().enumerate() {
        let local = match &export.origin {
            // Only a "use cache" file may export what is another file's.
            Origin::From { imported: Imported::Name(name), .. } if walk.kind == FileKind::Cache => name,
            Origin::From { .. } => continue,
            _ if is_in_pattern(export) || nameless == Some(index as u32) => continue,
            _ => local_name(export),
        };
        insert(Exported { local, name: &export.name, export: Some(index as u32) });
    }
    for pattern in walk.server.patterns.iter().filter(|p| !p.is_key) {
        let export = walk.facts.exports.iter().position(|e| e.name == pattern.name);
        insert(Exported { local: &pattern.name, name: &pattern.name, export: export.map(|at| at as u32) });
    }
    names
}

fn leave(walk: &mut Numbering, index: u32, function: &ServerFunction, names: &mut Vec<Exported>) {
    if is_never_hoisted(function.kind) {
        return;
    }
    let default = || walk.facts.exports.iter().position(|e| &*e.name == "default");
    let (local, exported) = match &function.place {
        FunctionPlace::Value { local, .. } => {
            let known = names.iter().find(|known| known.local == &**local);
            (Some(&**local), known.map(|known| (known.name, known.export)))
        }
        FunctionPlace::Default if walk.kind != FileKind::Plain => {
            let export = default();
            let local = export.and_then(|at| walk.facts.exports.get(at)?.local.as_deref());
            (local, Some(("default", export.map(|at| at as u32))))
        }
        _ => (None, None),
    };
    let inherited = exported.and_then(|_| walk.kind.directive());
    match (function.directive.or(inherited), exported) {
        (Some(DirectiveKind::UseServer), Some((name, export))) if walk.kind == FileKind::Actions => {
            walk.name(name, mask_of(function), export, Some(index));
            if function.place == FunctionPlace::Default && !function.named {
                walk.next += 1; // the constant that the function becomes
            }
        }
        (Some(directive @ (DirectiveKind::UseServer | DirectiveKind::UseCache)), _) => {
            walk.hoist(index, function, directive);
            // It goes by its number only.
            if exported.is_some() {
                names.retain(|known| Some(known.local) != local);
            }
        }
        _ => {}
    }
}

/// `may_need_cache_runtime_wrapper`: what is no function for sure is exported as it stands.
fn may_be_function(walk: &Numbering, export: Option<u32>) -> bool {
    let Some(export) = export.and_then(|at| walk.facts.exports.get(at as usize)) else { return true };
    match export.form {
        Form::Call | Form::Elsewhere | Form::Enum => true,
        Form::Destructured => is_in_pattern(export),
        Form::Other => !is_without_value(export),
        // Templates and operators are no literals in the compiler's tree.
        Form::Literal => export.literal.as_deref().is_some_and(|l| l.starts_with(['`', '-', '+', '!', '~', 't', 'v'])),
        Form::Declaration | Form::Arrow | Form::FunctionExpression | Form::Class => false,
    }
}

/// `export let a`
fn is_without_value(export: &Export) -> bool {
    export.full == export.declared
}
