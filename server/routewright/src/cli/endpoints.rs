//! `routewright endpoints`: everything that answers HTTP.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use workspace::{ActionScope, EndpointKind};

use super::color::{self, BOLD, DIM, PLAIN};
use super::json::{Action, App, Endpoint, Endpoints, Site};
use super::screen::Screen;
use super::table::{Cell, Column, Entry, Shorten, Span, lines};
use super::words::{count, counted};
use super::{Format, json, scan, stop::Stop};

/// The sections of an application, in their order.
const SECTIONS: [(EndpointKind, &str); 4] = [
    (EndpointKind::Route, "Route handlers"),
    (EndpointKind::Action, "Server actions"),
    (EndpointKind::PagesApi, "pages/api"),
    (EndpointKind::Metadata, "Metadata"),
];

/// METHOD, URL or name, place.
const COLUMNS: [Column; 3] = [Column::FIXED, Column::flexible(2, Shorten::Middle), Column::flexible(3, Shorten::Start)];

/// Lists the endpoints of a folder.
pub fn run(dir: &Path, format: Format, screen: &Screen) -> Result<(), Stop> {
    let scanned = scan::run(dir)?;
    let document = Endpoints::new(&scanned.snap, &scanned.root);
    match format {
        Format::Json => json::print(&document),
        Format::Text => {
            let folder = scanned.root.file_name().map_or(".".into(), |name| name.to_string_lossy());
            let took = screen.live.then_some(scanned.took);
            Ok(screen.print(&table(&document, &folder, screen.width, took))?)
        }
    }
}

/// Lists only what an action's ID, a request or a line of a log is about.
pub fn find(dir: &Path, text: &str, format: Format, screen: &Screen) -> Result<(), Stop> {
    let scanned = scan::run(dir)?;
    let Some(document) = Endpoints::found(&scanned.snap, &scanned.root, text) else {
        let line =
            format!("no action ID and no request in {text:?}: an ID has 42 digits (40 in Next 14), a request a path");
        return Err(Stop::Wrong(line));
    };
    match format {
        Format::Json => json::print(&document),
        Format::Text => {
            let folder = scanned.root.file_name().map_or(".".into(), |name| name.to_string_lossy());
            let mut shown =
                if document.endpoints.is_empty() { vec![] } else { table(&document, &folder, screen.width, None) };
            shown.extend(document.notes.iter().cloned());
            Ok(screen.print(&shown)?)
        }
    }
}

/// `folder` is the name of the one that was asked about: better than `.` for an app.
fn table(document: &Endpoints, folder: &str, width: usize, took: Option<Duration>) -> Vec<String> {
    let mut entries = vec![];
    for app in &document.apps {
        let rows: Vec<&Endpoint> =
            document.endpoints.iter().filter(|row| row.app.as_ref() == Some(&app.root)).collect();
        group(heading(app, folder), &rows, &mut entries);
    }
    let rest: Vec<&Endpoint> = document.endpoints.iter().filter(|row| row.app.is_none()).collect();
    if !rest.is_empty() {
        group(Cell::new("Shared packages", BOLD), &rest, &mut entries);
    }
    if document.apps.is_empty() && rest.is_empty() {
        let none = [
            Span::new("No Next.js app here", PLAIN),
            Span::new("one has app/ or pages/ beside a package.json that depends on next", DIM),
        ];
        entries.push(Entry::Facts(0, none.into()));
    } else {
        entries.push(Entry::Facts(0, totals(document, took)));
    }
    lines(&COLUMNS, &entries, 4, width)
}

fn heading(app: &App, folder: &str) -> Cell {
    let root = if app.root == "." { folder } else { &app.root };
    let next = app.next.as_ref().map_or_else(|| "Next, version unknown".to_owned(), |next| format!("Next {next}"));
    let mut cell = Cell::new(root, BOLD).note(format!("  {next}"), DIM);
    if !app.routers.is_empty() {
        let word = if app.routers.len() == 1 { "router" } else { "routers" };
        cell = cell.note(format!(" · {} {word}", app.routers.join(" + ")), DIM);
    }
    if !app.base_path.is_empty() {
        cell = cell.note(format!(" · base path {}", app.base_path), DIM);
    }
    cell
}

/// An application's heading and sections, with a blank line behind each.
fn group(heading: Cell, rows: &[&Endpoint], entries: &mut Vec<Entry>) {
    entries.extend([Entry::Heading(0, heading), Entry::Blank]);
    if rows.is_empty() {
        entries.extend([Entry::Heading(2, Cell::new("no endpoints yet", DIM)), Entry::Blank]);
    }
    for (kind, title) in SECTIONS {
        let rows: Vec<&Endpoint> = rows.iter().copied().filter(|row| row.kind == kind).collect();
        if rows.is_empty() {
            continue;
        }
        let (implicit, explicit): (Vec<&Endpoint>, Vec<&Endpoint>) = rows.into_iter().partition(|row| row.implicit);
        let title = Cell::new(title, PLAIN).note(format!("  {}", count(explicit.len())), DIM);
        entries.push(Entry::Heading(2, title));
        let mut above = None;
        for row in explicit {
            entries.push(Entry::Row(cells(row, above)));
            above = row.url.as_ref();
        }
        entries.extend(note(&implicit));
        entries.push(Entry::Blank);
    }
}

/// A row. The URL of the row above is repeated for `grep`, but quietly.
fn cells(row: &Endpoint, above: Option<&Arc<str>>) -> Vec<Cell> {
    let inline = row.action.as_ref().is_some_and(|action| action.scope == ActionScope::Inline);
    let mut what = match (&row.url, &row.label) {
        (Some(url), _) => Cell::new(url, if above == Some(url) { DIM } else { PLAIN }),
        (None, Some(label)) => Cell::new(label, PLAIN),
        (None, None) if inline => Cell::new("(anonymous)", PLAIN),
        (None, None) => Cell::new(&row.name, PLAIN),
    };
    if inline {
        what = what.note("  inline", DIM);
    }
    if let Some(action) = &row.action {
        what = what.note(on_pages(action), DIM);
    }
    let Site { file, line, .. } = &row.site;
    let method = Cell::new(row.method.unwrap_or("any"), color::method(row.method));
    vec![method, what, Cell::new(format!("{file}:{line}"), DIM)]
}

/// `  /dashboard`, `  /dashboard +4`, `  on no page`: where an action can be called.
fn on_pages(action: &Action) -> String {
    let all = || action.pages.iter().chain(action.pages_elsewhere.values().flatten());
    // a page that only stands in for another one counts where there is no other, as in hovers and lenses
    let first = all().find(|page| next::is_address(page)).or_else(|| all().next());
    match (first, all().filter(|page| next::is_address(page)).count()) {
        (None, _) => "  on no page".to_owned(),
        (Some(page), 0 | 1) => format!("  {page}"),
        (Some(page), n) => format!("  {page} +{}", n - 1),
    }
}

/// The methods that Next answers by itself, in one line.
fn note(implicit: &[&Endpoint]) -> Option<Entry> {
    let of = |method| implicit.iter().filter(|row| row.method == Some(method)).count();
    let methods = ["HEAD", "OPTIONS"].map(|method| (method, of(method)));
    let parts: Vec<String> = methods
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(method, n)| format!("{method} for {}", counted(*n, "URL", "URLs")))
        .collect();
    let text = format!("Next adds {}", parts.join(" and "));
    (!parts.is_empty()).then(|| Entry::Heading(4, Cell::new(text, DIM)))
}

fn totals(document: &Endpoints, took: Option<Duration>) -> Vec<Span> {
    let of = |kind| document.endpoints.iter().filter(|row| row.kind == kind && !row.implicit).count();
    let (routes, actions) = (of(EndpointKind::Route), of(EndpointKind::Action));
    let (pages, metadata) = (of(EndpointKind::PagesApi), of(EndpointKind::Metadata));
    let facts = [
        (!document.apps.is_empty()).then(|| counted(document.apps.len(), "app", "apps")),
        (routes > 0).then(|| counted(routes, "route handler", "route handlers")),
        (actions > 0).then(|| counted(actions, "server action", "server actions")),
        (pages > 0).then(|| format!("{} pages/api", count(pages))),
        (metadata > 0).then(|| format!("{} metadata", count(metadata))),
        (routes + actions + pages + metadata == 0).then(|| "no endpoints".to_owned()),
    ];
    let timing = took.map(|took| Span::new(format!("{:.2} s", took.as_secs_f64()), DIM));
    facts.into_iter().flatten().map(|fact| Span::new(fact, PLAIN)).chain(timing).collect()
}

#[cfg(test)]
mod tests;
