//! Requests that reach no endpoint, each with the reason. Nothing of this is kept: it is found out
//! when somebody asks why a jump is missing.

use std::sync::Arc;

use memchr::memmem;
use rayon::prelude::*;
use syntax::{
    TextRange, extract,
    facts::{Consumer, UrlSite},
    parse,
    value::{Case, HoleKind, Lead, OWN_HOSTS, Piece, Value},
};

use super::urls::{Linking, MOST_CANDIDATES, Request, is_relative, other_server, own_port, pattern_of, said};
use crate::{
    app::App,
    consumers,
    evaluate::Evaluator,
    paths::FileId,
    programs::Runs,
    rewritten::rewritten,
    routes::Serves,
    snapshot::Snapshot,
    url::{Part, UrlPattern},
};

/// A request that reaches no endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Unresolved {
    /// The expression that holds the URL.
    pub range: TextRange,
    /// As a link's: `fetch`, `swr`, `form`, …
    pub kind: &'static str,
    /// The method that is sent; `None` when it isn't known.
    pub method: Option<Arc<str>>,
    /// The URL as far as it is known, with holes as `{expression}`.
    pub url: Arc<str>,
    /// Why.
    pub reason: Reason,
}

/// Why a request reaches no endpoint; what can be mended comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The URL is known, but nothing serves it: in that application, if it is one that was asked.
    NoRoute(Option<FileId>),
    /// Its file exports no method.
    NoMethod(FileId),
    /// A rewrite or redirect leads to another host, or is computed.
    RewrittenAway(FileId),
    /// So many endpoints fit that none is told.
    TooMany(usize),
    /// An endpoint fits, but the way from there to the request is one that isn't followed.
    Unfollowed(FileId),
    /// Only a catch-all or a route that begins with a parameter fits: everything would.
    Guess(FileId),
    /// A page answers.
    Page(FileId),
    /// The code is another program's: no application depends on its package.
    OtherProgram,
    /// What stands in front of the path isn't known, or what takes it may put anything there.
    UnknownBase(Box<str>),
    /// The first part that isn't known is a parameter of a function around it: see its callers.
    Parameter(Box<str>),
    /// A name or member isn't known.
    UnknownVariable(Box<str>),
    /// A call or another expression makes it.
    Computed(Box<str>),
    /// Neither a path from the root nor a URL.
    NotAPath,
    /// Another host.
    External(Box<str>),
}

impl Reason {
    /// As the JSON contract spells it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NoRoute(_) => "no-route",
            Self::NoMethod(_) => "no-method",
            Self::RewrittenAway(_) => "rewritten-away",
            Self::TooMany(_) => "too-many",
            Self::Unfollowed(_) => "unfollowed",
            Self::Guess(_) => "guess",
            Self::Page(_) => "page",
            Self::OtherProgram => "other-program",
            Self::UnknownBase(_) => "unknown-base",
            Self::Parameter(_) => "parameter",
            Self::UnknownVariable(_) => "unknown-variable",
            Self::Computed(_) => "computed",
            Self::NotAPath => "not-a-path",
            Self::External(_) => "external",
        }
    }
}

/// What a file that sends a request by itself holds.
const SENDERS: [&str; 11] = [
    "fetch",
    "useSWR",
    "axios",
    "EventSource",
    "sendBeacon",
    "Request(",
    ".open(",
    "ky",
    "got",
    "superagent",
    "preload",
];

impl Snapshot {
    /// The requests of all files that reach no endpoint, by path and place. Reads files that are
    /// otherwise never parsed.
    #[must_use]
    pub fn unresolved(&self) -> Vec<(FileId, Vec<Unresolved>)> {
        let mut files: Vec<_> = self.stamps.keys().chain(self.open.keys()).map(|f| (self.path(*f), *f)).collect();
        files.sort();
        files.dedup();
        files
            .into_par_iter()
            .with_max_len(16)
            .filter(|_| !self.is_cancelled())
            .map(|(_, file)| (file, self.unresolved_in(file)))
            .filter(|(_, found)| !found.is_empty())
            .collect()
    }

    /// The requests of one file that reach no endpoint, by place.
    #[must_use]
    pub fn unresolved_in(&self, file: FileId) -> Vec<Unresolved> {
        let Some(grammar) = self.path(file).file_name().and_then(|n| parse::Grammar::for_file(n.to_str()?)) else {
            return vec![];
        };
        let Some(text) = self.text(file) else { return vec![] };
        let is_indexed = self.index.links.contains_key(&file) || self.open.contains_key(&file);
        if !is_indexed && !SENDERS.iter().any(|name| memmem::find(text.as_bytes(), name.as_bytes()).is_some()) {
            return vec![];
        }
        let (Some(facts), Some(tree)) = (self.facts(file), parse::parse(&text, grammar, None)) else { return vec![] };
        let mut sites = extract::requests(&tree, grammar, &text, &facts, &consumers::sends);
        // Of a URL in a URL (`fetch(withQuery('/api/x'))`) the inner one is told.
        sites.sort_by_key(|site| site.range.end - site.range.start);
        let links = self.links(file);
        let mut told: Vec<TextRange> = links.iter().filter(|link| link.url.is_some()).map(|link| link.range).collect();
        let mut found = vec![];
        for site in &sites {
            let is_told = told.iter().any(|range| site.range.covers(*range) || range.covers(site.range));
            let written = text.get(site.range.span()).unwrap_or_default();
            if !is_told && let Some(unresolved) = self.why_unresolved(file, site, written) {
                told.push(site.range);
                found.push(unresolved);
            }
        }
        found.sort_by_key(|unresolved| unresolved.range);
        found
    }

    /// `None` if a site sends no request.
    fn why_unresolved(&self, file: FileId, site: &UrlSite, written: &str) -> Option<Unresolved> {
        let mut consumption = match &site.consumer {
            // `xhr.open('POST', url)`
            Consumer::Call { callee, argument: 1 } if callee.ends_with(".open") => consumers::by_name("xhr.open"),
            consumer => consumers::consumption(consumer),
        };
        let mut requests: Vec<Request> = vec![];
        if let Some(call) = &site.call {
            let taken = Evaluator::new(self).taken_by(&call.call, call.argument as usize, file, said(&site.consumer));
            if let Some(first) = taken.sent.first() {
                consumption = consumers::by_name(&first.callee);
                requests = taken.sent.iter().map(|sent| Request::sent(sent, consumption)).collect();
            } else if taken.is_visible {
                return None; // a function that sends nothing of it
            }
        }
        if !consumers::is_request(consumption.kind) {
            return None;
        }
        let mut opaque = None;
        if requests.is_empty() {
            opaque = opaque_callee(&site.consumer);
            let mut linking =
                Linking { snap: self, file, site, depends_on: &mut vec![], is_made: false, is_beginning: false };
            requests.push(linking.as_it_stands(consumption));
        }
        let mut parameters = vec![];
        parameters_of(&site.url, &mut parameters, 0);
        let why = Why { snap: self, file, kind: consumption.kind, parameters, opaque };
        let other = other_server(self, file, &requests);
        let mut best: Option<(Reason, Case, &Request)> = None;
        for request in &requests {
            for mut case in request.url.cases() {
                name_holes(&mut case.pieces, written);
                let reason = match other {
                    Some(port) => (own_port(&case.pieces) == Some(port))
                        .then(|| Reason::External(format!("localhost:{port}").into())),
                    None => why.reason(&case.pieces),
                };
                if let Some(reason) = reason
                    && best.as_ref().is_none_or(|(known, ..)| reason < *known)
                {
                    best = Some((reason, case, request));
                }
            }
        }
        let (reason, case, request) = best?;
        let method = match request.methods(&case).as_slice() {
            [Some(method)] => Some(Arc::from(method.as_str())),
            _ => None,
        };
        Some(Unresolved { range: site.range, kind: consumption.kind, method, url: shown(&case.pieces).into(), reason })
    }
}

/// The callee where it may put anything in front: a method of something that isn't looked into.
fn opaque_callee(consumer: &Consumer) -> Option<Box<str>> {
    match consumer {
        Consumer::Call { callee, .. } if callee.contains('.') && !consumers::sends(callee, false) => {
            Some(callee.clone())
        }
        _ => None,
    }
}

/// What has no name of its own is told as it is written.
fn name_holes(pieces: &mut [Piece], written: &str) {
    const LONGEST: usize = 60;
    for piece in pieces {
        if let Piece::Hole { source, .. } = piece
            && matches!(&**source, "…" | "{…}" | "() => …")
        {
            let mut text = written.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.len() > LONGEST {
                text.truncate(text.floor_char_boundary(LONGEST));
                text.push('…');
            }
            *source = text.into();
        }
    }
}

struct Why<'s> {
    snap: &'s Snapshot,
    file: FileId,
    kind: &'static str,
    /// Holes that parameters fill.
    parameters: Vec<Box<str>>,
    /// What takes the URL and may put anything in front.
    opaque: Option<Box<str>>,
}

impl Why<'_> {
    /// Why one text reaches nothing; `None` where there is none, or it is no URL at all.
    fn reason(&self, pieces: &[Piece]) -> Option<Reason> {
        let unknown = |source: &str| self.unknown(source);
        let Some(pattern) = pattern_of(self.snap, self.file, pieces) else {
            return Some(match pieces {
                [] => return None,
                // `<form action={save}>`, `useSWR('user')`
                [Piece::Hole { .. }, ..] if self.kind == "form" => return None,
                [Piece::Text(text), ..] if self.kind != "fetch" && !text.contains('/') => return None,
                [Piece::Hole { source, .. }, Piece::Text(text), ..] if text.starts_with('/') => {
                    Reason::UnknownBase(source.clone())
                }
                [Piece::Hole { source, .. }, ..] => unknown(source),
                [Piece::Text(text), rest @ ..] => match host(text, rest) {
                    Some(Host::Text(host)) => Reason::External(host.into()),
                    Some(Host::Hole(source)) => Reason::UnknownBase(source),
                    // `http://localhost:3000${path}`
                    None => match rest.first().filter(|_| text.contains("://")) {
                        Some(Piece::Hole { source, .. }) => unknown(source),
                        _ => Reason::NotAPath,
                    },
                },
            });
        };
        let first = pattern.segments.first()?;
        if let Some(source) = first.iter().find_map(|part| match part {
            Part::Hole { source, .. } => Some(source),
            Part::Text(_) => None,
        }) {
            return Some(unknown(source));
        }
        let own = self.snap.app_of(self.file);
        let apps = own.clone().map_or_else(|| self.snap.all_apps(), |app| vec![app]);
        let runs = self.snap.runs_in(self.file, &apps);
        let runs_nowhere = is_relative(pieces, &pattern) && !runs.is_empty() && runs.iter().all(|r| *r == Runs::Never);
        if runs_nowhere {
            return Some(Reason::OtherProgram);
        }
        if let Some(callee) = &self.opaque {
            return Some(Reason::UnknownBase(callee.clone()));
        }
        // `/api/${path}` in a wrapper: its callers say what is fetched.
        if pattern.is_left_to_callers()
            && let Some(Part::Hole { source, .. }) = pattern.segments.last().and_then(|s| s.first())
        {
            return Some(Reason::Parameter(source.clone()));
        }
        let in_apps = apps.iter().filter_map(|app| self.in_app(app, &pattern)).min();
        Some(in_apps.unwrap_or_else(|| match pieces {
            // Another host than one's own may be meant.
            [Piece::Hole { source, .. }, ..] if pattern.based => Reason::UnknownBase(source.clone()),
            [Piece::Text(text), rest @ ..] => match host(text, rest) {
                Some(Host::Text(host)) => Reason::External(host.into()),
                Some(Host::Hole(source)) => Reason::UnknownBase(source),
                None => Reason::NoRoute(own.map(|app| app.id)),
            },
            _ => Reason::NoRoute(own.map(|app| app.id)),
        }))
    }

    fn in_app(&self, app: &App, pattern: &UrlPattern) -> Option<Reason> {
        let table = app.routes(self.snap.paths());
        let urls = rewritten(self.snap, app, pattern);
        if urls.is_empty() {
            return Some(Reason::RewrittenAway(app.id));
        }
        urls.iter().find_map(|(url, _)| {
            let fits = table.find(url);
            Some(match fits.first() {
                Some(fit) if fit.served.serves == Serves::Page => Reason::Page(fit.served.file),
                Some(_) if fits.len() > MOST_CANDIDATES => Reason::TooMany(fits.len()),
                Some(fit) if self.snap.endpoints(fit.served.file).iter().all(|e| e.implicit) => {
                    Reason::NoMethod(fit.served.file)
                }
                Some(fit) if fit.by_rest => Reason::Guess(fit.served.file),
                Some(fit) => Reason::Unfollowed(fit.served.file),
                None => match table.serves(url)? {
                    served if served.serves == Serves::Page => Reason::Page(served.file),
                    served => Reason::Guess(served.file),
                },
            })
        })
    }

    fn unknown(&self, source: &str) -> Reason {
        let is_name = |c: char| c.is_alphanumeric() || "_$.?![]'\"#".contains(c);
        if self.parameters.iter().any(|p| **p == *source) {
            Reason::Parameter(source.into())
        } else if source.chars().all(is_name) {
            Reason::UnknownVariable(source.into())
        } else {
            Reason::Computed(source.into())
        }
    }
}

enum Host {
    Text(String),
    Hole(Box<str>),
}

/// The host of a URL that begins with text.
fn host(text: &str, rest: &[Piece]) -> Option<Host> {
    let (scheme, after) = match text.strip_prefix("//") {
        Some(after) => ("https", after),
        None => match text.split_once("://") {
            Some((scheme, after)) => (scheme, after),
            None => {
                let (scheme, _) = text.split_once(':')?; // `data:`, `blob:`
                return scheme.chars().all(char::is_alphanumeric).then(|| Host::Text(format!("{scheme}:")));
            }
        },
    };
    if !scheme.chars().all(|c| c.is_alphanumeric() || c == '+') {
        return None;
    }
    if after.is_empty() {
        let continues = |piece: Option<&Piece>| matches!(piece, Some(Piece::Text(text)) if text.starts_with('.'));
        match rest.first() {
            // `https://${region}.example.com`
            Some(Piece::Hole { .. }) if continues(rest.get(1)) => {}
            Some(Piece::Hole { source, .. }) => return Some(Host::Hole(source.clone())),
            _ => return None,
        }
    }
    let mut host = String::new();
    let first = Piece::Text(after.to_owned());
    for piece in std::iter::once(&first).chain(rest) {
        match piece {
            Piece::Text(text) => {
                let end = text.find(['/', '?', '#']);
                host.push_str(text.get(..end.unwrap_or(text.len())).unwrap_or_default());
                if end.is_some() {
                    break;
                }
            }
            Piece::Hole { source, .. } => host.push_str(&format!("{{{source}}}")),
        }
    }
    let is_own = OWN_HOSTS.contains(&host.split(':').next().unwrap_or_default());
    (!is_own).then_some(Host::Text(host))
}

fn shown(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole { source, .. } => format!("{{{source}}}"),
        })
        .collect()
}

/// The holes that parameters of functions around an expression fill.
fn parameters_of(value: &Value, found: &mut Vec<Box<str>>, depth: u32) {
    const DEEPEST: u32 = 16;
    if depth > DEEPEST {
        return;
    }
    fn is_parameter(value: &Value, depth: u32) -> bool {
        let Value::Hole(hole) = value else { return false };
        depth < DEEPEST
            && match &hole.lead {
                Some(Lead::Parameter { .. }) => true,
                Some(Lead::Member(of, _) | Lead::Defaulted(of, _)) => is_parameter(of, depth + 1),
                Some(Lead::Call(call)) => match &call.callee {
                    // `path.trim()`
                    Value::Hole(callee) => {
                        matches!(&callee.lead, Some(Lead::Member(of, _)) if is_parameter(of, depth + 1))
                    }
                    _ => false,
                },
                _ => false,
            }
    }
    match value {
        Value::Hole(hole) => {
            let may_be = matches!(hole.kind, HoleKind::Unknown | HoleKind::Parameter);
            if may_be && (is_parameter(value, depth) || hole.kind == HoleKind::Parameter) {
                found.push(hole.source.clone());
            }
        }
        Value::Join(parts) | Value::Either(parts) => parts.iter().for_each(|p| parameters_of(p, found, depth + 1)),
        Value::Choice(choice) => {
            parameters_of(&choice.yes, found, depth + 1);
            parameters_of(&choice.no, found, depth + 1);
        }
        Value::List(items) => items.iter().take(1).for_each(|p| parameters_of(p, found, depth + 1)),
        Value::Text(_) | Value::Object(_) | Value::Function(_) => {}
    }
}

#[cfg(test)]
mod tests;
