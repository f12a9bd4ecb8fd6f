//! What TypeScript is shown: the checkout with the links between workspace packages that a package
//! manager would make. Nothing is written to the checkout; the mirror is made of hard links.

use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a TypeScript project is made of.
const SOURCES: [&str; 9] = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json"];

/// The checkout itself where its packages are installed, else a mirror of it below `scratch`.
pub fn of(checkout: &Path, scratch: &Path) -> anyhow::Result<PathBuf> {
    let checkout = checkout.canonicalize().with_context(|| format!("cannot read {}", checkout.display()))?;
    if checkout.join("node_modules").is_dir() {
        return Ok(checkout);
    }
    let mirror = scratch.join(checkout.file_name().unwrap_or_default());
    if mirror.exists() {
        fs::remove_dir_all(&mirror).with_context(|| format!("cannot remove {}", mirror.display()))?;
    }
    fs::create_dir_all(&mirror)?;
    let mirror = mirror.canonicalize()?;
    let mut packages = Vec::new();
    copy(&checkout, &mirror, &mut packages)?;
    link(&packages)?;
    Ok(mirror)
}

/// A `package.json` of the mirror.
struct Package {
    dir: PathBuf,
    json: Value,
}

fn copy(from: &Path, to: &Path, packages: &mut Vec<Package>) -> anyhow::Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Ok(kind) = entry.file_type() else { continue };
        let target = to.join(&name);
        if kind.is_dir() && name != ".git" && name != "node_modules" {
            fs::create_dir(&target)?;
            copy(&path, &target, packages)?;
        } else if kind.is_file()
            && path.extension().is_some_and(|extension| SOURCES.iter().any(|source| extension == *source))
        {
            if fs::hard_link(&path, &target).is_err() {
                fs::copy(&path, &target)?;
            }
            if name == "package.json"
                && let Ok(json) = serde_json::from_slice(&fs::read(&path)?)
            {
                packages.push(Package { dir: to.to_owned(), json });
            }
        }
    }
    Ok(())
}

/// Links each package into the `node_modules` of those that list it, and of the workspace's root where
/// npm, Yarn or Bun hoist. A name that two packages bear is left alone: which one is meant, only the
/// package manager knows.
fn link(packages: &[Package]) -> anyhow::Result<()> {
    let mut by_name: BTreeMap<&str, Option<&Package>> = BTreeMap::new();
    for package in packages {
        if let Some(name) = package.json["name"].as_str() {
            by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(package));
        }
    }
    for package in packages {
        for list in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
            for (name, range) in package.json[list].as_object().into_iter().flatten() {
                let Some(Some(wanted)) = by_name.get(name.as_str()) else { continue };
                if is_linked(range.as_str().unwrap_or_default(), &wanted.json["version"]) {
                    link_one(&package.dir, name, &wanted.dir)?;
                }
            }
        }
    }
    let heads = |package: &&Package| !package.json["workspaces"].is_null();
    for root in packages.iter().filter(heads) {
        for (name, member) in &by_name {
            if let Some(member) = member.filter(|member| member.dir.starts_with(&root.dir) && member.dir != root.dir) {
                link_one(&root.dir, name, &member.dir)?;
            }
        }
    }
    Ok(())
}

fn link_one(dir: &Path, name: &str, target: &Path) -> anyhow::Result<()> {
    let link = dir.join("node_modules").join(name);
    if !link.exists() {
        fs::create_dir_all(link.parent().unwrap_or(&link))?;
        make_link(target, &link)?;
    }
    Ok(())
}

/// Whether a range asks for the package of the workspace rather than for the registry's.
fn is_linked(range: &str, version: &Value) -> bool {
    let major = |text: &str| text.trim_start_matches(['^', '~', '=', 'v']).split('.').next().map(str::to_owned);
    ["workspace:", "link:", "file:", "portal:"].iter().any(|start| range.starts_with(start))
        || range == "*"
        || version.as_str().is_some_and(|version| !range.is_empty() && major(version) == major(range))
}

#[cfg(unix)]
fn make_link(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn make_link(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn who_gets_the_package_of_the_workspace() {
        assert!(is_linked("workspace:*", &json!(null)));
        assert!(is_linked("*", &json!("0.0.0")));
        assert!(is_linked("^1.2.0", &json!("1.4.0")));
        assert!(!is_linked("^2.0.0", &json!("1.4.0")));
        assert!(!is_linked("", &json!(null)));
    }
}
