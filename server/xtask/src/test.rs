//! `cargo xtask test`: everything that has to pass, in one command, here and on CI. On a machine
//! with only Rust and Node it fetches what else it needs.

use crate::{editors, journeys, oracle, pack, shop, tree, vsix};
use anyhow::{Context, bail};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// `cargo xtask test …`.
#[derive(clap::Args)]
pub struct Args {
    /// Leave out what Next.js builds (the sample application, the oracle, the journeys) and the editors:
    /// needs neither Node nor the network.
    #[arg(long)]
    quick: bool,
}

/// What a step of cargo's does, and its arguments.
const STEPS: [(&str, &[&str]); 3] = [
    ("format", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    ("tests", &["test", "--workspace"]),
];

/// What the build of the sample application is called in the summary.
const BUILD: &str = "sample build";
/// What the comparison with three releases of Next.js is called there.
const ORACLE: &str = "oracle";
/// Types and tests of the extension for VS Code.
const EXTENSION: &str = "extension";
/// What is released, installed and used.
const PACKAGES: &str = "packages";
/// Neovim and Helix with the server in them.
const EDITORS: &str = "editors";
/// What a browser sees of an application before and after its conversion.
const JOURNEYS: &str = "journeys";

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    if !args.quick {
        ensure_node()?;
    }
    let mut done = Summary::default();
    for (name, arguments) in STEPS {
        done.step(name, &format!("cargo {}", arguments.join(" ")), || {
            let status = tree::cargo(arguments).status().context("cannot start cargo")?;
            if status.success() { Ok(()) } else { bail!("it ended with {status}") }
        })?;
    }
    if args.quick {
        done.left_out(EXTENSION, "--quick");
        done.left_out(PACKAGES, "--quick");
        done.left_out(EDITORS, "--quick");
        done.left_out(BUILD, "--quick");
        done.left_out(ORACLE, "--quick");
        done.left_out(JOURNEYS, "--quick");
    } else {
        // the tests have just built this binary
        let binary = tree::debug_binary()?;
        done.step(EXTENSION, "npm ci && npm run check (in editors/vscode)", vsix::check)?;
        done.step(PACKAGES, "cargo xtask pack --check", || pack::check(&binary))?;
        let mut missing = 0;
        done.step(EDITORS, "cargo xtask editors", || {
            missing = editors::check(&binary, None, false)?;
            Ok(())
        })?;
        if missing > 0 {
            done.left_out(EDITORS, &format!("{missing} of them can't be installed here"));
        }
        done.step(BUILD, "cargo xtask shop", || shop::check(&binary, true))?;
        done.step(ORACLE, "cargo xtask oracle", || oracle::check_all(&binary))?;
        let mut browser = true;
        done.step(JOURNEYS, "cargo xtask journeys", || {
            browser = journeys::check_all(&binary)?;
            Ok(())
        })?;
        if !browser {
            done.left_out(JOURNEYS, "there is no browser");
        }
    }
    println!("\n{}", done.text("everything passes"));
    Ok(())
}

/// Says what is missing before ten minutes of building, not after.
fn ensure_node() -> anyhow::Result<()> {
    let found = Command::new("node").arg("--version").stdin(Stdio::null()).output();
    if found.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    bail!(
        "node is missing: install Node.js 20.9 or later, or leave out what Next.js builds with `cargo xtask test --quick`"
    )
}

/// What has run so far.
#[derive(Default)]
struct Summary {
    rows: Vec<(&'static str, String, Option<Duration>)>,
}

impl Summary {
    /// Runs one step; the first that fails ends the task with a line that says how to repeat it.
    fn step(
        &mut self,
        name: &'static str,
        command: &str,
        step: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        println!("\n== {name}: {command}");
        let started = Instant::now();
        let done = step();
        let result = if done.is_ok() { "ok" } else { "FAILED" };
        self.rows.push((name, result.to_owned(), Some(started.elapsed())));
        if let Err(error) = done {
            println!("\n{}", self.text("stopped at the first failure"));
            bail!("{name} failed: {error:#}; once it is mended, `{command}` runs it alone");
        }
        Ok(())
    }

    fn left_out(&mut self, name: &'static str, why: &str) {
        self.rows.push((name, format!("left out ({why})"), None));
    }

    fn text(&self, last: &str) -> String {
        let mut text = String::new();
        for (name, result, took) in &self.rows {
            let took = took.map(|took| format!("{:>7.1} s", took.as_secs_f64())).unwrap_or_default();
            text += &format!("{name:<14}{took:>9}   {result}\n");
        }
        let all: Duration = self.rows.iter().filter_map(|(.., took)| *took).sum();
        text + &format!("{:<14}{:>7.1} s   {last}", "", all.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_is_named_with_the_command_that_repeats_it() {
        let mut done = Summary::default();
        assert!(done.step("format", "cargo fmt", || Ok(())).is_ok());
        let error = done.step("lints", "cargo clippy", || bail!("it ended with 1")).unwrap_err();
        assert_eq!(error.to_string(), "lints failed: it ended with 1; once it is mended, `cargo clippy` runs it alone");
        done.left_out(BUILD, "--quick");
        let text = done.text("done");
        let results: Vec<_> = text.lines().map(|line| line.rsplit("   ").next().unwrap_or_default()).collect();
        assert_eq!(results, ["ok", "FAILED", "left out (--quick)", "done"]);
    }
}
