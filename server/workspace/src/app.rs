//! Next.js applications: where one begins, which release it runs, what its configuration says.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use dashmap::DashMap;
use next::{Bundler, Config, Version};
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::{
    disk::read_text,
    packages::{Package, Packages, workspace_root},
    paths::{FileId, Paths},
    rewritten,
    routes::RouteTable,
};

/// One Next.js application.
#[derive(Debug)]
pub struct App {
    /// The number of its root folder: stable while the process lives.
    pub id: FileId,
    /// The folder of its `package.json`.
    pub root: Arc<Path>,
    /// What the installed package or `package.json` says; `None` where neither does.
    pub version: Option<Version>,
    /// What `scripts.build` says.
    build: Option<String>,
    /// What `scripts.dev` says.
    dev: Option<String>,
    /// What `next.config.*` says.
    pub config: Config,
    /// The configuration file.
    pub config_file: Option<PathBuf>,
    /// `app` or `src/app`.
    pub app_dir: Option<PathBuf>,
    /// `pages` or `src/pages`.
    pub pages_dir: Option<PathBuf>,
    routes: OnceLock<Arc<RouteTable>>,
    first_segments: OnceLock<FxHashSet<Box<str>>>,
}

/// The names of a configuration file, in the order in which Next looks (`shared/lib/constants.ts`).
const CONFIG_FILES: [&str; 5] =
    ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs", "next.config.mts"];

impl App {
    /// The application that `dir` is the root of. A root has a `next.config.*` or lists `next`
    /// among its dependencies, and has one of the two routers' folders.
    pub(crate) fn at(dir: &Path, paths: &Paths) -> Option<Self> {
        let folder = |name: &str| {
            // `find-pages-dir.ts`: the root folder wins over `src`.
            [dir.join(name), dir.join("src").join(name)].into_iter().find(|d| d.is_dir())
        };
        let (app_dir, pages_dir) = (folder("app"), folder("pages"));
        if app_dir.is_none() && pages_dir.is_none() {
            return None;
        }
        let config_file = CONFIG_FILES.iter().map(|name| dir.join(name)).find(|file| file.is_file());
        let package = Package::read(dir);
        let range = package.as_ref().and_then(|p| p.depends_on("next"));
        let build = package.as_ref().and_then(|p| p.build.clone());
        let dev = package.as_ref().and_then(|p| p.dev.clone());
        if config_file.is_none() && range.is_none() {
            return None;
        }
        let config = config_file.as_ref().and_then(|file| {
            let name = file.file_name()?.to_str()?.to_owned();
            Some(next::config::read(&read_text(file).ok()?, &name))
        });
        Some(Self {
            id: paths.id(dir),
            root: dir.into(),
            version: installed_version(dir).or_else(|| written_version(dir, range?)),
            build,
            dev,
            config: config.unwrap_or_default(),
            config_file,
            app_dir,
            pages_dir,
            routes: OnceLock::new(),
            first_segments: OnceLock::new(),
        })
    }

    /// The release whose rules hold: the newest where none is known.
    #[must_use]
    pub fn release(&self) -> Version {
        self.version.unwrap_or(Version::LATEST)
    }

    /// What builds it.
    #[must_use]
    pub fn bundler(&self) -> Bundler {
        Bundler::of(self.release(), self.build.as_deref())
    }

    /// What `next dev` bundles it with.
    #[must_use]
    pub fn dev_bundler(&self) -> Bundler {
        Bundler::of(self.release(), self.dev.as_deref())
    }

    /// What the application's folders serve.
    #[must_use]
    pub fn routes(&self, paths: &Paths) -> &Arc<RouteTable> {
        self.routes.get_or_init(|| Arc::new(RouteTable::read(self, paths)))
    }

    /// The first segments of the URLs that can lead to an endpoint. A file that names none of them is
    /// not even parsed.
    #[must_use]
    pub fn first_segments(&self, paths: &Paths) -> &FxHashSet<Box<str>> {
        self.first_segments.get_or_init(|| rewritten::first_segments(self, self.routes(paths)))
    }
}

/// The version that is installed for `dir`.
fn installed_version(dir: &Path) -> Option<Version> {
    dir.ancestors().find_map(|d| {
        let package = Package::read(&d.join("node_modules/next"))?;
        Version::parse(&package.version?)
    })
}

/// The version that `package.json` asks for, through a catalog if it says so.
fn written_version(dir: &Path, range: &str) -> Option<Version> {
    if range.starts_with("catalog:") {
        let packages = Packages::read(&workspace_root(dir)?);
        return Version::parse(packages.catalog("next")?);
    }
    Version::parse(range)
}

/// The applications that were met so far, by root folder. Folders are looked at once.
#[derive(Debug, Default)]
pub(crate) struct Apps {
    at: DashMap<PathBuf, Option<Arc<App>>, FxBuildHasher>,
    /// Those that are there, by root: every URL of a package's code asks for all of them.
    met: RwLock<Vec<Arc<App>>>,
}

impl Apps {
    /// The application at exactly that folder.
    pub(crate) fn at(&self, dir: &Path, paths: &Paths) -> Option<Arc<App>> {
        if let Some(known) = self.at.get(dir).map(|a| a.clone()) {
            return known;
        }
        let looked = App::at(dir, paths).map(Arc::new);
        let known = self.at.entry(dir.to_owned()).or_insert_with(|| looked.clone()).clone();
        // Another thread may have been faster.
        if let (Some(known), Some(looked)) = (&known, &looked)
            && Arc::ptr_eq(known, looked)
        {
            let mut met = self.met.write().unwrap_or_else(PoisonError::into_inner);
            let at = met.partition_point(|app| app.root < known.root);
            met.insert(at, known.clone());
        }
        known
    }

    /// The nearest application above a file, not above any of the workspace's folders.
    pub(crate) fn of(&self, file: &Path, folders: &[PathBuf], paths: &Paths) -> Option<Arc<App>> {
        let top = folders.iter().find(|f| file.starts_with(f));
        for dir in file.ancestors().skip(1) {
            if let Some(app) = self.at(dir, paths) {
                return Some(app);
            }
            if top.is_some_and(|t| t.as_path() == dir) && dir.join(".git").exists() {
                break;
            }
        }
        None
    }

    /// All that were met, by root.
    pub(crate) fn all(&self) -> Vec<Arc<App>> {
        self.met.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
