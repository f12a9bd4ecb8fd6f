//! The rules of the source tree that a compiler doesn't know. One small test a rule; each message
//! says what to do. `tree.rs` beside this file reads manifests and sources.
#![allow(missing_docs, clippy::unwrap_used)]

mod tree;

use std::fs;
use tree::{Package, Source, packages, root, sources};

/// The crates of the product; each may use those before it.
const ARROW: [&str; 5] = ["syntax", "next", "workspace", "ide", "routewright"];

/// Heavy dependencies, and the only crates that may name them.
const HOMES: [(&str, &[&str]); 10] = [
    ("tower-lsp", &["routewright"]),
    ("tokio", &["routewright"]),
    ("tree-sitter", &["syntax"]),
    ("tree-sitter-typescript", &["syntax"]),
    ("ropey", &["syntax"]),
    ("oxc_resolver", &["workspace"]),
    ("ignore", &["workspace"]),
    ("dashmap", &["workspace"]),
    ("sha1", &["next", "xtask"]),
    ("clap", &["routewright", "xtask"]),
];

/// More lines than this are no longer read in one go.
const MOST_LINES: usize = 600;

/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[];

/// What says LSP, an async runtime or the disk.
const FOREIGN: [&str; 6] = ["lsp", "tower_lsp", "lsp_types", "ls_types", "tokio", "fs"];

/// Everything that broke a rule, in one message.
#[track_caller]
fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n  {}\n", broken.join("\n  "));
}

fn package<'a>(packages: &'a [Package], name: &str) -> &'a Package {
    packages.iter().find(|package| package.name == name).unwrap_or_else(|| panic!("there is no crate {name}"))
}

#[test]
fn crates_depend_only_on_what_stands_to_their_left() {
    let packages = packages();
    let mut broken = Vec::new();
    for (at, name) in ARROW.iter().enumerate() {
        for dependency in package(&packages, name).dependencies.iter().filter(|dependency| dependency.is_ours) {
            let is_left = ARROW[..at].contains(&&*dependency.name);
            let is_for_tests = dependency.is_dev && dependency.name == "fixture";
            if !is_left && !is_for_tests {
                broken.push(format!(
                    "server/{name}/Cargo.toml: take out `{}`; {name} may use {:?}, move the code to where both reach it",
                    dependency.name,
                    &ARROW[..at]
                ));
            }
        }
    }
    none(broken);
}

#[test]
fn tools_of_the_tests_know_nothing_of_the_product() {
    let packages = packages();
    let mut broken = Vec::new();
    for name in ["fixture", "xtask"] {
        for dependency in package(&packages, name).dependencies.iter().filter(|dependency| dependency.is_ours) {
            let what = &dependency.name;
            broken.push(format!("{name}: take out `{what}`; it looks at the product from outside, through the binary"));
        }
    }
    none(broken);
}

#[test]
fn heavy_dependencies_have_one_home() {
    let packages = packages();
    let mut broken = Vec::new();
    for (heavy, homes) in HOMES {
        for package in &packages {
            let has = package.dependencies.iter().any(|dependency| dependency.name == heavy);
            let may = homes.contains(&&*package.name);
            if has && !may {
                broken.push(format!("{}: take out `{heavy}`; only {homes:?} may name it", package.name));
            }
            if may && !has {
                broken.push(format!("{}: no longer names `{heavy}`; take it out of HOMES in this test", package.name));
            }
        }
    }
    none(broken);
}

#[test]
fn files_are_short_enough_to_read() {
    let sources = sources(&["syntax", "next", "workspace", "ide", "routewright", "xtask"]);
    let mut broken = Vec::new();
    for Source { path, text } in &sources {
        let lines = text.lines().count();
        if lines > MOST_LINES && !LONG_FILES.iter().any(|(file, _)| file == path) {
            broken.push(format!("{path}: {lines} lines; split it by what it does, {MOST_LINES} are the most"));
        }
    }
    for (file, _) in LONG_FILES {
        let still = sources.iter().any(|source| source.path == *file && source.text.lines().count() > MOST_LINES);
        if !still {
            broken.push(format!("{file}: is not long any more; take it out of LONG_FILES in this test"));
        }
    }
    none(broken);
}

#[test]
fn names_say_what_is_inside() {
    let mut broken = Vec::new();
    for Source { path, text } in sources(&["syntax", "next", "workspace", "ide", "routewright", "xtask"]) {
        let vague = |part: &str| ["utils", "util", "helpers", "helper"].contains(&part) || part.contains("manager");
        if let Some(part) = path.trim_end_matches(".rs").split('/').find(|part| vague(part)) {
            broken.push(format!("{path}: `{part}` says nothing; name the file after what it knows or answers"));
        }
        for line in text.lines() {
            let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
            let item = matches!(words.next(), Some("struct" | "enum" | "trait" | "mod" | "type"));
            if let Some(name) = words.next().filter(|name| item && name.to_lowercase().contains("manager")) {
                broken.push(format!("{path}: `{name}` says nothing; name it after what it owns"));
            }
        }
    }
    none(broken);
}

#[test]
fn every_query_is_used() {
    let syntax = sources(&["syntax"]);
    let mut broken = Vec::new();
    for entry in fs::read_dir(root().join("queries")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let used = syntax.iter().any(|source| source.text.contains(&format!("\"{name}\"")));
        if name.ends_with(".scm") && !used {
            broken
                .push(format!("queries/{name}: nothing asks it; name it in server/syntax/src/queries.rs or remove it"));
        }
    }
    none(broken);
}

#[test]
fn feature_files_say_which_feature() {
    let mut broken = Vec::new();
    for Source { path, text } in sources(&["ide"]) {
        let is_feature = text.lines().any(|line| line.starts_with("pub fn "));
        if is_feature && !path.ends_with("/lib.rs") && !text.starts_with("//! Feature: ") {
            broken.push(format!(
                "{path}: begin with `//! Feature: Name. What it answers.`, or say `pub(crate)` if it serves other features"
            ));
        }
    }
    none(broken);
}

#[test]
fn inner_crates_know_neither_the_protocol_nor_the_disk() {
    let mut broken = Vec::new();
    for Source { path, text } in sources(&["syntax", "next", "ide"]) {
        // unit tests may read the files that they test
        for (number, line) in text.lines().take_while(|line| *line != "#[cfg(test)]").enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(word) = words.find(|word| FOREIGN.contains(word)) {
                let number = number + 1;
                broken.push(format!(
                    "{path}:{number}: `{word}` belongs to routewright (protocol, runtime) or workspace (disk); pass plain data in"
                ));
            }
        }
    }
    none(broken);
}

#[test]
fn the_readme_names_every_verb() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap_or_default();
    assert!(!readme.is_empty(), "README.md: write it; it is what a user reads first");
    let path = "server/routewright/src/cli/mod.rs";
    let text = fs::read_to_string(root().join(path)).unwrap();
    let verbs = tree::variants(&text, "Verb");
    assert!(verbs.len() >= 5, "{path}: `enum Verb` was not found; mend this test");
    let lacking = verbs.iter().filter(|verb| !readme.contains(&format!("routewright {verb}")));
    none(lacking.map(|verb| format!("README.md: show `routewright {verb}`, with what it is for")).collect());
}
