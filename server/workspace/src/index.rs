//! The index: the links of every file that can hold one.

use std::sync::{Arc, OnceLock};

use crate::{bundles::Bundles, callers::LinkTable, flow::Flow, links::FileLinks, paths::FileId, store::Stamp};

/// Links by file.
#[derive(Clone, Default)]
pub(crate) struct Index {
    pub links: LinkTable,
    /// What comes of actions that are handed on.
    pub flow: Arc<Flow>,
    /// Every configuration and `package.json`, as it was read.
    pub configured: Vec<(FileId, Stamp)>,
    /// Which pages carry which actions, once somebody has asked; anew where imports change.
    pub bundles: Arc<OnceLock<Bundles>>,
    /// How many files the last change linked again.
    pub relinked: usize,
    /// `tsconfig*.json`, `jsconfig.json` and `next.config.*`, by path.
    pub configurations: Arc<[FileId]>,
    /// The whole workspace is in it.
    pub complete: bool,
}

impl Index {
    /// The files whose links were made from that file's facts.
    pub(crate) fn dependents(&self, file: FileId) -> Vec<FileId> {
        let depends = |links: &FileLinks| links.depends_on.binary_search(&file).is_ok();
        let own = self.links.iter().filter(|(_, links)| depends(links)).map(|(f, _)| *f);
        own.chain(self.flow.dependents(file)).collect()
    }
}
