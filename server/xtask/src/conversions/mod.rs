//! `cargo xtask conversions`: every action (or handler) of real applications converted, each on its own,
//! and asked of TypeScript 7: no error may be there that wasn't there before.
//!
//! Checkouts come without their dependencies, so most imports of packages mean nothing to the compiler;
//! Next's and React's own types are installed beside the copies. What is compared are messages and how
//! often each comes, not places: code that moves takes its messages along.

mod check;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::tree;

/// What is converted, and where.
#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds the checkouts.
    #[arg(long, value_name = "DIR")]
    checkouts: PathBuf,
    /// Only these.
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
    /// `route`: actions become handlers; `action`: handlers become actions; `both`: either stays, on top of
    /// one function; `beside`: the same, handlers only; `back`: handlers become actions and handlers again.
    #[arg(long, default_value = "route")]
    to: String,
    /// Converts and counts; asks no compiler.
    #[arg(long)]
    no_types: bool,
    /// Prints new errors in full.
    #[arg(long)]
    verbose: bool,
}

/// A conversion, as the example `conversions` of `ide` prints it.
#[derive(Deserialize)]
struct Row {
    file: String,
    line: u32,
    name: String,
    ms: f64,
    refused: Option<String>,
    #[serde(default)]
    changes: Vec<Changed>,
}

/// A file after a conversion.
#[derive(Deserialize)]
struct Changed {
    file: String,
    /// `None` where it is gone.
    text: Option<String>,
}

/// Prints a row a repository, then the refusals by reason; fails if one conversion broke something.
pub fn run(args: &Args) -> Result<()> {
    let work = tree::root().join("target/conversions");
    if !args.no_types {
        check::install(&work)?;
    }
    let examples = ["--example", "conversions", "--example", "round_trip_handlers"];
    let build = [&["build", "--release", "--quiet", "--package", "ide"], &examples[..]].concat();
    if !tree::cargo(&build).status()?.success() {
        bail!("the examples {examples:?} of ide can't be built");
    }
    let mut names: Vec<String> = vec![];
    for entry in std::fs::read_dir(&args.checkouts).context("the folder of checkouts")? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    names.retain(|name| args.repo.is_empty() || args.repo.iter().any(|only| name.contains(only.as_str())));
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let (mut converted, mut broken, mut all, mut slowest) = (0, 0, 0, 0_f64);
    println!("| repository | asked | converted | refused | new errors | slowest |");
    println!("|---|--:|--:|--:|--:|--:|");
    for name in &names {
        let rows = convert(&args.checkouts.join(name), &args.to)?;
        if rows.is_empty() {
            continue;
        }
        let done: Vec<&Row> = rows.iter().filter(|row| row.refused.is_none()).collect();
        for row in &rows {
            *reasons.entry(row.refused.clone().unwrap_or_default()).or_default() += 1;
        }
        let wrong = if args.no_types || done.is_empty() {
            vec![]
        } else {
            check::types(&work, &args.checkouts.join(name), &done)?
        };
        let most = rows.iter().map(|row| row.ms).fold(0_f64, f64::max);
        let (asked, ok) = (rows.len(), done.len());
        let shown = name.replace("__", "/");
        println!("| {shown} | {asked} | {ok} | {} | {} | {most:.0} ms |", asked - ok, wrong.len());
        for problem in &wrong {
            eprintln!("{shown}/{problem}");
        }
        (all, converted, broken) = (all + asked, converted + ok, broken + wrong.len());
        slowest = slowest.max(most);
    }
    println!("| **all** | {all} | {converted} | {} | {broken} | {slowest:.0} ms |\n", all - converted);
    let mut reasons: Vec<(String, usize)> = reasons.into_iter().filter(|(reason, _)| !reason.is_empty()).collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    println!("| refused because | |\n|---|--:|");
    reasons.iter().for_each(|(reason, count)| println!("| `{reason}` | {count} |"));
    if broken > 0 {
        bail!("{broken} conversions broke something");
    }
    Ok(())
}

/// All conversions of one checkout.
fn convert(checkout: &Path, way: &str) -> Result<Vec<Row>> {
    let example = |name: &str| tree::root().join("target/release/examples").join(name);
    let output = if way == "back" {
        // it writes; beside what is installed for the compiler it would be of that release
        let copy = check::copied(&tree::root().join("target/tmp"), checkout)?;
        let output = Command::new(example("round_trip_handlers")).arg(&copy).arg("json").output()?;
        std::fs::remove_dir_all(&copy)?;
        output
    } else {
        Command::new(example("conversions")).arg(checkout).arg(way).output()?
    };
    if !output.status.success() {
        bail!("{}: {}", checkout.display(), String::from_utf8_lossy(&output.stderr));
    }
    let lines = std::str::from_utf8(&output.stdout)?.lines();
    lines.map(|line| serde_json::from_str(line).context("a row")).collect()
}
