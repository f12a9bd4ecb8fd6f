//! What the rules look at: the crates' manifests, as cargo reads them, and their sources.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate of the workspace.
pub struct Package {
    pub name: String,
    pub dependencies: Vec<Dependency>,
}

/// What a crate's manifest names, of any kind.
pub struct Dependency {
    /// As the manifest calls it.
    pub name: String,
    pub is_dev: bool,
    /// A crate of this workspace?
    pub is_ours: bool,
}

/// A source file.
pub struct Source {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap().to_owned()
}

/// Every crate of the workspace.
pub fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependency = |value: &Value| Dependency {
        name: text(if value["rename"].is_null() { &value["name"] } else { &value["rename"] }),
        is_dev: value["kind"] == "dev",
        is_ours: !value["path"].is_null(),
    };
    let package = |value: &Value| Package {
        name: text(&value["name"]),
        dependencies: value["dependencies"].as_array().unwrap().iter().map(dependency).collect(),
    };
    metadata["packages"].as_array().unwrap().iter().map(package).collect()
}

/// The sources of these crates, in order.
pub fn sources(crates: &[&str]) -> Vec<Source> {
    let mut all = Vec::new();
    for name in crates {
        collect(&root().join("server").join(name).join("src"), &format!("server/{name}/src"), &mut all);
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn collect(dir: &Path, shown: &str, all: &mut Vec<Source>) {
    for entry in fs::read_dir(dir).unwrap_or_else(|error| panic!("{shown}: {error}")) {
        let entry = entry.unwrap();
        let path = format!("{shown}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &path, all);
        } else if path.ends_with(".rs") {
            all.push(Source { path, text: fs::read_to_string(entry.path()).unwrap() });
        }
    }
}

/// The variants of an enum in a file, as a command line spells them.
pub fn variants(text: &str, name: &str) -> Vec<String> {
    let begin = format!("enum {name} {{");
    let body = text.lines().skip_while(|line| !line.contains(&begin)).skip(1).take_while(|line| *line != "}");
    let variant = |line: &str| {
        let line = line.strip_prefix("    ")?;
        let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
        line.starts_with(|c: char| c.is_ascii_uppercase()).then(|| kebab(&line[..end]))
    };
    body.filter_map(variant).collect()
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
