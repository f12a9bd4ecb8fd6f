//! `cargo xtask journeys`: does a conversion keep behaviour? A sample application is built and started
//! with Next.js 14, 15 and 16, and a browser goes through all of it and writes down what a person sees.
//! Then every action becomes a Route Handler and every ordinary handler an action, then each is converted
//! back, and at last each is kept beside one of the other kind; each time the application has to build,
//! types included, and the transcript has to be the same, line by line.
//!
//! `tests/journeys` has the application, the journey and what is refused; `expected` reads the lists,
//! `conversions` runs the real binary, `browser` the journey, `types` asks TypeScript of each conversion
//! alone.

pub mod browser;
mod conversions;
mod expected;
mod types;

use crate::nextjs::layers;
use crate::nextjs::process::{self, Server};
use crate::nextjs::release::{self, FLAVOURS, Flavour};
use crate::{oracle, tree};
use anyhow::{Context, ensure};
use conversions::Workspace;
use expected::Expected;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// `cargo xtask journeys …`.
#[derive(clap::Args)]
pub struct Args {
    /// Convert with this binary; without it, `cargo build --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Only this release; may be repeated.
    #[arg(long, value_name = "MAJOR")]
    release: Vec<u8>,
    /// Take the transcripts of the last run for those before the conversion, without building that.
    #[arg(long)]
    again: bool,
    /// Leave out what TypeScript says of each conversion alone.
    #[arg(long)]
    no_types: bool,
}

/// The release of `tests/journeys/transcript.txt`.
const KEPT: u8 = 16;

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    check(&tree::binary(args.binary.as_deref(), false)?, args).map(drop)
}

/// Everything, as `cargo xtask test` wants it; `false` if there is no browser to do it with.
pub fn check_all(binary: &Path) -> anyhow::Result<bool> {
    check(binary, &Args { binary: None, release: Vec::new(), again: false, no_types: false })
}

fn check(binary: &Path, args: &Args) -> anyhow::Result<bool> {
    let Some(version) = browser::ready()? else {
        ensure!(std::env::var_os("CI").is_none(), "there is no browser: install Chromium or Chrome");
        println!("all journeys are left out: there is no browser; install Chromium or Chrome");
        return Ok(false);
    };
    println!("Chromium {version}");
    // each release with the bundler that it takes by itself
    let flavours: Vec<Flavour> = FLAVOURS
        .into_iter()
        .filter(|flavour| flavour.is_default() && (args.release.is_empty() || args.release.contains(&flavour.major)))
        .collect();
    ensure!(!flavours.is_empty(), "there is no such release");
    let mut wrong = 0;
    for flavour in flavours {
        let held = oracle::ready(flavour)?;
        let found = Journey::new(binary, flavour)?.run(args).with_context(|| format!("Next.js {}", flavour.name()))?;
        drop(held);
        wrong += found;
    }
    ensure!(wrong == 0, "{wrong} of these lines are wrong");
    Ok(true)
}

/// The application with one release.
struct Journey {
    flavour: Flavour,
    workspace: Workspace,
    expected: Expected,
    transcripts: PathBuf,
}

impl Journey {
    fn new(binary: &Path, flavour: Flavour) -> anyhow::Result<Self> {
        let dir = release::dir(flavour.major).join("journeys");
        let transcripts = browser::dir().join("transcripts");
        fs::create_dir_all(&transcripts)?;
        let expected = Expected::read(&tree::root().join("tests/journeys"), flavour.major)?;
        Ok(Self { flavour, workspace: Workspace { dir, binary: binary.to_owned() }, expected, transcripts })
    }

    /// How many lines are wrong.
    fn run(&self, args: &Args) -> anyhow::Result<usize> {
        let started = Instant::now();
        let dir = &self.workspace.dir;
        layers::lay(&tree::root().join("tests/journeys/app"), dir, Path::new(""), self.flavour)?;
        let original = conversions::sources(dir)?;
        let before = if args.again {
            fs::read_to_string(self.transcript("before"))?
        } else {
            self.walk("before").context("the application as it is")?
        };
        let mut wrong = self.judge(&before)?;
        wrong += if args.no_types { 0 } else { self.alone()? };

        let there = self.workspace.all_to_routes(&self.expected)?;
        let handlers = self.workspace.handlers(&self.expected)?;
        wrong += self.report(&there.problems) + self.report(&handlers.problems);
        let after = self.walk("converted").context("the converted application")?;
        wrong += self.compare("converted", &before, &after);

        let again = self.workspace.handlers_again(&handlers)?;
        let back = self.workspace.all_to_actions(&self.expected, &there)?;
        wrong += self.report(&again.problems) + self.report(&back.problems);
        wrong += self.report(&conversions::lost(&original, &conversions::sources(dir)?, &there));
        let after = self.walk("back").context("the application converted there and back")?;
        wrong += self.compare("back", &before, &after);

        layers::lay(&tree::root().join("tests/journeys/app"), dir, Path::new(""), self.flavour)?;
        let kept = self.workspace.all_kept(&self.expected)?;
        wrong += self.report(&kept.problems);
        let after = self.walk("kept").context("the application with both kinds kept")?;
        wrong += self.compare("kept", &before, &after);

        println!(
            "{}: {} actions and {} handlers converted, {} and {} refused, {} and {} back; {} kept beside a new endpoint, {} refused; {} lines of transcript; {:.0} s",
            self.flavour.name(),
            there.converted.len(),
            handlers.converted.len(),
            there.refused,
            handlers.refused,
            back.converted.len(),
            again.converted.len(),
            kept.converted.len(),
            kept.refused,
            before.lines().count(),
            started.elapsed().as_secs_f64()
        );
        Ok(wrong)
    }

    /// What is seen before any conversion is kept for one release: a journey that sees nothing but error
    /// pages would always see the same.
    fn judge(&self, before: &str) -> anyhow::Result<usize> {
        if self.flavour.major != KEPT {
            return Ok(0);
        }
        let path = tree::root().join("tests/journeys/transcript.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, before)?;
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        Ok(self.compare("before", &kept, before))
    }

    /// Each conversion alone, asked of TypeScript.
    fn alone(&self) -> anyhow::Result<usize> {
        let each = self.workspace.each_alone(&self.expected)?;
        Ok(self.report(&types::check(self.flavour.major, &self.workspace.dir, &each)?))
    }

    fn transcript(&self, leg: &str) -> PathBuf {
        self.transcripts.join(format!("{}-{leg}.txt", self.flavour.name()))
    }

    /// Builds and starts the application as it stands, and walks through it.
    fn walk(&self, leg: &str) -> anyhow::Result<String> {
        let dir = &self.workspace.dir;
        let log = |what: &str| self.transcripts.join(format!("{}-{leg}-{what}.log", self.flavour.name()));
        forget_build(&dir.join(".next"))?;
        fs::remove_file(dir.join("store.json")).ok();
        process::build(self.flavour, dir, &log("build"))?;
        let server = Server::start("start", self.flavour, dir, &log("start"))?;
        let text = browser::walk(server.port, &self.expected.base, &dir.join("store.json"))
            .with_context(|| format!("Next said:\n{}", server.last_words()))?;
        fs::write(self.transcript(leg), &text)?;
        Ok(text)
    }

    fn report(&self, problems: &[String]) -> usize {
        problems.iter().for_each(|problem| println!("  WRONG {}: {problem}", self.flavour.name()));
        problems.len()
    }

    /// The first lines that differ.
    fn compare(&self, leg: &str, before: &str, after: &str) -> usize {
        let problems = differing(before, after);
        problems.iter().for_each(|line| println!("  WRONG {}, {leg}: {line}", self.flavour.name()));
        if !problems.is_empty() {
            println!("  the whole of it: {}", self.transcript(leg).display());
        }
        problems.len()
    }
}

/// What Next built goes, but for its compiler's cache.
fn forget_build(dist: &Path) -> anyhow::Result<()> {
    let Ok(entries) = fs::read_dir(dist) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        if entry.file_name() == "cache" {
            // what pages have fetched and computed is no part of an application
            fs::remove_dir_all(entry.path().join("fetch-cache")).ok();
        } else if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Steps that end otherwise: `click add: "…" was "…"`, by the lines of each step. A step is the line
/// with `>` and those below it.
fn differing(before: &str, after: &str) -> Vec<String> {
    let steps = |text: &str| -> Vec<Vec<String>> {
        let mut steps: Vec<Vec<String>> = vec![];
        for line in text.lines().filter(|line| !line.is_empty()) {
            match steps.last_mut() {
                Some(step) if line.starts_with("  ") => step.push(line.trim().to_owned()),
                _ => steps.push(vec![line.to_owned()]),
            }
        }
        steps
    };
    let (before, after) = (steps(before), steps(after));
    let mut found = vec![];
    for (then, now) in before.iter().zip(&after) {
        if then == now {
            continue;
        }
        let of = |these: &[String], those: &[String]| -> String {
            these.iter().filter(|line| !those.contains(line)).map(|line| format!("\n      {line}")).collect()
        };
        found.push(format!("`{}`\n    was{}\n    is{}", then[0], of(then, now), of(now, then)));
    }
    if before.len() != after.len() {
        found.push(format!("{} steps were {}", after.len(), before.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_differ_are_told_with_what_differs() {
        let before = "# calls\n> click add\n  + 1 first\n  stored items []\n> click go\n  at /a\n";
        assert_eq!(differing(before, before), [""; 0]);
        let after = before.replace("/a", "/b");
        assert_eq!(differing(before, &after), ["`> click go`\n    was\n      at /a\n    is\n      at /b"]);
        assert_eq!(differing(before, "# calls\n"), ["1 steps were 3"]);
    }
}
