//! `routewright references`: who calls the endpoint at a place.

use ide::FilePosition;
use workspace::{Certainty, EndpointKind};

use super::calls::marker;
use super::color::{self, BOLD, DIM, PLAIN};
use super::json::{self, Asked, Reference, References, Site};
use super::screen::Screen;
use super::table::{Cell, Column, Entry, Shorten, Span, lines};
use super::words::{count, counted};
use super::{Format, place, stop::Stop};

/// Place, kind, METHOD, certainty, URL. Places are to be clicked and copied: they are never shortened.
const COLUMNS: [Column; 5] =
    [Column::FIXED, Column::FIXED, Column::FIXED, Column::FIXED, Column::flexible(1, Shorten::Url)];

/// Lists the calls of the endpoint at a place.
pub fn run(text: &str, format: Format, screen: &Screen) -> Result<(), Stop> {
    let place::Found { snap, file, offset, .. } = place::find_and_scan(text)?;
    let here = std::env::current_dir().and_then(dunce::canonicalize).unwrap_or_default();
    let found = ide::references(&snap, &ide::Config::default(), FilePosition { file, offset });
    let document = References::new(&snap, &here, found);
    std::mem::forget(snap); // as with a scan: freeing it would only delay the answer's end
    match format {
        Format::Json => json::print(&document),
        Format::Text if document.endpoints.is_empty() => Ok(screen.print(&[format!("no endpoint at {text}")])?),
        Format::Text => Ok(screen.print(&table(&document, screen.width))?),
    }
}

fn table(document: &References, width: usize) -> Vec<String> {
    let mut entries: Vec<Entry> = document.endpoints.iter().map(|asked| Entry::Heading(0, heading(asked))).collect();
    let tests = document.references.partition_point(|call| !call.test);
    let (product, tests) = document.references.split_at_checked(tests).unwrap_or_default();
    for (title, calls) in [(None, product), (Some("In tests"), tests)] {
        if calls.is_empty() {
            continue;
        }
        entries.push(Entry::Blank);
        entries.extend(title.map(|title| Entry::Heading(0, Cell::new(title, BOLD))));
        entries.extend(calls.iter().map(|call| Entry::Row(cells(call))));
    }
    entries.extend([Entry::Blank, Entry::Facts(0, totals(product, tests))]);
    lines(&COLUMNS, &entries, 2, width)
}

fn heading(asked: &Asked) -> Cell {
    let what = match (&asked.url, &asked.label) {
        (Some(url), _) => url,
        (None, Some(label)) => label,
        (None, None) => &asked.name,
    };
    let kind = match asked.kind {
        EndpointKind::Route => "Route Handler",
        EndpointKind::Action => "Server Action",
        EndpointKind::PagesApi => "pages/api",
        EndpointKind::Metadata => "Metadata",
    };
    let Site { file, line, .. } = &asked.site;
    Cell::new(format!("{} {what}", asked.method.unwrap_or("any")), BOLD).note(format!("  {kind} · {file}:{line}"), DIM)
}

fn cells(call: &Reference) -> Vec<Cell> {
    let Site { file, line, column } = &call.site;
    let method = call.method.as_deref();
    let (certainty, style) = marker(call.certainty);
    vec![
        Cell::new(format!("{file}:{line}:{column}"), PLAIN),
        Cell::new(call.kind, PLAIN),
        Cell::new(method.unwrap_or("—"), color::method(method)),
        Cell::new(certainty, style),
        Cell::new(call.url.as_deref().unwrap_or_default(), DIM),
    ]
}

fn totals(product: &[Reference], tests: &[Reference]) -> Vec<Span> {
    let said = match (product.len(), tests.len()) {
        (0, 0) => return vec![Span::new("nothing in this workspace calls it", PLAIN)],
        (0, tests) => vec![counted(tests, "call site", "call sites") + ", in tests only"],
        (product, 0) => vec![counted(product, "call site", "call sites")],
        (product, tests) => {
            vec![counted(product, "call site", "call sites"), format!("{} more in tests", count(tests))]
        }
    };
    let all = || product.iter().chain(tests);
    let of = |certainty| all().filter(|call| call.certainty == certainty).count();
    let parts = [(Certainty::Pattern, "by pattern (~)"), (Certainty::Ambiguous, "ambiguous (?)")];
    let parts = parts.into_iter().map(|(certainty, word)| (of(certainty), word)).filter(|(n, _)| *n > 0);
    let parts = parts.map(|(n, word)| format!("{} {word}", count(n)));
    said.into_iter().chain(parts).map(|said| Span::new(said, PLAIN)).collect()
}

#[cfg(test)]
mod tests;
