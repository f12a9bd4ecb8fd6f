//! The index: the links of every file that can hold one.

use std::sync::Arc;

use crate::{callers::LinkTable, flow::Flow, links::FileLinks, paths::FileId};

/// Links by file.
#[derive(Clone, Default)]
pub(crate) struct Index {
    pub links: LinkTable,
    /// What comes of actions that are handed on.
    pub flow: Arc<Flow>,
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
