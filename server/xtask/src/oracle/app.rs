//! The applications that are built, and how their files come together for one release.
//!
//! `tests/oracle/APP/all` is for every release; `tests/oracle/APP/15-16` is laid over it for those
//! that its name lists.

use super::release::{self, Flavour};
use crate::tree;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// An application of `tests/oracle`.
#[derive(Clone, Copy, Debug)]
pub struct App {
    /// The folder's name.
    pub name: &'static str,
    /// Where in it the application is.
    root: &'static str,
    /// Its `distDir`.
    dist: &'static str,
}

/// All of them: the ways to write an action, what carries an action to a page, path rules and
/// methods, settings, requests that run, and a monorepo.
pub const APPS: [App; 6] = [
    App { name: "actions", root: "", dist: ".next" },
    App { name: "reach", root: "", dist: ".next" },
    App { name: "routes", root: "", dist: ".next" },
    App { name: "settings", root: "", dist: "build/next" },
    App { name: "requests", root: "", dist: ".next" },
    MONOREPO,
];

/// The application whose packages npm links into the installation.
pub const MONOREPO: App = App { name: "monorepo", root: "apps/web", dist: ".next" };

impl App {
    /// What `routewright endpoints` is asked about.
    pub fn workspace(&self, major: u8) -> PathBuf {
        release::dir(major).join(self.name)
    }

    /// Its folder in the workspace, as `routewright endpoints` writes it.
    pub const fn root(&self) -> &'static str {
        if self.root.is_empty() { "." } else { self.root }
    }

    /// Where Next runs.
    pub fn dir(&self, major: u8) -> PathBuf {
        self.workspace(major).join(self.root)
    }

    /// Where it builds to.
    pub fn dist(&self, major: u8) -> PathBuf {
        self.dir(major).join(self.dist)
    }

    /// Where the manifests of the last build are kept: outside of what is asked about.
    pub fn kept(&self, flavour: Flavour) -> PathBuf {
        tree::root().join("target/oracle/built").join(flavour.name()).join(self.name)
    }

    /// The named differences, relative to the repository.
    pub fn differences(&self) -> String {
        format!("tests/oracle/differences/{}.txt", self.name)
    }

    /// Writes the application anew, without a build.
    pub fn assemble(&self, flavour: Flavour) -> anyhow::Result<()> {
        let to = self.workspace(flavour.major);
        if to.exists() {
            fs::remove_dir_all(&to).with_context(|| format!("cannot empty {}", to.display()))?;
        }
        let from = tree::root().join("tests/oracle").join(self.name);
        let mut layers: Vec<_> = fs::read_dir(&from)
            .with_context(|| format!("cannot read {}", from.display()))?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|layer| is_for(layer, flavour.major))
            .collect();
        // `all` comes first, whatever else there is
        layers.sort_by_key(|layer| (layer != "all", layer.clone()));
        for layer in layers {
            copy(&from.join(layer), &to)?;
        }
        self.write_package(flavour)
    }

    /// The manifest of the application: the release's versions, and the scripts that tell which
    /// bundler is meant, as a person would write them.
    fn write_package(&self, flavour: Flavour) -> anyhow::Result<()> {
        let path = self.dir(flavour.major).join("package.json");
        let mut package: Map<String, Value> = match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)?,
            Err(_) => Map::from_iter([("name".to_owned(), json!(self.name)), ("private".to_owned(), json!(true))]),
        };
        let release: Value =
            serde_json::from_str(&fs::read_to_string(release::source(flavour.major).join("package.json"))?)?;
        for key in ["dependencies", "devDependencies"] {
            let own = package.entry(key).or_insert_with(|| json!({}));
            if let (Some(own), Some(more)) = (own.as_object_mut(), release[key].as_object()) {
                own.extend(more.clone());
            }
        }
        let flag = flavour.flag().map(|flag| format!(" {flag}")).unwrap_or_default();
        let scripts = ["dev", "build"].map(|verb| (verb.to_owned(), json!(format!("next {verb}{flag}"))));
        package.insert("scripts".to_owned(), Value::Object(Map::from_iter(scripts)));
        fs::write(path, serde_json::to_string_pretty(&package)? + "\n")?;
        Ok(())
    }
}

/// Whether a layer belongs to a release: `all`, `14`, `15-16`.
fn is_for(layer: &str, major: u8) -> bool {
    layer == "all" || layer.split('-').any(|release| release == major.to_string())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_names_its_releases() {
        assert!(is_for("all", 14) && is_for("14", 14) && is_for("14-15", 15));
        assert!(!is_for("14-15", 16) && !is_for("16", 14));
    }
}
