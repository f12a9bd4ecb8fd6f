//! `cargo xtask pack`: what a release gives to people, for one platform: an archive, the npm packages,
//! the extension for VS Code, each with a checksum. `--check` installs them as people do and uses them.

mod archive;
mod npm;
mod platform;

use crate::lsp::client::Client;
use crate::tree;
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub use platform::Platform;

/// All packages have the version of the server.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `cargo xtask pack …`.
#[derive(clap::Args)]
pub struct Args {
    /// Pack this binary; without it, one is built with the profile `dist`.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// For which platform, such as `aarch64-apple-darwin`; this one if left out.
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Where to put it all.
    #[arg(long, value_name = "DIR", default_value = "target/pack")]
    out: PathBuf,
    /// Leave out the extension for VS Code.
    #[arg(long)]
    no_vsix: bool,
    /// Install what was packed into new projects, and use it there.
    #[arg(long)]
    check: bool,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let platform = Platform::find(args.target.as_deref())?;
    let binary = match &args.binary {
        Some(path) => path.canonicalize().with_context(|| format!("cannot find {}", path.display()))?,
        None => dist(platform)?,
    };
    let packed = pack(platform, &binary, &tree::root().join(&args.out), !args.no_vsix)?;
    for file in &packed {
        let size = fs::metadata(file)?.len();
        println!("{:>8.1} MB  {}", size as f64 / 1e6, file.display());
    }
    if args.check {
        used(platform, &packed)?;
    }
    Ok(())
}

/// Packs this platform's archive and npm packages around a binary and uses them, for `cargo xtask test`.
pub fn check(binary: &Path) -> anyhow::Result<()> {
    let platform = Platform::find(None)?;
    used(platform, &pack(platform, binary, &tree::root().join("target/pack/check"), false)?)
}

fn pack(platform: &Platform, binary: &Path, out: &Path, vsix: bool) -> anyhow::Result<Vec<PathBuf>> {
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    fs::create_dir_all(out)?;
    let mut packed = vec![archive::pack(platform, binary, out)?];
    packed.extend(npm::pack(platform, binary, out)?);
    if vsix {
        packed.push(crate::vsix::pack(platform.vscode, binary, out)?);
    }
    let sums: String = packed.iter().map(|file| archive::checksum(file)).collect::<anyhow::Result<_>>()?;
    fs::write(out.join("SHA256SUMS"), sums)?;
    Ok(packed)
}

/// The binary that people get.
fn dist(platform: &Platform) -> anyhow::Result<PathBuf> {
    let build = ["build", "--package", "routewright", "--profile", "dist", "--target", platform.triple];
    ensure!(tree::cargo(&build).status().context("cannot start cargo")?.success(), "routewright does not build");
    Ok(tree::target()?.join(platform.triple).join("dist").join(platform.program()))
}

fn used(platform: &Platform, packed: &[PathBuf]) -> anyhow::Result<()> {
    let with = |ending: &str| packed.iter().filter(|file| file.to_string_lossy().ends_with(ending)).cloned().collect();
    let tarballs: Vec<PathBuf> = with(".tgz");
    let archive = packed.first().context("an archive comes first")?;
    let folder = archive.with_file_name("used");
    let unpacked = archive::unpack(archive, platform, &folder.join("archive"))?;
    let installed = npm::install(platform, &tarballs, &folder.join("npm"))?;
    for (what, program) in [("the archive's program", unpacked), ("the npm package's command", installed)] {
        says_its_version(&program).context(what)?;
        serves(&program).context(what)?;
        println!("{what} says its version and serves a client");
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn says_its_version(program: &Path) -> anyhow::Result<()> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("cannot start {}", program.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        said.trim() == format!("routewright {VERSION}"),
        "it says {said:?} {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let wrong = Command::new(program).arg("nonsense").stdin(Stdio::null()).output()?;
    ensure!(wrong.status.code() == Some(2), "exit codes aren't passed on: {}", wrong.status);
    Ok(())
}

/// A session, from hello to the end of the process.
fn serves(program: &Path) -> anyhow::Result<()> {
    let app = tree::root().join("tests/apps/shop");
    let mut client = Client::start("routewright", program, &["lsp"], &app, Duration::from_secs(30))?;
    let hello = serde_json::json!({ "processId": null, "rootUri": null, "capabilities": {} });
    let answer = client.request("initialize", &hello)?;
    ensure!(answer.value["serverInfo"]["version"] == VERSION, "it introduces itself otherwise: {}", answer.value);
    client.stop()
}
