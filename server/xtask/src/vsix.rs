//! The extension for VS Code as a file: `npm run package` in `editors/vscode`.

use crate::pack::VERSION;
use crate::tree;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Makes it in `out`, with this binary inside; `platform` is VS Code's name, such as `linux-x64`.
pub fn pack(platform: &str, binary: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let file = out.join(format!("routewright-{platform}-{VERSION}.vsix"));
    install()?;
    let (binary, to) = (binary.to_string_lossy(), file.to_string_lossy());
    npm(&["run", "--silent", "package", "--", "--target", platform, "--binary", &binary, "--out", &to])?;
    Ok(file)
}

/// What its own types and tests say.
pub fn check() -> anyhow::Result<()> {
    install()?;
    npm(&["run", "--silent", "check"])
}

fn install() -> anyhow::Result<()> {
    // what is there may be another lock file's
    npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
}

fn npm(arguments: &[&str]) -> anyhow::Result<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let folder = tree::root().join("editors/vscode");
    let output = Command::new(npm).args(arguments).current_dir(&folder).stdin(Stdio::null()).output();
    let output = output.context("cannot start npm")?;
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    ensure!(
        output.status.success(),
        "`npm {}` in {} ended with {}\n{said}",
        arguments[0],
        folder.display(),
        output.status
    );
    Ok(())
}
