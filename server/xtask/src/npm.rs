//! npm, as every task starts it: quietly, and with what it said where it fails.

use anyhow::{Context, ensure};
use std::path::Path;
use std::process::{Command, Stdio};

/// What an installation doesn't have to say or ask.
pub const QUIET: [&str; 3] = ["--no-audit", "--no-fund", "--loglevel=error"];

/// Runs it in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm).args(arguments).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.context("cannot start npm, which comes with Node.js")?;
    let said = [&output.stdout[..], &output.stderr].concat();
    let (said, first) = (String::from_utf8_lossy(&said), arguments.first().unwrap_or(&""));
    ensure!(
        output.status.success(),
        "`npm {first}` in {} ended with {}\n{}",
        folder.display(),
        output.status,
        said.trim()
    );
    Ok(())
}

/// `npm ci`, and nothing else that speaks.
pub fn ci(folder: &Path, more: &[&str]) -> anyhow::Result<()> {
    run(folder, &[&["ci"], &QUIET[..], more].concat())
}
