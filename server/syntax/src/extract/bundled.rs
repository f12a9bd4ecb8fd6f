//! Bundled modules: which of the modules that a file names come along when the file is bundled.
//!
//! Next's compiler strips types first, and with them every import whose names are used as types
//! only, or not at all (swc's `typescript` strip; `verbatimModuleSyntax` is not passed to it). What
//! stays is bundled, used in the end or not: tree shaking comes later, and by export. JavaScript has no
//! types to strip, so there an unused import stays.

use rustc_hash::FxHashSet;

use super::{Source, imports::module_call};
use crate::{
    facts::{Brings, Bundled, FileFacts, Origin},
    flat::{Field, Kind, NodeId},
};

pub(super) fn read(file: &Source, erased: &FxHashSet<NodeId>, facts: &mut FileFacts) {
    let flat = file.flat;
    let mut bundled: Vec<Bundled> =
        passed_on(facts).map(|specifier| Bundled { specifier, by: Brings::Names }).collect();
    let mut bring = |facts: &mut FileFacts, source: NodeId, by: Brings| {
        let specifier = facts.intern_specifier(flat.string_value(source), flat.range(source));
        bundled.push(Bundled { specifier, by });
    };
    for (id, _) in file.nodes(Kind::Import) {
        let Some(source) = flat.child(id, Field::Source) else { continue }; // `import x = require('…')`: below
        if flat.child_of_kind(id, Kind::TypeKeyword).is_some() {
            continue;
        }
        bring(
            facts,
            source,
            match flat.child_of_kind(id, Kind::ImportClause) {
                None => Brings::Effect,
                Some(_) if erased.contains(&id) => Brings::Unused,
                Some(_) => Brings::Names,
            },
        );
    }
    for (id, _) in file.nodes(Kind::Call) {
        if let Some(source) = module_call(flat, id) {
            bring(facts, source, Brings::Call);
        }
    }
    for (id, _) in file.nodes(Kind::ImportRequire) {
        if let Some(source) = flat.child_of_kind(id, Kind::String) {
            bring(facts, source, Brings::Call);
        }
    }
    bundled.sort_unstable();
    bundled.dedup();
    facts.bundled = bundled.into();
}

/// The modules of `export … from '…'`, and of imports that are exported again.
fn passed_on(facts: &FileFacts) -> impl Iterator<Item = u32> {
    let listed = facts.exports.iter().filter_map(|export| match &export.origin {
        Origin::From { specifier, .. } => Some(*specifier),
        Origin::Import(import) => facts.imports.get(*import as usize).map(|i| i.specifier),
        Origin::Here => None,
    });
    facts.star_exports.iter().copied().chain(listed)
}
