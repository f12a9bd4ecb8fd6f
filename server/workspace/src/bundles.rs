//! Which pages carry which actions. A page's bundle is everything that can be reached from the files
//! that it is made of, by imports that are left once types are stripped (`FileFacts::bundled`); an
//! action of any module in it can be called by a POST to that page (`collectComponentInfoFromServerEntryDependency`
//! in build/webpack/plugins/flight-client-entry-plugin.ts).
//!
//! It is walked from the actions upwards, so that code without any costs nothing, when somebody asks
//! for the first time: the scan doesn't wait for it.

use std::sync::Arc;

use next::Bundler;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use syntax::{
    facts::{Brings, FileFacts, Imported, Origin, Used},
    sketch::{NameHash, module_names},
};

use crate::{
    endpoint::{ActionScope, Endpoint},
    paths::FileId,
    routes::{self, Serves},
    snapshot::Snapshot,
};

/// Who bundles whom, as far as it is above an action.
#[derive(Debug, Default)]
pub(crate) struct Bundles {
    /// A module, and the files that bring it along.
    importers: FxHashMap<FileId, Vec<FileId>>,
    /// Files that declare actions, and everything above them.
    met: FxHashSet<FileId>,
    /// The names by which those can be imported.
    names: FxHashSet<NameHash>,
}

/// A page or a Route Handler, in whose bundle an action is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carrier {
    /// The application: its `App::id`.
    pub app: FileId,
    /// Next's route.
    pub url: Arc<str>,
}

impl Carrier {
    /// Whether people can go there: not so where no page is found, nor to a page that only stands in for
    /// another one (`/feed/(.)photo`).
    #[must_use]
    pub fn is_address(&self) -> bool {
        next::is_address(&self.url)
    }
}

/// Where an action can be called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carriers {
    /// Pages, by application and route.
    pub pages: Vec<Carrier>,
    /// Route Handlers whose code reaches it: they run it, but don't take calls of it.
    pub handlers: Vec<Carrier>,
}

impl Bundles {
    pub(crate) fn new(snap: &Snapshot) -> Self {
        let mut bundles = Self::default();
        let mut fresh: Vec<FileId> =
            snap.files().into_iter().filter(|file| snap.facts(*file).is_some_and(|f| declares_actions(&f))).collect();
        bundles.met.extend(&fresh);
        while !fresh.is_empty() {
            let edges = above(snap, &fresh);
            let importers = edges.iter().map(|(_, importer)| *importer);
            fresh = importers.filter(|importer| bundles.met.insert(*importer)).collect();
            for (module, importer) in edges {
                bundles.importers.entry(module).or_default().push(importer);
            }
        }
        bundles.names = bundles.met.iter().flat_map(|file| snap.names.of(&snap.path(*file))).collect();
        bundles
    }

    /// Whether a file with these imports may bring along a module above an action.
    pub(crate) fn may_bring(&self, modules: &[NameHash]) -> bool {
        modules.iter().any(|name| self.names.contains(name))
    }

    /// Whether it is still true after a file has changed to these facts.
    pub(crate) fn hold(&self, snap: &Snapshot, file: FileId, facts: &FileFacts) -> bool {
        let mut now: Vec<FileId> = bundled(snap, file, facts).filter_map(|s| snap.resolve(file, s)).collect();
        now.retain(|module| self.met.contains(module));
        let mut then: Vec<FileId> = vec![];
        then.extend(
            self.importers.iter().filter(|(_, importers)| importers.contains(&file)).map(|(module, _)| *module),
        );
        for list in [&mut now, &mut then] {
            list.sort_unstable();
            list.dedup();
        }
        now == then && (!declares_actions(facts) || self.met.contains(&file))
    }

    /// A file and everything that brings it along, of one of its exports if `name` says so.
    ///
    /// For browsers a module of actions is a list of references: what it imports stays behind. And
    /// Turbopack leaves out of it what no client module names. So above such an edge client modules
    /// are no way up (`sealed`).
    pub(crate) fn reaching(&self, snap: &Snapshot, file: FileId, name: Option<&str>) -> Vec<FileId> {
        let start = Step { file, sealed: false, name: name.map(Arc::from) };
        let mut all = vec![start.clone()];
        let mut met = FxHashSet::from_iter([start]);
        let mut next = 0;
        while let Some(step) = all.get(next).cloned() {
            next += 1;
            for importer in self.importers.get(&step.file).into_iter().flatten() {
                for step in step.up_to(snap, *importer) {
                    if met.insert(step.clone()) {
                        all.push(step);
                    }
                }
            }
        }
        let mut files: Vec<FileId> = all.into_iter().map(|step| step.file).collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

/// A place on the way up from an action.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Step {
    file: FileId,
    /// From here on only code for the server brings the action along.
    sealed: bool,
    /// The export by which it is still to be named; `None` once it was.
    name: Option<Arc<str>>,
}

impl Step {
    /// The steps from here to a file that brings this one along: several where it passes the action
    /// on under several names.
    fn up_to(&self, snap: &Snapshot, importer: FileId) -> Vec<Self> {
        let Some(facts) = snap.facts(importer) else { return vec![] };
        let mut names: Vec<(bool, Option<Arc<str>>)> = match &self.name {
            Some(name) => {
                let named = Named::new(snap, importer, &facts, self.file, name);
                let passed = named.passed_on.into_iter().map(|name| (false, Some(name)));
                passed.chain(named.used.then_some((false, None))).collect()
            }
            None => vec![(false, None)],
        };
        if names.is_empty() {
            let bundler = snap.only_app_of(importer).map(|app| app.bundler());
            names.push((bundler == Some(Bundler::Turbopack), None));
        }
        let is_client = facts.is_client_module();
        let steps = names.into_iter().map(|(shaken, name)| {
            let sealed = self.sealed || shaken;
            (!(sealed && is_client)).then(|| Self { file: importer, sealed: sealed || facts.is_server_module(), name })
        });
        steps.flatten().collect()
    }
}

/// How a file names an export of another one.
#[derive(Debug, Default)]
struct Named {
    /// It uses it, or all of the module.
    used: bool,
    /// It exports it again, under these names.
    passed_on: Vec<Arc<str>>,
}

impl Named {
    fn new(snap: &Snapshot, file: FileId, facts: &FileFacts, module: FileId, name: &str) -> Self {
        let mut named = Self::default();
        let is_it = |specifier: u32| facts.specifier(specifier).is_some_and(|s| snap.resolve(file, s) == Some(module));
        for bundled in facts.bundled.iter().filter(|bundled| is_it(bundled.specifier)) {
            let specifier = bundled.specifier;
            named.used |= bundled.by == Brings::Call;
            let is_passed = name != "default" && facts.star_exports.contains(&specifier);
            named.passed_on.extend(is_passed.then(|| Arc::from(name)));
            let mut means = |imported: &Imported| match imported {
                Imported::Name(imported) => &**imported == name,
                Imported::Namespace => {
                    named.used = true;
                    false
                }
            };
            for export in &facts.exports {
                let is_passed = match &export.origin {
                    Origin::From { specifier: from, imported } => *from == specifier && means(imported),
                    Origin::Import(import) => facts
                        .imports
                        .get(*import as usize)
                        .is_some_and(|import| import.specifier == specifier && means(&import.imported)),
                    Origin::Here => false,
                };
                named.passed_on.extend(is_passed.then(|| Arc::from(&*export.name)));
            }
            named.used |= facts.uses.iter().any(|used| {
                let Used::Import(import) = used.used else { return false };
                facts.imports.get(import as usize).filter(|i| i.specifier == specifier).is_some_and(|import| {
                    match &import.imported {
                        Imported::Name(imported) => &**imported == name,
                        // what is done with all of it can't be told
                        Imported::Namespace => used.member.as_deref().is_none_or(|member| member == name),
                    }
                })
            });
        }
        named
    }
}

/// The files that bring a module along; known of modules above actions.
pub(crate) fn importers_of(bundles: &Bundles, module: FileId) -> &[FileId] {
    bundles.importers.get(&module).map_or(&[], Vec::as_slice)
}

fn declares_actions(facts: &FileFacts) -> bool {
    facts.is_server_module() || !facts.inline_actions.is_empty()
}

/// The edges that end at one of these modules: the module, and who brings it along.
fn above(snap: &Snapshot, modules: &[FileId]) -> Vec<(FileId, FileId)> {
    let names: FxHashSet<NameHash> = modules.iter().flat_map(|file| snap.names.of(&snap.path(*file))).collect();
    let modules: FxHashSet<FileId> = modules.iter().copied().collect();
    let candidates = snap.scouts.iter().filter(|(file, scouted)| {
        snap.open.contains_key(file) || scouted.sketch.modules.iter().any(|module| names.contains(module))
    });
    let mut candidates: Vec<FileId> = candidates.map(|(file, _)| *file).collect();
    candidates.extend(snap.open.keys().filter(|file| !snap.scouts.contains_key(file)));
    candidates
        .par_iter()
        .flat_map_iter(|file| {
            let found = snap.facts(*file).map(|facts| brought(snap, *file, &facts, &names)).unwrap_or_default();
            found.into_iter().filter(|module| modules.contains(module)).map(|module| (module, *file))
        })
        .collect()
}

/// The specifiers of what a file brings along. Only TypeScript leaves out what isn't used.
fn bundled<'f>(snap: &Snapshot, file: FileId, facts: &'f FileFacts) -> impl Iterator<Item = &'f str> {
    let path = snap.path(file);
    let is_script = path.extension().is_some_and(|e| ["js", "jsx", "mjs", "cjs"].iter().any(|js| e == *js));
    let counts = move |by: Brings| is_script || by != Brings::Unused;
    facts.bundled.iter().filter(move |b| counts(b.by)).filter_map(|b| facts.specifier(b.specifier))
}

/// The modules that a file brings along, of those that can be imported by one of these names.
fn brought(snap: &Snapshot, file: FileId, facts: &FileFacts, names: &FxHashSet<NameHash>) -> Vec<FileId> {
    let may_mean = |specifier: &str| module_names(specifier).any(|name| names.contains(&name));
    bundled(snap, file, facts).filter(|s| may_mean(s)).filter_map(|s| snap.resolve(file, s)).collect()
}

impl Snapshot {
    /// The pages and handlers that carry an action. The first to ask waits until all imports above
    /// actions are known.
    #[must_use]
    pub fn carriers(&self, action: &Endpoint) -> Carriers {
        self.carriers_in(action, self.index.bundles.get_or_init(|| Bundles::new(self)))
    }

    /// Walks the imports above all actions, so that nobody has to wait for it later.
    pub fn find_carriers(&self) {
        self.index.bundles.get_or_init(|| Bundles::new(self));
    }

    /// The same without waiting: `None` until somebody has asked [`Self::carriers`].
    #[must_use]
    pub fn known_carriers(&self, action: &Endpoint) -> Option<Carriers> {
        Some(self.carriers_in(action, self.index.bundles.get()?))
    }

    /// Whether a file that is above an action is, or may be, part of what browsers load: it or something
    /// that brings it along is a client module. Also `true` while that isn't known.
    #[must_use]
    pub fn may_run_in_browsers(&self, file: FileId) -> bool {
        let is_client = |file: FileId| self.facts(file).is_some_and(|facts| facts.is_client_module());
        let is_pages_router = |file: FileId| {
            let dir = self.app_of(file).and_then(|app| app.pages_dir.clone());
            dir.is_some_and(|dir| self.path(file).starts_with(dir))
        };
        let Some(bundles) = self.index.bundles.get() else { return true };
        is_client(file) || bundles.reaching(self, file, None).into_iter().any(|f| is_client(f) || is_pages_router(f))
    }

    fn carriers_in(&self, action: &Endpoint, bundles: &Bundles) -> Carriers {
        let mut carriers = Carriers::default();
        let name = (action.scope == Some(ActionScope::Module)).then_some(&*action.name);
        for file in bundles.reaching(self, action.file, name) {
            let Some(app) = self.app_of(file) else { continue };
            let pages = app.routes(self.paths()).pages_with(file).iter();
            carriers.pages.extend(pages.map(|url| Carrier { app: app.id, url: url.clone() }));
            let handler = routes::served(&app, file, self.paths()).filter(|served| served.serves == Serves::Route);
            carriers.handlers.extend(handler.map(|served| Carrier { app: app.id, url: served.url.clone() }));
        }
        for list in [&mut carriers.pages, &mut carriers.handlers] {
            list.sort_by(|a, b| (self.path(a.app), &a.url).cmp(&(self.path(b.app), &b.url)));
            list.dedup();
        }
        carriers
    }
}

#[cfg(test)]
mod tests;
