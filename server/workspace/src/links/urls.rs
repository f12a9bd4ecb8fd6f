//! From a URL expression to the handlers that answer it.

use std::sync::Arc;

use next::Method;
use rustc_hash::FxHashSet;
use syntax::facts::UrlSite;

use crate::{
    app::App,
    consumers,
    endpoint::{Certainty, EndpointId, EndpointKind, Link},
    paths::FileId,
    rewritten::{link_in_config, rewritten},
    routes::Serves,
    snapshot::Snapshot,
    url::UrlPattern,
};

/// What a URL reaches; `None` when no application serves it, or a page does.
pub(crate) fn link_url(snap: &Snapshot, file: FileId, site: &UrlSite, depends_on: &mut Vec<FileId>) -> Option<Link> {
    if let Some(link) = link_in_config(snap, file, site, depends_on) {
        return link;
    }
    let consumption = consumers::consumption(&site.consumer);
    let method = consumers::method(&site.method, consumption);
    let mut reached = Reached::default();
    for pieces in site.url.alternatives() {
        let Some(pattern) = UrlPattern::new(&pieces) else { continue };
        // An unknown helper may put any host in front, where there is none yet: what only a catch-all
        // takes is a guess there.
        let may_be_foreign = matches!(consumption.kind, "request" | "argument");
        reached.add(snap, file, &pattern, may_be_foreign);
    }
    let shown = reached.shown.take()?;
    let mut targets: Vec<EndpointId> = vec![];
    for handler in &reached.files {
        let declared = snap.declared(*handler);
        depends_on.push(*handler);
        depends_on.extend(declared.through.iter());
        targets.extend(answering(*handler, &declared.endpoints, method.as_deref()));
    }
    if targets.is_empty() {
        return None; // a handler without methods; `depends_on` says what to watch
    }
    // Several targets are a choice, be it of files or, where the method isn't known, of methods.
    let certainty = match targets.len() {
        1 if reached.exact => Certainty::Exact,
        1 => Certainty::Pattern,
        _ => Certainty::Ambiguous,
    };
    Some(Link {
        range: site.range,
        kind: consumption.kind,
        method: method.map(Arc::from),
        url: Some(shown.into()),
        certainty,
        targets,
    })
}

/// The files that the alternatives of one URL reach.
struct Reached {
    files: Vec<FileId>,
    exact: bool,
    shown: Option<String>,
}

impl Default for Reached {
    fn default() -> Self {
        Self { files: vec![], exact: true, shown: None }
    }
}

/// More candidates than anyone reads: the URL says too little.
const MOST_CANDIDATES: usize = 12;

impl Reached {
    fn add(&mut self, snap: &Snapshot, file: FileId, pattern: &UrlPattern, may_be_foreign: bool) {
        // A file asks the application it lives in; a package's code can run in any of them.
        let apps = snap.app_of(file).map_or_else(|| snap.all_apps(), |app| vec![app]);
        let mut seen = FxHashSet::default();
        for app in apps {
            let found = find_in(snap, &app, pattern, may_be_foreign && !pattern.based);
            if found.len() > MOST_CANDIDATES {
                continue;
            }
            for (handler, exact) in found {
                if seen.insert(handler) && !self.files.contains(&handler) {
                    self.files.push(handler);
                }
                self.exact &= exact && !pattern.based;
                self.shown.get_or_insert_with(|| pattern.shown());
            }
        }
    }
}

fn find_in(snap: &Snapshot, app: &App, pattern: &UrlPattern, may_be_foreign: bool) -> Vec<(FileId, bool)> {
    let table = app.routes(snap.paths());
    let mut found = vec![];
    for (url, certain) in rewritten(snap, app, pattern) {
        let fits = table.find(&url);
        // Where a page fits best, the URL is a page's.
        if fits.first().is_some_and(|f| f.served.serves == Serves::Page || (may_be_foreign && f.by_rest)) {
            continue;
        }
        let handlers = fits.iter().filter(|f| f.served.serves != Serves::Page);
        found.extend(handlers.map(|f| (f.served.file, f.exact && certain)));
    }
    found
}

/// The endpoints of a file that answer a method: the one, or all where the method is not known or
/// not there (it answers 405, and the reader wants to see what there is).
pub(crate) fn answering(file: FileId, endpoints: &[crate::Endpoint], method: Option<&str>) -> Vec<EndpointId> {
    let id = |index: usize| EndpointId { file, index: index as u32 };
    let http: Vec<usize> =
        (0..endpoints.len()).filter(|i| endpoints.get(*i).is_some_and(|e| e.kind != EndpointKind::Action)).collect();
    let wanted = method.and_then(Method::parse);
    let one = http
        .iter()
        .find(|i| endpoints.get(**i).is_some_and(|e| wanted.is_some() && (e.method == wanted || e.method.is_none())));
    match one {
        Some(index) => vec![id(*index)],
        None => http.into_iter().filter(|i| endpoints.get(*i).is_some_and(|e| !e.implicit)).map(id).collect(),
    }
}
