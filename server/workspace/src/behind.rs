//! The function behind an endpoint, where a thin file only passes it on
//! (`export { GET } from './impl'`), and from such a function back to its endpoints.

use rustc_hash::FxHashSet;
use syntax::{
    TextRange,
    facts::{Export, FileFacts, Origin, Use, UseKind, Used},
};

use crate::{
    endpoint::{Endpoint, EndpointId, EndpointKind},
    follow::{Followed, Walk},
    paths::FileId,
    routes::Serves,
    snapshot::Snapshot,
};

/// An export, by its file and its place in `FileFacts::exports`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExportId {
    /// The file.
    pub file: FileId,
    /// The index.
    pub index: u32,
}

impl Snapshot {
    /// The function that answers, if it stands in another file than its endpoint.
    #[must_use]
    pub fn behind(&self, endpoint: &Endpoint) -> Option<ExportId> {
        let facts = self.facts(endpoint.file)?;
        // what `export *` brings is no export of the file's own
        let name = if endpoint.kind == EndpointKind::Route { endpoint.name.as_ref() } else { "default" };
        if endpoint.implicit || endpoint.kind == EndpointKind::Action {
            return None;
        }
        let followed = match facts.export(name) {
            Some(export) if export.origin == Origin::Here => self.aliased(endpoint.file, &facts, export)?,
            _ => self.follow_export(endpoint.file, name)?,
        };
        match followed {
            Followed::Export(file, index) if file != endpoint.file => Some(ExportId { file, index }),
            _ => None,
        }
    }

    /// The name and the whole of an export's declaration, in bytes.
    #[must_use]
    pub fn declared_at(&self, export: ExportId) -> Option<(TextRange, TextRange)> {
        let facts = self.facts(export.file)?;
        let export = facts.exports.get(export.index as usize)?;
        Some((export.declared, export.full))
    }

    /// The endpoints of other files that a function answers, once all files are known.
    #[must_use]
    pub fn in_front_of(&self, export: ExportId) -> Vec<EndpointId> {
        if !self.is_complete() {
            return vec![];
        }
        let all = self.index.links.passed_on(|| self.all_passed_on());
        let from = all.partition_point(|(function, _)| *function < export);
        let here = all.get(from..).unwrap_or_default().iter().take_while(|(function, _)| *function == export);
        here.map(|(_, endpoint)| *endpoint).collect()
    }

    fn all_passed_on(&self) -> Vec<(ExportId, EndpointId)> {
        let paths = self.paths();
        let apps = self.apps();
        let tables = apps.iter().flat_map(|app| &app.routes(paths).served).filter(|s| s.serves != Serves::Page);
        let mut files: Vec<FileId> = tables.map(|served| served.file).collect();
        // a buffer answers by its path, saved or not
        let known: FxHashSet<FileId> = files.iter().copied().collect();
        let mut more: Vec<FileId> = self.open.keys().filter(|file| !known.contains(file)).copied().collect();
        more.sort_by_cached_key(|file| self.path(*file));
        files.extend(more);
        let mut found = vec![];
        for file in files {
            if !self.facts(file).is_some_and(|facts| passes_on(&facts)) {
                continue;
            }
            for (index, endpoint) in self.endpoints(file).iter().enumerate() {
                let id = EndpointId { file, index: index as u32 };
                found.extend(self.behind(endpoint).map(|export| (export, id)));
            }
        }
        found
    }

    /// `export const GET = handler`, `= handlers.GET`: what an import that is only named again is.
    fn aliased(&self, file: FileId, facts: &FileFacts, export: &Export) -> Option<Followed> {
        let used = facts.uses.iter().find(|used| is_alias(used, export))?;
        let Used::Import(import) = used.used else { return None };
        let import = facts.imports.get(import as usize)?;
        let mut walk = Walk::new(self);
        let followed = walk.import(file, facts.specifier(import.specifier)?, &import.imported)?;
        match &used.member {
            Some(member) => walk.member(followed, member),
            None => Some(followed),
        }
    }
}

fn is_alias(used: &Use, export: &Export) -> bool {
    used.kind == UseKind::Alias && used.via.as_deref() == Some(&*export.name) && export.full.covers(used.range)
}

/// Whether a file can hand on functions of others.
fn passes_on(facts: &FileFacts) -> bool {
    !facts.star_exports.is_empty()
        || facts.exports.iter().any(|e| e.origin != Origin::Here || facts.uses.iter().any(|used| is_alias(used, e)))
}
