//! The index: the links of every file that can hold one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::{
    facts::{FileFacts, Imported, Origin},
    sketch::{NameHash, Sketch, import_hash, module_stem, name_hash, package_of},
};

use crate::{
    bundles::Bundles, callers::LinkTable, clients::HttpClient, flow::Flow, links::FileLinks, paths::FileId,
    store::Stamp,
};

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

/// Which files can matter, told by names in their sketches.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Interest {
    /// Last segments and packages under which modules with actions can be imported.
    pub modules: FxHashSet<NameHash>,
    /// What modules that tell URLs export that does (`tells`), by the names under which they can be
    /// imported.
    pub told: FxHashMap<NameHash, FxHashSet<NameHash>>,
    /// The same as sketches have it.
    pub told_imports: FxHashSet<NameHash>,
    /// First segments of the URLs that are served.
    pub paths: FxHashSet<NameHash>,
    /// How modules are named.
    pub names: Arc<ModuleNames>,
}

/// Under which names modules can be imported, as far as configurations say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ModuleNames {
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
            || sketch.may_import_name(&self.told_imports)
            || if self.names.any_module { !sketch.modules.is_empty() } else { sketch.may_import(&self.modules) }
    }

    /// Whether a specifier can lead to an action.
    pub(crate) fn may_lead_to_action(&self, specifier: &str) -> bool {
        self.names.any_module
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
        self.modules.extend(self.names.of(path));
        self.modules.len() > before
    }

    /// Adds a module that tells URLs, and what of it does. Whether anything of it is new.
    pub(crate) fn add_teller(&mut self, path: &Path, told: &[NameHash]) -> bool {
        let before = self.told_imports.len();
        for module in self.names.of(path) {
            self.add_told(module, told);
        }
        self.told_imports.len() > before
    }

    /// What people say of their clients: who imports one has to be read.
    pub(crate) fn add_clients(&mut self, clients: &[HttpClient], folders: &[PathBuf]) {
        for client in clients {
            let told = [name_hash(&client.export)];
            for path in client.paths(folders) {
                self.add_teller(&path, &told);
            }
            if !client.is_file() {
                let stem = name_hash(module_stem(&client.module));
                let package = package_of(&client.module).map(name_hash).filter(|p| *p != stem);
                for module in std::iter::once(stem).chain(package) {
                    self.add_told(module, &told);
                }
            }
        }
    }

    fn add_told(&mut self, module: NameHash, told: &[NameHash]) {
        let all = name_hash("*");
        self.told.entry(module).or_default().extend(told);
        self.told_imports.extend(told.iter().chain([&all]).map(|name| import_hash(module, *name)));
    }

    /// What a module that is imported by that specifier may tell.
    pub(crate) fn told_by(&self, specifier: &str) -> impl Iterator<Item = &FxHashSet<NameHash>> {
        let stem = name_hash(module_stem(specifier));
        let package = package_of(specifier).map(name_hash).filter(|p| *p != stem);
        std::iter::once(stem).chain(package).filter_map(|module| self.told.get(&module))
    }

    /// Whether an import may be of something that tells URLs.
    pub(crate) fn may_tell(&self, specifier: &str, imported: &Imported) -> bool {
        self.told_by(specifier).any(|told| match imported {
            Imported::Name(name) => told.contains(&name_hash(name)),
            Imported::Namespace => true,
        })
    }

    /// Whether a file may import something that didn't tell URLs before.
    pub(crate) fn newly_told(&self, before: &Self, sketch: &Sketch) -> bool {
        self.told_imports.len() > before.told_imports.len()
            && sketch.imports.iter().any(|i| self.told_imports.contains(i) && !before.told_imports.contains(i))
    }
}

impl ModuleNames {
    /// The names under which a file can be imported.
    pub(crate) fn of(&self, path: &Path) -> Vec<NameHash> {
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
