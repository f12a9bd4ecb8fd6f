//! Bundled modules: which of the modules that a file names come along when the file is bundled.
//!
//! Next's compiler strips types first, and with them every import whose names are used as types
//! only, or not at all (swc's `typescript` strip; `verbatimModuleSyntax` is not passed to it). What
//! stays is bundled, used in the end or not: tree shaking comes later, and by export. JavaScript has no
//! types to strip, so there an unused import stays.

use rustc_hash::FxHashSet;

use super::{Source, imports::module_call};
use crate::{
    facts::{FileFacts, Origin},
    flat::{Field, Kind},
    scope::BindingId,
};

pub(super) fn read(file: &Source, facts: &mut FileFacts) {
    let flat = file.flat;
    let mut unused = vec![];
    let mut bundled = facts.star_exports.clone();
    bundled.extend(facts.exports.iter().filter_map(|export| match &export.origin {
        Origin::From { specifier, .. } => Some(*specifier),
        Origin::Import(import) => facts.imports.get(*import as usize).map(|i| i.specifier),
        Origin::Here => None,
    }));
    let used: FxHashSet<BindingId> = file.scopes.references.iter().map(|(_, binding)| *binding).collect();
    for (id, _) in file.nodes(Kind::Import) {
        let Some(source) = flat.child(id, Field::Source) else { continue }; // `import x = require('…')`: below
        if flat.child_of_kind(id, Kind::TypeKeyword).is_some() {
            continue;
        }
        // Bindings are in source order.
        let from = file.scopes.bindings.partition_point(|binding| binding.name < id);
        let own = file.scopes.bindings.iter().skip(from).take_while(|binding| binding.name < flat.get(id).after);
        let is_used = own.enumerate().any(|(at, _)| used.contains(&((from + at) as BindingId)));
        // `import './x'` is there for what it does.
        let is_bundled = flat.child_of_kind(id, Kind::ImportClause).is_none() || is_used;
        let list = if is_bundled { &mut bundled } else { &mut unused };
        list.push(facts.intern_specifier(flat.string_value(source), flat.range(source)));
    }
    for (id, _) in file.nodes(Kind::Call) {
        if let Some(source) = module_call(flat, id) {
            bundled.push(facts.intern_specifier(flat.string_value(source), flat.range(source)));
        }
    }
    for (id, _) in file.nodes(Kind::ImportRequire) {
        if let Some(source) = flat.child_of_kind(id, Kind::String) {
            bundled.push(facts.intern_specifier(flat.string_value(source), flat.range(source)));
        }
    }
    bundled.sort_unstable();
    bundled.dedup();
    unused.retain(|specifier| bundled.binary_search(specifier).is_err());
    facts.bundled = bundled.into();
    facts.unused = unused.into();
}
