//! The scan of the whole workspace, beside the state thread: find, read, decide what is worth
//! parsing, parse that, link. What an earlier scan knows of unchanged files is taken over.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use syntax::sketch::{Sketch, name_hash};

use crate::{
    disk::{Unreadable, read_bytes, read_text},
    flow::Flow,
    index::Index,
    interest::{Interest, ModuleNames},
    layout::Layout,
    links::link_file,
    packages::Package,
    paths::{FileId, Paths},
    routes::Serves,
    snapshot::{Snapshot, facts_of},
    spread::spread,
    store::Stamp,
    walk::{Found, walk},
};

/// How far a scan is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files in all; 0 while they are still being found.
    pub total: usize,
    /// What is going on, for people: `finding files`, `finding applications`, `reading`, `linking`.
    pub phase: &'static str,
}

/// What is known of one file on disk without parsing it.
#[derive(Clone, Debug)]
pub(crate) struct Scouted {
    pub stamp: Stamp,
    pub sketch: Arc<Sketch>,
}

/// Scouted files by number.
pub(crate) type Scouts = FxHashMap<FileId, Scouted>;

/// A scan of the whole workspace, to be run beside the state thread.
pub struct Scan {
    /// The moment it starts from: open buffers count.
    pub(crate) base: Snapshot,
}

/// What a scan found, to be given back to the state thread.
pub struct Scanned {
    /// The moment that it makes.
    pub(crate) snapshot: Snapshot,
    pub(crate) interest: Interest,
    /// The buffers that were open when it began.
    pub(crate) began_with: Snapshot,
}

struct Work<'p> {
    progress: &'p (dyn Fn(Progress) + Sync),
    done: AtomicUsize,
    total: usize,
    phase: &'static str,
}

impl Work<'_> {
    fn one_more(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(64) || done == self.total {
            (self.progress)(Progress { done, total: self.total, phase: self.phase });
        }
    }
}

impl Scan {
    /// Walks, reads and links everything. `progress` is called from worker threads, often;
    /// `threads` bounds the workers.
    pub fn run(self, threads: usize, progress: &(dyn Fn(Progress) + Sync)) -> Scanned {
        match rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|i| format!("scan-{i}")).build() {
            Ok(pool) => pool.install(|| self.scan(threads, progress)),
            Err(_) => self.scan(threads, progress), // no threads to be had: the global pool will do
        }
    }

    fn scan(self, threads: usize, progress: &(dyn Fn(Progress) + Sync)) -> Scanned {
        progress(Progress { done: 0, total: 0, phase: "finding files" });
        let found = walk(&self.base.folders, threads);
        progress(Progress { done: 0, total: 0, phase: "finding applications" });
        let (base, mut interest) = rayon::join(|| self.with_new_layout(&found), || configured(&found));
        serve(&base, &mut interest);
        interest.add_clients(&base.clients, &base.folders);
        let scouted = self.scout(&base, &found, &interest, progress);
        let stamps = scouted.iter().map(|(file, scouted)| (*file, scouted.stamp)).collect();
        let scouts = Arc::new(scouted);
        let names = interest.names.clone();
        let mut snapshot = Snapshot { stamps: Arc::new(stamps), scouts: scouts.clone(), names, ..base };
        snapshot.store.retain(&snapshot.stamps);
        let wanted = choose(&snapshot, &scouts, &mut interest);
        let configurations =
            found.tsconfigs.iter().chain(&found.next_configs).map(|p| snapshot.paths().id(p)).collect();
        let linked = link_all(&snapshot, wanted, &interest, progress);
        let configured = configured_as(&found, snapshot.paths());
        let before = &self.base.index;
        // A look at a disk on which nothing happened costs no second walk along the imports.
        let same = before.complete && before.configured == configured && self.base.stamps == snapshot.stamps;
        let bundles = if same { before.bundles.clone() } else { Arc::default() };
        snapshot.index = Arc::new(Index { configurations, configured, bundles, ..linked });
        Scanned { snapshot, interest, began_with: self.base }
    }

    fn with_new_layout(&self, found: &Found) -> Snapshot {
        let unsaved = self.base.open.keys().map(|f| self.base.path(*f).to_path_buf()).filter(|p| !p.exists()).collect();
        let base = Snapshot { layout: Arc::new(Layout::new(unsaved)), ..self.base.clone() };
        let roots: FxHashSet<&Path> =
            found.packages.iter().chain(&found.next_configs).filter_map(|p| p.parent()).collect();
        let roots: Vec<&Path> = roots.into_iter().collect();
        roots.par_iter().for_each(|root| {
            if let Some(app) = base.layout.apps.at(root, base.paths()) {
                let _ = app.routes(base.paths());
            }
        });
        base
    }

    /// Reads every file that changed and sketches it; parses at once what surely matters, while
    /// its bytes are at hand.
    fn scout(
        &self,
        base: &Snapshot,
        found: &Found,
        interest: &Interest,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Scouts {
        let served = served_files(base);
        let mut files: Vec<(FileId, PathBuf)> =
            found.code.iter().chain(&found.next_configs).map(|path| (base.paths().id(path), path.clone())).collect();
        let listed: FxHashSet<FileId> = files.iter().map(|(file, _)| *file).collect();
        // What Next serves counts, ignored by git or not.
        files.extend(served.iter().filter(|f| !listed.contains(f)).map(|f| (*f, base.path(*f).to_path_buf())));
        let work = Work { progress, done: AtomicUsize::new(0), total: files.len(), phase: "reading" };
        files
            .par_iter()
            .with_max_len(16)
            .filter_map(|(file, path)| {
                let scouted = self.scout_one(base, *file, path, served.contains(file), interest);
                work.one_more();
                Some((*file, scouted?))
            })
            .collect()
    }

    fn scout_one(
        &self,
        base: &Snapshot,
        file: FileId,
        path: &Path,
        served: bool,
        interest: &Interest,
    ) -> Option<Scouted> {
        let stamp = Stamp::of(path)?;
        let known = self.base.scouts.get(&file).filter(|known| known.stamp == stamp);
        if let Some(known) = known {
            let parse = served || interest.wants(&known.sketch);
            if !parse || base.store.known_facts(file, stamp).is_some() {
                return Some(known.clone());
            }
        }
        let bytes = match read_bytes(path) {
            Ok(bytes) => bytes,
            Err(Unreadable::Gone) => return None,
            Err(why) => {
                tracing::warn!("{} {why}: left out", path.display());
                base.store.put_facts(file, stamp, None);
                return Some(Scouted { stamp, sketch: Arc::default() });
            }
        };
        let sketch = Sketch::new(&bytes);
        if served || interest.wants(&sketch) {
            parse_into(base, file, path, stamp, bytes);
        }
        Some(Scouted { stamp, sketch: Arc::new(sketch) })
    }
}

fn parse_into(base: &Snapshot, file: FileId, path: &Path, stamp: Stamp, bytes: Vec<u8>) {
    let facts = match String::from_utf8(bytes) {
        Ok(text) => path
            .file_name()
            .and_then(|n| n.to_str())
            .and_then(syntax::parse::Grammar::for_file)
            .and_then(|grammar| facts_of(&text, grammar)),
        Err(_) => {
            tracing::warn!("{} {}: left out", path.display(), Unreadable::NotText);
            None
        }
    };
    base.store.put_facts(file, stamp, facts.map(Arc::new));
}

/// The code files that applications serve.
fn served_files(base: &Snapshot) -> FxHashSet<FileId> {
    let is_code = |file: FileId| {
        let path = base.path(file);
        path.file_name().and_then(|n| n.to_str()).is_some_and(|n| syntax::parse::Grammar::for_file(n).is_some())
    };
    let mut files = FxHashSet::default();
    for app in base.layout.apps.all() {
        let served = app.routes(base.paths()).served.iter().filter(|s| s.serves != Serves::Page);
        files.extend(served.map(|s| s.file).filter(|f| is_code(*f)));
    }
    files
}

/// What applications serve makes the files interesting that name it.
fn serve(base: &Snapshot, interest: &mut Interest) {
    for app in base.layout.apps.all() {
        interest.paths.extend(app.first_segments(base.paths()).iter().map(|segment| name_hash(segment)));
    }
}

/// What the configurations alone say of how modules are named.
fn configured(found: &Found) -> Interest {
    let mut names = ModuleNames::default();
    for path in &found.packages {
        let Some((dir, package)) = path.parent().and_then(|dir| Some((dir, Package::read(dir)?))) else { continue };
        names.add_package(dir, package.name.iter().chain(&package.imports).map(String::as_str));
        let name = package.name.as_deref().unwrap_or_default();
        for (subpath, target) in package.exports.iter().filter(|(subpath, _)| subpath != ".") {
            names.add_alias(&[name, subpath.trim_start_matches('.')].concat(), &normal(&dir.join(target)));
        }
    }
    for path in &found.tsconfigs {
        aliases(path, &mut names);
    }
    Interest { names: Arc::new(names), ..Interest::default() }
}

/// What the configurations are, so that a later scan can tell whether any of them changed.
fn configured_as(found: &Found, paths: &Paths) -> Vec<(FileId, Stamp)> {
    let all = found.packages.iter().chain(&found.tsconfigs).chain(&found.next_configs);
    all.filter_map(|path| Some((paths.id(path), Stamp::of(path)?))).collect()
}

/// The aliases of a `tsconfig.json` that make an import's last segment say nothing.
fn aliases(path: &Path, names: &mut ModuleNames) {
    let Ok(text) = read_text(path) else { return };
    let mut text = text.to_string();
    let _ = json_strip_comments::strip(&mut text);
    let Ok(json) = serde_json::from_str::<Value>(&text) else {
        tracing::warn!("{} is not valid JSON: read as if it were empty", path.display());
        return;
    };
    let Some(options) = json.get("compilerOptions") else { return };
    let base = options.get("baseUrl").and_then(Value::as_str).unwrap_or(".");
    let base = path.parent().unwrap_or(path).join(base);
    for (key, targets) in options.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for target in targets.as_array().into_iter().flatten().filter_map(Value::as_str) {
            names.add_alias(key, &normal(&base.join(target)));
        }
    }
}

/// Without `.` and `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    use std::path::Component;
    path.components().fold(PathBuf::new(), |mut out, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
        out
    })
}

/// The files to parse and link: those that surely matter, and those that import what has come to.
fn choose(snapshot: &Snapshot, scouts: &Scouts, interest: &mut Interest) -> Vec<FileId> {
    let mut chosen: FxHashSet<FileId> = served_files(snapshot).into_iter().filter(|f| scouts.contains_key(f)).collect();
    chosen.extend(snapshot.open.keys());
    if !snapshot.clients.is_empty() {
        chosen.extend(scouts.keys().filter(|file| snapshot.holds_client(**file)));
    }
    // Assets that are served have no text, but they are listed.
    for app in snapshot.layout.apps.all() {
        let served = app.routes(snapshot.paths()).served.iter();
        chosen.extend(served.filter(|s| s.serves == Serves::Metadata).map(|s| s.file));
    }
    chosen.extend(scouts.iter().filter(|(_, scouted)| interest.wants(&scouted.sketch)).map(|(file, _)| *file));
    let concerned = spread(snapshot, chosen.iter().copied().collect(), interest);
    chosen.extend(concerned);
    chosen.into_iter().collect()
}

fn link_all(
    snapshot: &Snapshot,
    files: Vec<FileId>,
    interest: &Interest,
    progress: &(dyn Fn(Progress) + Sync),
) -> Index {
    let work = Work { progress, done: AtomicUsize::new(0), total: files.len(), phase: "linking" };
    let links = files
        .par_iter()
        .with_max_len(16)
        .map(|file| {
            let facts = snapshot.facts(*file);
            let links = facts.map(|facts| link_file(snapshot, *file, &facts, Some(interest)));
            work.one_more();
            (*file, Arc::new(links.unwrap_or_default()))
        })
        .collect();
    let flow = Arc::new(Flow::new(snapshot, &links));
    Index { links: links.into(), flow, complete: true, ..Index::default() }
}
