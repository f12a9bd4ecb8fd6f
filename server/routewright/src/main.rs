//! The binary: LSP over stdio and the command line.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(|| ExitCode::SUCCESS)
}
