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
mod vscode;

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
    /// Only editors with this in their name, such as `helix`, `0.11` or `vs code`.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Also make the pictures in `editors/vscode/images` anew, by VS Code.
    #[arg(long)]
    pictures: bool,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    check(&tree::binary(args.binary.as_deref(), args.release)?, args.only.as_deref(), args.pictures).map(drop)
}

type Check = fn(&Editor, &Terminal, &Path) -> anyhow::Result<Report>;

/// Those that run in a terminal.
const TERMINAL: [(&str, Check); 3] =
    [("Neovim 0.10.4", neovim::check), ("Neovim 0.11.4", neovim::check), ("Helix 25.01.1", helix::check)];

/// Drives every editor that can be installed here, and says how many can't. On CI, which is there to find
/// such things, that is a failure where they can be had: on Linux.
pub fn check(binary: &Path, only: Option<&str>, pictures: bool) -> anyhow::Result<usize> {
    // `vscode` is `VS Code`
    let bare = |text: &str| text.to_lowercase().replace(' ', "");
    let wanted = |name: &str| only.is_none_or(|only| bare(name).contains(&bare(only)));
    let (mut rows, mut passed, mut failed, mut missing) = (vec![], 0, 0, 0);
    let mut note = |name: &str, outcome: Result<Report, String>| match outcome {
        Ok(report) => {
            passed += report.passed;
            failed += report.failed.len();
            rows.push(format!("{name:<15} {report}"));
        }
        Err(error) => {
            missing += 1;
            rows.push(format!("{name:<15} not installed: {error}"));
        }
    };
    if TERMINAL.iter().any(|(name, _)| wanted(name)) {
        let installed = install::all();
        let editors = [&installed.neovim_10, &installed.neovim_11, &installed.helix];
        for ((name, check), editor) in TERMINAL.into_iter().zip(editors).filter(|((name, _), _)| wanted(name)) {
            println!("{name}");
            let outcome = match (editor, &installed.terminal) {
                (Ok(editor), Ok(terminal)) => Ok(check(editor, terminal, binary)?),
                (Err(error), _) | (_, Err(error)) => Err(format!("{error:#}")),
            };
            note(name, outcome);
        }
    }
    if wanted(vscode::NAME) {
        println!("{}", vscode::NAME);
        let outcome = match vscode::install() {
            Ok(editor) => Ok(vscode::check(&editor, binary, pictures)?),
            Err(error) => Err(format!("{error:#}")),
        };
        note(vscode::NAME, outcome);
    }
    ensure!(
        !rows.is_empty(),
        "no editor is called that; there are Neovim 0.10.4, Neovim 0.11.4, Helix 25.01.1 and VS Code 1.139.1"
    );
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
