//! `cargo xtask editors`: the editors that people have, driven as people drive them, with the real
//! binary on the sample application. They are installed under `target/editors`.

mod debian;
mod helix;
mod install;
mod neovim;
mod report;
mod sandbox;
mod screen;
mod shots;

use crate::tree;
use anyhow::{bail, ensure};
use install::{Editor, Terminal};
use report::Report;
use std::path::{Path, PathBuf};

/// `cargo xtask editors …`.
#[derive(clap::Args)]
pub struct Args {
    /// Run this binary; without it, `cargo build --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Build and run the binary that people get: for the times until the first hover.
    #[arg(long, conflicts_with = "binary")]
    release: bool,
    /// Only editors with this in their name, such as `helix` or `0.11`.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    check(&tree::binary(args.binary.as_deref(), args.release)?, args.only.as_deref()).map(drop)
}

type Check = fn(&Editor, &Terminal, &Path) -> anyhow::Result<Report>;

/// Drives every editor that can be installed here, and says how many can't. On CI, which is there to find
/// such things, that is a failure where they can be had: on Linux.
pub fn check(binary: &Path, only: Option<&str>) -> anyhow::Result<usize> {
    let installed = install::all();
    let editors: [(&str, &anyhow::Result<Editor>, Check); 3] = [
        ("Neovim 0.10.4", &installed.neovim_10, neovim::check),
        ("Neovim 0.11.4", &installed.neovim_11, neovim::check),
        ("Helix 25.01.1", &installed.helix, helix::check),
    ];
    let wanted = |name: &str| only.is_none_or(|only| name.to_lowercase().contains(&only.to_lowercase()));
    let (mut rows, mut passed, mut failed, mut missing) = (vec![], 0, 0, 0);
    for (name, editor, check) in editors.into_iter().filter(|(name, ..)| wanted(name)) {
        println!("{name}");
        match editor.as_ref().and_then(|editor| installed.terminal.as_ref().map(|terminal| (editor, terminal))) {
            Ok((editor, terminal)) => {
                let report = check(editor, terminal, binary)?;
                passed += report.passed;
                failed += report.failed.len();
                rows.push(format!("{name:<15} {report}"));
            }
            Err(error) => {
                missing += 1;
                rows.push(format!("{name:<15} not installed: {error:#}"));
            }
        }
    }
    ensure!(!rows.is_empty(), "no editor is called that; there are Neovim 0.10.4, Neovim 0.11.4 and Helix 25.01.1");
    println!("\n{}\n{passed} passed, {failed} failed, {missing} skipped", rows.join("\n"));
    if shots::folder().exists() {
        println!("screens: {}", shots::folder().display());
    }
    ensure!(failed == 0, "{failed} checks failed");
    if missing > 0 && std::env::var_os("CI").is_some_and(|value| value == "true") && cfg!(target_os = "linux") {
        bail!("{missing} of the editors could not be installed");
    }
    Ok(missing)
}
