//! `package.json` files and the workspace that they form (npm, pnpm, yarn, bun, lerna).
//!
//! In a fresh clone there is no `node_modules`, so the links that a package manager would make are
//! derived from what the files say: a package reaches another one of the workspace if it lists it,
//! or if the package manager links all of them into the root's `node_modules`.
//! That way a workspace package that is *named* like an npm one is only found by those who ask
//! for the workspace's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::disk::read_text;

/// What a `package.json` says, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Package {
    pub name: Option<String>,
    pub version: Option<String>,
    /// All dependency lists in one: name and range.
    pub dependencies: Vec<(String, String)>,
    /// Globs of the workspace that it heads.
    pub workspaces: Vec<String>,
    /// Keys of `imports` (`#actions`).
    pub imports: Vec<String>,
    /// `scripts.build`.
    pub build: Option<String>,
    /// `scripts.dev`.
    pub dev: Option<String>,
    /// Subpaths of `exports` and the files that they may mean under one condition or another:
    /// `./client` and `./src/exports/client.ts`.
    pub exports: Vec<(String, String)>,
    /// `packageManager`: `yarn@4.1.0`.
    pub manager: Option<String>,
    /// The host whose root is the `homepage`: `acme.com` of `https://acme.com/`, none of a repository's
    /// page at its host.
    pub home: Option<String>,
    /// The port on which its script runs `next dev`; `None` where none says.
    pub port: Option<u16>,
}

impl Package {
    /// Reads `dir/package.json`; `None` if it isn't there or isn't JSON.
    pub(crate) fn read(dir: &Path) -> Option<Self> {
        let json: Value = serde_json::from_str(&read_text(&dir.join("package.json")).ok()?).ok()?;
        let text = |key: &str| json.get(key).and_then(Value::as_str).map(str::to_owned);
        let script = |name: &str| json.get("scripts")?.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut dependencies = vec![];
        for list in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
            for (name, range) in json.get(list).and_then(Value::as_object).into_iter().flatten() {
                dependencies.push((name.clone(), range.as_str().unwrap_or_default().to_owned()));
            }
        }
        let mut exports = vec![];
        for (subpath, target) in json.get("exports").and_then(Value::as_object).into_iter().flatten() {
            if subpath.starts_with('.') {
                targets(subpath, target, &mut exports);
            }
        }
        let workspaces = json.get("workspaces");
        let globs = workspaces.and_then(|w| w.get("packages")).or(workspaces).and_then(Value::as_array);
        Some(Self {
            name: text("name"),
            version: text("version"),
            manager: text("packageManager"),
            build: script("build"),
            dev: script("dev"),
            port: json
                .get("scripts")
                .and_then(Value::as_object)
                .and_then(|all| all.values().filter_map(Value::as_str).find_map(port_of_script)),
            home: text("homepage").as_deref().and_then(host_alone).map(str::to_owned),
            dependencies,
            exports,
            workspaces: globs.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
            imports: json
                .get("imports")
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(|o| o.keys().cloned())
                .collect(),
        })
    }

    /// The range under which it depends on a package.
    pub(crate) fn depends_on(&self, name: &str) -> Option<&str> {
        self.dependencies.iter().find(|(n, _)| n == name).map(|(_, range)| range.as_str())
    }
}

/// The port of `next dev` in a script: `-p 3001`, `PORT=3001` in front, or Next's own.
fn port_of_script(script: &str) -> Option<u16> {
    let (before, after) = script.split_once("next dev")?;
    let after = after.split(['"', '\'', '&', '|', ';']).next().unwrap_or_default();
    let mut words = after.split_whitespace();
    while let Some(word) = words.next() {
        if matches!(word, "-p" | "--port") {
            return words.next()?.parse().ok();
        }
        if let Some(port) = word.strip_prefix("--port=").or_else(|| word.strip_prefix("-p")) {
            return port.parse().ok();
        }
    }
    match before.rsplit_once("PORT=") {
        Some((_, port)) => port.split_whitespace().next()?.parse().ok(),
        None => Some(3000),
    }
}

/// The host of a URL that says no more than that.
fn host_alone(url: &str) -> Option<&str> {
    let after = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = after.strip_suffix('/').unwrap_or(after);
    (host.contains('.') && !host.contains(['/', '?', '#', '@'])).then_some(host)
}

/// The files that one subpath may mean; conditions nest, and lists are alternatives.
fn targets(subpath: &str, target: &Value, found: &mut Vec<(String, String)>) {
    match target {
        Value::String(file) => found.push((subpath.to_owned(), file.clone())),
        Value::Object(conditions) => conditions.values().for_each(|target| targets(subpath, target, found)),
        Value::Array(list) => list.iter().for_each(|target| targets(subpath, target, found)),
        _ => {}
    }
}

/// The packages of one workspace by name.
#[derive(Debug, Default)]
pub(crate) struct Packages {
    by_name: FxHashMap<String, (Arc<Path>, Option<String>)>,
    /// Catalog ranges of `pnpm-workspace.yaml`, for `catalog:`.
    catalog: FxHashMap<String, String>,
    /// Those that the root's `node_modules` holds, so that every package finds them, listed or not.
    hoisted: Vec<(String, Arc<Path>)>,
}

impl Packages {
    /// Reads the workspace that `root` heads: its globs, expanded.
    pub(crate) fn read(root: &Path) -> Self {
        let mut globs = Package::read(root).map(|p| p.workspaces).unwrap_or_default();
        let mut catalog = FxHashMap::default();
        if let Ok(yaml) = read_text(&root.join("pnpm-workspace.yaml")) {
            pnpm_workspace(&yaml, &mut globs, &mut catalog);
        }
        if let Ok(lerna) = read_text(&root.join("lerna.json"))
            && let Ok(json) = serde_json::from_str::<Value>(&lerna)
        {
            let list = json.get("packages").and_then(Value::as_array);
            globs.extend(list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        }
        let mut by_name = FxHashMap::default();
        let mut dependencies: Vec<(String, String)> = Package::read(root).map(|p| p.dependencies).unwrap_or_default();
        for glob in globs.iter().filter(|g| !g.starts_with('!')) {
            let segments: Vec<&str> = glob.split('/').filter(|s| !s.is_empty() && *s != ".").collect();
            expand(root, &segments, 0, &mut |dir| {
                if let Some(package) = Package::read(dir)
                    && let Some(name) = package.name
                {
                    by_name.entry(name).or_insert_with(|| (Arc::from(dir), package.version));
                    dependencies.extend(package.dependencies);
                }
            });
        }
        let mut packages = Self { by_name, catalog, hoisted: vec![] };
        if hoists(root) {
            packages.hoist(&dependencies);
        }
        packages
    }

    /// Fills the root's `node_modules`. A name that anyone depends on in another version than the
    /// workspace's is left out: nobody knows which of the two stands there.
    fn hoist(&mut self, dependencies: &[(String, String)]) {
        let contested: FxHashSet<&str> = dependencies
            .iter()
            .filter(|(name, range)| self.by_name.contains_key(name) && self.linked(name, range).is_none())
            .map(|(name, _)| name.as_str())
            .collect();
        let all = self.by_name.iter().filter(|(name, _)| !contested.contains(name.as_str()));
        self.hoisted = all.map(|(name, (dir, _))| (name.clone(), dir.clone())).collect();
        self.hoisted.sort();
    }

    /// What the root's `node_modules` holds of the workspace.
    pub(crate) fn hoisted(&self) -> &[(String, Arc<Path>)] {
        &self.hoisted
    }

    /// Where a package that depends on `name` under `range` finds it in the workspace.
    pub(crate) fn linked(&self, name: &str, range: &str) -> Option<&Arc<Path>> {
        let (dir, version) = self.by_name.get(name)?;
        let asks_for_workspace = ["workspace:", "link:", "file:", "portal:"].iter().any(|p| range.starts_with(p));
        // npm and yarn link by version: any range that the workspace's version satisfies.
        let fits = range == "*" || version.as_deref().is_some_and(|v| same_major(v, range));
        (asks_for_workspace || fits).then_some(dir)
    }

    /// The package of that name.
    pub(crate) fn named(&self, name: &str) -> Option<&Arc<Path>> {
        self.by_name.get(name).map(|(dir, _)| dir)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&String, &Arc<Path>)> {
        self.by_name.iter().map(|(name, (dir, _))| (name, dir))
    }

    /// The range that `catalog:` stands for.
    pub(crate) fn catalog(&self, name: &str) -> Option<&str> {
        self.catalog.get(name).map(String::as_str)
    }
}

/// The folder that heads the workspace of `dir`: the nearest one above with workspace globs.
pub(crate) fn workspace_root(dir: &Path) -> Option<PathBuf> {
    dir.ancestors()
        .find(|d| {
            d.join("pnpm-workspace.yaml").is_file()
                || d.join("lerna.json").is_file()
                || Package::read(d).is_some_and(|p| !p.workspaces.is_empty())
        })
        .map(Path::to_owned)
}

/// Whether the package manager links every package of the workspace into the root's
/// `node_modules`: npm, bun and yarn 1 do, pnpm and Plug'n'Play (yarn's default since 2) don't.
fn hoists(root: &Path) -> bool {
    let manager = Package::read(root).and_then(|p| p.manager).unwrap_or_default();
    let uses_pnpm = manager.starts_with("pnpm@") || root.join("pnpm-lock.yaml").is_file();
    if uses_pnpm || root.join("pnpm-workspace.yaml").is_file() {
        return false;
    }
    let Ok(yaml) = read_text(&root.join(".yarnrc.yml")) else {
        return !manager.starts_with("yarn@") || manager.starts_with("yarn@1.");
    };
    yaml.lines()
        .filter_map(|line| line.split_once(':'))
        .any(|(key, value)| key.trim() == "nodeLinker" && value.trim().trim_matches(['"', '\'']) == "node-modules")
}

fn same_major(version: &str, range: &str) -> bool {
    let major =
        |v: &str| v.trim_start_matches(['^', '~', '=', 'v', '>', '<', ' ']).split('.').next().map(str::to_owned);
    !range.is_empty() && major(version) == major(range)
}

/// Expands one glob of folders. `*` is one level, `**` any, inside the usual bounds.
fn expand(dir: &Path, segments: &[&str], depth: u32, found: &mut dyn FnMut(&Path)) {
    const DEEPEST: u32 = 8;
    if depth > DEEPEST {
        return;
    }
    let Some((first, rest)) = segments.split_first() else {
        found(dir);
        return;
    };
    if !first.contains('*') {
        expand(&dir.join(first), rest, depth + 1, found);
        return;
    }
    if *first == "**" {
        expand(dir, rest, depth + 1, found);
    }
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut folders: Vec<PathBuf> =
        entries.flatten().filter(|e| e.file_type().is_ok_and(|t| t.is_dir())).map(|e| e.path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name == "node_modules" || name.starts_with('.') {
            continue;
        }
        if *first == "**" {
            expand(&folder, segments, depth + 1, found);
        } else if wildcard(first, &name) {
            expand(&folder, rest, depth + 1, found);
        }
    }
}

fn wildcard(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
        }
        None => pattern == name,
    }
}

/// The two lists of `pnpm-workspace.yaml` that matter. A YAML library for `- glob` lines and
/// `name: range` pairs would be the heavier mistake; what isn't understood is left out.
fn pnpm_workspace(yaml: &str, globs: &mut Vec<String>, catalog: &mut FxHashMap<String, String>) {
    let mut section = "";
    for line in yaml.lines() {
        let text = line.split(" #").next().unwrap_or_default().trim_end();
        let bare = text.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let unquote = |s: &str| s.trim().trim_matches(['"', '\'']).to_owned();
        if text.len() == bare.len() {
            section = bare.trim_end_matches(':');
            // `packages: ['apps/*', 'packages/*']`
            let list = bare.strip_prefix("packages:").map(str::trim);
            let list = list.and_then(|list| list.strip_prefix('[')?.strip_suffix(']'));
            globs.extend(list.into_iter().flat_map(|list| list.split(',')).map(unquote));
            continue;
        }
        match (section, bare.strip_prefix("- "), bare.split_once(": ")) {
            ("packages", Some(glob), _) => globs.push(unquote(glob)),
            ("catalog" | "catalogs", None, Some((name, range))) => {
                catalog.entry(unquote(name)).or_insert_with(|| unquote(range));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pnpm_workspace_lists() {
        let (mut globs, mut catalog) = (vec![], FxHashMap::default());
        let yaml = "packages:\n  - \"apps/*\"\n  - 'packages/**' # all\n\ncatalog:\n  next: 16.1.0\n  \"react\": ^19\n";
        pnpm_workspace(yaml, &mut globs, &mut catalog);
        assert_eq!(globs, ["apps/*", "packages/**"]);
        assert_eq!(catalog.get("next").map(String::as_str), Some("16.1.0"));
    }

    #[test]
    fn who_gets_the_workspace_package() {
        let mut packages = Packages::default();
        packages.by_name.insert("dayjs".into(), (Path::new("/w/packages/dayjs").into(), Some("0.0.0".into())));
        assert!(packages.linked("dayjs", "workspace:*").is_some());
        assert!(packages.linked("dayjs", "*").is_some());
        assert!(packages.linked("dayjs", "^1.11.10").is_none());
    }
}
