//! Development tasks, run as `cargo xtask <task>`. One file or folder a task; this one only
//! hands over.
#![expect(clippy::print_stdout, reason = "a command-line tool for people prints")]

mod bench;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Development tasks of Routewright.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

/// Every task there is.
#[derive(Subcommand)]
enum Task {
    /// Measure the budgets, with TypeScript 7's own server beside them in the same run.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Bench(args) => bench::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
