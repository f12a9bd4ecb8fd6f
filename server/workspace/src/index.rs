//! The index: the links of every file that can hold one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use syntax::{
    facts::{FileFacts, Imported, Origin},
    sketch::{NameHash, Sketch, module_stem, name_hash, package_of},
};

use crate::{callers::LinkTable, clients::HttpClient, links::FileLinks, paths::FileId};

/// Links by file.
#[derive(Clone, Default)]
pub(crate) struct Index {
    pub links: LinkTable,
    /// `tsconfig*.json`, `jsconfig.json` and `next.config.*`, by path.
    pub configurations: Arc<[FileId]>,
    /// The whole workspace is in it.
    pub complete: bool,
}

impl Index {
    /// The files whose links were made from that file's facts.
    pub(crate) fn dependents(&self, file: FileId) -> Vec<FileId> {
        let depends = |links: &FileLinks| links.depends_on.binary_search(&file).is_ok();
        self.links.iter().filter(|(_, links)| depends(links)).map(|(f, _)| *f).collect()
    }
}

/// Which files can matter, told by names in their sketches.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Interest {
    /// Last segments and packages under which modules with actions can be imported.
    pub modules: FxHashSet<NameHash>,
    /// Names under which modules that tell URLs can be imported: constants, contracts, clients and
    /// helpers that put a path in front (`tells`).
    pub tellers: FxHashSet<NameHash>,
    /// What those modules export that tells.
    pub told: FxHashSet<NameHash>,
    /// First segments of the URLs that are served.
    pub paths: FxHashSet<NameHash>,
    /// An alias maps names in a way that last segments don't show: every import can matter.
    pub any_module: bool,
    /// Workspace packages: folder, and the names under which their modules are imported.
    pub packages: Vec<(Arc<Path>, Vec<NameHash>)>,
    /// Aliases of single modules (`"@db": ["./lib/db.ts"]`): the module without its extension, and
    /// the alias.
    pub aliases: Vec<(PathBuf, NameHash)>,
}

impl Interest {
    /// Whether a file has to be parsed.
    pub(crate) fn wants(&self, sketch: &Sketch) -> bool {
        sketch.use_server
            || sketch.may_name_path(&self.paths)
            || sketch.may_import_name(&self.tellers, &self.told)
            || if self.any_module { !sketch.modules.is_empty() } else { sketch.may_import(&self.modules) }
    }

    /// Whether a specifier can lead to an action.
    pub(crate) fn may_lead_to_action(&self, specifier: &str) -> bool {
        self.any_module
            || self.modules.contains(&name_hash(module_stem(specifier)))
            || package_of(specifier).is_some_and(|p| self.modules.contains(&name_hash(p)))
    }

    /// Whether a module declares actions or passes on modules that may.
    pub(crate) fn passes_actions(&self, facts: &FileFacts) -> bool {
        let leads = |specifier: u32| facts.specifier(specifier).is_some_and(|s| self.may_lead_to_action(s));
        facts.is_server_module()
            || facts.star_exports.iter().any(|s| leads(*s))
            || facts.exports.iter().any(|e| {
                e.inline_action.is_some()
                    || match &e.origin {
                        Origin::Here => false,
                        Origin::From { specifier, .. } => leads(*specifier),
                        Origin::Import(import) => {
                            facts.imports.get(*import as usize).is_some_and(|i| leads(i.specifier))
                        }
                    }
            })
    }

    /// Adds the names under which a module with actions can be imported. Whether any of them is new.
    pub(crate) fn add_module(&mut self, path: &Path) -> bool {
        let before = self.modules.len();
        self.modules.extend(self.names_of(path));
        self.modules.len() > before
    }

    /// Adds a module that tells URLs, and what of it does. Whether anything of it is new.
    pub(crate) fn add_teller<'n>(&mut self, path: &Path, told: impl Iterator<Item = &'n str>) -> bool {
        let before = (self.tellers.len(), self.told.len());
        self.tellers.extend(self.names_of(path));
        self.told.extend(told.map(name_hash));
        (self.tellers.len(), self.told.len()) > before
    }

    /// What people say of their clients: who imports one has to be read.
    pub(crate) fn add_clients(&mut self, clients: &[HttpClient], folders: &[PathBuf]) {
        for client in clients {
            self.told.insert(name_hash(&client.export));
            for path in client.paths(folders) {
                self.tellers.extend(self.names_of(&path));
            }
            if !client.is_file() {
                self.tellers.insert(name_hash(module_stem(&client.module)));
                self.tellers.extend(package_of(&client.module).map(name_hash));
            }
        }
    }

    /// Whether a specifier can lead to a module that tells URLs.
    pub(crate) fn may_lead_to_teller(&self, specifier: &str) -> bool {
        self.tellers.contains(&name_hash(module_stem(specifier)))
            || package_of(specifier).is_some_and(|p| self.tellers.contains(&name_hash(p)))
    }

    /// Whether an import may be of something that tells URLs.
    pub(crate) fn may_tell(&self, specifier: &str, imported: &Imported) -> bool {
        self.may_lead_to_teller(specifier)
            && match imported {
                Imported::Name(name) => self.told.contains(&name_hash(name)),
                Imported::Namespace => true,
            }
    }

    /// Whether a file may import something that didn't tell URLs before.
    pub(crate) fn newly_told(&self, before: &Self, sketch: &Sketch) -> bool {
        let all = name_hash("*");
        let may_import = |new: &dyn Fn(&NameHash) -> bool| sketch.modules.iter().chain(&sketch.packages).any(new);
        may_import(&|m| self.tellers.contains(m) && !before.tellers.contains(m))
            || (may_import(&|m| self.tellers.contains(m))
                && self.told.len() > before.told.len()
                && sketch.names.iter().any(|n| *n == all || (self.told.contains(n) && !before.told.contains(n))))
    }

    /// The names under which a file can be imported.
    fn names_of(&self, path: &Path) -> Vec<NameHash> {
        let mut names = vec![];
        let stem = path.file_name().and_then(|n| n.to_str()).map(module_stem).unwrap_or_default();
        names.push(name_hash(stem));
        if stem == "index"
            && let Some(folder) = path.parent().and_then(Path::file_name).and_then(|n| n.to_str())
        {
            names.push(name_hash(folder));
            // `import '.'`, `import '..'`
            names.extend([name_hash("."), name_hash("..")]);
        }
        let package =
            self.packages.iter().filter(|(dir, _)| path.starts_with(dir)).max_by_key(|(dir, _)| dir.as_os_str().len());
        names.extend(package.into_iter().flat_map(|(_, names)| names));
        let bare = path.with_extension("");
        let is_it = |target: &Path| target == bare || (stem == "index" && Some(target) == path.parent());
        names.extend(self.aliases.iter().filter(|(target, _)| is_it(target)).map(|(_, alias)| *alias));
        names
    }
}
