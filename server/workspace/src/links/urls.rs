//! From a URL expression to the handlers that answer it.

use std::sync::Arc;

use next::Method;
use rustc_hash::FxHashSet;
use syntax::{
    facts::{Callee, Consumer, UrlMethod, UrlSite},
    value::{Case, Entry, HoleKind, Lead, OWN_HOSTS, Piece, Value},
};

use crate::{
    app::App,
    consumers::{self, Consumption},
    endpoint::{Certainty, EndpointId, EndpointKind, Link},
    evaluate::{Evaluator, Member, Scope, Sent},
    interest::Interest,
    paths::FileId,
    programs::Runs,
    rewritten::{link_in_config, rewritten},
    routes::Serves,
    snapshot::Snapshot,
    url::UrlPattern,
};

/// What a URL reaches; `None` when no application serves it, or a page does.
pub(crate) fn link_url(
    snap: &Snapshot,
    file: FileId,
    site: &UrlSite,
    interest: Option<&Interest>,
    depends_on: &mut Vec<FileId>,
) -> Option<Link> {
    if let Some(link) = link_in_config(snap, file, site, depends_on) {
        return link;
    }
    let may_tell = |value: &Value| interest.is_none_or(|i| may_tell(value, i, 0));
    let is_made = matches!(&site.consumer, Consumer::New { constructor } if consumers::makes_request(constructor));
    let is_beginning = matches!(site.consumer, Consumer::KeyTest { .. });
    let mut linking = Linking { snap, file, site, depends_on, is_made, is_beginning };
    let mut consumption = consumers::consumption(&site.consumer);
    // a list in a test is what it goes through
    if consumption.kind == "element" && snap.is_test(file) {
        consumption.kind = "constant";
    }
    let call = site.call.as_ref().map(|c| (&c.call, c.argument));
    // A function of this file that sends what it gets may put something in front.
    let sends = |value: &Value| matches!(value, Value::Function(function) if !function.sends.is_empty());
    let call_may_tell = call
        .is_some_and(|(call, _)| sends(&call.callee) || may_tell(&call.callee) || call.arguments.iter().any(may_tell));
    if site.weak {
        // Other files have to tell a path here.
        if !call_may_tell && !may_tell(&site.url) {
            return None;
        }
    }
    // What is written out is looked at first: a function that gets a path of nobody's is looked into
    // only if it may put something in front.
    let plain = if site.weak { None } else { linking.plain(consumption) };
    // A URL that only a catch-all takes isn't linked as it stands, but may be by what takes it.
    let mut may_be_served = || linking.plain(Consumption { kind: "fetch", default_method: None }).is_some();
    if let Some((call, argument)) = call
        && (plain.is_some() || call_may_tell || (!site.weak && may_be_served()))
    {
        let mut evaluator = Evaluator::new(snap);
        let taken = evaluator.taken_by(call, argument as usize, file, said(&site.consumer));
        linking.depends_on.append(&mut evaluator.through);
        if let Some(first) = taken.sent.first() {
            let kind = consumers::by_name(&first.callee);
            let requests: Vec<Request> = taken.sent.iter().map(|s| Request::sent(s, kind)).collect();
            linking.is_made = consumers::makes_request(&first.callee);
            linking.is_beginning = taken.sent.iter().any(|s| s.is_beginning);
            return linking.requests(kind, &requests);
        }
        if let (Some(method), "argument", false) = (taken.method_beside, consumption.kind, site.weak) {
            let request = linking.as_it_stands(consumption).with_method(&method);
            return linking.requests(consumption, &[request]);
        }
        if let Some(returned) = &taken.returned
            && consumption.kind == "argument"
        {
            // What the function makes of it is taken elsewhere: another host's path is none of ours.
            if is_foreign(snap, file, returned) {
                return None;
            }
            consumption.kind = "part";
            return linking.plain(consumption);
        }
        if site.weak && taken.is_visible {
            return None;
        }
        // What a test gives to a function that only looks at it is data.
        let whose = site.call.as_ref().map_or(Callee::Any, |c| c.callee);
        let is_kept = taken.is_kept || whose == Callee::OwnAndLooks;
        if is_kept && snap.is_test(file) {
            return linking.plain(Consumption { kind: "part", default_method: None });
        }
        // a `fetch` or `redirect` of the project's own that fetches nothing and leads nowhere
        let is_by_name =
            matches!(site.consumer, Consumer::Call { .. } | Consumer::New { .. }) && consumption.kind != "mention";
        let is_another = taken.is_visible || taken.is_declared || whose != Callee::Any;
        if is_by_name && is_another && (consumption.kind != "request" || is_kept) {
            return linking.plain(Consumption { kind: "argument", default_method: None });
        }
    }
    if site.weak { linking.plain(consumption) } else { plain }
}

/// The callee that takes a URL, as it is written.
pub(super) fn said(consumer: &Consumer) -> &str {
    match consumer {
        Consumer::Call { callee, .. } => callee,
        _ => "",
    }
}

/// Whether any import that a value leads to may tell a URL. Names of the module itself may, and what a
/// function yields that is handed on (`useMemo(() => ({ url: '/api/x' }))`).
fn may_tell(value: &Value, interest: &Interest, depth: u32) -> bool {
    const DEEPEST: u32 = 8;
    if depth > DEEPEST {
        return false;
    }
    let deeper = |v: &Value| may_tell(v, interest, depth + 1);
    match value {
        // A path that is written here, in what a function gets: `fetch(absolute('/api/x'))`.
        Value::Text(text) => text.starts_with('/') && text.len() > 1,
        Value::Function(function) => deeper(&function.returns),
        Value::Join(parts) | Value::Either(parts) => parts.iter().any(deeper),
        Value::Choice(choice) => deeper(&choice.yes) || deeper(&choice.no),
        Value::Object(entries) => entries.iter().any(|e| match e {
            Entry::Member(_, value) | Entry::Spread(value) => deeper(value),
        }),
        Value::List(items) => items.iter().any(deeper),
        Value::Hole(hole) => match &hole.lead {
            Some(Lead::Import { specifier, imported }) => interest.told.may_be(specifier, imported),
            Some(Lead::Module(_)) => true,
            Some(Lead::Member(of, _)) => deeper(of),
            Some(Lead::Lookup(lookup)) => deeper(&lookup.of),
            Some(Lead::Defaulted(a, b)) => deeper(a) || deeper(b),
            Some(Lead::Call(call)) => {
                deeper(&call.callee) || matches!(call.callee, Value::Function(_)) || call.arguments.iter().any(deeper)
            }
            Some(Lead::Global(_) | Lead::Parameter { .. } | Lead::This { .. }) | None => false,
        },
    }
}

/// One site that is being linked.
pub(super) struct Linking<'a> {
    pub snap: &'a Snapshot,
    pub file: FileId,
    pub site: &'a UrlSite,
    pub depends_on: &'a mut Vec<FileId>,
    /// A request is made that nobody sends yet: in a test it is a handler's that is called by hand, and
    /// its origin is made up.
    pub is_made: bool,
    /// The URL is the beginning of all that is meant.
    pub is_beginning: bool,
}

impl Linking<'_> {
    /// The site's URL as it stands.
    fn plain(&mut self, consumption: Consumption) -> Option<Link> {
        let request = self.as_it_stands(consumption);
        self.requests(consumption, &[request])
    }

    /// The site's URL as it stands, with what its consumer says of the method.
    pub(super) fn as_it_stands(&mut self, consumption: Consumption) -> Request {
        let site = self.site;
        let mut evaluator = Evaluator::new(self.snap);
        let scope = Scope::of(self.file);
        let url = evaluator.text(&site.url, &scope);
        let method = match &site.method {
            UrlMethod::Known(text) => Said::Cases(Value::Text(text.clone())),
            UrlMethod::Computed(value) => Said::Cases(evaluator.text(value, &scope)),
            UrlMethod::Open(value) => match evaluator.member_text(value, "method", &scope) {
                Member::Text(value) => Said::Cases(value),
                Member::Absent => Said::Default(consumption.default_method),
                Member::Unknown => Said::Default(consumers::default_method(&site.method, consumption)),
            },
            said => Said::Default(consumers::default_method(said, consumption)),
        };
        self.depends_on.append(&mut evaluator.through);
        Request { url, method }
    }

    fn requests(&mut self, consumption: Consumption, requests: &[Request]) -> Option<Link> {
        let (snap, file, site) = (self.snap, self.file, self.site);
        if other_server(snap, file, requests).is_some() {
            return None;
        }
        // An unknown helper may put any host in front, where there is none yet: what only a catch-all
        // takes is a guess there.
        let may_be_foreign = matches!(consumption.kind, "request" | "argument");
        let mut targets: Vec<EndpointId> = vec![];
        // what the files that a URL reaches have instead of the method that is sent
        let mut others: Vec<EndpointId> = vec![];
        let mut methods: Vec<Option<String>> = vec![];
        let (mut exact, mut shown) = (!self.is_beginning, None);
        let asks_itself = requests.iter().flat_map(|r| r.url.cases()).any(|case| begins_with_own_origin(&case.pieces));
        for request in requests {
            for case in request.url.cases() {
                // A key that begins with `/api/users/` has one more segment, which nobody says.
                let is_cut = matches!(case.pieces.last(), Some(Piece::Text(text)) if text.ends_with('/'));
                if self.is_beginning && is_cut {
                    continue;
                }
                let Some(pattern) = pattern_of(snap, file, &case.pieces) else { continue };
                let mut reached = Reached::default();
                let is_by_hand = self.is_made && snap.is_test(file);
                let is_relative = asks_itself || is_relative(&case.pieces, &pattern) || (is_by_hand && !pattern.based);
                reached.add(snap, file, &pattern, may_be_foreign, is_relative);
                if is_by_hand && reached.by_rest {
                    reached.files.retain(|handler| imports(snap, file, *handler));
                    if reached.files.is_empty() {
                        continue;
                    }
                }
                if reached.shown.is_none() {
                    continue;
                }
                shown = shown.or(reached.shown);
                exact &= reached.exact;
                let sent = request.methods(&case);
                for handler in &reached.files {
                    let declared = snap.declared(*handler);
                    self.depends_on.push(*handler);
                    self.depends_on.extend(declared.through.iter());
                    let (ids, is_there) = answering_any(*handler, &declared.endpoints, &sent);
                    let found = if is_there { &mut targets } else { &mut others };
                    for id in ids {
                        if !found.contains(&id) {
                            found.push(id);
                        }
                    }
                }
                for method in sent {
                    if !methods.contains(&method) {
                        methods.push(method);
                    }
                }
            }
        }
        let shown = shown?;
        if targets.is_empty() && others.is_empty() {
            return None; // a handler without methods; `depends_on` says what to watch
        }
        let is_missing = targets.is_empty();
        // A method that isn't there says that an unknown helper asks somebody else.
        if is_missing && may_be_foreign {
            return None;
        }
        let targets = if is_missing { std::mem::take(&mut others) } else { targets };
        // Several targets are a choice, be it of files or, where the method isn't known, of methods.
        let certainty = match targets.len() {
            _ if is_missing => Certainty::Unresolved,
            1 if exact && others.is_empty() => Certainty::Exact,
            1 => Certainty::Pattern,
            _ => Certainty::Ambiguous,
        };
        let method = match methods.as_slice() {
            [Some(method)] => Some(Arc::from(method.as_str())),
            _ => None,
        };
        Some(Link { range: site.range, kind: consumption.kind, method, url: Some(shown.into()), certainty, targets })
    }
}

/// A URL with the method that goes with it.
pub(super) struct Request {
    pub url: Value,
    method: Said,
}

/// What is said of the method.
enum Said {
    /// These texts.
    Cases(Value),
    /// Nothing: this one holds, if any.
    Default(Option<&'static str>),
}

impl Request {
    pub(super) fn sent(sent: &Sent, kind: Consumption) -> Self {
        let method = match &sent.method {
            Some(value) => Said::Cases(value.clone()),
            None => Said::Default(kind.default_method),
        };
        Self { url: sent.url.clone(), method }
    }

    fn with_method(self, method: &str) -> Self {
        Self { method: Said::Cases(Value::Text(method.into())), ..self }
    }

    /// The method under the conditions of one URL; several if it stays open which.
    pub(super) fn methods(&self, url: &Case) -> Vec<Option<String>> {
        match &self.method {
            Said::Default(method) => vec![method.map(str::to_owned)],
            Said::Cases(value) => {
                let mut methods: Vec<Option<String>> = value
                    .clone()
                    .with_nothing_as_text()
                    .cases()
                    .iter()
                    .filter(|case| case.agrees_with(url))
                    .map(|case| match case.pieces.as_slice() {
                        // Lower case is sent as upper case by `fetch` for the standard methods, `patch`
                        // excepted; people mean it all the same.
                        [Piece::Text(text)] => Method::parse_any_case(text).map(|m| m.as_str().to_owned()),
                        [] => Some("GET".to_owned()),
                        _ => None,
                    })
                    .collect();
                methods.dedup();
                methods
            }
        }
    }
}

/// The files that the alternatives of one URL reach.
struct Reached {
    files: Vec<FileId>,
    exact: bool,
    shown: Option<String>,
    /// A catch-all took the rest of the URL.
    by_rest: bool,
}

impl Default for Reached {
    fn default() -> Self {
        Self { files: vec![], exact: true, shown: None, by_rest: false }
    }
}

/// More candidates than anyone reads: the URL says too little.
pub(super) const MOST_CANDIDATES: usize = 12;

impl Reached {
    fn add(&mut self, snap: &Snapshot, file: FileId, pattern: &UrlPattern, may_be_foreign: bool, is_relative: bool) {
        // A file asks the application it lives in; a package's code can run in any of them.
        let apps = snap.app_of(file).map_or_else(|| snap.all_apps(), |app| vec![app]);
        let find = |app: &Arc<App>| find_in(snap, app, pattern, pattern.at_home || (may_be_foreign && !pattern.based));
        let mut found: Vec<_> = apps.iter().map(|app| (Runs::Perhaps, find(app))).collect();
        if found.iter().all(|(_, found)| found.is_empty()) {
            return;
        }
        for ((runs, _), known) in found.iter_mut().zip(snap.runs_in(file, &apps)) {
            *runs = known;
        }
        let near = snap.depends_directly(file, &apps);
        let mut found: Vec<_> = found.into_iter().zip(near).collect();
        // Without an origin in front, or with its own, another program's code asks that program.
        found.retain(|((runs, _), _)| !is_relative || *runs != Runs::Never);
        // A route that is served as it is written goes before one that takes whatever there is.
        found.sort_by_key(|((runs, found), is_near)| {
            (*runs, found.iter().map(|f| (f.is_rewritten, f.dynamic)).min(), !is_near)
        });
        let mut seen = FxHashSet::default();
        for ((_, found), _) in found {
            if found.len() > MOST_CANDIDATES {
                continue;
            }
            for Found { handler, exact, by_rest, .. } in found {
                if seen.insert(handler) && !self.files.contains(&handler) {
                    self.files.push(handler);
                }
                self.exact &= exact && !pattern.based;
                self.by_rest |= by_rest;
                self.shown.get_or_insert_with(|| pattern.shown());
            }
        }
    }
}

/// The path of a URL in a file, if it is one that the repository's applications may serve.
pub(super) fn pattern_of(snap: &Snapshot, file: FileId, pieces: &[Piece]) -> Option<UrlPattern> {
    let begins_with_host = || matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with("http"));
    UrlPattern::new(pieces).or_else(|| {
        let home = begins_with_host().then(|| snap.home_of(file))??;
        UrlPattern::at_home(pieces, &home)
    })
}

/// The port of another server on this machine that requests go to. Where a base is a setting or that
/// (`process.env.API_URL ?? 'http://localhost:3333'`), the port tells whose base it is.
pub(super) fn other_server(snap: &Snapshot, file: FileId, requests: &[Request]) -> Option<u16> {
    let mut ports = requests.iter().flat_map(|r| r.url.cases()).filter_map(|case| own_port(&case.pieces));
    ports.find(|port| snap.is_other_port(file, *port))
}

/// The port in `http://localhost:3000/…`.
pub(super) fn own_port(pieces: &[Piece]) -> Option<u16> {
    let Some(Piece::Text(text)) = pieces.first() else { return None };
    let (host, port) = text.strip_prefix("http://")?.split(['/', '?', '#']).next()?.split_once(':')?;
    OWN_HOSTS.contains(&host).then(|| port.parse().ok())?
}

/// Whether a URL has another host, whatever its holes are.
fn is_foreign(snap: &Snapshot, file: FileId, url: &Value) -> bool {
    let cases = url.cases();
    let begins_with_host = |case: &Case| matches!(case.pieces.first(), Some(Piece::Text(text)) if text.contains("://"));
    !cases.is_empty()
        && cases.iter().all(|case| begins_with_host(case) && pattern_of(snap, file, &case.pieces).is_none())
}

/// Whether a file imports another by its name, `import('…')` included.
fn imports(snap: &Snapshot, file: FileId, other: FileId) -> bool {
    let facts = snap.facts(file);
    facts.is_some_and(|f| f.specifiers.iter().any(|s| snap.resolve(file, &s.text) == Some(other)))
}

/// Whether no origin stands in front.
pub(super) fn is_relative(pieces: &[Piece], pattern: &UrlPattern) -> bool {
    !pattern.based && matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with('/'))
}

/// Whether the origin in front is the one that the code itself is asked at or runs at
/// (`location.origin`, `request.nextUrl.origin`, `new URL(request.url).origin`).
fn begins_with_own_origin(pieces: &[Piece]) -> bool {
    let Some(Piece::Hole { source, kind: HoleKind::Base }) = pieces.first() else { return false };
    let Some(of) = source.strip_suffix(".origin") else { return false };
    let last = |text: &str, names: &[&str]| names.contains(&text.rsplit(['.', '?', ' ']).next().unwrap_or_default());
    match of.strip_prefix("new URL(").and_then(|argument| argument.strip_suffix(')')) {
        Some(argument) => argument
            .strip_suffix(".url")
            .is_some_and(|request| last(request.trim_end_matches('?'), &["req", "request", "raw"])),
        None => last(of, &["url", "nextUrl", "location", "self"]) && !of.contains("env."),
    }
}

/// A handler that a URL reaches in one application.
struct Found {
    handler: FileId,
    exact: bool,
    by_rest: bool,
    /// How many segments of its route are parameters.
    dynamic: usize,
    /// A rule of the configuration leads there.
    is_rewritten: bool,
}

fn find_in(snap: &Snapshot, app: &App, pattern: &UrlPattern, may_be_foreign: bool) -> Vec<Found> {
    let table = app.routes(snap.paths());
    let inside = pattern.without_base_path(app.config.base_path.as_deref());
    let mut found = vec![];
    for (url, certain) in rewritten(snap, app, pattern) {
        let fits = table.find(&url);
        // Where a page fits best, the URL is a page's.
        if fits.first().is_some_and(|f| f.served.serves == Serves::Page || (may_be_foreign && f.by_rest)) {
            continue;
        }
        // `fetch(`/api/${path}`)` in a wrapper: those who call it say what is fetched.
        if fits.first().is_some_and(|f| f.guessed) && pattern.is_left_to_callers() {
            continue;
        }
        let shown = url.shown();
        let is_rewritten = shown != pattern.shown() && inside.as_ref().is_none_or(|i| shown != i.shown());
        let handlers = fits.iter().filter(|f| f.served.serves != Serves::Page);
        found.extend(handlers.map(|f| Found {
            handler: f.served.file,
            exact: f.exact && certain,
            // `[[...rest]]` that takes nothing is a route like any other
            by_rest: f.by_rest && f.served.url.split('/').count() <= url.segments.len() + 1,
            dynamic: f.served.url.matches('[').count(),
            is_rewritten,
        }));
    }
    found
}

/// The endpoints of a file that answer any of these methods, and whether any does; where none does, all
/// that it has (it answers 405, and the reader wants to see what there is).
fn answering_any(file: FileId, endpoints: &[crate::Endpoint], methods: &[Option<String>]) -> (Vec<EndpointId>, bool) {
    let wanted: Vec<Method> = methods.iter().filter_map(|m| Method::parse(m.as_deref()?)).collect();
    let is_known = !wanted.is_empty() && wanted.len() == methods.len();
    let mut found: Vec<EndpointId> =
        wanted.into_iter().filter_map(|method| answering(file, endpoints, method)).collect();
    let is_there = !found.is_empty() || !is_known;
    if found.is_empty() || !is_known {
        found.extend(declared(file, endpoints));
    }
    (found, is_there)
}

/// The endpoint of a file that answers a method.
fn answering(file: FileId, endpoints: &[crate::Endpoint], method: Method) -> Option<EndpointId> {
    let answers = |e: &crate::Endpoint| e.kind != EndpointKind::Action && e.method.is_none_or(|m| m == method);
    let index = endpoints.iter().position(answers)?;
    Some(EndpointId { file, index: index as u32 })
}

/// What a file declares that answers HTTP requests to its URL.
pub(crate) fn declared(file: FileId, endpoints: &[crate::Endpoint]) -> Vec<EndpointId> {
    let counts = |e: &crate::Endpoint| e.kind != EndpointKind::Action && !e.implicit;
    let numbered = endpoints.iter().enumerate().filter(|(_, e)| counts(e));
    numbered.map(|(index, _)| EndpointId { file, index: index as u32 }).collect()
}
