//! The browser and what drives it: playwright-core from npm, Chromium from the machine or playwright's.

use crate::{npm, tree};
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The scripts, as they stand in `tests/journeys`.
const SCRIPTS: [&str; 4] = ["browser.mjs", "journey.mjs", "transcript.mjs", "types.mjs"];

/// What the script ends with where it finds no browser.
const NO_BROWSER: i32 = 3;

/// Where all of this is installed.
pub fn dir() -> PathBuf {
    tree::root().join("target/journeys")
}

/// Installs what drives the browser and says which one there is. Where there is none, playwright may
/// bring its own; `None` if that fails, too.
pub fn ready() -> anyhow::Result<Option<String>> {
    let (from, to) = (tree::root().join("tests/journeys"), dir());
    fs::create_dir_all(&to)?;
    for name in SCRIPTS {
        fs::copy(from.join(name), to.join(name)).with_context(|| name.to_owned())?;
    }
    let stamp = to.join("node_modules/.installed-lock");
    let lock = fs::read(from.join("package-lock.json"))?;
    if fs::read(&stamp).ok().as_ref() != Some(&lock) {
        for name in ["package.json", "package-lock.json"] {
            fs::copy(from.join(name), to.join(name))?;
        }
        npm::ci(&to, &[])?;
        fs::write(&stamp, &lock)?;
    }
    if let Some(version) = version()? {
        return Ok(Some(version));
    }
    println!("no browser on this machine: installing playwright's");
    let cli = to.join("node_modules/playwright-core/cli.js");
    Command::new("node").arg(cli).args(["install", "chromium"]).current_dir(&to).status()?;
    version()
}

fn version() -> anyhow::Result<Option<String>> {
    let output = script("journey.mjs", &["--browser"])?;
    if output.status.code() == Some(NO_BROWSER) {
        return Ok(None);
    }
    ensure!(output.status.success(), "journey.mjs: {}", String::from_utf8_lossy(&output.stderr));
    Ok(Some(String::from_utf8(output.stdout)?.trim().to_owned()))
}

/// Walks through the application at a port and a `basePath`; the transcript.
pub fn walk(port: u16, base: &str, store: &Path) -> anyhow::Result<String> {
    // as Next writes the URL of a request that comes to any address of this machine
    let base = format!("http://localhost:{port}{base}");
    let output = script("journey.mjs", &[&base, &store.display().to_string()])?;
    let text = String::from_utf8(output.stdout)?;
    let last = text.lines().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n");
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the journey came to an end behind\n{last}\n{said}");
    Ok(text)
}

fn script(name: &str, args: &[&str]) -> anyhow::Result<Output> {
    let mut command = Command::new("node");
    command.arg(dir().join(name)).args(args).current_dir(dir()).stdin(Stdio::null());
    command.output().context("cannot start node")
}
