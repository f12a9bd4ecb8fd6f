//! Where the answer goes: how wide it is, whether it takes colour, how to write to it.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;

/// The width where nobody says one.
const WIDTH: usize = 100;

/// When to colour; `Auto` means on a terminal, unless NO_COLOR is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// The standard output as people see it.
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// People watch: what changes from run to run may be shown.
    pub live: bool,
    color: Color,
}

impl Screen {
    /// Looks at the environment.
    pub fn new(color: Color) -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.trim().parse().ok()).filter(|&n| n > 0);
        let live = io::stdout().is_terminal();
        let window = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        Self { width: columns.or_else(window).filter(|&n| n > 0).unwrap_or(WIDTH), live, color }
    }

    fn choice(&self) -> ColorChoice {
        match self.color {
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }

    /// Writes lines, each with its end, to the byte where they take no colour: a program reads them.
    pub fn print_exactly(&self, lines: &[(Style, String)]) -> io::Result<()> {
        let colored = self.choice() != ColorChoice::Never;
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (style, line) in lines {
            match line.strip_suffix('\n') {
                Some(text) if colored && *style != Style::new() => writeln!(out, "{style}{text}{style:#}")?,
                _ => out.write_all(line.as_bytes())?,
            }
        }
        out.flush()
    }

    /// Writes lines that may hold colour.
    pub fn print(&self, lines: &[String]) -> io::Result<()> {
        let choice = self.choice();
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        let mut out = AutoStream::new(io::stdout(), choice).lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }
}
