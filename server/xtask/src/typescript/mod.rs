//! `cargo xtask typescript`: every use of an action that leads through an import, asked of our
//! server and of TypeScript 7's. `tests/corpora/README.md` has the results and what the classes of
//! differences mean.
//!
//! `asked` gathers the questions, `mirror` makes what TypeScript is shown, `interview` asks,
//! `compare` judges, `report` counts.

mod asked;
mod compare;
mod imports;
mod interview;
mod landing;
mod mirror;
mod report;

use crate::corpora::answer;
use crate::corpora::listing::{Listing, Which};
use crate::lsp::server::{self, Server};
use crate::table;
use compare::{Verdict, compare};
use interview::Interview;
use landing::Landing;
use report::Row;
use std::path::PathBuf;
use std::time::Duration;

/// `cargo xtask typescript …`.
#[derive(clap::Args)]
pub struct Args {
    /// Which repositories.
    #[command(flatten)]
    which: Which,
    /// Ask this binary; without it, `cargo build --release --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Print every question whose answers differ, with both.
    #[arg(long)]
    verbose: bool,
    /// Print the table as Markdown.
    #[arg(long)]
    markdown: bool,
    /// Give up on one answer after so many seconds.
    #[arg(long, default_value_t = 180, value_name = "SECONDS")]
    timeout: u16,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let ours = server::routewright(args.binary.as_deref(), None)?;
    let typescript = server::typescript()?;
    let mut rows = Vec::new();
    for listing in args.which.listings()? {
        rows.push(repository(args, &listing, &ours, &typescript)?);
    }
    print!("{}", table::aligned(&report::table(&rows), args.markdown));
    Ok(())
}

fn repository(args: &Args, listing: &Listing, ours: &Server, typescript: &Server) -> anyhow::Result<Row> {
    let dir = args.which.checkout(listing);
    let calls = answer::ask(&ours.program, &dir)?.calls;
    let questions = asked::questions(&dir, listing, &calls);
    let mut row = Row { name: listing.repo.clone(), left_out: questions.left_out.len(), ..Row::default() };
    if args.verbose {
        println!("{} at {}", listing.repo, listing.commit);
        questions.left_out.iter().for_each(|row| println!("  left out  {row}"));
    }
    if questions.files.is_empty() {
        return Ok(row);
    }
    let timeout = Duration::from_secs(args.timeout.into());
    let mirror = mirror::of(&dir, &server::target().join("typescript"))?;
    let ours = Interview::new(ours, &dir, timeout)?.ask(&questions)?;
    let theirs = Interview::new(typescript, &mirror, timeout)?.ask(&questions)?;
    let asked = questions.files.iter().flat_map(|(name, file)| file.places.iter().map(move |one| (name, file, one)));
    for ((file, about, asked), (ours, theirs)) in asked.zip(ours.iter().zip(&theirs)) {
        let verdict = ours.as_ref().zip(theirs.as_ref()).map(|(a, b)| compare(file, &about.imports, a, b));
        row.add(verdict);
        let word = match verdict {
            Some(Verdict::Equal) => continue,
            Some(Verdict::Different(class)) => class.word(),
            Some(Verdict::OnlyOurs) => "only ours",
            Some(Verdict::OnlyTypeScript) => "only TypeScript",
            Some(Verdict::Neither) => "neither",
            None => "failed",
        };
        if args.verbose {
            let [ours, theirs] = [ours, theirs].map(|answer| shown(answer.as_deref()));
            println!("  {word}  {} {}\n    ours: {ours}\n    TypeScript: {theirs}", asked.at, asked.name);
        }
    }
    Ok(row)
}

fn shown(answer: Option<&[Landing]>) -> String {
    match answer {
        None => "no answer".to_owned(),
        Some([]) => "nothing".to_owned(),
        Some(places) => places.iter().map(Landing::to_string).collect::<Vec<_>>().join(" · "),
    }
}
