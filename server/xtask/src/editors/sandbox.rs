//! A fresh copy of the sample application for an editor, with a home of its own, and the processes that
//! are left of it.

use crate::tree;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Where an editor works.
pub struct Sandbox {
    /// The application.
    pub app: PathBuf,
    /// The home.
    pub home: PathBuf,
    /// The server, as the application's own.
    pub server: PathBuf,
}

impl Sandbox {
    /// A new one, by name; `binary` is in its `node_modules/.bin`.
    pub fn new(name: &str, binary: &Path) -> anyhow::Result<Self> {
        let folder = tree::root().join("target/editors/runs").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        let (app, home) = (folder.join("shop"), folder.join("home"));
        tree::copy(&tree::root().join("tests/apps/shop"), &app)?;
        fs::create_dir_all(&home)?;
        // a repository of its own, or editors take the one around it for the project
        fs::create_dir_all(app.join(".git"))?;
        let bin = app.join("node_modules/.bin");
        fs::create_dir_all(&bin)?;
        let server = bin.join("routewright");
        link(binary, &server)?;
        Ok(Self { app, home, server })
    }

    /// Lets a command work here: its folder, its home, nothing of the person's own settings.
    pub fn furnish(&self, command: &mut Command) {
        command.current_dir(&self.app).envs(self.variables());
        for name in ["ROUTEWRIGHT_LOG", "NVIM", "NVIM_APPNAME", "DISPLAY", "WAYLAND_DISPLAY", "TMUX"] {
            command.env_remove(name);
        }
    }

    /// What the environment says.
    pub fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let at = |folder: &str| self.home.join(folder);
        vec![
            ("HOME", self.home.clone()),
            ("XDG_CONFIG_HOME", at(".config")),
            ("XDG_DATA_HOME", at(".local/share")),
            ("XDG_STATE_HOME", at(".local/state")),
            ("XDG_CACHE_HOME", at(".cache")),
            ("XDG_RUNTIME_DIR", self.home.clone()),
        ]
    }

    /// Every file of the application, with its bytes.
    pub fn files(&self) -> anyhow::Result<BTreeMap<PathBuf, Vec<u8>>> {
        let mut files = BTreeMap::new();
        read(&self.app, &self.app, &mut files)?;
        Ok(files)
    }

    /// Which of the files of `before` are gone or have other bytes.
    pub fn changed(&self, before: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
        let is_other = |name: &Path, bytes: &[u8]| fs::read(self.app.join(name)).ok().as_deref() != Some(bytes);
        let other = before.iter().filter(|(name, bytes)| is_other(name, bytes));
        other.map(|(name, _)| name.display().to_string()).collect()
    }

    /// Processes of the server that run for this application.
    pub fn servers(&self) -> Vec<u32> {
        let wanted = self.server.as_os_str().as_encoded_bytes();
        let of = |entry: fs::DirEntry| -> Option<u32> {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let arguments = fs::read(entry.path().join("cmdline")).ok()?;
            arguments.split(|byte| *byte == 0).next().filter(|program| *program == wanted).map(|_| pid)
        };
        fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(of).collect()
    }

    /// Kills them, as a machine does that has no memory left.
    pub fn kill_servers(&self) -> anyhow::Result<()> {
        for pid in self.servers() {
            Command::new("kill").args(["-KILL", &pid.to_string()]).status().context("cannot start kill")?;
        }
        Ok(())
    }

    /// Waits until none is left.
    pub fn is_quiet(&self) -> bool {
        within(Duration::from_secs(5), || self.servers().is_empty())
    }
}

/// Whether something becomes so in time.
pub fn within(most: Duration, mut so: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + most;
    while !so() {
        if Instant::now() > until {
            return false;
        }
        thread::sleep(Duration::from_millis(20));
    }
    true
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                read(root, &path, files)?;
            }
        } else {
            files.insert(path.strip_prefix(root)?.to_owned(), fs::read(&path)?);
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(binary: &Path, to: &Path) -> anyhow::Result<()> {
    std::os::unix::fs::symlink(binary, to).map_err(Into::into)
}

#[cfg(not(unix))]
fn link(binary: &Path, to: &Path) -> anyhow::Result<()> {
    fs::copy(binary, to).map(drop).map_err(Into::into)
}
