//! Next's own processes: a build that ends, a server that is stopped, both within bounds.

use super::release::{self, Flavour};
use anyhow::{Context, bail, ensure};
use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A build takes ten seconds on an idle machine; this is for busy ones.
const BUILD: Duration = Duration::from_secs(300);
/// Until a server accepts connections.
const START: Duration = Duration::from_secs(90);

/// A process of `next …` with all that it started; dropping it ends them.
struct Next {
    child: Child,
    log: PathBuf,
}

impl Next {
    fn spawn(flavour: Flavour, dir: &Path, args: &[&str], log: &Path) -> anyhow::Result<Self> {
        let output = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = Command::new("node");
        command
            .arg(release::next(flavour.major))
            .args(args)
            .current_dir(dir)
            .env("NEXT_TELEMETRY_DISABLED", "1")
            // the one in the application's `.env` counts
            .env_remove("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY")
            .env_remove("NODE_ENV")
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().context("cannot start node")?;
        Ok(Self { child, log: log.to_owned() })
    }

    fn wait(&mut self, most: Duration) -> anyhow::Result<ExitStatus> {
        let until = Instant::now() + most;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if Instant::now() > until {
                bail!("it did not end in {} s", most.as_secs());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The end of what it wrote, for people.
    fn last_words(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(25)..].join("\n")
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        // Workers and the server are children of their own, so the group is ended, not the process.
        let pid = self.child.id().to_string();
        let ended = if cfg!(windows) {
            Command::new("taskkill").args(["/T", "/F", "/PID", &pid]).stdout(Stdio::null()).status()
        } else {
            Command::new("kill").args(["-KILL", "--", &format!("-{pid}")]).stderr(Stdio::null()).status()
        };
        drop(ended);
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `next build`.
pub fn build(flavour: Flavour, dir: &Path, log: &Path) -> anyhow::Result<()> {
    let args: Vec<_> = ["build"].into_iter().chain(flavour.flag()).collect();
    let mut next = Next::spawn(flavour, dir, &args, log)?;
    let ended = next.wait(BUILD).map_err(|error| error.to_string());
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("`next build` in {} ended with {status}:\n{}", dir.display(), next.last_words()),
        Err(error) => bail!("`next build` in {}: {error}:\n{}", dir.display(), next.last_words()),
    }
}

/// A server of Next's on the loopback; dropping it ends it.
pub struct Server {
    next: Next,
    /// Where it listens.
    pub port: u16,
}

impl Server {
    /// `next start` or `next dev`, ready to be asked.
    pub fn start(verb: &str, flavour: Flavour, dir: &Path, log: &Path) -> anyhow::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let number = port.to_string();
        let flag = flavour.flag().filter(|_| verb == "dev");
        let args: Vec<_> = [verb, "--port", &number, "--hostname", "127.0.0.1"].into_iter().chain(flag).collect();
        let next = Next::spawn(flavour, dir, &args, log)?;
        let mut server = Self { next, port };
        let until = Instant::now() + START;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.next.child.try_wait()?;
            ensure!(ended.is_none(), "`next {verb}` in {} ended:\n{}", dir.display(), server.last_words());
            ensure!(
                Instant::now() < until,
                "`next {verb}` in {} never listened:\n{}",
                dir.display(),
                server.last_words()
            );
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// The end of what it wrote.
    pub fn last_words(&self) -> String {
        self.next.last_words()
    }
}
