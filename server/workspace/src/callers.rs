//! The index the other way round: from an endpoint to the places that reach it.

use std::ops::{Deref, DerefMut};
use std::path::{Component, Path};
use std::sync::{Arc, OnceLock};

use rayon::iter::{FromParallelIterator, IntoParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    behind::ExportId,
    endpoint::{EndpointId, Link},
    links::FileLinks,
    paths::FileId,
    snapshot::Snapshot,
};

type ByFile = FxHashMap<FileId, Arc<FileLinks>>;

/// Links by file. Who calls what is read off them when somebody asks, and forgotten with the next
/// change, so that a keystroke pays nothing for it.
#[derive(Debug, Default)]
pub(crate) struct LinkTable {
    by_file: ByFile,
    reverse: OnceLock<Vec<Caller>>,
    /// See [`Self::passed_on`].
    passed_on: OnceLock<Vec<(ExportId, EndpointId)>>,
}

/// One target of one link: what is reached, from which file, by which of its links.
type Caller = (EndpointId, FileId, u32);

impl LinkTable {
    fn reverse(&self) -> &[Caller] {
        self.reverse.get_or_init(|| {
            let links = self.by_file.iter().flat_map(|(file, links)| {
                links.links.iter().enumerate().map(move |(index, link)| (*file, index as u32, link))
            });
            let targets = links.filter(|(_, _, link)| link.is_call() && !link.is_method_missing());
            let mut all: Vec<Caller> = targets
                .flat_map(|(file, index, link)| link.targets.iter().map(move |target| (*target, file, index)))
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        })
    }

    /// The calls that reach an endpoint: the file, and which of its links.
    fn callers(&self, of: EndpointId) -> impl Iterator<Item = (FileId, &Link)> {
        let all = self.reverse();
        let from = all.partition_point(|(target, _, _)| *target < of);
        let here = all.get(from..).unwrap_or_default().iter().take_while(move |(target, _, _)| *target == of);
        here.filter_map(|(_, file, index)| Some((*file, self.by_file.get(file)?.links.get(*index as usize)?)))
    }
}

impl LinkTable {
    /// The functions that thin files make endpoints of, sorted; found once, and again after a change
    /// (with every file that changes, its links are put in anew).
    pub(crate) fn passed_on(&self, find: impl FnOnce() -> Vec<(ExportId, EndpointId)>) -> &[(ExportId, EndpointId)] {
        self.passed_on.get_or_init(|| {
            let mut found = find();
            found.sort_by_key(|(export, _)| *export); // endpoints stay in the order of their URLs
            found
        })
    }
}

impl Clone for LinkTable {
    /// A copy is made to be changed.
    fn clone(&self) -> Self {
        self.by_file.clone().into()
    }
}

impl From<ByFile> for LinkTable {
    fn from(by_file: ByFile) -> Self {
        Self { by_file, ..Self::default() }
    }
}

impl FromParallelIterator<(FileId, Arc<FileLinks>)> for LinkTable {
    fn from_par_iter<I: IntoParallelIterator<Item = (FileId, Arc<FileLinks>)>>(links: I) -> Self {
        ByFile::from_par_iter(links).into()
    }
}

impl Deref for LinkTable {
    type Target = ByFile;

    fn deref(&self) -> &ByFile {
        &self.by_file
    }
}

impl DerefMut for LinkTable {
    fn deref_mut(&mut self) -> &mut ByFile {
        self.reverse.take();
        self.passed_on.take();
        &mut self.by_file
    }
}

impl Snapshot {
    /// The calls that reach an endpoint, by path and place. Before the first scan, those in open
    /// files.
    #[must_use]
    pub fn callers(&self, of: EndpointId) -> Vec<(FileId, Link)> {
        let mut found: Vec<(FileId, Link)> = if self.is_complete() {
            // Where something arrives through a prop or an argument, that link stands for its place.
            let arriving = |file: FileId| self.index.flow.links(file).into_iter().flat_map(|links| links.iter());
            let own =
                self.index.links.callers(of).filter(|(file, link)| arriving(*file).all(|a| a.range != link.range));
            let handed_on = self.index.flow.files().flat_map(|file| arriving(file).map(move |link| (file, link)));
            let handed_on = handed_on.filter(|(_, link)| link.is_call() && link.targets.contains(&of));
            own.chain(handed_on).map(|(file, link)| (file, link.clone())).collect()
        } else {
            let links = self.open.keys().flat_map(|file| self.links(*file).to_vec().into_iter().map(|l| (*file, l)));
            links
                .filter(|(_, link)| link.is_call() && !link.is_method_missing() && link.targets.contains(&of))
                .collect()
        };
        found.sort_by_cached_key(|(file, link)| (self.path(*file), link.range));
        found
    }

    /// Whether a file holds tests.
    #[must_use]
    pub fn is_test(&self, file: FileId) -> bool {
        let path = self.path(file);
        let app = self.app_of(file);
        let root = app.as_ref().map(|a| &*a.root);
        let inside = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or_else(|| self.inside(&path));
        let is_route = app
            .is_some_and(|a| [&a.app_dir, &a.pages_dir].into_iter().flatten().any(|router| path.starts_with(router)));
        is_test(inside, is_route)
    }

    /// A path from the folder of the workspace that holds it.
    pub(crate) fn inside<'p>(&self, path: &'p Path) -> &'p Path {
        let folder = self.folders.iter().filter(|f| path.starts_with(f)).max_by_key(|f| f.as_os_str().len());
        folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path)
    }
}

/// The one rule of what is a test, by path from the application's or workspace's root:
///
/// - the name says so before its extension: `*.test.*`, `*.spec.*`, `*.e2e.*`, `*.cy.*`;
/// - or a folder does: `__tests__`, `__mocks__` anywhere; `test`, `tests`, `e2e`, `cypress`,
///   `playwright` outside of `app/` and `pages/`, where such a folder is a part of the URL.
fn is_test(inside: &Path, is_route: bool) -> bool {
    let name = inside.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let mut parts = name.rsplit('.').skip(1);
    let by_name = matches!((parts.next(), parts.next()), (Some("test" | "spec" | "e2e" | "cy"), Some(_)));
    let folders = inside.parent().into_iter().flat_map(Path::components).filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    by_name || folders.into_iter().any(|folder| is_name_of_tests(folder, is_route))
}

fn is_name_of_tests(folder: &str, is_route: bool) -> bool {
    match folder {
        "__tests__" | "__mocks__" => true,
        "test" | "tests" | "e2e" | "cypress" | "playwright" => !is_route,
        _ => false,
    }
}

/// Whether all that is in a folder are tests.
pub(crate) fn is_test_folder(inside: &Path) -> bool {
    inside.components().any(|part| part.as_os_str().to_str().is_some_and(|name| is_name_of_tests(name, false)))
}

#[cfg(test)]
mod tests {
    use super::is_test;

    #[test]
    fn what_is_a_test() {
        for (path, is_route, expected) in [
            ("lib/cart.test.ts", false, true),
            ("app/cart/page.spec.tsx", true, true),
            ("login.cy.js", false, true),
            ("lib/__tests__/cart.ts", false, true),
            ("app/__tests__/cart.ts", true, true),
            ("tests/api/orders.ts", false, true),
            ("src/e2e/login.ts", false, true),
            ("app/test/page.tsx", true, false),
            ("app/api/e2e/route.ts", true, false),
            ("lib/test.ts", false, false),
            ("lib/latest/a.ts", false, false),
            ("lib/contest.ts", false, false),
            ("lib/spec.d.ts", false, false),
            (".test.ts", false, true),
        ] {
            assert_eq!(is_test(path.as_ref(), is_route), expected, "{path}");
        }
    }
}
