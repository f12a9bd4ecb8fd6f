//! The two servers: Routewright, built here, and TypeScript 7's, installed from npm.

use super::process;
use crate::{npm, tree};
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The TypeScript that is measured, exactly.
pub const TYPESCRIPT_VERSION: &str = "7.0.2";

/// A language server that can be started.
pub struct Server {
    /// For people.
    pub name: &'static str,
    /// What it calls its version.
    pub version: String,
    /// The binary.
    pub program: PathBuf,
    /// What makes the binary speak LSP over stdio.
    pub args: &'static [&'static str],
    /// What a right answer contains, if that is known.
    pub expect: Option<String>,
}

/// Routewright: the given binary, or a release build made now.
pub fn routewright(binary: Option<&Path>, expect: Option<String>) -> anyhow::Result<Server> {
    let program = tree::binary(binary, true)?;
    let version = process::run(&program, &["--version"], &tree::root())?.stdout;
    Ok(Server { name: "routewright", version: last_word(&version), program, args: &["lsp"], expect })
}

/// TypeScript 7, installed under `target/bench/ts7` unless it is there already. The native binary
/// is run itself: npm's `tsc` is a script that would add the start of node to every figure.
pub fn typescript() -> anyhow::Result<Server> {
    let home = target().join("bench").join("ts7");
    if installed_version(&home).as_deref() != Some(TYPESCRIPT_VERSION) {
        install(&home)?;
    }
    let program = native_binary(&home)?;
    let version = last_word(&process::run(&program, &["--version"], &home)?.stdout);
    ensure!(
        version == TYPESCRIPT_VERSION,
        "{} says that it is {version}, not {TYPESCRIPT_VERSION}; remove {}",
        program.display(),
        home.display()
    );
    Ok(Server { name: "TypeScript 7", version, program, args: &["--lsp", "--stdio"], expect: None })
}

fn installed_version(home: &Path) -> Option<String> {
    let text = fs::read_to_string(home.join("node_modules/typescript/package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(package["version"].as_str()?.to_owned())
}

fn install(home: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(home)?;
    // A package of its own keeps npm from walking up to somebody else's.
    fs::write(home.join("package.json"), "{ \"private\": true }\n")?;
    let package = format!("typescript@{TYPESCRIPT_VERSION}");
    npm::run(home, &[&["install", "--save-exact", &package], &npm::QUIET[..]].concat())
        .context("TypeScript 7 can't be installed (or use --only ours)")
}

/// The binary of the one platform package that npm chose.
fn native_binary(home: &Path) -> anyhow::Result<PathBuf> {
    let packages = home.join("node_modules").join("@typescript");
    let name = format!("tsc{}", std::env::consts::EXE_SUFFIX);
    fs::read_dir(&packages)
        .into_iter()
        .flatten()
        .flatten()
        .map(|package| package.path().join("lib").join(&name))
        .find(|binary| binary.is_file())
        .with_context(|| format!("no {name} under {}: TypeScript has no package for this platform", packages.display()))
}

fn last_word(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    text.split_whitespace().last().unwrap_or("unknown").to_owned()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => tree::root().join(dir),
        None => tree::root().join("target"),
    }
}
