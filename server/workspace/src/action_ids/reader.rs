//! Which ID an action has, asked of the applications that can run it: a package's action is bundled by each
//! application that depends on the package, under the ID that its key and its paths make.

use std::{path::Path, sync::Arc};

use rustc_hash::FxHashMap;

use super::{ActionId, ActionIds, IdSource, NoId, build_output, keys};
use crate::{
    app::App,
    endpoint::{Endpoint, EndpointKind, RegisteredName},
    endpoints::registered_by,
    paths::FileId,
    programs::Runs,
    snapshot::Snapshot,
    store::Stamp,
};

/// An action's ID in one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdInApp {
    /// The application's folder (absolute).
    pub root: Arc<Path>,
    /// The ID, or why it isn't known.
    pub id: Result<ActionId, NoId>,
}

/// Answers which ID an action has. What an application's IDs depend on is looked at once: who asks about
/// many actions keeps the reader.
pub struct ActionIdReader<'s> {
    snap: &'s Snapshot,
    apps: FxHashMap<FileId, Arc<ActionIds>>,
}

impl Snapshot {
    /// A reader of this moment.
    #[must_use]
    pub fn action_ids(&self) -> ActionIdReader<'_> {
        ActionIdReader { snap: self, apps: FxHashMap::default() }
    }
}

impl ActionIdReader<'_> {
    /// The ID under which an action is called, or why it isn't known: its own application's, and of a
    /// package the one on which all applications agree that depend on it.
    pub fn id(&mut self, endpoint: &Endpoint) -> Result<ActionId, NoId> {
        match self.own_app(endpoint) {
            Some(app) => self.first_in(endpoint, &app),
            None => agreed(self.by_app(endpoint)),
        }
    }

    /// The ID in each application that is sure to be able to run the action: its own first, then those that
    /// depend on its package, by path. The latter are known once the workspace is.
    pub fn by_app(&mut self, endpoint: &Endpoint) -> Vec<IdInApp> {
        let apps = self.apps_of(endpoint, Runs::Surely);
        apps.iter().map(|app| IdInApp { root: app.root.clone(), id: self.first_in(endpoint, app) }).collect()
    }

    /// Every ID that leads to an action: applications have one each, and 14 registers some functions twice.
    /// An ID is a hash, so that applications of which it isn't sure that they run the code do no harm.
    pub fn every(&mut self, endpoint: &Endpoint) -> Vec<ActionId> {
        let least = if endpoint.app.is_some() { Runs::Surely } else { Runs::Perhaps };
        let mut all: Vec<ActionId> = vec![];
        for app in self.apps_of(endpoint, least) {
            for registered in self.registered(endpoint, &app) {
                all.extend(self.of(endpoint, &app, &registered).ok().filter(|id| all.iter().all(|a| a.id != id.id)));
            }
        }
        all
    }

    fn own_app(&self, endpoint: &Endpoint) -> Option<Arc<App>> {
        endpoint.app.and_then(|_| self.snap.app_of(endpoint.file))
    }

    fn apps_of(&self, endpoint: &Endpoint, least: Runs) -> Vec<Arc<App>> {
        let own = self.own_app(endpoint);
        // Until all are known, others may turn up.
        let others = if self.snap.is_complete() { self.snap.apps_running(endpoint.file, least) } else { vec![] };
        let is_other = |app: &Arc<App>| own.as_ref().is_none_or(|own| own.id != app.id);
        own.iter().cloned().chain(others.into_iter().filter(is_other)).collect()
    }

    /// Under which names an application registers it: the endpoint has those of its own application's
    /// release.
    fn registered(&self, endpoint: &Endpoint, app: &App) -> Vec<RegisteredName> {
        if endpoint.app == Some(app.id) {
            return endpoint.registered.clone();
        }
        let facts = self.snap.facts(endpoint.file);
        facts.map(|facts| registered_by(&facts, endpoint, app.release())).unwrap_or_default()
    }

    fn first_in(&mut self, endpoint: &Endpoint, app: &Arc<App>) -> Result<ActionId, NoId> {
        let registered = self.registered(endpoint, app);
        self.of(endpoint, app, registered.first().ok_or(NoId::NotRegistered)?)
    }

    fn of(&mut self, endpoint: &Endpoint, app: &Arc<App>, registered: &RegisteredName) -> Result<ActionId, NoId> {
        debug_assert_eq!(endpoint.kind, EndpointKind::Action, "only actions have IDs");
        // Read again when one of the files that it was read from changed.
        let store = &self.snap.store;
        let ids =
            self.apps.entry(app.id).or_insert_with(|| store.action_ids(app.id, stamp(app), || ActionIds::read(app)));
        ids.of(&self.snap.path(endpoint.file), registered)
    }
}

/// What all of them say: the same ID, or the same reason why it isn't known.
fn agreed(all: Vec<IdInApp>) -> Result<ActionId, NoId> {
    let mut answers = all.into_iter().map(|one| one.id);
    let mut agreed = answers.next().ok_or(NoId::AnyApp)?;
    for answer in answers {
        match (&agreed, answer) {
            (Ok(one), Ok(other)) if one.id == other.id => {
                // it stands in a manifest if it does in any
                if one.source == IdSource::Computed {
                    agreed = Ok(other);
                }
            }
            (Err(one), Err(other)) if *one == other => {}
            _ => return Err(NoId::AnyApp),
        }
    }
    agreed
}

/// A stamp of everything that [`ActionIds::read`] reads: files that come and go change it, too.
fn stamp(app: &App) -> Stamp {
    use std::hash::{BuildHasher, BuildHasherDefault};
    let files = build_output::places(app).into_iter().map(|place| place.manifest).chain(keys::places(app));
    let stamps: Vec<u64> = files.map(|file| Stamp::of(&file).map_or(0, |s| s.0)).collect();
    let hash = BuildHasherDefault::<rustc_hash::FxHasher>::default();
    let is_there = app.root.join(&app.config.dist_dir).is_dir();
    Stamp(hash.hash_one((stamps, is_there, &app.config.dist_dir, app.release(), app.bundler(), app.dev_bundler())) | 1)
}
