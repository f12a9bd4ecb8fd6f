//! Which files can matter, told by names alone: paths that are served, and what modules export that is
//! an action or tells a URL.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::{
    facts::Imported,
    sketch::{NameHash, Sketch, import_hash, module_names, module_stem, name_hash},
};

use crate::clients::HttpClient;

/// What modules export, by the names under which they are imported. Two modules of one name are told
/// apart by what is taken from them, as far as that goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Names {
    by_module: FxHashMap<NameHash, FxHashSet<NameHash>>,
    /// The same as sketches have it.
    imports: FxHashSet<NameHash>,
}

impl Names {
    /// What a module that a specifier may mean exports.
    pub(crate) fn of(&self, specifier: &str) -> impl Iterator<Item = NameHash> {
        module_names(specifier).filter_map(|module| self.by_module.get(&module)).flatten().copied()
    }

    /// Whether an import may be one of them.
    pub(crate) fn may_be(&self, specifier: &str, imported: &Imported) -> bool {
        module_names(specifier).filter_map(|module| self.by_module.get(&module)).any(|names| match imported {
            Imported::Name(name) => names.contains(&name_hash(name)),
            Imported::Namespace => true,
        })
    }

    fn add(&mut self, module: NameHash, names: &[NameHash], new: &mut Self) {
        if names.is_empty() {
            return;
        }
        let known = self.by_module.entry(module).or_default();
        // who imports all of a module imports this, too
        let imports = names.iter().filter(|name| known.insert(**name)).chain([&ALL]);
        for name in imports {
            let import = import_hash(module, *name);
            if self.imports.insert(import) {
                new.imports.insert(import);
            }
            if *name != ALL {
                new.by_module.entry(module).or_default().insert(*name);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.by_module.is_empty()
    }
}

/// The hash of `*`.
const ALL: NameHash = name_hash("*");

/// What a module gives to those who import it: hashes of names that it exports.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Given {
    /// Those that are actions, or may be.
    pub actions: Vec<NameHash>,
    /// Those that tell URLs.
    pub told: Vec<NameHash>,
}

/// What became interesting at once.
#[derive(Debug, Default)]
pub(crate) struct News {
    actions: Names,
    told: Names,
}

impl News {
    pub(crate) fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.told.is_empty()
    }

    /// Whether a file may import something of it.
    pub(crate) fn concerns(&self, sketch: &Sketch) -> bool {
        sketch.may_import_name(&self.actions.imports) || sketch.may_import_name(&self.told.imports)
    }

    /// Whether a file may hand on something of it that it doesn't name: `export *`.
    pub(crate) fn may_pass(&self, sketch: &Sketch) -> bool {
        let is_new = |module| self.actions.by_module.contains_key(module) || self.told.by_module.contains_key(module);
        sketch.modules.iter().any(is_new)
    }
}

/// Which files can matter, told by names in their sketches.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Interest {
    /// What modules export that may be an action.
    pub actions: Names,
    /// What modules export that tells URLs (`tells`).
    pub told: Names,
    /// First segments of the URLs that are served.
    pub paths: FxHashSet<NameHash>,
    /// How modules are named.
    pub names: Arc<ModuleNames>,
}

/// Under which names modules can be imported, as far as configurations say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ModuleNames {
    /// Workspace packages that have names: folder, and the names under which their modules are imported.
    packages: Vec<(Arc<Path>, Vec<NameHash>)>,
    /// Aliases of single modules (`"@db": ["./lib/db.ts"]`), by the module without its extension.
    aliases: FxHashMap<PathBuf, Vec<NameHash>>,
    patterns: Vec<Pattern>,
}

/// An alias that changes the last segment: `"@actions/*": ["./src/*/actions"]`.
#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    /// What stands before and behind the star.
    alias: (Box<str>, Box<str>),
    /// The same of the module's path, without its extension.
    module: (Box<str>, Box<str>),
}

impl Interest {
    /// Whether a file has to be parsed.
    pub(crate) fn wants(&self, sketch: &Sketch) -> bool {
        sketch.use_server
            || sketch.may_name_path(&self.paths)
            || sketch.may_import_name(&self.told.imports)
            || sketch.may_import_name(&self.actions.imports)
    }

    /// Adds what a module gives, under all names by which it can be imported.
    pub(crate) fn add(&mut self, path: &Path, given: &Given, new: &mut News) {
        if given.actions.is_empty() && given.told.is_empty() {
            return;
        }
        for module in self.names.of(path) {
            self.actions.add(module, &given.actions, &mut new.actions);
            self.told.add(module, &given.told, &mut new.told);
        }
    }

    /// What people say of their clients: who imports one has to be read.
    pub(crate) fn add_clients(&mut self, clients: &[HttpClient], folders: &[PathBuf]) {
        let mut new = News::default();
        for client in clients {
            let given = Given { told: vec![name_hash(&client.export)], ..Given::default() };
            for path in client.paths(folders) {
                self.add(&path, &given, &mut new);
            }
            if !client.is_file() {
                for module in module_names(&client.module) {
                    self.told.add(module, &given.told, &mut new.told);
                }
            }
        }
    }
}

impl ModuleNames {
    /// Adds a package of the workspace, its folder and the specifiers that mean one of its modules.
    pub(crate) fn add_package<'s>(&mut self, dir: &Path, specifiers: impl Iterator<Item = &'s str>) {
        let names: Vec<NameHash> = specifiers.flat_map(module_names).collect();
        if !names.is_empty() {
            self.packages.push((Arc::from(dir), names));
        }
    }

    /// Adds an alias of a module, or with a `*` in both of several. Where the last segment stays the
    /// same, it says enough.
    pub(crate) fn add_alias(&mut self, alias: &str, module: &Path) {
        let last = module.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let bare = if module_stem(last).len() < last.len() { module.with_extension("") } else { module.to_owned() };
        match (alias.split_once('*'), bare.to_str().and_then(|m| m.split_once('*'))) {
            (None, None) => {
                let own = name_hash(module_stem(last));
                let names: Vec<NameHash> = module_names(alias).filter(|name| *name != own).collect();
                if !names.is_empty() {
                    self.aliases.entry(bare).or_default().extend(names);
                }
            }
            (Some((before, behind)), Some((folder, file))) => {
                let is_whole_segment = |before: &str| before.is_empty() || before.ends_with(['/', '\\']);
                if behind != file || !is_whole_segment(before) || !is_whole_segment(folder) {
                    self.patterns
                        .push(Pattern { alias: (before.into(), behind.into()), module: (folder.into(), file.into()) });
                }
            }
            _ => {}
        }
    }

    /// The names under which a file can be imported.
    pub(crate) fn of(&self, path: &Path) -> FxHashSet<NameHash> {
        let mut names = FxHashSet::default();
        let stem = path.file_name().and_then(|n| n.to_str()).map(module_stem).unwrap_or_default();
        names.insert(name_hash(stem));
        let bare = path.with_extension("");
        let folder = path.parent().filter(|_| stem == "index");
        if let Some(name) = folder.and_then(Path::file_name).and_then(|n| n.to_str()) {
            names.insert(name_hash(name));
            // `import '.'`, `import '..'`
            names.extend([name_hash("."), name_hash("..")]);
        }
        let package =
            self.packages.iter().filter(|(dir, _)| path.starts_with(dir)).max_by_key(|(dir, _)| dir.as_os_str().len());
        names.extend(package.into_iter().flat_map(|(_, names)| names));
        for module in std::iter::once(bare.as_path()).chain(folder) {
            names.extend(self.aliases.get(module).into_iter().flatten());
            let Some(module) = module.to_str() else { continue };
            for specifier in self.patterns.iter().filter_map(|pattern| pattern.specifier(module)) {
                names.extend(module_names(&specifier));
            }
        }
        names
    }
}

impl Pattern {
    /// The specifier that means a module, if the pattern is the module's.
    fn specifier(&self, module: &str) -> Option<String> {
        let star = module.strip_prefix(&*self.module.0)?.strip_suffix(&*self.module.1)?;
        Some([&*self.alias.0, star, &*self.alias.1].concat())
    }
}
