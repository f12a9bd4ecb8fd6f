//! `routewright calls --unresolved`: every request that reaches no endpoint, and why.

use std::path::Path;
use std::time::Duration;

use workspace::Reason;

use super::color::{self, BOLD, DIM, PLAIN};
use super::json::{Call, Calls};
use super::screen::Screen;
use super::table::{Cell, Column, Entry, Shorten, Span, lines};
use super::words::{count, counted};
use super::{Format, json, scan, stop::Stop};

/// Place, kind, METHOD, URL, what the reason speaks of.
const COLUMNS: [Column; 5] = [
    Column::flexible(3, Shorten::Start),
    Column { optional: true, ..Column::FIXED },
    Column::FIXED,
    Column::flexible(3, Shorten::Url),
    Column::flexible(2, Shorten::Middle),
];

/// Lists the requests in a folder that reach no endpoint.
pub fn run(dir: &Path, format: Format, screen: &Screen) -> Result<(), Stop> {
    let scanned = scan::run(dir)?;
    let document = Calls::unresolved(&scanned.snap, &scanned.root);
    match format {
        Format::Json => json::print(&document),
        Format::Text => Ok(screen.print(&table(&document, screen.width, screen.live.then_some(scanned.took)))?),
    }
}

/// By reason, what can be mended first; those in tests last among their like.
fn table(document: &Calls, width: usize, took: Option<Duration>) -> Vec<String> {
    let mut calls: Vec<(&Reason, &Call)> =
        document.calls.iter().filter_map(|call| Some((call.reason.as_ref()?, call))).collect();
    calls.sort_by_key(|(reason, call)| (order(reason), call.test));
    let mut entries = vec![];
    let mut counts = vec![];
    for group in calls.chunk_by(|(one, _), (other, _)| one.as_str() == other.as_str()) {
        let Some((reason, _)) = group.first() else { continue };
        let (short, long) = words(reason);
        entries.push(Entry::Heading(0, Cell::new(long, BOLD)));
        // Other hosts in tests are nobody's question.
        let is_shown = |call: &Call| !(call.test && matches!(reason, Reason::External(_)));
        let shown: Vec<&Call> = group.iter().map(|(_, call)| *call).filter(|call| is_shown(call)).collect();
        entries.extend(shown.iter().map(|call| Entry::Row(cells(call))));
        if shown.len() < group.len() {
            let rest = format!("{} in tests", count(group.len() - shown.len()));
            entries.push(Entry::Facts(2, vec![Span::new(rest, DIM)]));
        }
        entries.push(Entry::Blank);
        counts.push(Span::new(format!("{} {short}", count(group.len())), PLAIN));
    }
    if calls.is_empty() {
        let none = [Span::new("Nothing unresolved", PLAIN), Span::new("every request reaches an endpoint", DIM)];
        entries.push(Entry::Facts(0, none.into()));
    } else {
        let files: std::collections::BTreeSet<&str> = calls.iter().map(|(_, call)| call.site.file.as_str()).collect();
        let mut facts = vec![
            Span::new(counted(files.len(), "file", "files"), PLAIN),
            Span::new(format!("{} unresolved", counted(calls.len(), "request", "requests")), PLAIN),
        ];
        facts.extend(counts);
        facts.extend(took.map(|took| Span::new(format!("{:.2} s", took.as_secs_f64()), DIM)));
        entries.push(Entry::Facts(0, facts));
    }
    lines(&COLUMNS, &entries, 2, width)
}

fn cells(call: &Call) -> Vec<Cell> {
    let method = call.method.as_deref();
    let url = call.url.as_deref().unwrap_or_default();
    // A URL that is nothing but what isn't known says it already.
    let detail = call.reason_detail.as_deref().filter(|detail| *detail != "." && format!("{{{detail}}}") != url);
    vec![
        Cell::new(format!("{}:{}:{}", call.site.file, call.site.line, call.site.column), DIM),
        Cell::new(call.kind, PLAIN),
        Cell::new(method.unwrap_or("—"), color::method(method)),
        Cell::new(url, PLAIN),
        Cell::new(detail.unwrap_or_default(), DIM),
    ]
}

/// What can be mended in a jiffy comes first, what isn't ours last.
const fn order(reason: &Reason) -> usize {
    match reason {
        Reason::NoRoute(_) => 0,
        Reason::NoMethod(_) => 1,
        Reason::RewrittenAway(_) => 2,
        Reason::TooMany(_) => 3,
        Reason::Unfollowed(_) => 4,
        Reason::Guess(_) => 5,
        Reason::Page(_) => 6,
        Reason::UnknownBase(_) => 7,
        Reason::UnknownVariable(_) => 8,
        Reason::Computed(_) => 9,
        Reason::Parameter(_) => 10,
        Reason::NotAPath => 11,
        Reason::OtherProgram => 12,
        Reason::External(_) => 13,
    }
}

/// For the last line, and above the rows.
const fn words(reason: &Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::NoRoute(_) => ("without a route", "No route serves it"),
        Reason::NoMethod(_) => ("without a method", "Its handler exports no method"),
        Reason::RewrittenAway(_) => ("rewritten away", "A rewrite or redirect leads to another host"),
        Reason::TooMany(_) => ("with too many candidates", "Too many endpoints fit"),
        Reason::Unfollowed(_) => ("not followed", "An endpoint fits, but the way there isn't followed"),
        Reason::Guess(_) => ("guesses", "Only a route that takes everything fits"),
        Reason::Page(_) => ("to pages", "A page answers"),
        Reason::UnknownBase(_) => ("with an unknown base", "Unknown base: what stands in front of the path"),
        Reason::UnknownVariable(_) => ("with an unknown variable", "Unknown variable"),
        Reason::Computed(_) => ("computed", "Computed"),
        Reason::Parameter(_) => ("by parameter", "A parameter: see the function's callers"),
        Reason::NotAPath => ("without a path", "Neither a path from the root nor a URL"),
        Reason::OtherProgram => ("in other programs", "Another program's code: no application depends on its package"),
        Reason::External(_) => ("external", "Another host"),
    }
}
