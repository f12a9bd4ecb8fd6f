//! From an import's specifier to a file: tsconfig `paths`, `baseUrl`, `extends`, `references`,
//! jsconfig, package `exports` and `imports`, workspace packages. The rules are `oxc_resolver`'s;
//! what this file adds is the file system it looks at, which mends what a fresh clone lacks.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;
use oxc_resolver::{FileMetadata, FileSystem, ResolveError, ResolveOptions, ResolverGeneric, TsconfigDiscovery};
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde_json::Value;

use crate::packages::{Package, Packages, workspace_root};

/// Resolves specifiers. Its caches hold negative answers, too: after a file was created or deleted
/// or a configuration changed, a new one takes its place.
pub(crate) struct Resolver {
    inner: ResolverGeneric<Mended>,
}

impl Resolver {
    /// `unsaved` are open buffers that aren't on disk.
    pub(crate) fn new(unsaved: FxHashSet<PathBuf>) -> Self {
        let list = |items: &[&str]| items.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let options = ResolveOptions {
            tsconfig: Some(TsconfigDiscovery::Auto),
            extensions: list(&[".tsx", ".ts", ".jsx", ".js", ".mjs", ".cjs", ".mts", ".cts"]),
            extension_alias: vec![
                (".js".into(), list(&[".ts", ".tsx", ".js"])),
                (".jsx".into(), list(&[".tsx", ".jsx"])),
                (".mjs".into(), list(&[".mts", ".mjs"])),
                (".cjs".into(), list(&[".cts", ".cjs"])),
            ],
            condition_names: list(&["source", "import", "require", "node", "default"]),
            main_fields: list(&["source", "module", "main"]),
            ..ResolveOptions::default()
        };
        let system = Mended { unsaved: Arc::new(unsaved), ..Mended::default() };
        Self { inner: ResolverGeneric::new_with_file_system(system, options) }
    }

    /// The file that `specifier` means in `file`; `None` for packages outside the workspace, assets
    /// and whatever isn't there.
    pub(crate) fn resolve(&self, file: &Path, specifier: &str) -> Option<PathBuf> {
        let resolution = self.inner.resolve_file(file, specifier).ok()?;
        let path = resolution.path();
        let name = path.file_name()?.to_string_lossy();
        let is_code = syntax::parse::Grammar::for_file(&name).is_some() && !name.ends_with(".d.ts");
        let is_ours = !crate::paths::is_dependency(path);
        (is_code && is_ours).then(|| path.to_owned())
    }
}

/// Names in a `node_modules`, and the folders that they lead to.
type Links = Arc<Vec<(String, Arc<Path>)>>;

/// The disk, with four things mended:
/// - `tsconfig.json` that `extends` what can't be found keeps the rest of itself (oxc-resolver
///   #1185: every import under it fails otherwise), one that doesn't parse is empty;
/// - `jsconfig.json` stands in where there is no `tsconfig.json`;
/// - a package of the workspace is found in the `node_modules` of those who list it, and in the root's
///   where the package manager links all of them, installed or not;
/// - open buffers that aren't saved yet exist.
#[derive(Clone, Default)]
struct Mended {
    unsaved: Arc<FxHashSet<PathBuf>>,
    /// By workspace root.
    workspaces: Arc<DashMap<PathBuf, Arc<Packages>, FxBuildHasher>>,
    /// The links of one package's folder, by that folder: names and where they lead.
    links: Arc<DashMap<PathBuf, Links, FxBuildHasher>>,
}

impl Mended {
    /// What a package manager would link into `dir/node_modules`.
    fn links_of(&self, dir: &Path) -> Links {
        if let Some(links) = self.links.get(dir).map(|l| l.clone()) {
            return links;
        }
        let links = Arc::new(self.make_links(dir));
        self.links.insert(dir.to_owned(), links.clone());
        links
    }

    fn make_links(&self, dir: &Path) -> Vec<(String, Arc<Path>)> {
        let Some(package) = Package::read(dir) else { return vec![] };
        let Some(root) = workspace_root(dir) else { return vec![] };
        let known = self.workspaces.get(&root).map(|p| p.clone());
        let packages = known.unwrap_or_else(|| {
            let packages = Arc::new(Packages::read(&root));
            self.workspaces.insert(root.clone(), packages.clone());
            packages
        });
        let listed = package
            .dependencies
            .iter()
            .filter_map(|(name, range)| Some((name.clone(), packages.linked(name, range)?.clone())));
        let hoisted = if dir == root { packages.hoisted() } else { &[] };
        listed.chain(hoisted.iter().cloned()).collect()
    }

    /// Where a path inside a `node_modules` that isn't on disk leads.
    fn unlinked(&self, path: &Path) -> Option<Unlinked> {
        let text = path.to_str()?;
        let (dir, inside) = text.split_once("/node_modules")?;
        if inside.contains("/node_modules") {
            return None;
        }
        let links = self.links_of(Path::new(dir));
        if links.is_empty() {
            return None;
        }
        let inside = inside.trim_start_matches('/');
        if inside.is_empty() {
            return Some(Unlinked::Folder);
        }
        if let Some((_, target)) = links.iter().find(|(name, _)| name == inside) {
            return Some(Unlinked::Link(target.clone()));
        }
        let is_scope =
            links.iter().any(|(name, _)| name.strip_prefix(inside).is_some_and(|rest| rest.starts_with('/')));
        if is_scope {
            return Some(Unlinked::Folder);
        }
        links
            .iter()
            .find_map(|(name, target)| {
                inside.strip_prefix(name.as_str())?.strip_prefix('/').map(|rest| target.join(rest))
            })
            .map(Unlinked::Inside)
    }

    /// The text of a configuration file, mended; `None` for all other files.
    fn configuration(&self, path: &Path) -> Option<io::Result<String>> {
        let name = path.file_name()?.to_str()?;
        // A base that is extended can have any name; package.json never has.
        if !name.ends_with(".json") || name == "package.json" {
            return None;
        }
        let stand_in = path.with_file_name("jsconfig.json");
        let real =
            if name == "tsconfig.json" && !path.is_file() && stand_in.is_file() { stand_in.as_path() } else { path };
        let mut text = match std::fs::read_to_string(self.real(real)) {
            Ok(text) => text,
            Err(error) => return Some(Err(error)),
        };
        let _ = json_strip_comments::strip(&mut text);
        let Ok(mut json) = serde_json::from_str::<Value>(&text) else { return Some(Ok("{}".into())) };
        if let Some(config) = json.as_object_mut() {
            let dir = path.parent().unwrap_or(path);
            match config.get_mut("extends") {
                Some(Value::String(base)) if !self.has_base(dir, base) => {
                    config.remove("extends");
                }
                Some(Value::Array(bases)) => bases.retain(|b| b.as_str().is_some_and(|b| self.has_base(dir, b))),
                _ => {}
            }
            if !config.contains_key("references") && name == "tsconfig.json" {
                // Next compiles what is imported, not what `include` lists; a file that no list
                // names still takes its `paths` from the nearest configuration.
                // Said outright, for what isn't said would be taken from the base.
                config.remove("files");
                config.insert("include".into(), Value::Array(vec!["**/*".into()]));
                config.insert("exclude".into(), Value::Array(vec![]));
                let options = config.entry("compilerOptions").or_insert_with(|| Value::Object(Default::default()));
                if let Some(options) = options.as_object_mut() {
                    options.insert("allowJs".into(), Value::Bool(true));
                }
            }
        }
        Some(Ok(json.to_string()))
    }

    fn has_base(&self, dir: &Path, base: &str) -> bool {
        let found = |candidate: PathBuf| {
            let with_extension = PathBuf::from(format!("{}.json", candidate.display()));
            [candidate.clone(), with_extension, candidate.join("tsconfig.json")]
                .iter()
                .any(|c| self.metadata(c).is_ok_and(|m| m.is_file()))
        };
        if base.starts_with('.') || base.starts_with('/') {
            return found(dir.join(base));
        }
        dir.ancestors().any(|a| found(a.join("node_modules").join(base)))
    }

    /// The path itself, or where the workspace keeps what isn't installed.
    fn real(&self, path: &Path) -> PathBuf {
        if path.exists() {
            return path.to_owned();
        }
        match self.unlinked(path) {
            Some(Unlinked::Link(target)) => target.to_path_buf(),
            Some(Unlinked::Inside(target)) => target,
            _ => path.to_owned(),
        }
    }

    fn is_stand_in(path: &Path) -> bool {
        path.file_name().is_some_and(|n| n == "tsconfig.json") && path.with_file_name("jsconfig.json").is_file()
    }
}

enum Unlinked {
    /// `node_modules` itself or a scope in it.
    Folder,
    /// A package.
    Link(Arc<Path>),
    /// Something inside a package.
    Inside(PathBuf),
}

impl FileSystem for Mended {
    fn new() -> Self {
        Self::default()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.configuration(path) {
            Some(text) => text.map(String::into_bytes),
            None => std::fs::read(self.real(path)),
        }
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        match self.configuration(path) {
            Some(text) => text,
            None => std::fs::read_to_string(self.real(path)),
        }
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        std::fs::metadata(path).map(FileMetadata::from).or_else(|error| {
            if self.unsaved.contains(path) || Self::is_stand_in(path) {
                return Ok(FileMetadata::new(true, false, false));
            }
            match self.unlinked(path) {
                Some(Unlinked::Folder | Unlinked::Link(_)) => Ok(FileMetadata::new(false, true, false)),
                Some(Unlinked::Inside(target)) => std::fs::metadata(target).map(FileMetadata::from),
                None => Err(error),
            }
        })
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        std::fs::symlink_metadata(path).map(FileMetadata::from).or_else(|error| {
            if self.unsaved.contains(path) || Self::is_stand_in(path) {
                return Ok(FileMetadata::new(true, false, false));
            }
            match self.unlinked(path) {
                Some(Unlinked::Folder) => Ok(FileMetadata::new(false, true, false)),
                Some(Unlinked::Link(_)) => Ok(FileMetadata::new(false, false, true)),
                Some(Unlinked::Inside(target)) => std::fs::symlink_metadata(target).map(FileMetadata::from),
                None => Err(error),
            }
        })
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        match std::fs::read_link(path) {
            Ok(target) => Ok(target),
            Err(error) => match self.unlinked(path) {
                Some(Unlinked::Link(target)) => Ok(target.to_path_buf()),
                _ => Err(ResolveError::from(error)),
            },
        }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(self.real(path))
            .or_else(|error| if self.unsaved.contains(path) { Ok(path.to_owned()) } else { Err(error) })
    }
}
