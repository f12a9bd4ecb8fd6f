//! File identities. A path gets a number once and keeps it for the process's life, also across
//! deletion and re-creation; tables and links carry the number.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use dashmap::DashMap;
use rustc_hash::FxBuildHasher;

/// A file, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The table of all paths ever met. Shared by all snapshots; it only grows.
#[derive(Debug, Default)]
pub struct Paths {
    ids: DashMap<Arc<Path>, FileId, FxBuildHasher>,
    paths: RwLock<Vec<Arc<Path>>>,
}

impl Paths {
    /// The number of an absolute path; a new one if it was never met.
    pub fn id(&self, path: &Path) -> FileId {
        if let Some(id) = self.known(path) {
            return id;
        }
        let mut paths = self.paths.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(id) = self.known(path) {
            return id; // another thread was faster
        }
        let id = FileId(paths.len() as u32);
        let path: Arc<Path> = path.into();
        paths.push(path.clone());
        self.ids.insert(path, id);
        id
    }

    /// The number of a path that was met before.
    #[must_use]
    pub fn known(&self, path: &Path) -> Option<FileId> {
        self.ids.get(path).map(|id| *id)
    }

    /// The path behind a number.
    #[must_use]
    pub fn path(&self, id: FileId) -> Arc<Path> {
        let paths = self.paths.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        paths.get(id.0 as usize).cloned().unwrap_or_else(|| PathBuf::new().into())
    }
}

/// Whether a path is a dependency's: it is read at most, and never changed.
#[must_use]
pub fn is_dependency(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "node_modules")
}

/// A path as people and JSON see it: relative to `root` if it is inside, with `/`.
#[must_use]
pub fn shown(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}
