//! The archive that people download: the program, the plugins that are mere files, the licences.

use super::VERSION;
use super::platform::Platform;
use crate::tree;
use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is in it beside the program, with paths as in the repository.
const FILES: [&str; 5] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "editors/neovim", "editors/helix"];

/// Makes it in `out`, a zip for Windows, else a tarball.
pub fn pack(platform: &Platform, binary: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let name = format!("routewright-{VERSION}-{}", platform.triple);
    let staged = out.join(&name);
    fs::create_dir_all(&staged)?;
    fs::copy(binary, staged.join(platform.program())).with_context(|| binary.display().to_string())?;
    for file in FILES {
        tree::copy(&tree::root().join(file), &staged.join(file)).context(file)?;
    }
    let archive = format!("{name}.{}", if platform.is_windows() { "zip" } else { "tar.gz" });
    // Windows brings a tar, too, which makes zips of what ends like one
    let form: &[&str] = if platform.is_windows() { &["-acf"] } else { &["-czf"] };
    tar(out, &[form, &[&archive, &name]].concat())?;
    fs::remove_dir_all(&staged)?;
    Ok(out.join(archive))
}

/// Unpacks it into a new folder and answers with the program.
pub fn unpack(archive: &Path, platform: &Platform, into: &Path) -> anyhow::Result<PathBuf> {
    if into.exists() {
        fs::remove_dir_all(into)?;
    }
    fs::create_dir_all(into)?;
    tar(into, &["-xf", &archive.canonicalize()?.to_string_lossy()])?;
    Ok(into.join(format!("routewright-{VERSION}-{}", platform.triple)).join(platform.program()))
}

/// A line as `sha256sum --check` reads it.
pub fn checksum(file: &Path) -> anyhow::Result<String> {
    let digest = Sha256::digest(fs::read(file).with_context(|| file.display().to_string())?);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{hex}  {}\n", file.file_name().unwrap_or_default().to_string_lossy()))
}

fn tar(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new("tar").args(arguments).current_dir(folder).stdin(Stdio::null()).status();
    let status = status.context("cannot start tar")?;
    ensure!(status.success(), "`tar {}` ended with {status}", arguments.join(" "));
    Ok(())
}
