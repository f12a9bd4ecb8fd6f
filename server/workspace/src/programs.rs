//! Whose code a file is. A package's code runs in the applications that depend on it; the code of
//! another program of the repository (a server, a site of another framework) runs in none of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde_json::Value;

use crate::{
    app::App,
    disk::read_text,
    packages::{Package, Packages, workspace_root},
    paths::FileId,
    scan::normal,
    snapshot::Snapshot,
};

/// Whether an application can run a file's code; the surer comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Runs {
    /// It is its own, or of a package that it depends on.
    Surely,
    /// Nothing says that it does, nor that it doesn't.
    Perhaps,
    /// It is of a package that no application depends on.
    Never,
}

/// What was found out about packages and applications so far.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    /// The nearest package above a folder.
    nearest: DashMap<PathBuf, Option<Arc<Path>>, FxBuildHasher>,
    /// The host that a package calls its home, by the package's folder.
    homes: DashMap<Arc<Path>, Option<Arc<str>>, FxBuildHasher>,
    /// On which port an application's script runs it.
    ports: DashMap<FileId, Option<u16>, FxBuildHasher>,
    /// What an application depends on, through other packages of the workspace, too.
    reached: DashMap<FileId, Arc<Reached>, FxBuildHasher>,
}

#[derive(Debug, Default)]
struct Reached {
    packages: FxHashSet<Arc<Path>>,
    /// Those that its own `package.json` lists.
    listed: FxHashSet<Arc<Path>>,
    /// Folders and modules that aliases lead to.
    aliased: Vec<PathBuf>,
}

impl Programs {
    /// The folder of the nearest `package.json` above a file that describes a package:
    /// `{ "type": "module" }` describes none.
    fn package_of(&self, dir: &Path) -> Option<Arc<Path>> {
        if let Some(known) = self.nearest.get(dir).map(|p| p.clone()) {
            return known;
        }
        let is_package = || Package::read(dir).is_some_and(|p| p.name.is_some() || !p.dependencies.is_empty());
        let found =
            if is_package() { Some(Arc::from(dir)) } else { dir.parent().and_then(|above| self.package_of(above)) };
        self.nearest.insert(dir.to_owned(), found.clone());
        found
    }

    fn home_of(&self, package: &Arc<Path>) -> Option<Arc<str>> {
        if let Some(known) = self.homes.get(package).map(|h| h.clone()) {
            return known;
        }
        let found = Package::read(package).and_then(|p| p.home).map(Arc::from);
        self.homes.insert(package.clone(), found.clone());
        found
    }

    fn port_of(&self, app: &App) -> Option<u16> {
        if let Some(known) = self.ports.get(&app.id).map(|p| *p) {
            return known;
        }
        let found = Package::read(&app.root).and_then(|p| p.port);
        self.ports.insert(app.id, found);
        found
    }

    fn reached(&self, app: &App) -> Arc<Reached> {
        if let Some(known) = self.reached.get(&app.id).map(|r| r.clone()) {
            return known;
        }
        let found = Arc::new(Reached::by(app));
        self.reached.insert(app.id, found.clone());
        found
    }
}

impl Reached {
    fn by(app: &App) -> Self {
        let packages = workspace_root(&app.root).map(|root| Packages::read(&root)).unwrap_or_default();
        let config = app.config_file.as_ref().and_then(|file| read_text(file).ok());
        let mut found = Self { aliased: aliased(&app.root), ..Self::default() };
        let mut open: Vec<Arc<Path>> = vec![app.root.clone()];
        // `transpilePackages` and whatever else the configuration names
        let named = |name: &str| {
            config
                .as_ref()
                .is_some_and(|text| text.contains(&format!("{name}\"")) || text.contains(&format!("{name}'")))
        };
        open.extend(packages.all().filter(|(name, _)| named(name)).map(|(_, dir)| dir.clone()));
        while let Some(dir) = open.pop() {
            if !found.packages.insert(dir.clone()) {
                continue;
            }
            for (name, range) in Package::read(&dir).unwrap_or_default().dependencies {
                let linked = ["file:", "link:", "portal:"].iter().find_map(|p| range.strip_prefix(p));
                let linked = linked.map(|path| Arc::from(normal(&dir.join(path))));
                let next: Vec<Arc<Path>> = linked.into_iter().chain(packages.named(&name).cloned()).collect();
                if *dir == *app.root {
                    found.listed.extend(next.iter().cloned());
                }
                open.extend(next);
            }
        }
        // What only lies below a root isn't its code.
        found.packages.retain(|dir| !app.root.starts_with(dir));
        found
    }

    /// Packages inside of a package on the way are reached through it, listed or not.
    fn holds(&self, package: &Path) -> bool {
        self.packages.iter().any(|reached| package.starts_with(reached))
            || self.aliased.iter().any(|target| target.starts_with(package) || package.starts_with(target))
    }
}

/// Where the `paths` of an application's tsconfig lead, out of its own folder.
fn aliased(root: &Path) -> Vec<PathBuf> {
    const MOST_BASES: usize = 4;
    let mut found = vec![];
    let mut next = Some(root.join("tsconfig.json"));
    for _ in 0..MOST_BASES {
        let Some(path) = next.take() else { break };
        let Ok(text) = read_text(&path) else { break };
        let mut text = text.to_string();
        let _ = json_strip_comments::strip(&mut text);
        let Ok(json) = serde_json::from_str::<Value>(&text) else { break };
        let dir = path.parent().unwrap_or(&path).to_owned();
        let options = json.get("compilerOptions");
        let base = options.and_then(|o| o.get("baseUrl")).and_then(Value::as_str).unwrap_or(".");
        let targets = options.and_then(|o| o.get("paths")).and_then(Value::as_object);
        let targets = targets.into_iter().flat_map(|paths| paths.values()).filter_map(Value::as_array).flatten();
        for target in targets.filter_map(Value::as_str) {
            let target = normal(&dir.join(base).join(target.split('*').next().unwrap_or_default()));
            // `"@/*": ["./*"]` of a root says nothing of the packages below it.
            if !root.starts_with(&target) {
                found.push(target);
            }
        }
        let extends = json.get("extends").and_then(Value::as_str).filter(|e| e.starts_with('.'));
        next = extends.map(|e| {
            let base = normal(&dir.join(e));
            if base.extension().is_some_and(|x| x == "json") { base } else { base.with_extension("json") }
        });
    }
    found
}

impl Snapshot {
    /// The host that a file's package calls its `homepage`. A client library that asks it asks what the
    /// repository serves there.
    pub(crate) fn home_of(&self, file: FileId) -> Option<Arc<str>> {
        let programs = &self.layout.programs;
        programs.home_of(&programs.package_of(self.path(file).parent()?)?)
    }

    /// Whether a port of this machine is another server's, for code that no application runs: each
    /// application says on which port it listens, and none on this.
    pub(crate) fn is_other_port(&self, file: FileId, port: u16) -> bool {
        let apps = self.all_apps();
        let listens_elsewhere = |app: &Arc<App>| self.layout.programs.port_of(app).is_some_and(|p| p != port);
        self.app_of(file).is_none()
            && !apps.is_empty()
            && self.runs_in(file, &apps).iter().all(|runs| *runs == Runs::Never)
            && apps.iter().all(listens_elsewhere)
    }

    /// The application whose rules count for a file, where it is one: its own, or the only one that
    /// depends on its package. Until all are known, a second one may turn up.
    pub(crate) fn only_app_of(&self, file: FileId) -> Option<Arc<App>> {
        if let Some(app) = self.app_of(file) {
            return Some(app);
        }
        let mut surely = self.apps_running(file, Runs::Surely).into_iter();
        surely.next().filter(|_| surely.next().is_none())
    }

    /// The applications that can run a file's code, so surely at least, by path.
    pub(crate) fn apps_running(&self, file: FileId, least: Runs) -> Vec<Arc<App>> {
        let apps = self.all_apps();
        let runs = self.runs_in(file, &apps);
        apps.into_iter().zip(runs).filter(|(_, runs)| *runs <= least).map(|(app, _)| app).collect()
    }

    /// Which of these applications list a file's package themselves, in their order: what is reached
    /// through another package only is rather that one's.
    pub(crate) fn depends_directly(&self, file: FileId, apps: &[Arc<App>]) -> Vec<bool> {
        let programs = &self.layout.programs;
        let package = self.path(file).parent().and_then(|dir| programs.package_of(dir));
        let is_listed = |app: &Arc<App>| package.as_ref().is_some_and(|p| programs.reached(app).listed.contains(p));
        apps.iter().map(is_listed).collect()
    }

    /// Which of these applications can run a file's code, in their order.
    pub(crate) fn runs_in(&self, file: FileId, apps: &[Arc<App>]) -> Vec<Runs> {
        let path = self.path(file);
        let programs = &self.layout.programs;
        let Some(package) = path.parent().and_then(|dir| programs.package_of(dir)) else {
            return vec![Runs::Perhaps; apps.len()];
        };
        let is_own = |app: &App| {
            let below_router = [&app.app_dir, &app.pages_dir].into_iter().flatten().any(|dir| path.starts_with(dir));
            *app.root == *package || below_router
        };
        let is_around = |app: &App| app.root.starts_with(&package);
        let depends = |app: &App| is_own(app) || (!is_around(app) && programs.reached(app).holds(&package));
        // A package of tests is run beside an application; the tests of another program are that program's.
        let is_of_tests = self.is_test(file) && crate::callers::is_test_folder(self.inside(&package));
        let anyone = self.all_apps().iter().any(|app| is_around(app) || depends(app)) || is_of_tests;
        let otherwise = if anyone { Runs::Perhaps } else { Runs::Never };
        apps.iter().map(|app| if depends(app) { Runs::Surely } else { otherwise }).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::World;
    use fixture::Fixture;

    /// Which applications can run the file under the cursor's code: `root surely`, …
    fn check(packages: &str, expected: &str) {
        let text = format!(
            "{packages}
//- /package.json
{{ \"name\": \"root\", \"workspaces\": [\"apps/*\", \"packages/*\"] }}
//- /apps/web/package.json
{{ \"name\": \"web\", \"dependencies\": {{ \"next\": \"16.1.0\", \"@x/ui\": \"*\" }} }}
//- /apps/web/tsconfig.json
{{ \"compilerOptions\": {{ \"paths\": {{ \"@/*\": [\"./*\"], \"@aliased/*\": [\"../../packages/aliased/src/*\"] }} }} }}
//- /apps/web/next.config.js
module.exports = {{ transpilePackages: ['@x/transpiled'] }};
//- /apps/web/app/api/users/route.ts
export function GET() {{}}
//- /apps/docs/package.json
{{ \"name\": \"docs\", \"dependencies\": {{ \"next\": \"16.1.0\" }} }}
//- /apps/docs/app/page.tsx
export default () => null;
//- /packages/ui/package.json
{{ \"name\": \"@x/ui\", \"dependencies\": {{ \"@x/data\": \"*\" }} }}
//- /packages/data/package.json
{{ \"name\": \"@x/data\" }}
//- /packages/aliased/package.json
{{ \"name\": \"@x/aliased\" }}
//- /packages/transpiled/package.json
{{ \"name\": \"@x/transpiled\" }}
//- /apps/server/package.json
{{ \"name\": \"@x/server\", \"dependencies\": {{ \"@x/data\": \"*\" }} }}
"
        );
        let project = Fixture::parse(&text).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        let snap = world.snapshot();
        let cursor = Fixture::parse(&text).cursor.unwrap();
        let file = snap.file(&project.path(&cursor.path)).unwrap();
        let apps = snap.all_apps();
        let runs = snap.runs_in(file, &apps);
        let shown: Vec<String> = apps
            .iter()
            .zip(runs)
            .map(|(app, runs)| format!("{} {runs:?}", app.root.file_name().unwrap().to_str().unwrap()))
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn who_runs_a_file() {
        check("//- /apps/web/lib/a.ts\n$0", "docs Perhaps, web Surely");
        check("//- /packages/ui/src/a.ts\n$0", "docs Perhaps, web Surely");
        check(
            "//- /packages/ui/inner/package.json\n{ \"name\": \"@x/inner\" }\n//- /packages/ui/inner/a.ts\n$0",
            "docs Perhaps, web Surely",
        );
        check("//- /packages/data/src/a.ts\n$0", "docs Perhaps, web Surely");
        check("//- /packages/aliased/src/a.ts\n$0", "docs Perhaps, web Surely");
        check("//- /packages/transpiled/a.ts\n$0", "docs Perhaps, web Surely");
        check("//- /scripts/a.ts\n$0", "docs Perhaps, web Perhaps");
        check("//- /apps/server/src/a.ts\n$0", "docs Never, web Never");
        check("//- /apps/server/src/a.test.ts\n$0", "docs Never, web Never");
        check("//- /apps/server/test/a.ts\n$0", "docs Never, web Never");
        check(
            "//- /packages/e2e/package.json\n{ \"name\": \"@x/e2e\" }\n//- /packages/e2e/src/a.ts\n$0",
            "docs Perhaps, web Perhaps",
        );
        check("//- /packages/ui/src/a.test.ts\n$0", "docs Perhaps, web Surely");
    }

    #[test]
    fn an_application_that_lists_a_package_comes_before_one_that_reaches_it() {
        let text = "
//- /package.json
{ \"workspaces\": [\"apps/*\", \"packages/*\"] }
//- /apps/a/package.json
{ \"name\": \"a\", \"dependencies\": { \"next\": \"16.1.0\", \"@x/api\": \"*\" } }
//- /apps/a/app/api/[[...path]]/route.ts
export function GET() {}
//- /apps/a/next.config.js
module.exports = { rewrites: async () => [{ source: '/api/v:version/:rest*', destination: '/api/:rest*' }] };
//- /apps/b/package.json
{ \"name\": \"b\", \"dependencies\": { \"next\": \"16.1.0\", \"@x/docs\": \"*\" } }
//- /apps/b/app/api/[[...path]]/route.ts
export function GET() {}
//- /apps/b/app/api/verify/users/route.ts
export function GET() {}
//- /packages/api/package.json
{ \"name\": \"@x/api\", \"dependencies\": { \"@x/docs\": \"*\" } }
//- /packages/docs/package.json
{ \"name\": \"@x/docs\" }
//- /packages/docs/a.ts
fetch(`${process.env.WEB}/api/${path}`);
fetch(`${process.env.WEB}/api/verify/users`);
";
        assert_eq!(
            targets(text, "/packages/docs/a.ts"),
            [
                "/apps/b/app/api/[[...path]]/route.ts",
                "/apps/a/app/api/[[...path]]/route.ts",
                "/apps/b/app/api/verify/users/route.ts",
                "/apps/a/app/api/[[...path]]/route.ts"
            ]
        );
    }

    /// What the calls of a file reach, in order.
    fn targets(text: &str, file: &str) -> Vec<String> {
        let project = Fixture::parse(text).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        let snap = world.snapshot();
        let links = snap.links(snap.file(&project.path(file)).unwrap());
        links.iter().flat_map(|link| &link.targets).map(|id| project.shown(&snap.path(id.file))).collect()
    }

    #[test]
    fn applications_that_depend_on_a_package_come_first() {
        let text = "
//- /package.json
{ \"workspaces\": [\"apps/*\", \"packages/*\"] }
//- /apps/a/package.json
{ \"name\": \"a\", \"dependencies\": { \"next\": \"16.1.0\" } }
//- /apps/a/app/api/users/route.ts
export function GET() {}
//- /apps/b/package.json
{ \"name\": \"b\", \"dependencies\": { \"next\": \"16.1.0\", \"@x/ui\": \"*\" } }
//- /apps/b/app/api/[name]/route.ts
export function GET() {}
//- /apps/c/package.json
{ \"name\": \"c\", \"dependencies\": { \"next\": \"16.1.0\", \"@x/ui\": \"*\" } }
//- /apps/c/app/api/users/route.ts
export function GET() {}
//- /packages/ui/package.json
{ \"name\": \"@x/ui\" }
//- /packages/ui/a.ts
fetch('/api/users');
";
        assert_eq!(
            targets(text, "/packages/ui/a.ts"),
            ["/apps/c/app/api/users/route.ts", "/apps/b/app/api/[name]/route.ts", "/apps/a/app/api/users/route.ts"]
        );
    }
}
