//! Following a name through modules: imports, re-exports, `export *`, namespaces, to any depth.

use rustc_hash::FxHashSet;
use syntax::facts::{Imported, Origin};

use crate::{paths::FileId, snapshot::Snapshot};

/// Where a name ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// At an export that its file declares: an index into `FileFacts::exports`.
    Export(FileId, u32),
    /// At a module as a whole (`* as ns`).
    Module(FileId),
}

/// A walk along imports. It remembers every file that it went through: an answer depends on all of
/// them.
pub(crate) struct Walk<'s> {
    snap: &'s Snapshot,
    seen: FxHashSet<(FileId, Box<str>)>,
    /// The files on the way.
    pub through: Vec<FileId>,
}

impl<'s> Walk<'s> {
    pub(crate) fn new(snap: &'s Snapshot) -> Self {
        Self { snap, seen: FxHashSet::default(), through: vec![] }
    }

    /// What `imported` of the module that `file` calls `specifier` is.
    pub(crate) fn import(&mut self, file: FileId, specifier: &str, imported: &Imported) -> Option<Followed> {
        let module = self.snap.resolve(file, specifier)?;
        match imported {
            Imported::Namespace => {
                self.through.push(module);
                Some(Followed::Module(module))
            }
            Imported::Name(name) => self.export(module, name),
        }
    }

    /// What a module exports under a name.
    pub(crate) fn export(&mut self, module: FileId, name: &str) -> Option<Followed> {
        if !self.seen.insert((module, name.into())) {
            return None; // a circle of re-exports
        }
        self.through.push(module);
        let facts = self.snap.facts(module)?;
        if let Some(index) = facts.exports.iter().position(|e| &*e.name == name) {
            return match &facts.exports.get(index)?.origin {
                Origin::Here => Some(Followed::Export(module, index as u32)),
                Origin::Import(import) => {
                    let import = facts.imports.get(*import as usize)?;
                    self.import(module, facts.specifier(import.specifier)?, &import.imported)
                }
                Origin::From { specifier, imported } => self.import(module, facts.specifier(*specifier)?, imported),
            };
        }
        if name == "default" {
            return None; // `export *` leaves the default export out
        }
        facts.star_exports.iter().find_map(|star| {
            let target = self.snap.resolve(module, facts.specifier(*star)?)?;
            if !self.snap.may_export(target, name) {
                self.through.push(target);
                return None;
            }
            self.export(target, name)
        })
    }

    /// What a member of it is: only modules have members that can be followed.
    pub(crate) fn member(&mut self, of: Followed, name: &str) -> Option<Followed> {
        match of {
            Followed::Module(module) => self.export(module, name),
            Followed::Export(..) => None,
        }
    }
}
