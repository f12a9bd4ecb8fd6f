//! `routewright definition`: from a use of an endpoint to its declaration.

use ide::FilePosition;

use super::color::{BOLD, PLAIN};
use super::json::{self, Definition, Definitions, Site};
use super::screen::Screen;
use super::table::{Cell, Column, Entry, lines};
use super::{Format, place, stop::Stop};

/// Prints where the endpoint at a place is declared, best first.
pub fn run(text: &str, format: Format, screen: &Screen) -> Result<(), Stop> {
    let here = std::env::current_dir().and_then(dunce::canonicalize).unwrap_or_default();
    let targets = |found: &place::Found| {
        let at = FilePosition { file: found.file, offset: found.offset };
        Some(ide::goto_definition(&found.snap, &ide::Config::default(), at)).filter(|targets| !targets.is_empty())
    };
    let (place::Found { snap, .. }, targets) = place::ask(text, targets)?;
    let document = Definitions::new(&snap, &here, &targets.unwrap_or_default());
    std::mem::forget(snap); // as with a scan: freeing it would only delay the answer's end
    match format {
        Format::Json => json::print(&document),
        Format::Text if document.targets.is_empty() => Ok(screen.print(&[format!("no endpoint at {text}")])?),
        Format::Text => Ok(screen.print(&list(&document))?),
    }
}

/// Places are to be clicked and copied: they are never shortened.
fn list(document: &Definitions) -> Vec<String> {
    let entry = |Definition { site: Site { file, line, column }, name }: &Definition| {
        Entry::Row(vec![Cell::new(format!("{file}:{line}:{column}"), PLAIN), Cell::new(name, BOLD)])
    };
    let entries: Vec<Entry> = document.targets.iter().map(entry).collect();
    lines(&[Column::FIXED; 2], &entries, 0, usize::MAX)
}
