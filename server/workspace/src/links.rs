//! Links: from the places in one file that reach an endpoint, to the endpoints.

use std::sync::Arc;

use next::Method;
use rustc_hash::FxHashSet;
use syntax::facts::{FileFacts, Imported, UrlSite, Use, UseKind, Used};

use crate::{
    app::App,
    consumers,
    endpoint::{Certainty, EndpointId, EndpointKind, Link},
    follow::{Followed, Walk},
    paths::FileId,
    routes::Serves,
    snapshot::Snapshot,
    url::UrlPattern,
};

/// The links of one file, and every file whose facts they were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FileLinks {
    pub links: Vec<Link>,
    /// Sorted, each once, without the file itself.
    pub depends_on: Vec<FileId>,
}

/// Links a whole file. `may_matter` says cheaply that a module specifier can't lead to an action.
pub(crate) fn link_file(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    may_matter: &dyn Fn(&str) -> bool,
) -> FileLinks {
    let mut out = FileLinks::default();
    let matters: Vec<bool> = facts.specifiers.iter().map(|s| may_matter(&s.text)).collect();
    let is_candidate = |specifier: u32| matters.get(specifier as usize).copied().unwrap_or(false);
    for used in &facts.uses {
        let leads_out = match used.used {
            Used::Import(import) => facts.imports.get(import as usize).is_some_and(|i| is_candidate(i.specifier)),
            Used::Module(specifier) => is_candidate(specifier),
            Used::Export(_) | Used::InlineAction(_) => true,
        };
        if leads_out {
            out.links.extend(link_use(snap, file, facts, used, &mut out.depends_on));
        }
    }
    for site in &facts.urls {
        out.links.extend(link_url(snap, file, site, &mut out.depends_on));
    }
    out.links.sort_by_key(|l| l.range);
    out.depends_on.sort_unstable();
    out.depends_on.dedup();
    out.depends_on.retain(|f| *f != file);
    out
}

/// What a use of a binding reaches; `None` when it is no endpoint.
pub(crate) fn link_use(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    used: &Use,
    depends_on: &mut Vec<FileId>,
) -> Option<Link> {
    let mut walk = Walk::new(snap);
    let target = match &used.used {
        Used::Export(export) => Target::Export(file, *export),
        Used::InlineAction(action) => Target::Inline(file, *action),
        Used::Import(import) => {
            let import = facts.imports.get(*import as usize)?;
            let followed = walk.import(file, facts.specifier(import.specifier)?, &import.imported);
            depends_on.extend(&walk.through);
            taken(&mut walk, followed?, used)?
        }
        Used::Module(specifier) => {
            let followed = walk.import(file, facts.specifier(*specifier)?, &Imported::Namespace);
            depends_on.extend(&walk.through);
            taken(&mut walk, followed?, used)?
        }
    };
    depends_on.extend(&walk.through);
    let (id, on_member) = match target {
        Target::Export(file, export) => (action_by(snap, file, |e| e.export == Some(export), depends_on)?, false),
        Target::Member(file, export) => (action_by(snap, file, |e| e.export == Some(export), depends_on)?, true),
        Target::Inline(file, action) => {
            (action_by(snap, file, |e| e.inline_action == Some(action), depends_on)?, false)
        }
    };
    Some(Link {
        range: if on_member { used.range } else { used.head },
        kind: kind_name(used.kind),
        method: Some("POST".into()),
        url: None,
        certainty: Certainty::Exact,
        targets: vec![id],
    })
}

/// What a use of a binding stands on.
enum Target {
    /// The binding is this export.
    Export(FileId, u32),
    /// The binding's member is.
    Member(FileId, u32),
    /// The binding is this inline action.
    Inline(FileId, u32),
}

fn taken(walk: &mut Walk, followed: Followed, used: &Use) -> Option<Target> {
    match (followed, &used.member) {
        (Followed::Export(file, export), _) => Some(Target::Export(file, export)),
        (Followed::Module(_), Some(member)) => match walk.member(followed, member)? {
            Followed::Export(file, export) => Some(Target::Member(file, export)),
            Followed::Module(_) => None,
        },
        (Followed::Module(_), None) => None,
    }
}

fn action_by(
    snap: &Snapshot,
    file: FileId,
    is: impl Fn(&crate::Endpoint) -> bool,
    depends_on: &mut Vec<FileId>,
) -> Option<EndpointId> {
    let declared = snap.declared(file);
    depends_on.extend(declared.through.iter());
    let index = declared.endpoints.iter().position(|e| e.kind == EndpointKind::Action && is(e))?;
    Some(EndpointId { file, index: index as u32 })
}

const fn kind_name(kind: UseKind) -> &'static str {
    match kind {
        UseKind::Call => "call",
        UseKind::Bind => "bind",
        UseKind::Hook => "hook",
        UseKind::Argument => "argument",
        UseKind::FormAction => "form-action",
        UseKind::Prop => "prop",
        UseKind::Element => "element",
        UseKind::Member => "member",
        UseKind::Alias => "alias",
        UseKind::Mention => "mention",
    }
}

/// What a URL reaches; `None` when no application serves it, or a page does.
pub(crate) fn link_url(snap: &Snapshot, file: FileId, site: &UrlSite, depends_on: &mut Vec<FileId>) -> Option<Link> {
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
    let with_base = pattern.without_base_path(app.config.base_path.as_deref());
    let fits = with_base.map(|p| table.find(&p)).filter(|f| !f.is_empty()).unwrap_or_else(|| table.find(pattern));
    // Where a page fits best, the URL is a page's.
    if fits.first().is_some_and(|f| f.served.serves == Serves::Page || (may_be_foreign && f.by_rest)) {
        return vec![];
    }
    fits.iter().filter(|f| f.served.serves != Serves::Page).map(|f| (f.served.file, f.exact)).collect()
}

/// The endpoints of a file that answer a method: the one, or all where the method is not known or
/// not there (it answers 405, and the reader wants to see what there is).
fn answering(file: FileId, endpoints: &[crate::Endpoint], method: Option<&str>) -> Vec<EndpointId> {
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
