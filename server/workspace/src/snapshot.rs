//! What readers see: one moment of the workspace, immutable, cheap to clone, safe to share.
//!
//! Whatever is asked for and isn't known yet is read on demand (design, invariant 4), so every
//! answer is right before the first scan is through, only lists are shorter.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem;
use rustc_hash::FxHashMap;
use syntax::{anatomy::Outline, document::Document, extract, facts::FileFacts, lines::LineIndex, parse};

use crate::{
    app::App,
    clients::HttpClient,
    disk::{read_bytes, read_text},
    endpoint::{Endpoint, Link},
    endpoints,
    index::Index,
    interest::ModuleNames,
    layout::{Declared, Layout},
    links,
    paths::{FileId, Paths},
    routes::Serves,
    scan::Scouts,
    store::{Stamp, Store, Version},
};

/// One moment of the workspace.
#[derive(Clone)]
pub struct Snapshot {
    pub(crate) store: Arc<Store>,
    pub(crate) folders: Arc<[PathBuf]>,
    pub(crate) open: Arc<FxHashMap<FileId, Arc<Document>>>,
    pub(crate) stamps: Arc<FxHashMap<FileId, Stamp>>,
    pub(crate) layout: Arc<Layout>,
    pub(crate) index: Arc<Index>,
    pub(crate) scouts: Arc<Scouts>,
    pub(crate) names: Arc<ModuleNames>,
    pub(crate) clients: Arc<[HttpClient]>,
    pub(crate) cancelled: Option<Arc<AtomicBool>>,
}

impl Snapshot {
    /// The number of a path that the workspace knows or that is on disk.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<FileId> {
        let known = self.paths().known(path).filter(|id| self.open.contains_key(id) || self.stamps.contains_key(id));
        known.or_else(|| path.is_file().then(|| self.paths().id(path)))
    }

    /// The path behind a number.
    #[must_use]
    pub fn path(&self, file: FileId) -> Arc<Path> {
        self.paths().path(file)
    }

    /// The table of paths.
    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.store.paths
    }

    /// The workspace folders.
    #[must_use]
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// A file's text: the open buffer, else the disk. `None` when it is gone, over 1 MiB or not text.
    #[must_use]
    pub fn text(&self, file: FileId) -> Option<Arc<str>> {
        if let Some(document) = self.open.get(&file) {
            return Some(document.text().clone());
        }
        read_text(&self.path(file)).ok()
    }

    /// A file's lines, for positions.
    #[must_use]
    pub fn lines(&self, file: FileId) -> Option<Arc<LineIndex>> {
        if let Some(document) = self.open.get(&file) {
            return Some(self.store.lines_of(file, document.text()));
        }
        self.store.lines(file, self.stamp(file), || Some(LineIndex::new(&self.text(file)?)))
    }

    /// A file's facts, read on demand. `None` when there is no text or it isn't code.
    #[must_use]
    pub fn facts(&self, file: FileId) -> Option<Arc<FileFacts>> {
        if let Some(document) = self.open.get(&file) {
            return Some(document.facts().clone());
        }
        self.store.facts(file, self.stamp(file), || facts_on_disk(&self.path(file)))
    }

    /// A file's statements, read on demand and kept. `None` when there is no text or it isn't code.
    #[must_use]
    pub fn outline(&self, file: FileId) -> Option<Arc<Outline>> {
        let path = self.path(file);
        let grammar = parse::Grammar::for_file(path.file_name()?.to_str()?)?;
        let version = match self.open.get(&file) {
            Some(document) => Version::Buffer(document.text().clone()),
            None => Version::Disk(self.stamp(file)),
        };
        self.store.outline(file, version, || Outline::new(&self.text(file)?, grammar))
    }

    /// Whether a file's text allows for an export of that name, its own or one that it passes on. Of
    /// barrels with hundreds of modules only those are parsed that can matter.
    pub(crate) fn may_export(&self, file: FileId, name: &str) -> bool {
        if self.open.contains_key(&file) || self.store.known_facts(file, self.stamp(file)).is_some() {
            return true;
        }
        let passes_on = ["export *", "export*", "export type *"];
        read_bytes(&self.path(file)).is_ok_and(|text| {
            memmem::find(&text, name.as_bytes()).is_some()
                || passes_on.iter().any(|all| memmem::find(&text, all.as_bytes()).is_some())
        })
    }

    /// The applications that are known: all of them once the workspace was scanned.
    #[must_use]
    pub fn apps(&self) -> Arc<[Arc<App>]> {
        self.layout.apps.all().into()
    }

    /// The application that a file belongs to.
    #[must_use]
    pub fn app_of(&self, file: FileId) -> Option<Arc<App>> {
        self.layout.app_of(file, &self.path(file), &self.folders, self.paths())
    }

    /// The applications that code outside of any application can run in.
    pub(crate) fn all_apps(&self) -> Vec<Arc<App>> {
        self.layout.apps.all()
    }

    /// The endpoints that a file declares.
    #[must_use]
    pub fn endpoints(&self, file: FileId) -> Arc<[Endpoint]> {
        self.declared(file).endpoints
    }

    pub(crate) fn declared(&self, file: FileId) -> Declared {
        let facts = self.facts(file);
        self.layout.endpoints(file, facts.as_ref(), || match &facts {
            Some(facts) => endpoints::endpoints(self, file, facts),
            None => (self.asset(file).into_iter().collect(), vec![]),
        })
    }

    /// A metadata file that is no code (`icon.png`).
    fn asset(&self, file: FileId) -> Option<Endpoint> {
        let app = self.app_of(file)?;
        let served = app.routes(self.paths()).of_file(file).filter(|s| s.serves == Serves::Metadata)?;
        Some(endpoints::asset(&app, served))
    }

    /// The links that start in a file.
    #[must_use]
    pub fn links(&self, file: FileId) -> Arc<[Link]> {
        let own = match self.index.links.get(&file) {
            Some(known) => known.links.clone(),
            None => match self.facts(file) {
                Some(facts) => links::link_file(self, file, &facts, None).links,
                None => return Arc::new([]),
            },
        };
        let Some(arriving) = self.index.flow.links(file) else { return own.into() };
        // Where something arrives beside what stands there anyway, its link tells of both.
        let mut all: Vec<Link> = own.into_iter().filter(|l| arriving.iter().all(|a| a.range != l.range)).collect();
        all.extend(arriving.iter().cloned());
        all.sort_by_key(|l| l.range);
        all.into()
    }

    /// How many files the last change linked again: itself, and those that depend on what it changed.
    #[must_use]
    pub fn relinked(&self) -> usize {
        self.index.relinked
    }

    /// The link whose expression holds a byte offset, made on the spot.
    #[must_use]
    pub fn link_at(&self, file: FileId, offset: u32) -> Option<Link> {
        if let Some(arriving) = self.index.flow.links(file)
            && let Some(link) = arriving.iter().find(|l| l.range.touches(offset))
        {
            return Some(link.clone());
        }
        let facts = self.facts(file)?;
        let mut depends_on = vec![];
        facts
            .uses
            .iter()
            .filter(|u| u.range.touches(offset) || u.head.touches(offset))
            .find_map(|u| links::link_use(self, file, &facts, u, &mut depends_on).filter(|l| l.range.touches(offset)))
            .or_else(|| {
                let rows = facts.flow.derived.iter().filter(|d| d.range.touches(offset));
                let mut links =
                    rows.filter_map(|row| links::link_derived(self, file, &facts, row, &|_| vec![], &mut depends_on));
                links.next()
            })
            .or_else(|| {
                // From the inside out; what is only part of a URL gives way to the whole of it.
                let mut sites: Vec<_> = facts.urls.iter().filter(|u| u.range.touches(offset)).collect();
                sites.sort_by_key(|u| u.range.end - u.range.start);
                let mut links = sites.iter().filter_map(|s| links::link_url(self, file, s, None, &mut depends_on));
                let first = links.next()?;
                if first.kind != "part" {
                    return Some(first);
                }
                Some(links.next().unwrap_or(first))
            })
    }

    /// What a name that a file imports ends at.
    #[must_use]
    pub fn follow_import(
        &self,
        file: FileId,
        specifier: &str,
        imported: &syntax::facts::Imported,
    ) -> Option<crate::Followed> {
        crate::follow::Walk::new(self).import(file, specifier, imported)
    }

    /// What a name that a file exports ends at.
    #[must_use]
    pub fn follow_export(&self, file: FileId, name: &str) -> Option<crate::Followed> {
        crate::follow::Walk::new(self).export(file, name)
    }

    /// Every file that may declare an endpoint or hold a link, sorted by path.
    #[must_use]
    pub fn files(&self) -> Vec<FileId> {
        let mut files: Vec<(Arc<Path>, FileId)> = self.index.links.keys().map(|f| (self.path(*f), *f)).collect();
        files.extend(self.index.flow.files().map(|f| (self.path(f), f)));
        files.sort();
        files.dedup();
        files.into_iter().map(|(_, file)| file).collect()
    }

    /// The whole workspace was indexed at least once.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.index.complete
    }

    /// The request that holds this snapshot was cancelled: long loops stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// The same snapshot under a flag that a cancelled request sets.
    #[must_use]
    pub fn cancelled_by(self, flag: Arc<AtomicBool>) -> Self {
        Self { cancelled: Some(flag), ..self }
    }

    /// Configuration files that the last scan found, sorted by path.
    #[must_use]
    pub fn configurations(&self) -> Arc<[FileId]> {
        self.index.configurations.clone()
    }

    /// What keeps a `tsconfig.json` or `jsconfig.json` from being read: where, and the reason.
    #[must_use]
    pub fn config_problem(&self, file: FileId) -> Option<(syntax::TextRange, String)> {
        let original = self.text(file)?;
        let mut text = original.to_string();
        // Comments become blanks, so places stay.
        let _ = json_strip_comments::strip(&mut text);
        let error = serde_json::from_str::<serde_json::Value>(&text).err()?;
        let lines = LineIndex::new(&original);
        let at = syntax::LineCol {
            line: error.line().saturating_sub(1) as u32,
            col: error.column().saturating_sub(1) as u32,
        };
        let start = lines.offset(at, syntax::Encoding::Utf8);
        let reason = error.to_string();
        let reason = reason.split(" at line").next().unwrap_or_default();
        Some((
            syntax::TextRange::new(start, (start + 1).min(original.len() as u32)),
            format!("Not valid JSON: {reason}"),
        ))
    }

    /// The file that a specifier means where `file` names it.
    #[must_use]
    pub fn resolve(&self, file: FileId, specifier: &str) -> Option<FileId> {
        self.layout.resolve(file, &self.path(file), specifier, self.paths())
    }

    fn stamp(&self, file: FileId) -> Stamp {
        self.stamps.get(&file).copied().unwrap_or_default()
    }
}

/// Reads and parses a closed file: its tree is dropped at once.
pub(crate) fn facts_on_disk(path: &Path) -> Option<FileFacts> {
    let grammar = parse::Grammar::for_file(path.file_name()?.to_str()?)?;
    facts_of(&read_text(path).ok()?, grammar)
}

pub(crate) fn facts_of(text: &str, grammar: parse::Grammar) -> Option<FileFacts> {
    let tree = parse::parse(text, grammar, None)?;
    Some(extract::facts(&tree, grammar, text))
}
