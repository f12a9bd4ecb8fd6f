//! Feature: Hover. What endpoint is under the cursor: method, URL, kind, parameters, where it is.
//!
//! Short, the endpoint first, the same order everywhere; what isn't known is left out. It reads
//! well without Markdown, too.

pub(crate) mod captures;
mod carried;
pub(crate) mod effects;
mod ids;
mod parameters;
mod short;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use next::Method;
use syntax::{
    TextRange,
    facts::{DirectiveKind, Export, FileFacts, Signature},
};
use workspace::{ActionScope, App, Certainty, Endpoint, EndpointKind, FileId, Link, Snapshot, shown};

use crate::{Config, FilePosition, asked, place::Spot};

/// What a hover shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub range: TextRange,
    /// Short Markdown.
    pub markdown: String,
}

impl Hover {
    /// The Markdown with places as plain code, for editors that can't open a link, or that wrap
    /// lines as if a hidden address took room (Neovim).
    #[must_use]
    pub fn unlinked(&self) -> String {
        let mut parts = self.markdown.split("](file://");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            if let Some(bracket) = out.rfind("[`") {
                out.remove(bracket);
            }
            // an address holds no bracket: `file_uri` escapes them
            out.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
        }
        out
    }
}

/// So many candidates are read at a glance, and so many actions of a file; the rest is counted.
const MOST_CANDIDATES: usize = 6;
const MOST_ACTIONS: usize = 12;

/// Shows the endpoint under the cursor. Beside a TypeScript server a function's own signature is
/// left to it: editors show both hovers, one above the other.
#[must_use]
pub fn hover(snap: &Snapshot, config: &Config, at: FilePosition) -> Option<Hover> {
    match Spot::find(snap, at)? {
        Spot::Declaration { range, endpoints } => {
            let cards: Vec<String> =
                grouped(&endpoints).iter().map(|same| card(snap, config, at.file, same, Seen::Declared)).collect();
            Some(Hover { range, markdown: cards.join("\n\n---\n\n") })
        }
        Spot::Import { range, endpoint } => {
            Some(Hover { range, markdown: card(snap, config, at.file, &[&endpoint], Seen::Imported) })
        }
        Spot::Link { link, endpoints } => {
            Some(Hover { range: link.range, markdown: of_link(snap, config, at.file, &link, &endpoints)? })
        }
        Spot::Directive { range, kind, endpoints } => {
            Some(Hover { range, markdown: of_directive(snap, kind, &endpoints)? })
        }
    }
}

/// The methods of one URL in one file belong together; everything else stands alone.
fn grouped(endpoints: &[Endpoint]) -> Vec<Vec<&Endpoint>> {
    let mut groups: Vec<Vec<&Endpoint>> = vec![];
    for endpoint in endpoints {
        let alike =
            |e: &Endpoint| e.url.is_some() && (e.file, &e.url, e.kind) == (endpoint.file, &endpoint.url, endpoint.kind);
        match groups.iter_mut().find(|g| g.first().is_some_and(|first| alike(first))) {
            Some(group) => group.push(endpoint),
            None => groups.push(vec![endpoint]),
        }
    }
    groups
}

/// Where an endpoint is looked at.
#[derive(Clone, Copy)]
enum Seen<'a> {
    Declared,
    Imported,
    Called(&'a Link),
}

/// One endpoint in full, or several methods of the same URL.
fn card(snap: &Snapshot, config: &Config, from: FileId, same: &[&Endpoint], seen: Seen<'_>) -> String {
    let Some(&endpoint) = same.first() else { return String::new() };
    let app = app_of(snap, endpoint);
    let link = if let Seen::Called(link) = seen { Some(link) } else { None };
    let sent = link.and_then(|l| l.method.as_deref());
    let absent = sent.filter(|sent| same.iter().all(|e| e.method.is_some_and(|m| m.as_str() != *sent)));
    let mut lines = vec![];
    if let Some(method) = absent {
        lines.push(format!(
            "**{method}** {} · {}, not exported (answers 405)",
            what(endpoint, app.as_deref()),
            kind_name(endpoint)
        ));
    } else {
        let carriers = carried::carriers(snap, endpoint);
        let pages = carriers.as_ref().and_then(|carriers| carried::pages(snap, carriers));
        lines.push(headline(same, app.as_deref(), sent, pages.as_deref()));
        let is_sent = link.is_some_and(|l| l.family() == "request" || l.kind == "argument");
        lines.extend((same.len() > 1 && is_sent).then(|| "method not known here".to_owned()));
        lines.extend(link.and_then(|l| request(snap, from, l, endpoint, app.as_deref())));
        // where pages are the address, the name goes before what it takes
        let name = pages.is_some().then(|| label(endpoint));
        lines.extend((same.len() == 1).then(|| made_of(snap, config, endpoint, name)).flatten());
        lines.extend((endpoint.kind == EndpointKind::Action).then(|| ids::lines(snap, endpoint)).into_iter().flatten());
        lines.extend(carriers.and_then(|c| carried::remark(snap, endpoint, &c)).map(str::to_owned));
    }
    let facts = snap.facts(endpoint.file);
    lines.extend(facts.as_deref().and_then(|f| captures::captures(f, endpoint, app.as_deref())));
    lines.extend(effects::lines(snap, if absent.is_some() { &[] } else { same }, app.as_deref()));
    let calls = if matches!(seen, Seen::Declared) { call_sites(snap, same) } else { None };
    let place = whereabouts(snap, from, endpoint, if absent.is_some() { &[] } else { same });
    lines.push(calls.into_iter().chain(Some(place).filter(|p| !p.is_empty())).collect::<Vec<_>>().join(" · "));
    lines.retain(|line| !line.is_empty());
    lines.join("  \n")
}

/// `**POST** /dashboard · Server Action`, or its name while no page is known; `**GET** /api/users/[id] · Route Handler`
fn headline(same: &[&Endpoint], app: Option<&App>, sent: Option<&str>, pages: Option<&str>) -> String {
    let Some(endpoint) = same.first() else { return String::new() };
    let address = pages.map_or_else(|| what(endpoint, app), str::to_owned);
    let line = format!("**{}** {address} · {}", methods(same, sent), kind_name(endpoint));
    if endpoint.implicit { format!("{line}, answered by Next.js itself") } else { line }
}

/// `GET`, `GET, POST`; for a function that takes any method, the one that is sent.
fn methods(same: &[&Endpoint], sent: Option<&str>) -> String {
    let names: Vec<&str> =
        same.iter().map(|e| e.method.as_ref().map_or_else(|| sent.unwrap_or("ANY"), |m| m.as_str())).collect();
    names.join(", ")
}

fn what(endpoint: &Endpoint, app: Option<&App>) -> String {
    match &endpoint.url {
        Some(url) => format!("`{}`", full_url(url, app)),
        None => format!("`{}`", label(endpoint)),
    }
}

fn label(endpoint: &Endpoint) -> &str {
    endpoint.label.as_deref().unwrap_or(&endpoint.name)
}

fn kind_name(endpoint: &Endpoint) -> &'static str {
    match (endpoint.kind, endpoint.scope) {
        (EndpointKind::Route, _) => "Route Handler",
        (EndpointKind::Action, Some(ActionScope::Inline)) => "inline Server Action",
        (EndpointKind::Action, _) => "Server Action",
        (EndpointKind::PagesApi, _) => "API Route (`pages/api`)",
        (EndpointKind::Metadata, _) => "Metadata Route",
    }
}

/// The URL as it is requested: with `basePath` and, where Next adds it, the trailing slash.
/// (`normalizeTrailingSlash`: never behind a last segment with a dot.)
pub(crate) fn full_url(url: &str, app: Option<&App>) -> String {
    let base = app.and_then(|a| a.config.base_path.as_deref()).unwrap_or_default();
    let slash = app.is_some_and(|a| a.config.trailing_slash)
        && !url.ends_with('/')
        && !url.rsplit('/').next().is_some_and(|s| s.contains('.') && !s.contains("[..."));
    let url = if url == "/" && !base.is_empty() { "" } else { url };
    format!("{base}{url}{}", if slash { "/" } else { "" })
}

/// What an action takes, what a handler is wrapped in. A handler's parameters are always the same
/// two, and the names of both stand in the first line: only what that doesn't tell.
fn made_of(snap: &Snapshot, config: &Config, endpoint: &Endpoint, name: Option<&str>) -> Option<String> {
    let behind = snap.behind(endpoint);
    let facts = snap.facts(behind.map_or(endpoint.file, |export| export.file))?;
    let (signature, wrapper) = match behind {
        Some(export) => facts.exports.get(export.index as usize).map_or((None, None), of_export),
        None => source(&facts, endpoint),
    };
    let mut said = vec![];
    let named = |parameters: &str| format!("`{}{parameters}`", name.unwrap_or_default());
    match (endpoint.kind, signature) {
        // TypeScript shows it, unless a wrapper stands before the function that is meant
        (EndpointKind::Action, _) if config.typescript_server && wrapper.is_none() => {
            said.extend(name.map(|_| named("")));
        }
        (EndpointKind::Action, Some(s)) if s.parameters.is_empty() && s.returns.is_none() && name.is_none() => {
            said.push("no parameters".to_owned())
        }
        (EndpointKind::Action, Some(s)) => said.push(named(&short::signature(s))),
        (EndpointKind::Action, None) => said.extend(name.map(|_| named(""))),
        // what every handler answers is no news, what is in it may be
        (_, Some(Signature { returns: Some(returns), .. })) if returns.contains("Response<") => {
            said.push(format!("returns `{}`", short::of_type(returns)));
        }
        _ => {}
    }
    said.extend(wrapper.map(|wrapper| format!("wrapped in `{}`", short::chain(wrapper))));
    (!said.is_empty()).then(|| said.join(" · "))
}

/// What is known of the function behind an endpoint, and what it was handed to.
pub(crate) fn source<'f>(facts: &'f FileFacts, endpoint: &Endpoint) -> (Option<&'f Signature>, Option<&'f str>) {
    let export = endpoint.export.and_then(|e| facts.exports.get(e as usize));
    let inline = endpoint.inline_action.and_then(|a| facts.inline_actions.get(a as usize));
    let signature = inline.map(|a| &a.signature).or_else(|| export?.signature.as_ref());
    (signature, export.and_then(|e: &Export| e.wrapper.as_deref()))
}

fn of_export(export: &Export) -> (Option<&Signature>, Option<&str>) {
    (export.signature.as_ref(), export.wrapper.as_deref())
}

/// ``  `id` ← `${id}`  ``, or what the URL is where that can't be read at the cursor; that a hole fits a
/// parameter by its form only, where that isn't said so; and of an element of an action that nothing is
/// sent.
fn request(snap: &Snapshot, from: FileId, link: &Link, endpoint: &Endpoint, app: Option<&App>) -> Option<String> {
    let filled = parameters::parameters(snap, from, link, endpoint, app);
    let mut said: Vec<String> = filled.iter().map(|(name, value)| format!("`{name}` ← `{value}`")).collect();
    if filled.is_empty() {
        let url = link.url.as_deref().filter(|url| url.contains('{'));
        let written = snap.text(from).and_then(|text| Some(text.get(link.range.span())?.replace("${", "{")));
        said.extend(url.filter(|url| !written.is_some_and(|w| w.contains(url))).map(|u| format!("requested as `{u}`")));
    }
    let has_hole = link.url.as_deref().is_some_and(|url| url.contains('{'));
    let has_parameter = endpoint.url.as_deref().is_some_and(|url| url.contains('['));
    if filled.is_empty() && link.certainty == Certainty::Pattern && has_hole && has_parameter {
        said.push("fits by pattern".to_owned());
    }
    if link.url.is_none() && link.kind == "element" {
        said.push("rendered here, not called by POST".to_owned());
    }
    (!said.is_empty()).then(|| said.join(" · "))
}

/// `5 call sites, 2 more in tests`; nothing while the workspace isn't known, nor where none is.
fn call_sites(snap: &Snapshot, same: &[&Endpoint]) -> Option<String> {
    if !snap.is_complete() {
        return None;
    }
    let endpoints: Vec<Endpoint> = same.iter().map(|e| (*e).clone()).collect();
    let sites = |n: usize| format!("{n} call {}", if n == 1 { "site" } else { "sites" });
    match asked::counts(snap, &asked::declared(snap, &endpoints)) {
        (0, 0) => None,
        (0, tests) => Some(format!("{}, in tests only", sites(tests))),
        (n, 0) => Some(sites(n)),
        (n, tests) => Some(format!("{}, {tests} more in tests", sites(n))),
    }
}

/// ``[`app/actions.ts:8`](file:///…#L8)``, and the other methods that the same URL has.
fn whereabouts(snap: &Snapshot, from: FileId, endpoint: &Endpoint, shown: &[&Endpoint]) -> String {
    let mut parts = vec![];
    if endpoint.file != from {
        parts.push(place(snap, endpoint.file, endpoint.range));
    }
    // a thin file stays visible, and so does the function that it passes on
    if let Some(export) = snap.behind(endpoint).filter(|export| export.file != from)
        && let Some((name, _)) = snap.declared_at(export)
    {
        let arrow = format!("→ {}", place(snap, export.file, name));
        match parts.last_mut() {
            Some(thin) => *thin = format!("{thin} {arrow}"),
            None => parts.push(arrow),
        }
    }
    if endpoint.kind == EndpointKind::Route {
        let others: Vec<&str> = snap
            .endpoints(endpoint.file)
            .iter()
            .filter(|e| e.kind == EndpointKind::Route && !e.implicit && shown.iter().all(|s| s.method != e.method))
            .filter_map(|e| e.method.map(Method::as_str))
            .collect();
        if !others.is_empty() {
            parts.push(format!("{} {}", if shown.is_empty() { "has" } else { "also" }, others.join(", ")));
        }
    }
    parts.join(" · ")
}

/// The innermost workspace folder around a path.
fn folder_of<'s>(snap: &'s Snapshot, path: &Path) -> Option<&'s PathBuf> {
    snap.folders().iter().filter(|f| path.starts_with(f)).max_by_key(|f| f.as_os_str().len())
}

/// A link to a line, shown relative to the application or folder.
fn place(snap: &Snapshot, file: FileId, range: TextRange) -> String {
    let path = snap.path(file);
    let root = folder_of(snap, &path);
    let root = root.cloned().or_else(|| snap.app_of(file).map(|a| a.root.to_path_buf()));
    let at = snap.lines(file).map(|l| l.line_col(range.start, syntax::Encoding::Utf16));
    let (line, column) = at.map_or((1, 1), |at| (at.line + 1, at.col + 1));
    let text = root.map_or_else(|| path.to_string_lossy().into_owned(), |r| shown(&path, &r));
    // A code span, for `[id]` would end a link's plain text, and escapes show in a terminal.
    format!("[`{text}:{line}`]({}#L{line},{column})", file_uri(&path))
}

fn file_uri(path: &Path) -> String {
    let mut out = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        out.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b'@' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// At a call: the endpoint, or the candidates.
fn of_link(snap: &Snapshot, config: &Config, from: FileId, link: &Link, endpoints: &[Endpoint]) -> Option<String> {
    let groups = grouped(endpoints);
    if let [same] = groups.as_slice() {
        return Some(card(snap, config, from, same, Seen::Called(link)));
    }
    let sent = link.method.as_deref();
    let are_all = |is: fn(&Endpoint) -> bool| endpoints.iter().all(is);
    let kind = match () {
        () if are_all(|e| e.kind == EndpointKind::Action) => "actions",
        () if are_all(|e| e.url.is_some()) => "routes",
        () => "endpoints",
    };
    let mut lines = vec![format!("**{} {kind} fit**", groups.len())];
    for same in groups.iter().take(MOST_CANDIDATES) {
        let endpoint = same.first()?;
        let what = what(endpoint, app_of(snap, endpoint).as_deref());
        lines.push(format!("**{}** {what} · {}", methods(same, sent), place(snap, endpoint.file, endpoint.range)));
    }
    lines.extend(more(groups.len(), MOST_CANDIDATES));
    Some(lines.join("  \n"))
}

fn more(all: usize, shown: usize) -> Option<String> {
    (all > shown).then(|| format!("and {} more", all - shown))
}

/// At a directive: what it exposes.
fn of_directive(snap: &Snapshot, kind: DirectiveKind, endpoints: &[Endpoint]) -> Option<String> {
    if kind != DirectiveKind::UseServer {
        return None;
    }
    let mut lines = vec![match endpoints {
        [] => "**No Server Action**: this file exports no function".to_owned(),
        [_] => "**1 Server Action** that anyone can call by POST".to_owned(),
        many => format!("**{} Server Actions** that anyone can call by POST", many.len()),
    }];
    for endpoint in endpoints.iter().take(MOST_ACTIONS) {
        let facts = snap.facts(endpoint.file);
        let (signature, wrapper) = facts.as_deref().map_or((None, None), |f| source(f, endpoint));
        let line =
            snap.lines(endpoint.file).map_or(1, |l| l.line_col(endpoint.range.start, syntax::Encoding::Utf8).line + 1);
        let wrapped = wrapper.map(|wrapper| format!(" · wrapped in `{}`", short::chain(wrapper))).unwrap_or_default();
        lines.push(format!(
            "`{}{}`{wrapped} · line {line}",
            label(endpoint),
            signature.map(short::signature).unwrap_or_default()
        ));
    }
    lines.extend(more(endpoints.len(), MOST_ACTIONS));
    Some(lines.join("  \n"))
}

fn app_of(snap: &Snapshot, endpoint: &Endpoint) -> Option<Arc<App>> {
    endpoint.app.and_then(|_| snap.app_of(endpoint.file))
}

#[cfg(test)]
mod tests;
