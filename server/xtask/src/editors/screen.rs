//! A terminal that nobody sees: tmux draws what a program writes and takes keys for it.

use super::install::Terminal;
use super::sandbox::{Sandbox, within};
use anyhow::{Context, ensure};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// Columns and rows.
const SIZE: [&str; 2] = ["118", "32"];

/// How long something may take to show, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A program in a terminal; dropping it ends both.
pub struct Screen<'t> {
    terminal: &'t Terminal,
    socket: PathBuf,
}

impl<'t> Screen<'t> {
    /// Starts a program in a sandbox. `variables` come on top of those of the sandbox.
    pub fn open(
        terminal: &'t Terminal,
        sandbox: &Sandbox,
        program: &Command,
        variables: &[(&str, PathBuf)],
    ) -> anyhow::Result<Self> {
        // a socket's path is short, and `target` may not be
        let socket = std::env::temp_dir().join(format!("routewright-{}.tmux", std::process::id()));
        let screen = Self { terminal, socket };
        let mut start = screen.tmux(&["new-session", "-d", "-x", SIZE[0], "-y", SIZE[1]]);
        sandbox.furnish(&mut start);
        start.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").env("LC_ALL", "C.UTF-8");
        start.env("TERMINFO_DIRS", &terminal.descriptions);
        for (name, value) in variables {
            start.env(name, value);
        }
        start.arg("-c").arg(&sandbox.app).arg(program.get_program()).args(program.get_args());
        let output = start.output().context("cannot start tmux")?;
        ensure!(output.status.success(), "tmux: {}", String::from_utf8_lossy(&output.stderr));
        Ok(screen)
    }

    fn tmux(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.terminal.program);
        command.env("TERMINFO_DIRS", &self.terminal.descriptions).env("LC_ALL", "C.UTF-8");
        command.args(["-u", "-f", "/dev/null", "-S"]).arg(&self.socket).args(args).stdin(Stdio::null());
        command
    }

    fn tell(&self, args: &[&str]) -> Output {
        self.tmux(args).output().unwrap_or_else(|error| Output {
            status: std::process::ExitStatus::default(),
            stdout: vec![],
            stderr: error.to_string().into_bytes(),
        })
    }

    /// Presses keys, by tmux's names: `Escape`, `C-c`, `g`.
    pub fn press(&self, keys: &[&str]) {
        for key in keys {
            self.tell(&["send-keys", key]);
            // with the next key right behind it, Escape is that key with Alt
            thread::sleep(Duration::from_millis(if *key == "Escape" { 200 } else { 60 }));
        }
    }

    /// Types text.
    pub fn type_in(&self, text: &str) {
        self.tell(&["send-keys", "-l", text]);
        thread::sleep(Duration::from_millis(60));
    }

    /// Types a command line, such as `:wa`.
    pub fn command(&self, line: &str) {
        self.press(&["Escape"]);
        self.type_in(line);
        self.press(&["Enter"]);
    }

    /// What is on the screen, without the blanks at the ends of lines.
    pub fn text(&self) -> String {
        let output = self.tell(&["capture-pane", "-p"]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n"
    }

    /// Whether something shows in time.
    pub fn shows(&self, what: &str) -> bool {
        within(PATIENCE, || self.text().contains(what))
    }

    /// The same as a check: what isn't there is missed on this screen.
    pub fn expect(&self, what: &str) -> Result<(), String> {
        if self.shows(what) { Ok(()) } else { Err(format!("no {what:?} on the screen:\n{}", self.text())) }
    }

    /// Whether the program has ended.
    pub fn is_over(&self) -> bool {
        within(PATIENCE, || !self.tell(&["has-session"]).status.success())
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        self.tell(&["kill-server"]);
        std::fs::remove_file(&self.socket).ok();
    }
}
