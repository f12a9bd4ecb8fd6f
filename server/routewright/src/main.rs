//! The binary: LSP over stdio and the command line.

mod changes;
mod cli;
mod lsp;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(lsp::run)
}
