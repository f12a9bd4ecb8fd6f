//! `routewright calls`: every place that reaches an endpoint.

use std::path::Path;
use std::time::Duration;

use workspace::Certainty;

use super::color::{self, BOLD, DIM, PLAIN, UNSURE};
use super::json::{Call, Calls, Target};
use super::screen::Screen;
use super::table::{Cell, Column, Entry, Shorten, Span, lines};
use super::words::{count, counted};
use super::{Format, json, scan, stop::Stop};

/// Place, kind, METHOD, URL or name, certainty, target.
const COLUMNS: [Column; 6] = [
    Column { right: true, ..Column::FIXED },
    Column { optional: true, ..Column::FIXED },
    Column::FIXED,
    Column::flexible(2, Shorten::Url),
    Column::FIXED,
    Column::flexible(3, Shorten::Start),
];

/// Lists the calls in a folder.
pub fn run(dir: &Path, format: Format, screen: &Screen) -> Result<(), Stop> {
    let scanned = scan::run(dir)?;
    let document = Calls::new(&scanned.snap, &scanned.root);
    match format {
        Format::Json => json::print(&document),
        Format::Text => Ok(screen.print(&table(&document, screen.width, screen.live.then_some(scanned.took)))?),
    }
}

fn table(document: &Calls, width: usize, took: Option<Duration>) -> Vec<String> {
    let mut entries = vec![];
    let mut files = 0;
    for calls in document.calls.chunk_by(|one, other| one.site.file == other.site.file) {
        files += 1;
        entries.extend(calls.first().map(|call| Entry::Heading(0, Cell::new(&call.site.file, BOLD))));
        entries.extend(calls.iter().map(|call| Entry::Row(cells(call))));
        entries.push(Entry::Blank);
    }
    if files == 0 {
        let none =
            [Span::new("No calls here", PLAIN), Span::new("nothing uses a server action or an endpoint's URL", DIM)];
        entries.push(Entry::Facts(0, none.into()));
    } else {
        entries.extend(legend(document));
        entries.push(Entry::Facts(0, totals(document, files, took)));
    }
    lines(&COLUMNS, &entries, 2, width)
}

fn cells(call: &Call) -> Vec<Cell> {
    let first = call.targets.first();
    let what = call.url.as_deref().or_else(|| first.map(name)).unwrap_or_default();
    let mut target = match first {
        Some(target) => Cell::new(format!("{}:{}", target.file, target.line), DIM),
        None => Cell::new("no endpoint fits", DIM),
    };
    if call.targets.len() > 1 {
        target = target.note(format!("  +{}", call.targets.len() - 1), UNSURE);
    }
    let (marker, style) = marker(call.certainty);
    let method = call.method.as_deref();
    vec![
        Cell::new(format!("{}:{}", call.site.line, call.site.column), DIM),
        Cell::new(call.kind, PLAIN),
        Cell::new(method.unwrap_or("—"), color::method(method)),
        Cell::new(what, PLAIN),
        Cell::new(marker, style),
        target,
    ]
}

/// Next's own names say nothing to people.
fn name(target: &Target) -> &str {
    match &target.label {
        Some(label) => label,
        None if target.name.starts_with("$$") => "(inline action)",
        None => &target.name,
    }
}

/// How sure, at a glance.
pub const fn marker(certainty: Certainty) -> (&'static str, anstyle::Style) {
    match certainty {
        Certainty::Exact => ("→", DIM),
        Certainty::Pattern => ("~", DIM),
        Certainty::Ambiguous => ("?", UNSURE),
        Certainty::Unresolved => ("×", UNSURE),
    }
}

/// What the markers mean, if any needs a word.
fn legend(document: &Calls) -> Option<Entry> {
    let used = |certainty| document.calls.iter().any(|call| call.certainty == certainty);
    let words =
        [(Certainty::Pattern, "fits a dynamic segment"), (Certainty::Ambiguous, "several fit, the best is shown")];
    let words = words.into_iter().filter(|(certainty, _)| used(*certainty));
    let spans: Vec<Span> =
        words.map(|(certainty, word)| Span::new(format!("{} {word}", marker(certainty).0), DIM)).collect();
    (!spans.is_empty()).then_some(Entry::Facts(0, spans))
}

fn totals(document: &Calls, files: usize, took: Option<Duration>) -> Vec<Span> {
    let of = |certainty| document.calls.iter().filter(|call| call.certainty == certainty).count();
    let mut facts = vec![
        Span::new(counted(files, "file", "files"), PLAIN),
        Span::new(counted(document.calls.len(), "call", "calls"), PLAIN),
    ];
    for (certainty, word) in [
        (Certainty::Exact, "exact"),
        (Certainty::Pattern, "by pattern"),
        (Certainty::Ambiguous, "ambiguous"),
        (Certainty::Unresolved, "unresolved"),
    ] {
        let number = of(certainty);
        if number > 0 && number < document.calls.len() {
            facts.push(Span::new(format!("{} {word}", count(number)), PLAIN));
        }
    }
    facts.extend(took.map(|took| Span::new(format!("{:.2} s", took.as_secs_f64()), DIM)));
    facts
}

#[cfg(test)]
mod tests;
