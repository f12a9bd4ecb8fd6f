//! `cargo xtask corpora`: how right we are on real applications. A listing says what one commit of
//! a repository holds, by file and line; a checkout of that commit lies beside it, and the binary
//! is asked about it. `tests/corpora/README.md` describes the format, the rules and the results.
//!
//! `listing` and `answer` read the two sides, `errata` corrects the first, `families` compares what
//! is a set of rows, `sites` the HTTP call sites, and `report` prints. `sample` draws answers for
//! people to read.

pub mod answer;
mod call_end;
mod errata;
mod families;
pub mod listing;
mod report;
mod sample;
mod sites;

use crate::tree;
use errata::Errata;
use listing::Which;
use std::path::PathBuf;

/// `cargo xtask corpora …`.
#[derive(clap::Args)]
pub struct Args {
    /// Which repositories.
    #[command(flatten)]
    which: Which,
    /// Ask this binary; without it, `cargo build --release --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Print every row that only one side has.
    #[arg(long)]
    verbose: bool,
    /// Print the table as Markdown.
    #[arg(long)]
    markdown: bool,
    /// Compare with the listings as they are, known errors among them.
    #[arg(long)]
    raw: bool,
    /// Instead of comparing, print so many of the answers that are not certain (`pattern` and
    /// `ambiguous`), each with its source, to be read by somebody.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Which answers the sample takes: the same seed, the same answers.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    seed: u64,
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
    /// Rows of the listing that were known to be wrong, and corrected or left out.
    errata: usize,
    asked: answer::Asked,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let binary = tree::binary(args.binary.as_deref(), true)?;
    if let Some(count) = args.sample {
        return sample::print(&binary, &args.which, count, args.seed);
    }
    let errata = if args.raw { Errata::default() } else { Errata::read()? };
    let mut rows = Vec::new();
    for mut listing in args.which.listings()? {
        let (wrong, idle) = errata.correct(&mut listing);
        idle.iter().for_each(|note| eprintln!("{note}"));
        let dir = args.which.checkout(&listing);
        let answer = answer::ask(&binary, &dir)?;
        let mut notes = Notes::new();
        let families = families::compare(&listing, &answer, &mut notes);
        let sites = sites::compare(&listing, &answer, &dir, &mut notes);
        if args.verbose {
            println!("{} at {}", listing.repo, listing.commit);
            notes.iter().for_each(|note| println!("  {note}"));
        }
        rows.push(Row { name: listing.repo, families, sites, errata: wrong, asked: answer.asked });
    }
    print!("{}", report::table(&rows, args.markdown));
    let repos: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    print!("{}", report::errata(&errata.counts(&repos)));
    Ok(())
}
