//! The owner of all state. One thread holds it and applies changes in the order of their arrival.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::{
    Encoding,
    document::{Document, Edit},
    facts::FileFacts,
    parse::Grammar,
    sketch::Sketch,
};

use crate::{
    app::App,
    clients::HttpClient,
    index::Index,
    interest::Interest,
    layout::Layout,
    links::{FileLinks, link_file},
    paths::FileId,
    scan::{Scan, Scanned, Scouted},
    snapshot::Snapshot,
    spread::spread,
    store::{Stamp, Store},
    walk::{Kind, is_left_out, kind_of},
};

/// The whole state: the moment that readers get, and what is needed to make the next one.
pub struct World {
    now: Snapshot,
    interest: Interest,
    scan_wanted: bool,
    /// Files that changed on disk while a scan was running.
    meanwhile: Vec<PathBuf>,
    scanning: bool,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// Nothing open, no folders.
    #[must_use]
    pub fn new() -> Self {
        Self {
            now: Snapshot {
                store: Arc::new(Store::default()),
                folders: Arc::new([]),
                open: Arc::default(),
                stamps: Arc::default(),
                layout: Arc::new(Layout::new(FxHashSet::default())),
                index: Arc::new(Index::default()),
                clients: Arc::new([]),
                scouts: Arc::default(),
                names: Arc::default(),
                cancelled: None,
            },
            interest: Interest::default(),
            scan_wanted: false,
            meanwhile: vec![],
            scanning: false,
        }
    }

    /// Replaces the workspace folders (absolute paths).
    pub fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.now.folders = folders.into();
        self.scan_wanted = true;
    }

    /// The folders.
    #[must_use]
    pub fn folders(&self) -> &[PathBuf] {
        &self.now.folders
    }

    /// Replaces what people say of functions that send requests and can't be looked into.
    pub fn set_http_clients(&mut self, clients: Vec<HttpClient>) {
        if *self.now.clients != *clients {
            self.now.clients = clients.into();
            self.scan_wanted = true; // every file may be linked otherwise
        }
    }

    /// A buffer was opened.
    pub fn open(&mut self, path: &Path, text: &str) {
        let file = self.now.paths().id(path);
        let before = self.known_facts(file);
        let grammar = path.file_name().and_then(|n| n.to_str()).and_then(Grammar::for_file);
        Arc::make_mut(&mut self.now.open).insert(file, Arc::new(Document::new(text, grammar)));
        self.changed(file, before);
        // A new file: imports of it resolve from now on, and it may answer at a URL. One that is on disk
        // and that no scan has seen may as well be none of the workspace's.
        if grammar.is_some() && !self.now.scouts.contains_key(&file) && (!path.exists() || self.is_routed(file, path)) {
            self.scan_wanted = true;
        }
    }

    /// Whether a file is in a folder whose files Next serves.
    fn is_routed(&self, file: FileId, path: &Path) -> bool {
        let app = self.now.index.complete.then(|| self.now.app_of(file)).flatten();
        app.is_some_and(|app| [&app.app_dir, &app.pages_dir].into_iter().flatten().any(|dir| path.starts_with(dir)))
    }

    /// A buffer was changed.
    pub fn edit(&mut self, path: &Path, edits: &[Edit], encoding: Encoding) {
        let file = self.now.paths().id(path);
        let open = Arc::make_mut(&mut self.now.open);
        let Some(document) = open.get_mut(&file) else { return };
        let before = document.facts().clone();
        Arc::make_mut(document).edit(edits, encoding);
        self.changed(file, Some(before));
    }

    /// A buffer was closed: the disk counts again.
    pub fn close(&mut self, path: &Path) {
        let file = self.now.paths().id(path);
        let Some(document) = Arc::make_mut(&mut self.now.open).remove(&file) else { return };
        self.look_again(file, path);
        self.changed(file, Some(document.facts().clone()));
    }

    /// Hints that these paths were created, changed or deleted on disk.
    pub fn files_changed(&mut self, paths: &[PathBuf]) {
        if self.scanning {
            self.meanwhile.extend_from_slice(paths);
        }
        for path in paths {
            let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
            if is_left_out(path, &self.now.folders) {
                continue; // `next dev` writes there all the time
            }
            match kind_of(name) {
                Some(Kind::Code) => self.code_changed(path),
                Some(_) => self.scan_wanted = true,
                // A folder that came or went, with all that is in it, or an asset that is served.
                None => {
                    let went = !name.contains('.') && !path.exists();
                    self.scan_wanted |= path.is_dir() || went || self.is_served(path);
                }
            }
        }
    }

    /// Whether a path is in a folder whose files Next serves, as far as that is known.
    fn is_served(&self, path: &Path) -> bool {
        let now = &self.now;
        let serves =
            |app: Arc<App>| [&app.app_dir, &app.pages_dir].into_iter().flatten().any(|dir| path.starts_with(dir));
        !now.index.complete || now.layout.apps.of(path, &now.folders, now.paths()).is_some_and(serves)
    }

    fn code_changed(&mut self, path: &Path) {
        let file = self.now.paths().id(path);
        let was_there = self.now.scouts.contains_key(&file);
        if was_there != path.is_file() {
            self.scan_wanted = true; // created or deleted: imports resolve anew
            return;
        }
        if self.now.open.contains_key(&file) || !was_there {
            return; // the buffer is what counts
        }
        let before = self.known_facts(file);
        self.look_again(file, path);
        self.changed(file, before);
    }

    /// Folders, configuration or the set of files changed: a scan has to run (again).
    #[must_use]
    pub fn needs_scan(&self) -> bool {
        self.scan_wanted
    }

    /// A scan of what is there now. `needs_scan` is false from here on.
    pub fn scan(&mut self) -> Scan {
        self.scan_wanted = false;
        self.scanning = true;
        Scan { base: self.now.clone() }
    }

    /// Takes in what a scan found; changes that came in the meantime stay.
    pub fn adopt(&mut self, scanned: Scanned) {
        let open = self.now.open.clone();
        let folders = self.now.folders.clone();
        let clients = self.now.clients.clone();
        self.now = Snapshot { open: open.clone(), folders, clients, cancelled: None, ..scanned.snapshot };
        self.interest = scanned.interest;
        self.scanning = false;
        let began_with = &scanned.began_with;
        let all: FxHashSet<FileId> = open.keys().chain(began_with.open.keys()).copied().collect();
        for file in all {
            let (now, then) = (open.get(&file), began_with.open.get(&file));
            let same = match (now, then) {
                (Some(now), Some(then)) => Arc::ptr_eq(now, then),
                _ => false,
            };
            if !same {
                self.changed(file, then.map(|d| d.facts().clone()));
            }
        }
        let meanwhile = std::mem::take(&mut self.meanwhile);
        self.files_changed(&meanwhile);
    }

    /// The pages that carry actions aren't known, although the workspace is: somebody may want to ask
    /// [`Snapshot::carriers`] before a person does.
    #[must_use]
    pub fn wants_carriers(&self) -> bool {
        self.now.index.complete && self.now.index.bundles.get().is_none()
    }

    /// A scan ended without a result: what it was for is still to be done.
    pub fn scan_failed(&mut self) {
        self.scanning = false;
        self.scan_wanted = true;
        let meanwhile = std::mem::take(&mut self.meanwhile);
        self.files_changed(&meanwhile);
    }

    /// This moment.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.now.clone()
    }

    /// Facts that were read before; nothing is read for this.
    fn known_facts(&self, file: FileId) -> Option<Arc<FileFacts>> {
        if let Some(document) = self.now.open.get(&file) {
            return Some(document.facts().clone());
        }
        let stamp = self.now.stamps.get(&file)?;
        self.now.store.known_facts(file, *stamp)?
    }

    /// Looks at a file on disk again: its stamp and its sketch.
    fn look_again(&mut self, file: FileId, path: &Path) {
        let Some(mut stamp) = Stamp::of(path) else {
            self.scan_wanted = true;
            return;
        };
        if self.now.stamps.get(&file) == Some(&stamp) {
            stamp = Stamp(stamp.0.wrapping_add(2)); // written twice within the clock's tick
        }
        let sketch = crate::disk::read_bytes(path).map(|bytes| Sketch::new(&bytes)).unwrap_or_default();
        Arc::make_mut(&mut self.now.stamps).insert(file, stamp);
        Arc::make_mut(&mut self.now.scouts).insert(file, Scouted { stamp, sketch: Arc::new(sketch) });
    }

    /// Brings the index up to date after one file's text changed.
    fn changed(&mut self, file: FileId, before: Option<Arc<FileFacts>>) {
        if !self.now.index.complete {
            return; // the first scan will do it; until then everything is read on demand
        }
        let facts = if self.matters(file) { self.now.facts(file) } else { None };
        let face = |facts: &Option<Arc<FileFacts>>| facts.clone().unwrap_or_default();
        let mut affected: FxHashSet<FileId> = FxHashSet::from_iter([file]);
        let old = before.clone(); // `before` names the interest below
        if !face(&before).same_public_face(&face(&facts)) {
            self.now.layout.forget_endpoints();
            affected.extend(self.now.index.dependents(file));
            if facts.is_some() {
                affected.extend(spread(&self.now, vec![file], &mut self.interest));
            }
        }
        self.imports_changed(file, old.as_deref(), facts.as_deref());
        // Where only positions moved, nobody else has to be linked again: targets are by index.
        self.link(affected);
    }

    /// Forgets which pages carry what if this change makes a difference to it.
    fn imports_changed(&mut self, file: FileId, before: Option<&FileFacts>, facts: Option<&FileFacts>) {
        if before.zip(facts).is_some_and(|(before, facts)| before.same_bundle(facts)) {
            return;
        }
        // A file that nobody asks about, a page without links, say, may begin to bring actions along.
        let bundles = self.now.index.bundles.get();
        let begins = || {
            let scouted = self.now.scouts.get(&file)?;
            bundles?.may_bring(&scouted.sketch.modules).then(|| self.now.facts(file))?
        };
        let facts = facts.cloned().or_else(|| begins().map(|facts| (*facts).clone())).unwrap_or_default();
        // Who is walking along imports right now does it for nobody.
        if !self.now.index.bundles.get().is_some_and(|bundles| bundles.hold(&self.now, file, &facts)) {
            Arc::make_mut(&mut self.now.index).bundles = Arc::default();
        }
    }

    /// Whether a file has links or endpoints that a scan would see.
    fn matters(&self, file: FileId) -> bool {
        let index = &self.now.index;
        if self.now.open.contains_key(&file) || index.links.contains_key(&file) || index.flow.reaches(file) {
            return true;
        }
        // Components matter to those who give them actions, whatever is in them.
        !index.dependents(file).is_empty() || self.now.scouts.get(&file).is_some_and(|s| self.interest.wants(&s.sketch))
    }

    fn link(&mut self, files: FxHashSet<FileId>) {
        let interest = &self.interest;
        let linked: FxHashMap<FileId, _> = files
            .iter()
            .filter_map(|&file| {
                let wanted = self.now.open.contains_key(&file)
                    || self.now.index.links.contains_key(&file)
                    || self.now.scouts.get(&file).is_some_and(|s| interest.wants(&s.sketch));
                let facts = wanted.then(|| self.now.facts(file))??;
                Some((file, Arc::new(link_file(&self.now, file, &facts, Some(interest)))))
            })
            .collect();
        let sends = |links: Option<&Arc<FileLinks>>| links.map(|l| l.sends.clone()).unwrap_or_default();
        let resent = linked.iter().any(|(file, links)| links.sends != sends(self.now.index.links.get(file)));
        let index = Arc::make_mut(&mut self.now.index);
        index.links.extend(linked);
        let mut flow = std::mem::take(&mut index.flow);
        let reached = Arc::make_mut(&mut flow).update(&self.now, &self.now.index.links, &files, resent);
        let index = Arc::make_mut(&mut self.now.index);
        index.flow = flow;
        index.relinked = files.len() + reached;
    }
}
