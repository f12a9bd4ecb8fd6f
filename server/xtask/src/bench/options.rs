//! The command line of `cargo xtask bench`.

use crate::lsp::place::Place;
use clap::{Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `cargo xtask bench …`.
#[derive(clap::Args)]
pub struct Args {
    /// The row to measure.
    #[command(subcommand)]
    pub command: Command,
    /// Options that every row shares.
    #[command(flatten)]
    pub options: Options,
}

/// One command a row of the budget table.
#[derive(Subcommand)]
pub enum Command {
    /// Row 1: from the start of the process to the first right answer, nothing cached.
    FirstAnswer {
        /// The workspace folder.
        dir: PathBuf,
        /// What to ask about: FILE:LINE:COL, relative to DIR, 1-based.
        at: Place,
        /// Ask Routewright for the definition; without it, for the hover.
        #[arg(long)]
        definition: bool,
    },
    /// Row 2: the whole index with all links, in the server and on the command line.
    Index {
        /// The workspace folder.
        dir: PathBuf,
        /// Where TypeScript 7 is asked for its first definition (default: at the first action
        /// call that Routewright lists).
        #[arg(long)]
        at: Option<Place>,
    },
    /// Row 3: hovers and definitions over stdio once everything is warm.
    Warm {
        /// The workspace folder.
        dir: PathBuf,
        /// What to ask about: FILE:LINE:COL, relative to DIR, 1-based.
        at: Place,
    },
    /// Row 4: from one letter typed to the hover that has seen it.
    Keystroke {
        /// The workspace folder.
        dir: PathBuf,
        /// The file to type in, relative to DIR.
        file: PathBuf,
    },
    /// Row 5: peak memory.
    Memory {
        /// The workspace folder.
        dir: PathBuf,
        /// Where to ask (default: at the first action call that Routewright lists).
        at: Option<Place>,
    },
    /// Every row in one table, and as one line of JSON.
    All {
        /// The workspace folder.
        dir: PathBuf,
        /// What to ask about: FILE:LINE:COL, relative to DIR, 1-based.
        at: Place,
        /// The file to type in for row 4 (default: that of the place).
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

impl Command {
    /// The workspace folder that the command names.
    pub fn dir(&self) -> &Path {
        match self {
            Self::FirstAnswer { dir, .. }
            | Self::Index { dir, .. }
            | Self::Warm { dir, .. }
            | Self::Keystroke { dir, .. }
            | Self::Memory { dir, .. }
            | Self::All { dir, .. } => dir,
        }
    }
}

/// Options that every row shares.
#[derive(clap::Args)]
pub struct Options {
    /// Measure this binary; without it, `cargo build --release -p routewright` builds one.
    #[arg(long, global = true, value_name = "PATH")]
    pub binary: Option<PathBuf>,
    /// Cold runs a row (the median counts).
    #[arg(long, global = true, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub runs: u16,
    /// Requests of each kind when warm.
    #[arg(long, global = true, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..))]
    pub requests: u16,
    /// Keystrokes in row 4.
    #[arg(long, global = true, default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..))]
    pub keystrokes: u16,
    /// Ask TypeScript 7 here (default: the same place, or the file's first import when the place
    /// is a string).
    #[arg(long, global = true, value_name = "FILE:LINE:COL")]
    pub ts7_at: Option<Place>,
    /// Hover here after each keystroke (default: the name that is typed at).
    #[arg(long, global = true, value_name = "FILE:LINE:COL")]
    pub hover_at: Option<Place>,
    /// Count an answer of Routewright as right only when it contains this text.
    #[arg(long, global = true, value_name = "TEXT")]
    pub expect: Option<String>,
    /// Leave the other server out.
    #[arg(long, global = true)]
    pub only: Option<Only>,
    /// Give up on one answer after so many seconds.
    #[arg(long, global = true, default_value_t = 60, value_name = "SECONDS")]
    pub timeout: u16,
}

impl Options {
    /// How long one answer may take.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout.into())
    }
}

/// One of the two servers.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Routewright.
    Ours,
    /// TypeScript 7.
    Ts7,
}
