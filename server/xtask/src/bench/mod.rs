//! `cargo xtask bench`: one command a row of the budget table.
//!
//! Bird's eye: `lsp` beside this folder finds or builds what is measured and drives one server
//! process (framing and time stamps), each file of `rows` measures one row and yields
//! `report::Figure`s, and `report` prints them beside the budgets. Nothing here asserts: machines
//! differ, so the ratio to TypeScript 7 in the same run is the figure to watch.

mod budget;
mod machine;
mod options;
mod pick;
mod report;
mod rows;
mod source;
mod stats;

pub use options::Args;

use crate::lsp::place::Place;
use crate::lsp::server::{self, Server};
use options::{Command, Options};
use report::Figure;
use std::path::{Path, PathBuf};

/// What every row needs to know: the workspace, the two servers and the options.
pub struct Bench<'a> {
    /// The workspace folder, absolute.
    pub dir: PathBuf,
    /// Routewright, unless `--only ts7`.
    pub ours: Option<Server>,
    /// TypeScript 7, unless `--only ours`.
    pub ts7: Option<Server>,
    /// The command line.
    pub options: &'a Options,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let options = &args.options;
    let command = &args.command;
    let dir = machine::absolute(command.dir())?;
    let only = options.only;
    let bench = Bench {
        ours: (only != Some(options::Only::Ts7))
            .then(|| server::routewright(options.binary.as_deref(), options.expect.clone()))
            .transpose()?,
        ts7: (only != Some(options::Only::Ours)).then(server::typescript).transpose()?,
        dir,
        options,
    };
    let machine = machine::describe();
    report::heading(&bench, &machine);
    let warmed = machine::warm_page_cache(&bench.dir);
    println!("page cache warmed: read {warmed}, before anything is timed\n");

    let figures = measure(&bench, command)?;
    println!("\n{}", report::table(&figures));
    if matches!(command, Command::All { .. }) {
        println!("{}", report::json(&bench, &machine, &figures));
    }
    Ok(())
}

fn measure(bench: &Bench<'_>, command: &Command) -> anyhow::Result<Vec<Figure>> {
    match command {
        Command::FirstAnswer { at, definition, .. } => rows::first_answer::measure(bench, at, *definition),
        Command::Index { at, .. } => rows::index::measure(bench, at.as_ref()),
        Command::Warm { at, .. } => rows::warm::measure(bench, at),
        Command::Keystroke { file, .. } => rows::keystroke::measure(bench, file, None),
        Command::Memory { at, .. } => rows::memory::measure(bench, at.as_ref()),
        Command::All { at, file, .. } => {
            let typed = file.as_deref().unwrap_or(Path::new(&at.file));
            let mut figures = rows::first_answer::measure(bench, at, false)?;
            figures.extend(rows::index::measure(bench, Some(at))?);
            figures.extend(rows::warm::measure(bench, at)?);
            figures.extend(rows::keystroke::measure(bench, typed, Some(at))?);
            figures.extend(rows::memory::measure(bench, Some(at))?);
            Ok(figures)
        }
    }
}

impl Bench<'_> {
    /// TypeScript 7, if it is measured, and where it is asked when Routewright is asked at `ours`:
    /// the same place, unless `--ts7-at` says otherwise or `ours` stands in a string, of which
    /// TypeScript knows nothing. Then it is the first name that the file imports.
    pub fn ts7_for(&self, ours: &Place) -> anyhow::Result<Option<(&Server, Place)>> {
        let Some(server) = &self.ts7 else {
            return Ok(None);
        };
        let place = match &self.options.ts7_at {
            Some(place) => place.clone(),
            None => source::typescript_place(&self.dir, ours)?,
        };
        Ok(Some((server, place)))
    }
}
