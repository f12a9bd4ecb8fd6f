//! How interest spreads: a module that declares actions makes the files matter that import one, what
//! these hand on makes others matter, and the same for what tells URLs. A file is looked at when it
//! comes to matter, and again only if what it may hand on has become interesting since.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use syntax::{
    facts::{FileFacts, Imported, Origin},
    sketch::name_hash,
};

use crate::{
    interest::{Given, Interest, Names, News},
    paths::FileId,
    snapshot::Snapshot,
    tells,
};

/// Adds to the interest what `files` give to those who import them, and so on until nothing is new.
/// The files that may import something of it: they are to be read and linked (again).
pub(crate) fn spread(snapshot: &Snapshot, files: Vec<FileId>, interest: &mut Interest) -> FxHashSet<FileId> {
    let mut concerned = FxHashSet::default();
    let mut files = files;
    loop {
        let mut new = News::default();
        for (file, given) in look_at(snapshot, &files, interest) {
            interest.add(&snapshot.path(file), &given, &mut new);
        }
        if new.is_empty() {
            return concerned;
        }
        let next = snapshot.scouts.par_iter().filter_map(|(file, scouted)| {
            let is_concerned = new.concerns(&scouted.sketch);
            let passes = || new.may_pass(&scouted.sketch) && has_stars(snapshot, *file, scouted.stamp);
            (is_concerned || passes()).then_some((*file, is_concerned))
        });
        let next: Vec<(FileId, bool)> = next.collect();
        concerned.extend(next.iter().filter(|(_, is_concerned)| *is_concerned).map(|(file, _)| *file));
        // What buffers import isn't in the sketches.
        concerned.extend(snapshot.open.keys());
        let closed = next.into_iter().map(|(file, _)| file).filter(|file| !snapshot.open.contains_key(file));
        files = closed.chain(snapshot.open.keys().copied()).collect();
    }
}

/// Whether a file that was read before has an `export *`.
fn has_stars(snapshot: &Snapshot, file: FileId, stamp: crate::store::Stamp) -> bool {
    snapshot.store.known_facts(file, stamp).flatten().is_some_and(|facts| !facts.star_exports.is_empty())
}

/// What files give, those that give anything; they are read if they weren't.
fn look_at(snapshot: &Snapshot, files: &[FileId], interest: &Interest) -> Vec<(FileId, Given)> {
    let look = |file: &FileId| {
        let given = given(&*snapshot.facts(*file)?, interest);
        (!given.actions.is_empty() || !given.told.is_empty()).then_some((*file, given))
    };
    // A keystroke looks at one file: no thread is woken for that.
    match files {
        [_] => files.iter().filter_map(look).collect(),
        files => files.par_iter().with_max_len(16).filter_map(look).collect(),
    }
}

/// What a module gives to those who import it, as far as the interest knows what it has from others.
fn given(facts: &FileFacts, interest: &Interest) -> Given {
    if facts.exports.is_empty() && facts.star_exports.is_empty() {
        return Given::default();
    }
    let mut actions: Vec<u32> = facts
        .exports
        .iter()
        .filter(|export| {
            facts.is_server_module()
                || export.inline_action.is_some()
                || passed_on(facts, &export.origin)
                    .is_some_and(|(specifier, imported)| interest.actions.may_be(specifier, imported))
        })
        .map(|export| name_hash(&export.name))
        .collect();
    let mut told = tells::told(facts, interest);
    let pass_all = |names: &Names, given: &mut Vec<u32>| {
        given.extend(facts.star_exports.iter().filter_map(|s| facts.specifier(*s)).flat_map(|star| names.of(star)));
    };
    pass_all(&interest.actions, &mut actions);
    pass_all(&interest.told, &mut told);
    Given { actions, told }
}

/// Where an export that a module has from another one is from.
pub(crate) fn passed_on<'f>(facts: &'f FileFacts, origin: &'f Origin) -> Option<(&'f str, &'f Imported)> {
    let (specifier, imported) = match origin {
        Origin::Here => return None,
        Origin::From { specifier, imported } => (*specifier, imported),
        Origin::Import(import) => {
            let import = facts.imports.get(*import as usize)?;
            (import.specifier, &import.imported)
        }
    };
    Some((facts.specifier(specifier)?, imported))
}
