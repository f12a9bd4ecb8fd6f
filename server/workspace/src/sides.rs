//! Where a module's code runs: in browsers, on the server, or both. `"use client"` is a border: what a
//! client module imports runs in browsers (and once on the server, to be rendered, which counts as the
//! browser's), what a page imports runs on the server.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    bundles::{Bundles, importers_of},
    paths::FileId,
    routes,
    snapshot::Snapshot,
};

/// Where code runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// Some client module brings it along, or it is one.
    pub browser: bool,
    /// A page, a handler or an action brings it along, with no client module between.
    pub server: bool,
}

impl Snapshot {
    /// Every file that names a module: by an import of any kind, also of types only, or by passing it on.
    /// By path, read on demand.
    #[must_use]
    pub fn naming(&self, module: FileId) -> Vec<FileId> {
        let names = self.names.of(&self.path(module));
        let scouted = self.scouts.iter().filter(|(file, scouted)| {
            self.open.contains_key(file) || scouted.sketch.modules.iter().any(|name| names.contains(name))
        });
        let mut candidates: Vec<FileId> = scouted.map(|(file, _)| *file).collect();
        candidates.extend(self.open.keys().filter(|file| !self.scouts.contains_key(file)));
        let mut found: Vec<FileId> = candidates
            .into_par_iter()
            .filter(|file| {
                let facts = self.facts(*file);
                facts.is_some_and(|f| f.specifiers.iter().any(|s| self.resolve(*file, &s.text) == Some(module)))
            })
            .collect();
        found.sort_by_cached_key(|file| self.path(*file));
        found
    }

    /// Where the code of a file above an action runs; neither where nothing brings it along. The first to
    /// ask waits until all imports above actions are known.
    #[must_use]
    pub fn sides(&self, file: FileId) -> Sides {
        let bundles = self.index.bundles.get_or_init(|| Bundles::new(self));
        let mut sides = Sides::default();
        let mut met = FxHashSet::from_iter([file]);
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            let is_client = self.facts(file).is_some_and(|facts| facts.is_client_module());
            if is_client || self.is_of_pages_router(file) {
                sides.browser = true;
                continue;
            }
            sides.server |= self.starts_on_server(file);
            open.extend(importers_of(bundles, file).iter().filter(|importer| met.insert(**importer)));
        }
        sides
    }

    /// Whether a file is where the server begins: a page, a layout, a handler, a module of actions.
    fn starts_on_server(&self, file: FileId) -> bool {
        let Some(app) = self.app_of(file) else { return false };
        let paths = self.paths();
        let is_action = self.facts(file).is_some_and(|facts| facts.is_server_module());
        is_action || routes::served(&app, file, paths).is_some() || !app.routes(paths).pages_with(file).is_empty()
    }

    fn is_of_pages_router(&self, file: FileId) -> bool {
        let dir = self.app_of(file).and_then(|app| app.pages_dir.clone());
        dir.is_some_and(|dir| self.path(file).starts_with(&dir) && !self.path(file).starts_with(dir.join("api")))
    }
}
