//! `cargo xtask corpora`: how right we are on real applications. A listing says what one commit of
//! a repository holds, by file and line; a checkout of that commit lies beside it, and the binary
//! is asked about it. `tests/corpora/README.md` describes the format, the rules and the results.
//!
//! `listing` and `answer` read the two sides, `families` compares what is a set of rows, `sites`
//! the HTTP call sites, and `report` prints. `sample` draws answers for people to read.

pub mod answer;
mod call_end;
mod families;
pub mod listing;
mod report;
mod sample;
mod sites;

use crate::tree;
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
    asked: answer::Asked,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let binary = tree::binary(args.binary.as_deref(), true)?;
    if let Some(count) = args.sample {
        return sample::print(&binary, &args.which, count, args.seed);
    }
    let mut rows = Vec::new();
    for listing in args.which.listings()? {
        let dir = args.which.checkout(&listing);
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
