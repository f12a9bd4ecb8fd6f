//! Development tasks, run as `cargo xtask <task>`. One file or folder a task; this one only
//! hands over.
#![expect(clippy::print_stdout, reason = "a command-line tool for people prints")]

mod bench;
mod conversions;
mod corpora;
mod differences;
mod editors;
mod install;
mod journeys;
mod lsp;
mod nextjs;
mod npm;
mod oracle;
mod pack;
mod shop;
mod table;
mod test;
mod tree;
mod typescript;
mod vsix;

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
    /// Everything that has to pass: format, lints, tests, and what Next.js itself builds.
    Test(test::Args),
    /// Build the sample application with Next.js and compare its manifests with our answers.
    Shop(shop::Args),
    /// Build applications with Next.js 14, 15 and 16 and compare what they serve with our answers.
    Oracle(oracle::Args),
    /// Install Neovim, Helix and VS Code and use the server in them as a person does, on the sample application.
    Editors(editors::Args),
    /// Build the server and put it, with what an editor needs, where that editor looks for it.
    Install(install::Args),
    /// Pack what a release gives to people: an archive, npm packages, the extension for VS Code.
    Pack(pack::Args),
    /// Compare our answers on checkouts of real applications with listings of what they hold.
    Corpora(corpora::Args),
    /// Convert every action or handler of real applications and ask TypeScript 7 what it thinks of it.
    Conversions(conversions::Args),
    /// Convert every action of a sample application and let a browser see whether anything differs.
    Journeys(journeys::Args),
    /// Ask our server and TypeScript 7's where the uses of actions in real applications lead.
    Typescript(typescript::Args),
    /// Measure the budgets, with TypeScript 7's own server beside them in the same run.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Test(args) => test::run(&args),
        Task::Shop(args) => shop::run(&args),
        Task::Oracle(args) => oracle::run(&args),
        Task::Editors(args) => editors::run(&args),
        Task::Install(args) => install::run(&args),
        Task::Pack(args) => pack::run(&args),
        Task::Corpora(args) => corpora::run(&args),
        Task::Conversions(args) => conversions::run(&args),
        Task::Journeys(args) => journeys::run(&args),
        Task::Typescript(args) => typescript::run(&args),
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
