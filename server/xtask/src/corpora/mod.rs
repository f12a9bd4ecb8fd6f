//! `cargo xtask corpora`: how right we are on real applications. A listing says what one commit of
//! a repository holds, by file and line; a checkout of that commit lies beside it, and the binary
//! is asked about it. `tests/corpora/README.md` describes the format, the rules and the results.
//!
//! `listing` and `answer` read the two sides, `families` compares what is a set of rows, `sites`
//! the HTTP call sites, and `report` prints.

mod answer;
mod call_end;
mod families;
mod listing;
mod report;
mod sites;

use crate::tree;
use anyhow::{Context, ensure};
use listing::Listing;
use std::fs;
use std::path::{Path, PathBuf};

/// `cargo xtask corpora …`.
#[derive(clap::Args)]
pub struct Args {
    /// The folder with the listings, one `NAME.json` a repository.
    #[arg(long, value_name = "DIR")]
    listings: PathBuf,
    /// The folder with the checkouts, each in a folder called NAME.
    #[arg(long, value_name = "DIR")]
    checkouts: PathBuf,
    /// Only this repository, as NAME or `owner/name`; without it, every listing with a checkout.
    #[arg(long = "repo", value_name = "NAME")]
    repos: Vec<String>,
    /// Ask this binary; without it, `cargo build --release --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Print every row that only one side has.
    #[arg(long)]
    verbose: bool,
    /// Print the table as Markdown.
    #[arg(long)]
    markdown: bool,
}

/// Rows that only one side has, for people: `MISS` where the listing has more, `MORE` where we do.
pub type Notes = Vec<String>;

/// What a family scored in one repository, or in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Rows of the listing.
    pub want: usize,
    /// Of these, rows that we have, too.
    pub hit: usize,
    /// Rows that only we have.
    pub more: usize,
}

/// Everything about one repository.
#[derive(Default)]
pub struct Row {
    name: String,
    families: [Score; 5],
    sites: sites::Sites,
    asked: answer::Asked,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let binary = tree::binary(args.binary.as_deref(), true)?;
    let mut rows = Vec::new();
    for listing in listings(args)? {
        let dir = args.checkouts.join(&listing.name);
        let answer = answer::ask(&binary, &dir)?;
        let mut notes = Notes::new();
        let families = families::compare(&listing, &answer, &mut notes);
        let sites = sites::compare(&listing, &answer, &dir, &mut notes);
        if args.verbose {
            println!("{} at {}", listing.repo, listing.commit);
            notes.iter().for_each(|note| println!("  {note}"));
        }
        rows.push(Row { name: listing.repo, families, sites, asked: answer.asked });
    }
    print!("{}", report::table(&rows, args.markdown));
    Ok(())
}

/// The listings that are asked for and have a checkout, by name.
fn listings(args: &Args) -> anyhow::Result<Vec<Listing>> {
    let dir = &args.listings;
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();

    let mut all = Vec::new();
    for file in files {
        let listing = read(&file)?;
        let has_checkout = args.checkouts.join(&listing.name).is_dir();
        let wanted = match args.repos.as_slice() {
            [] => has_checkout,
            names => names.iter().any(|name| *name == listing.name || *name == listing.repo),
        };
        if wanted {
            ensure!(has_checkout, "{} has no folder {}", args.checkouts.display(), listing.name);
            all.push(listing);
        }
    }
    for name in &args.repos {
        let known = all.iter().any(|listing| *name == listing.name || *name == listing.repo);
        ensure!(known, "{} has no listing of {name}", dir.display());
    }
    ensure!(!all.is_empty(), "no listing in {} has a checkout in {}", dir.display(), args.checkouts.display());
    Ok(all)
}

fn read(file: &Path) -> anyhow::Result<Listing> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is no listing", file.display()))
}
