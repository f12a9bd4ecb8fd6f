//! What follows from where files are and from configuration, not from what code says: the
//! applications, the resolution of specifiers. It holds until a file is created or deleted or a
//! configuration changes; then a new layout takes its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use syntax::facts::FileFacts;

use crate::{
    app::{App, Apps},
    endpoint::Endpoint,
    paths::{FileId, Paths},
    programs::Programs,
    resolve::Resolver,
};

type Derived<T> = DashMap<FileId, T, FxBuildHasher>;

/// One layout and what was derived under it so far.
pub(crate) struct Layout {
    pub apps: Apps,
    pub programs: Programs,
    resolver: Resolver,
    resolved: DashMap<(FileId, Box<str>), Option<FileId>, FxBuildHasher>,
    app_of_file: Derived<Option<Arc<App>>>,
    /// With the facts that they were made from: other facts, other endpoints.
    endpoints: Derived<(Option<Arc<FileFacts>>, Declared)>,
}

/// The endpoints of a file, and the other files whose facts decided about them (`export *`).
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub endpoints: Arc<[Endpoint]>,
    pub through: Arc<[FileId]>,
}

impl Layout {
    pub(crate) fn new(unsaved: FxHashSet<PathBuf>) -> Self {
        Self {
            apps: Apps::default(),
            programs: Programs::default(),
            resolver: Resolver::new(unsaved),
            resolved: DashMap::default(),
            app_of_file: DashMap::default(),
            endpoints: DashMap::default(),
        }
    }

    pub(crate) fn resolve(&self, file: FileId, path: &Path, specifier: &str, paths: &Paths) -> Option<FileId> {
        let key = (file, Box::from(specifier));
        if let Some(known) = self.resolved.get(&key).map(|r| *r) {
            return known;
        }
        let found = self.resolver.resolve(path, specifier).map(|p| paths.id(&p));
        self.resolved.insert(key, found);
        found
    }

    pub(crate) fn app_of(&self, file: FileId, path: &Path, folders: &[PathBuf], paths: &Paths) -> Option<Arc<App>> {
        if let Some(known) = self.app_of_file.get(&file).map(|a| a.clone()) {
            return known;
        }
        let app = self.apps.of(path, folders, paths);
        self.app_of_file.insert(file, app.clone());
        app
    }

    pub(crate) fn endpoints(
        &self,
        file: FileId,
        facts: Option<&Arc<FileFacts>>,
        make: impl FnOnce() -> (Vec<Endpoint>, Vec<FileId>),
    ) -> Declared {
        let same = |known: &Option<Arc<FileFacts>>| match (known, facts) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        if let Some(known) = self.endpoints.get(&file).filter(|e| same(&e.0)).map(|e| e.1.clone()) {
            return known;
        }
        let (endpoints, through) = make();
        let made = Declared { endpoints: endpoints.into(), through: through.into() };
        self.endpoints.insert(file, (facts.cloned(), made.clone()));
        made
    }

    /// Some file's public face changed: endpoints that were read through it may have, too.
    pub(crate) fn forget_endpoints(&self) {
        self.endpoints.clear();
    }
}
