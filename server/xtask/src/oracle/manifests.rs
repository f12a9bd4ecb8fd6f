//! What Next has built, read from its manifests.

use super::app::App;
use super::numbered;
use crate::nextjs::release::{self, Flavour};
use anyhow::Context;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// An action of `server-reference-manifest.json`.
#[derive(Debug, PartialEq)]
pub struct Action {
    /// 40 digits in 14, 42 since.
    pub id: String,
    /// File, relative to the installation, and name. 14 keeps neither; those of numbered functions
    /// are found nevertheless.
    pub place: Option<(String, String)>,
    /// URLs of the pages that carry it, as the manifests write them. Route Handlers are left out: a
    /// POST to one runs the handler.
    pub pages: BTreeSet<String>,
}

/// What the manifests of a build list.
#[derive(Debug, Default)]
pub struct Built {
    /// URLs of Route Handlers and metadata files.
    pub urls: BTreeSet<String>,
    /// URLs of pages.
    pub pages: BTreeSet<String>,
    /// URLs of `pages/api`.
    pub pages_api: BTreeSet<String>,
    /// Every URL of `routes-manifest.json`.
    pub routed: BTreeSet<String>,
    /// Every action, by ID.
    pub actions: Vec<Action>,
}

/// The files that are read, relative to the build.
const ROUTES: &str = "app-path-routes-manifest.json";
const ROUTED: &str = "routes-manifest.json";
const PAGES: &str = "server/pages-manifest.json";
const ACTIONS: &str = "server/server-reference-manifest.json";

/// Moves what is read of a build to where it is kept, and takes the rest away, so that the next
/// build starts from nothing.
pub fn keep(dist: &Path, kept: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(kept.join("server"))?;
    for name in [ROUTES, ROUTED, PAGES, ACTIONS] {
        fs::copy(dist.join(name), kept.join(name)).with_context(|| format!("cannot keep {name}"))?;
    }
    fs::remove_dir_all(dist).with_context(|| format!("cannot remove {}", dist.display()))
}

impl Built {
    /// Reads a build.
    pub fn read(dist: &Path, app: &App, flavour: Flavour) -> anyhow::Result<Self> {
        let mut built = Self::default();
        let routes = object(&dist.join(ROUTES))?;
        for (key, url) in &routes {
            let url = url.as_str().with_context(|| format!("{ROUTES}: {key} has no URL"))?.to_owned();
            if key.ends_with("/page") { &mut built.pages } else { &mut built.urls }.insert(url);
        }
        for url in object(&dist.join(PAGES))?.into_iter().map(|(url, _)| url) {
            let is_api = url == "/api" || url.starts_with("/api/");
            if is_api { &mut built.pages_api } else { &mut built.pages }.insert(url);
        }
        let routed = object(&dist.join(ROUTED))?;
        let lists = ["staticRoutes", "dynamicRoutes"].into_iter().filter_map(|key| routed.get(key)?.as_array());
        // Prerendered pages have a line for each locale, and none without.
        let locales = routed.get("i18n").and_then(|i18n| i18n["locales"].as_array());
        for locale in locales.into_iter().flatten().filter_map(Value::as_str) {
            let plain = |url: &String| Some(url.strip_prefix(&format!("/{locale}"))?.to_owned());
            let more: Vec<_> = built.pages.iter().filter_map(plain).collect();
            built.pages.extend(more);
        }
        built.routed = lists.flatten().filter_map(|route| Some(route["page"].as_str()?.to_owned())).collect();
        built.actions = actions(dist, &routes, app, flavour)?;
        Ok(built)
    }
}

/// Reads the actions of a build or of `next dev`, whose `routes` need not be known.
pub fn actions(dist: &Path, routes: &Map<String, Value>, app: &App, flavour: Flavour) -> anyhow::Result<Vec<Action>> {
    let manifest = object(&dist.join(ACTIONS))?;
    let mut all: BTreeMap<String, Action> = BTreeMap::new();
    let numbered = match flavour.major {
        14 => numbered::places(&app.workspace(flavour.major), &release::dir(flavour.major)),
        _ => BTreeMap::new(),
    };
    for runtime in ["node", "edge"] {
        let entries = manifest.get(runtime).and_then(Value::as_object);
        for (id, entry) in entries.with_context(|| format!("{ACTIONS}: there is no `{runtime}`"))? {
            let mut action = action(id, entry, routes, app, flavour);
            action.place = action.place.or_else(|| numbered.get(id).cloned());
            match all.get_mut(id) {
                Some(known) => known.pages.extend(action.pages),
                None => drop(all.insert(id.clone(), action)),
            }
        }
    }
    Ok(all.into_values().collect())
}

fn action(id: &str, entry: &Value, routes: &Map<String, Value>, app: &App, flavour: Flavour) -> Action {
    let workers = entry["workers"].as_object();
    // Turbopack of 15 says file and name in each worker.
    let says =
        workers.into_iter().flatten().map(|(_, worker)| worker).chain([entry]).find(|say| say["filename"].is_string());
    let place = says.and_then(|say| {
        let name = say["exportedName"].as_str()?.to_owned();
        Some((place(say["filename"].as_str()?, app, flavour), name))
    });
    let keys = workers.into_iter().flatten().filter_map(|(key, _)| key.strip_prefix("app"));
    let pages = keys.filter(|key| key.ends_with("/page")).map(|key| match routes.get(key).and_then(Value::as_str) {
        Some(url) => url.to_owned(),
        None => url(key),
    });
    Action { id: id.to_owned(), place, pages: pages.collect() }
}

/// The URL of an app path (`normalizeAppPath` in shared/lib/router/utils/app-paths.ts); in `next
/// dev` no manifest has it.
fn url(key: &str) -> String {
    let is_hidden = |segment: &str| segment.starts_with('@') || segment.starts_with('(') && segment.ends_with(')');
    let shown = |segment: &&str| !segment.is_empty() && !is_hidden(segment);
    let segments: Vec<_> = key.trim_end_matches("page").split('/').filter(shown).collect();
    format!("/{}", segments.join("/"))
}

/// A file as the manifests write it, relative to the installation. webpack begins at the folder
/// that holds `app/` (`projectDir` in build/webpack/plugins/flight-client-entry-plugin.ts, which is
/// `src` where there is one), Turbopack at its root, which may lie further up.
fn place(file: &str, app: &App, flavour: Flavour) -> String {
    let installation = release::dir(flavour.major);
    let dir = app.dir(flavour.major);
    let roots = [dir.join("src"), dir].into_iter().chain(installation.ancestors().take(3).map(Path::to_owned));
    let found = roots.map(|root| flat(&root.join(file))).find(|path| path.is_file());
    match found {
        Some(path) => relative(&path, &installation),
        None => file.to_owned(),
    }
}

/// A path with `/`, relative to the installation.
pub fn relative(path: &Path, installation: &Path) -> String {
    let short = path.strip_prefix(installation).unwrap_or(path);
    short.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The path without `..`.
fn flat(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut flat, part| {
        if part == Component::ParentDir {
            flat.pop();
        } else {
            flat.push(part);
        }
        flat
    })
}

fn object(path: &Path) -> anyhow::Result<Map<String, Value>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::super::app::APPS;
    use super::*;
    use crate::nextjs::release::FLAVOURS;
    use serde_json::json;

    #[test]
    fn urls() {
        for (key, expected) in [
            ("/page", "/"),
            ("/(a)/x/@slot/[id]/page", "/x/[id]"),
            ("/feed/@modal/(.)photo/[id]/page", "/feed/(.)photo/[id]"),
            ("/page/page", "/page"),
        ] {
            assert_eq!(url(key), expected, "{key}");
        }
    }

    #[test]
    fn each_release_writes_actions_in_its_way() {
        let routes = Map::from_iter([("/(g)/%5Fx/page".to_owned(), json!("/_x")), ("/a/page".to_owned(), json!("/a"))]);
        let place = Some(("app/a.ts".to_owned(), "save".to_owned()));
        for (entry, place) in [
            (
                json!({ "workers": { "app/a/page": "1", "app/api/x/route": "2" }, "layer": { "app/a/page": "rsc" } }),
                None,
            ),
            (json!({ "workers": { "app/a/page": { "filename": "app/a.ts", "exportedName": "save" } } }), place.clone()),
            (
                json!({ "workers": { "app/a/page": { "moduleId": 1 }, "app/api/x/route": {} }, "filename": "app/a.ts", "exportedName": "save" }),
                place,
            ),
        ] {
            let read = action("40ab", &entry, &routes, &APPS[0], FLAVOURS[0]);
            let pages = BTreeSet::from(["/a".to_owned()]);
            assert_eq!(read, Action { id: "40ab".to_owned(), place, pages }, "{entry}");
        }
    }
}
