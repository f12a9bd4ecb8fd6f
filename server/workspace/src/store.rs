//! What was read from disk, kept for all snapshots. Entries carry the stamp of the file that they
//! were read from, so that a slow reader of an old moment can't put old facts into a new one.

use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHashMap};
use syntax::{anatomy::Outline, facts::FileFacts, lines::LineIndex};

use crate::{
    action_ids::ActionIds,
    paths::{FileId, Paths},
};

/// Which version of a file on disk: made from its size and time; 0 before it was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Stamp(pub u64);

impl Stamp {
    /// The stamp of what is on disk now; `None` if there is no such file.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some(Self((nanoseconds(&metadata) ^ metadata.len().rotate_left(48)) | 1))
    }

    /// When what is there was written, in nanoseconds of Unix time; 0 where that isn't known.
    pub(crate) fn modified(path: &Path) -> u64 {
        std::fs::metadata(path).map_or(0, |metadata| nanoseconds(&metadata))
    }
}

/// Which text of a file something was made from.
#[derive(Clone, Debug)]
pub(crate) enum Version {
    /// What was on disk.
    Disk(Stamp),
    /// What an open buffer held.
    Buffer(Arc<str>),
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Disk(one), Self::Disk(other)) => one == other,
            (Self::Buffer(one), Self::Buffer(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

fn nanoseconds(metadata: &std::fs::Metadata) -> u64 {
    metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos() as u64)
}

/// The table that scan workers fill and readers share.
#[derive(Debug, Default)]
pub(crate) struct Store {
    pub paths: Paths,
    facts: DashMap<FileId, (Stamp, Option<Arc<FileFacts>>), FxBuildHasher>,
    lines: DashMap<FileId, (Stamp, Arc<LineIndex>), FxBuildHasher>,
    /// Of open buffers, with the text that they were made from.
    open_lines: DashMap<FileId, (Arc<str>, Arc<LineIndex>), FxBuildHasher>,
    /// As far as somebody asked.
    outlines: DashMap<FileId, (Version, Option<Arc<Outline>>), FxBuildHasher>,
    /// By the application's number.
    action_ids: DashMap<FileId, (Stamp, Arc<ActionIds>), FxBuildHasher>,
}

/// What was read of a file, if that is still how it is. No guard is held afterwards.
fn kept<K: PartialEq, T: Clone>(of: &DashMap<FileId, (K, T), FxBuildHasher>, file: FileId, version: &K) -> Option<T> {
    of.get(&file).filter(|entry| entry.0 == *version).map(|entry| entry.1.clone())
}

impl Store {
    /// The facts of a file at a stamp, read if they aren't there. No guard is held while reading.
    pub(crate) fn facts(
        &self,
        file: FileId,
        stamp: Stamp,
        read: impl FnOnce() -> Option<FileFacts>,
    ) -> Option<Arc<FileFacts>> {
        if let Some(known) = self.known_facts(file, stamp) {
            return known;
        }
        let facts = read().map(Arc::new);
        self.put_facts(file, stamp, facts.clone());
        facts
    }

    /// The facts if they are there: the outer `None` means never read, the inner that there are none.
    pub(crate) fn known_facts(&self, file: FileId, stamp: Stamp) -> Option<Option<Arc<FileFacts>>> {
        kept(&self.facts, file, &stamp)
    }

    pub(crate) fn put_facts(&self, file: FileId, stamp: Stamp, facts: Option<Arc<FileFacts>>) {
        self.facts.insert(file, (stamp, facts));
    }

    pub(crate) fn lines(
        &self,
        file: FileId,
        stamp: Stamp,
        read: impl FnOnce() -> Option<LineIndex>,
    ) -> Option<Arc<LineIndex>> {
        kept(&self.lines, file, &stamp).or_else(|| {
            let lines = Arc::new(read()?);
            self.lines.insert(file, (stamp, lines.clone()));
            Some(lines)
        })
    }

    /// What decides about the action IDs of an application, read if it isn't there at that stamp.
    pub(crate) fn action_ids(&self, app: FileId, stamp: Stamp, read: impl FnOnce() -> ActionIds) -> Arc<ActionIds> {
        kept(&self.action_ids, app, &stamp).unwrap_or_else(|| {
            let ids = Arc::new(read());
            self.action_ids.insert(app, (stamp, ids.clone()));
            ids
        })
    }

    /// The lines of an open buffer's text.
    pub(crate) fn lines_of(&self, file: FileId, text: &Arc<str>) -> Arc<LineIndex> {
        let known = self.open_lines.get(&file).filter(|entry| Arc::ptr_eq(&entry.0, text)).map(|entry| entry.1.clone());
        known.unwrap_or_else(|| {
            let lines = Arc::new(LineIndex::new(text));
            self.open_lines.insert(file, (text.clone(), lines.clone()));
            lines
        })
    }

    /// The outline of one version of a file, read if it isn't there.
    pub(crate) fn outline(
        &self,
        file: FileId,
        version: Version,
        read: impl FnOnce() -> Option<Outline>,
    ) -> Option<Arc<Outline>> {
        kept(&self.outlines, file, &version).unwrap_or_else(|| {
            let outline = read().map(Arc::new);
            self.outlines.insert(file, (version, outline.clone()));
            outline
        })
    }

    /// Forgets what belongs to no file of the workspace any more.
    pub(crate) fn retain(&self, stamps: &FxHashMap<FileId, Stamp>) {
        self.facts.retain(|file, entry| stamps.get(file) == Some(&entry.0));
        self.lines.retain(|file, entry| stamps.get(file) == Some(&entry.0));
        self.outlines.retain(|file, entry| stamps.get(file).is_some_and(|stamp| entry.0 == Version::Disk(*stamp)));
    }
}
