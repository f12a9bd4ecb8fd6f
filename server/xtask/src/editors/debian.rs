//! Packages of a Debian release, unpacked into a folder of their own with all that they need. The
//! machine's own packages, lists and settings are only read. Works on Debian, and where `apt-get` and
//! `dpkg-deb` are (Ubuntu), if `ROUTEWRIGHT_DEBIAN_MIRROR` names a mirror.

use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Debian 13: newer releases move, and with them the editors.
const RELEASE: &str = "trixie";

/// Where the keys of Debian's archive are, on Debian and in its package of them.
const KEYS: &str = "usr/share/keyrings/debian-archive-keyring.gpg";

/// Downloads and unpacks packages into `root`, and makes `programs` (paths in there) run with the
/// libraries there.
pub fn unpack(root: &Path, packages: &[&str], programs: &[&str]) -> anyhow::Result<()> {
    ensure!(cfg!(target_os = "linux"), "Debian's packages run on Linux only");
    for tool in ["apt-get", "dpkg-deb"] {
        ensure!(starts(tool), "there is no {tool} on this machine");
    }
    let state = root.join(".apt");
    for folder in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(state.join(folder))?;
    }
    let keys = keys(&state)?;
    fs::write(state.join("status"), "")?;
    let sources = format!("deb [signed-by={}] {} {RELEASE} main\n", keys.display(), mirror()?);
    fs::write(state.join("sources.list"), sources)?;
    apt(&state, &["update"])?;
    apt(&state, &[&["--download-only", "install"], packages].concat())?;
    for archive in fs::read_dir(state.join("cache/archives"))? {
        let path = archive?.path();
        if path.extension().is_some_and(|ending| ending == "deb") {
            unpack_one(&path, root)?;
        }
    }
    fs::remove_dir_all(&state)?;
    let loader = loader(root)?;
    programs.iter().try_for_each(|program| bind(&loader, root, &root.join(program)))
}

fn starts(tool: &str) -> bool {
    let asked = Command::new(tool).arg("--version").stdin(Stdio::null()).output();
    asked.is_ok_and(|output| output.status.success())
}

fn unpack_one(archive: &Path, root: &Path) -> anyhow::Result<()> {
    quietly(Command::new("dpkg-deb").arg("-x").arg(archive).arg(root))
}

/// `apt-get` with state of its own; as whoever runs it, without the machine's hooks.
fn apt(state: &Path, args: &[&str]) -> anyhow::Result<()> {
    let at = |what: &str| state.join(what).display().to_string();
    let options = [
        format!("Dir::Etc::sourcelist={}", at("sources.list")),
        "Dir::Etc::sourceparts=/dev/null".to_owned(),
        "Dir::Etc::preferencesparts=/dev/null".to_owned(),
        format!("Dir::State::lists={}", at("lists")),
        format!("Dir::State::status={}", at("status")),
        format!("Dir::State::extended_states={}", at("extended")),
        format!("Dir::Cache={}", at("cache")),
        format!("Dir::Cache::archives={}", at("cache/archives")),
        "APT::Install-Recommends=false".to_owned(),
        "APT::Sandbox::User=root".to_owned(),
        "Debug::NoLocking=1".to_owned(),
        "Acquire::Languages=none".to_owned(),
        "Acquire::Retries=3".to_owned(),
        "DPkg::Post-Invoke=".to_owned(),
        "APT::Update::Post-Invoke=".to_owned(),
        "APT::Update::Post-Invoke-Success=".to_owned(),
        "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false".to_owned(),
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false".to_owned(),
    ];
    let mut command = Command::new("apt-get");
    command.args(["-qq", "-y"]);
    for option in &options {
        command.args(["-o", option]);
    }
    quietly(command.args(args))
}

/// Runs a command; what it says is shown only if it fails.
pub fn quietly(command: &mut Command) -> anyhow::Result<()> {
    let name = Path::new(command.get_program()).display().to_string();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!("{name} ended with {}: {}", output.status, String::from_utf8_lossy(&said).trim());
    }
    Ok(())
}

/// The mirror that the machine uses for Debian, or the one that is named.
fn mirror() -> anyhow::Result<String> {
    if let Ok(named) = std::env::var("ROUTEWRIGHT_DEBIAN_MIRROR") {
        return Ok(named);
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let is_debian = release.lines().any(|line| line == "ID=debian");
    ensure!(is_debian, "this is no Debian: name a mirror of Debian's packages in ROUTEWRIGHT_DEBIAN_MIRROR");
    let texts = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].map(fs::read_to_string);
    let found = texts.iter().flatten().find_map(|text| uri(text));
    found.context("no mirror of Debian's packages in /etc/apt: name one in ROUTEWRIGHT_DEBIAN_MIRROR")
}

/// The first URI of either form of apt's lists of sources.
fn uri(sources: &str) -> Option<String> {
    let word = |line: &str| match line.strip_prefix("URIs:") {
        Some(uris) => uris.split_whitespace().next().map(str::to_owned),
        None => line.strip_prefix("deb ")?.split_whitespace().find(|word| word.contains("://")).map(str::to_owned),
    };
    sources.lines().find_map(word)
}

/// The keys that the packages' list is signed with. Ubuntu has them as a package.
fn keys(state: &Path) -> anyhow::Result<PathBuf> {
    let own = Path::new("/").join(KEYS);
    if own.exists() {
        return Ok(own);
    }
    let folder = state.join("keys");
    fs::create_dir_all(&folder)?;
    quietly(Command::new("apt-get").args(["-qq", "download", "debian-archive-keyring"]).current_dir(&folder))?;
    for archive in fs::read_dir(&folder)? {
        unpack_one(&archive?.path(), &folder)?;
    }
    Ok(folder.join(KEYS))
}

/// The loader of the release's libraries. They are newer than most machines', and a program takes
/// loader and libraries from one place.
fn loader(root: &Path) -> anyhow::Result<PathBuf> {
    for folder in fs::read_dir(root.join("usr/lib"))?.flatten() {
        for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            if file.file_name().to_string_lossy().starts_with("ld-linux") {
                return Ok(file.path());
            }
        }
    }
    bail!("no loader among the packages in {}", root.display())
}

/// A command that starts a program in `root` as it is, with the libraries there.
pub fn command(root: &Path, program: &str) -> anyhow::Result<Command> {
    let loader = loader(root)?;
    let mut command = Command::new(&loader);
    command.arg("--library-path").args(loader.parent()).arg(root.join(program));
    Ok(command)
}

/// Writes loader and libraries into a program, for those that start `/proc/self/exe` once more, as Neovim
/// does: that would be the loader.
fn bind(loader: &Path, root: &Path, program: &Path) -> anyhow::Result<()> {
    let libraries = loader.parent().context("a loader lies in a folder")?;
    let mut patch = command(root, "usr/bin/patchelf")?;
    patch.arg("--set-interpreter").arg(loader).args(["--force-rpath", "--set-rpath"]).arg(libraries).arg(program);
    quietly(&mut patch)
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn the_machines_mirror() {
        for (sources, expected) in [
            ("Types: deb\n# URIs: http://no\nURIs: http://a/debian http://b\nSuites: x\n", Some("http://a/debian")),
            ("# deb http://no x main\ndeb [signed-by=/k] http://a/debian x main\n", Some("http://a/debian")),
            ("", None),
        ] {
            assert_eq!(uri(sources).as_deref(), expected, "{sources}");
        }
    }
}
