//! How an application's files come together for one release: `all` is for every release, and `15-16` is
//! laid over it for those that its name lists.

use super::release::{self, Flavour};
use crate::tree;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// Writes the application of the folder `from` to `to` anew, without a build; in `root`, the folder of
/// its `package.json`, with the release's versions.
pub fn lay(from: &Path, to: &Path, root: &Path, flavour: Flavour) -> anyhow::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("cannot empty {}", to.display()))?;
    }
    let mut layers: Vec<_> = fs::read_dir(from)
        .with_context(|| format!("cannot read {}", from.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|layer| is_for(layer, flavour.major))
        .collect();
    // `all` comes first, whatever else there is
    layers.sort_by_key(|layer| (layer != "all", layer.clone()));
    for layer in layers {
        tree::copy(&from.join(layer), to)?;
    }
    write_package(&to.join(root), flavour)
}

/// The manifest of the application: the release's versions, and the scripts that tell which
/// bundler is meant, as a person would write them.
fn write_package(dir: &Path, flavour: Flavour) -> anyhow::Result<()> {
    let path = dir.join("package.json");
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let mut package: Map<String, Value> = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => Map::from_iter([("name".to_owned(), json!(name)), ("private".to_owned(), json!(true))]),
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

/// Whether a layer, or a line of a list, belongs to a release: `all`, `14`, `15-16`.
pub fn is_for(layer: &str, major: u8) -> bool {
    layer == "all" || layer.split('-').any(|release| release == major.to_string())
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
