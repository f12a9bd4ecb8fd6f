//! The source tree that a task runs in, and its cargo.

use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Cargo, the one that runs this task, at the root.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Where `cargo build` and `cargo test` leave the binary: beside this task's own.
pub fn debug_binary() -> anyhow::Result<PathBuf> {
    let task = std::env::current_exe().context("cannot tell where this task's binary is")?;
    Ok(task.with_file_name(format!("routewright{}", std::env::consts::EXE_SUFFIX)))
}

/// The given binary, or one built now: as `--release` for measuring, as in the tests otherwise.
pub fn binary(given: Option<&Path>, release: bool) -> anyhow::Result<PathBuf> {
    if let Some(path) = given {
        return path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
    }
    let mut build = cargo(&["build", "--quiet", "--package", "routewright"]);
    if release {
        build.arg("--release");
    }
    ensure!(build.status().context("cannot start cargo")?.success(), "routewright does not build");
    let debug = debug_binary()?;
    if !release {
        return Ok(debug);
    }
    Ok(target()?.join("release").join(debug.file_name().unwrap_or_default()))
}

/// Copies a file or a folder, and makes the folders above it; what npm and Next make in a folder stays
/// behind.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !from.is_dir() {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        return fs::copy(from, to).map(drop).with_context(|| format!("cannot copy {}", from.display()));
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let name = entry?.file_name();
        if name != "node_modules" && name != ".next" {
            copy(&from.join(&name), &to.join(&name))?;
        }
    }
    Ok(())
}

/// Cargo's folder for what it builds.
pub fn target() -> anyhow::Result<PathBuf> {
    let debug = debug_binary()?;
    debug.ancestors().nth(2).map(Path::to_owned).context("this task's binary is in no folder of cargo's")
}
