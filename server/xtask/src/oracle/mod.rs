//! `cargo xtask oracle`: Next.js itself decides, release by release. It builds applications of our
//! own, its manifests say which actions, IDs, URLs and pages there are, its server says which
//! methods are answered, and `routewright endpoints` has to say the same, before there is a build
//! and after it.
//!
//! `tests/oracle` has the applications and the named differences, `crate::nextjs` installs and runs Next,
//! `app` knows the applications, `manifests` and `listed` read the two sides,
//! `compare` judges.

mod app;
mod compare;
mod dev;
mod http;
mod listed;
mod manifests;
mod methods;
mod numbered;
mod requests;

use crate::nextjs::process;
use crate::nextjs::release::{self, FLAVOURS, Flavour};
use crate::tree;
use anyhow::{Context, ensure};
use app::{APPS, App};
use compare::Verdict;
use listed::Listed;
use manifests::Built;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// `cargo xtask oracle …`.
#[derive(clap::Args)]
pub struct Args {
    /// Ask this binary; without it, `cargo build --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Only this release; may be repeated.
    #[arg(long, value_name = "MAJOR")]
    release: Vec<u8>,
    /// Only this application; may be repeated.
    #[arg(long, value_name = "NAME")]
    app: Vec<String>,
    /// Compare with the manifests of the last builds instead of building again. Leaves out what
    /// needs Next to run: methods, and `next dev`.
    #[arg(long)]
    no_build: bool,
    /// Leave out `next dev`.
    #[arg(long)]
    no_dev: bool,
}

/// The application that `next dev` is asked about.
const IN_DEV: &str = "actions";
/// The application whose Route Handlers are asked for every method.
const HANDLERS: &str = "routes";

/// The application whose endpoints are asked by the requests that `--curl` prints.
const REQUESTS: &str = "requests";

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    check(&tree::binary(args.binary.as_deref(), false)?, args)
}

/// Everything, as `cargo xtask test` wants it.
pub fn check_all(binary: &Path) -> anyhow::Result<()> {
    check(binary, &Args { binary: None, release: Vec::new(), app: Vec::new(), no_build: false, no_dev: false })
}

fn check(binary: &Path, args: &Args) -> anyhow::Result<()> {
    let asked = |flavour: &Flavour| args.release.is_empty() || args.release.contains(&flavour.major);
    let apps: Vec<&App> =
        APPS.iter().filter(|app| args.app.is_empty() || args.app.iter().any(|name| name == app.name)).collect();
    let flavours: Vec<Flavour> = FLAVOURS.into_iter().filter(asked).collect();
    ensure!(!apps.is_empty() && !flavours.is_empty(), "there is no such application or release");
    let mut wrong = 0;
    let mut held = Vec::new();
    for flavour in flavours {
        if held.iter().all(|(major, _)| *major != flavour.major) {
            held.push((flavour.major, ready(flavour)?));
        }
        for app in &apps {
            wrong += one(binary, app, flavour, args)
                .with_context(|| format!("the application {} with {}", app.name, flavour.name()))?;
        }
    }
    ensure!(
        wrong == 0,
        "{wrong} of these lines are wrong: mend the answer, or name the difference in tests/oracle/differences"
    );
    Ok(())
}

/// Installs a release if it isn't yet, and keeps it for this run as long as the file lives.
pub fn ready(flavour: Flavour) -> anyhow::Result<File> {
    let held = release::hold(flavour.major)?;
    if !release::is_installed(flavour.major) {
        // its packages are workspaces of the installation, so they have to be there
        app::MONOREPO.assemble(flavour)?;
        release::install(flavour.major)?;
    }
    Ok(held)
}

/// Builds and compares one application; how many lines are wrong.
fn one(binary: &Path, app: &App, flavour: Flavour, args: &Args) -> anyhow::Result<usize> {
    let started = Instant::now();
    app.assemble(flavour)?;
    let ours = Listed::ask(binary, app, flavour)?;
    let mut named = compare::differences(&app.differences(), &flavour.name())?;
    let (dist, kept) = (app.dist(flavour.major), app.kept(flavour));
    if !args.no_build {
        process::build(flavour, &app.dir(flavour.major), &app.workspace(flavour.major).join("build.log"))?;
    }
    let from = if args.no_build { &kept } else { &dist };
    let built = Built::read(from, app, flavour).context("run it without --no-build if there is no build yet")?;
    let mut verdict = compare::build(&built, &ours, &mut named);
    if !args.no_build {
        compare::again(&built, &ours, &Listed::ask(binary, app, flavour)?, &mut verdict);
        if app.name == HANDLERS {
            methods::check(app, flavour, &ours, &mut named, &mut verdict)?;
        }
        if app.name == REQUESTS {
            requests::check(binary, app, flavour, &mut named, &mut verdict)?;
        }
        manifests::keep(&dist, &kept)?;
    }
    // methods are named, too, but only asked of a running server
    if app.name != HANDLERS || !args.no_build {
        verdict.add(named.leftover(&app.differences()));
    }
    report(app, &flavour.name(), started, &verdict);
    let in_dev = app.name == IN_DEV && flavour.is_default() && !args.no_build && !args.no_dev;
    Ok(verdict.wrong + if in_dev { develop(app, flavour, &built, &ours)? } else { 0 })
}

fn develop(app: &App, flavour: Flavour, built: &Built, ours: &Listed) -> anyhow::Result<usize> {
    let started = Instant::now();
    let verdict = dev::check(app, flavour, &built.pages, ours)?;
    report(app, &compare::dev(flavour), started, &verdict);
    Ok(verdict.wrong)
}

fn report(app: &App, how: &str, started: Instant, verdict: &Verdict) {
    let result = if verdict.wrong == 0 { "equal".to_owned() } else { format!("{} WRONG", verdict.wrong) };
    println!("{}, {how}: {result} ({:.0} s)", app.name, started.elapsed().as_secs_f64());
    verdict.text.lines().for_each(|line| println!("  {line}"));
}
