//! Each conversion alone, asked of the TypeScript that the release is installed with: one process for all
//! of them, so that the libraries are read once.

use crate::nextjs::release;
use anyhow::{Context, ensure};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use super::browser;

/// A conversion that was not written: its files, from the application's root, with their texts; `None`
/// where a file is gone.
#[derive(Debug)]
pub struct Alone {
    /// The action's name.
    pub name: String,
    /// What changed.
    pub files: BTreeMap<String, Option<String>>,
}

/// A line for each error of each.
pub fn check(major: u8, dir: &Path, each: &[Alone]) -> anyhow::Result<Vec<String>> {
    let list: Vec<_> = each.iter().map(|alone| json!({ "name": alone.name, "files": alone.files })).collect();
    let list_file = browser::dir().join("transcripts").join(format!("{major}-alone.json"));
    std::fs::write(&list_file, serde_json::to_string(&list)?)?;
    let output = Command::new("node")
        .arg(browser::dir().join("types.mjs"))
        .args([&release::dir(major), dir, &list_file])
        .stdin(Stdio::null())
        .output()
        .context("cannot start node")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "types.mjs: {said}");
    Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
}
