//! The answers as documents: what `--format json` prints, and what the tables are drawn from.
//!
//! Keys and their order are a contract with programs. `line` and `column` are 1-based, columns count
//! Unicode characters, paths are relative to the folder that was asked about, with `/`.

mod conversion;
mod format;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use ide::{AppRow, CallRow, EndpointRow, TargetRow};
use serde::Serialize;
use syntax::{Encoding, LineCol, TextRange, lines::LineIndex};
use workspace::{ActionScope, EndpointKind, FileId, Reason, Snapshot};

use super::place::relative;

pub use conversion::Converted;
pub use format::print;
#[cfg(test)]
pub use format::write;

const VERSION: u32 = 1;

/// `endpoints`.
#[derive(Debug, Serialize)]
pub struct Endpoints {
    version: u32,
    pub apps: Vec<App>,
    pub endpoints: Vec<Endpoint>,
    /// What is to be said of what was looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// An application.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Its folder; `.` where it is the one that was asked about.
    pub root: String,
    pub next: Option<String>,
    pub base_path: String,
    pub src_dir: bool,
    pub routers: Vec<&'static str>,
}

/// An endpoint.
#[derive(Debug, Serialize)]
pub struct Endpoint {
    #[serde(serialize_with = "kind")]
    pub kind: EndpointKind,
    /// The application's root.
    pub app: Option<String>,
    /// `null` means any.
    pub method: Option<&'static str>,
    pub url: Option<Arc<str>>,
    #[serde(flatten)]
    pub site: Site,
    pub name: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Arc<str>>,
    #[serde(flatten)]
    pub action: Option<Action>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub implicit: bool,
}

/// What only an action has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    #[serde(serialize_with = "scope")]
    pub scope: ActionScope,
    /// The routes of the pages on which it can be called, in its own application; where it is in none,
    /// in the only one that has such pages.
    pub pages: Vec<Arc<str>>,
    /// The pages of other applications, by their roots.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pages_elsewhere: BTreeMap<String, Vec<Arc<str>>>,
    pub id: Option<String>,
    /// Where the ID is known from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_source: Option<&'static str>,
    /// Why it isn't.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_reason: Option<&'static str>,
    /// Its IDs in applications where it has another one, by their roots.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ids_elsewhere: BTreeMap<String, String>,
}

/// A place in a file.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// `calls`.
#[derive(Debug, Serialize)]
pub struct Calls {
    version: u32,
    pub calls: Vec<Call>,
}

/// A place that reaches an endpoint, or could be expected to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    #[serde(flatten)]
    pub site: Site,
    pub kind: &'static str,
    /// `null` where it isn't known.
    pub method: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Arc<str>>,
    #[serde(serialize_with = "certainty")]
    pub certainty: workspace::Certainty,
    /// Why it reaches nothing.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "reason")]
    pub reason: Option<Reason>,
    /// What the reason speaks of: a host, a name, a file, an application's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_detail: Option<String>,
    pub targets: Vec<Target>,
    /// The URL is served, but not with this method: `targets` are the others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub method_missing: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// What a call reaches.
#[derive(Debug, Serialize)]
pub struct Target {
    #[serde(serialize_with = "kind")]
    pub kind: EndpointKind,
    pub file: String,
    pub line: u32,
    pub name: Arc<str>,
    /// The local name, where `name` is Next's own or `default`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Arc<str>>,
    /// Left out for actions, `null` for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Option<&'static str>>,
}

/// `hover`.
#[derive(Debug, Serialize)]
pub struct Hover {
    version: u32,
    pub range: Option<Range>,
    pub markdown: Option<String>,
}

/// From a place up to, but without, another.
#[derive(Debug, Serialize)]
pub struct Range {
    pub start: Position,
    pub end: Position,
}

/// A place in the file that was asked about.
#[derive(Debug, Serialize)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// `references`.
#[derive(Debug, Serialize)]
pub struct References {
    version: u32,
    /// What was asked about; empty where there is no endpoint.
    pub endpoints: Vec<Asked>,
    /// By path and place, those in tests last.
    pub references: Vec<Reference>,
}

/// An endpoint that was asked about.
#[derive(Debug, Serialize)]
pub struct Asked {
    #[serde(serialize_with = "kind")]
    pub kind: EndpointKind,
    /// `null` means any.
    pub method: Option<&'static str>,
    pub url: Option<Arc<str>>,
    #[serde(flatten)]
    pub site: Site,
    pub name: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Arc<str>>,
}

/// A place that reaches it.
#[derive(Debug, Serialize)]
pub struct Reference {
    #[serde(flatten)]
    pub site: Site,
    pub kind: &'static str,
    /// What kinds have in common.
    pub family: &'static str,
    /// `null` where it isn't known.
    pub method: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Arc<str>>,
    #[serde(serialize_with = "certainty")]
    pub certainty: workspace::Certainty,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// `definition`.
#[derive(Debug, Serialize)]
pub struct Definitions {
    version: u32,
    pub targets: Vec<Definition>,
}

/// Where a name is declared.
#[derive(Debug, Serialize)]
pub struct Definition {
    #[serde(flatten)]
    pub site: Site,
    pub name: String,
}

impl Endpoints {
    pub fn new(snap: &Snapshot, root: &Path) -> Self {
        let mut sites = Sites::new(snap, root);
        let apps: Vec<App> = ide::apps(snap).into_iter().map(|row| app(row, root)).collect();
        let rows = ide::endpoints(snap).into_iter();
        let endpoints = rows.filter_map(|row| endpoint(row, &apps, &mut sites)).collect();
        Self::of(apps, endpoints)
    }

    /// Only what a text is about, and the applications that it is in; `None` where the text holds
    /// neither an ID nor a request.
    pub fn found(snap: &Snapshot, root: &Path, text: &str) -> Option<Self> {
        let (rows, notes) = ide::found(snap, text)?;
        let mut sites = Sites::new(snap, root);
        let mut apps: Vec<App> = ide::apps(snap).into_iter().map(|row| app(row, root)).collect();
        let endpoints: Vec<Endpoint> = rows.into_iter().filter_map(|row| endpoint(row, &apps, &mut sites)).collect();
        apps.retain(|app| endpoints.iter().any(|e| e.app.as_ref() == Some(&app.root)));
        Some(Self { version: VERSION, apps, endpoints, notes })
    }

    pub const fn of(apps: Vec<App>, endpoints: Vec<Endpoint>) -> Self {
        Self { version: VERSION, apps, endpoints, notes: vec![] }
    }
}

impl Calls {
    pub fn new(snap: &Snapshot, root: &Path) -> Self {
        let mut sites = Sites::new(snap, root);
        Self::of(ide::calls(snap).into_iter().filter_map(|row| call(row, &mut sites)).collect())
    }

    /// Those that reach nothing.
    pub fn unresolved(snap: &Snapshot, root: &Path) -> Self {
        let mut sites = Sites::new(snap, root);
        Self::of(ide::unresolved(snap).into_iter().filter_map(|row| call(row, &mut sites)).collect())
    }

    pub const fn of(calls: Vec<Call>) -> Self {
        Self { version: VERSION, calls }
    }
}

impl Hover {
    pub fn new(hover: Option<&ide::Hover>, lines: &LineIndex) -> Self {
        let at = |offset| {
            let at = lines.line_col(offset, Encoding::Utf32);
            Position { line: at.line + 1, column: at.col + 1 }
        };
        let range = hover.map(|hover| Range { start: at(hover.range.start), end: at(hover.range.end) });
        Self { version: VERSION, range, markdown: hover.map(|hover| hover.markdown.clone()) }
    }
}

impl Definitions {
    pub fn new(snap: &Snapshot, root: &Path, targets: &[ide::Target]) -> Self {
        let mut sites = Sites::new(snap, root);
        let one = |target: &ide::Target| {
            let site = sites.site(target.file, target.focus)?;
            Some(Definition { site, name: target.name.clone() })
        };
        Self { version: VERSION, targets: targets.iter().filter_map(one).collect() }
    }
}

impl References {
    pub fn new(snap: &Snapshot, root: &Path, found: Option<ide::References>) -> Self {
        let mut sites = Sites::new(snap, root);
        let (endpoints, calls) = found.map(|found| (found.endpoints, found.calls)).unwrap_or_default();
        let asked = |TargetRow { kind, file, range, name, label, method, url }| {
            let site = sites.site(file, range)?;
            Some(Asked { kind, method, url, site, name, label })
        };
        let endpoints = endpoints.into_iter().filter_map(asked).collect();
        let reference = |call: ide::Reference| {
            let site = sites.site(call.file, call.range)?;
            let ide::Reference { kind, family, method, url, certainty, test, .. } = call;
            Some(Reference { site, kind, family, method, url, certainty, test })
        };
        Self::of(endpoints, calls.into_iter().filter_map(reference).collect())
    }

    pub const fn of(endpoints: Vec<Asked>, references: Vec<Reference>) -> Self {
        Self { version: VERSION, endpoints, references }
    }
}

/// From bytes to what people count. A picture has no lines but begins all the same; any other file
/// without them has gone since it was read, and its rows with it.
struct Sites<'a> {
    snap: &'a Snapshot,
    root: &'a Path,
    files: HashMap<FileId, (String, Option<Arc<LineIndex>>)>,
}

impl<'a> Sites<'a> {
    fn new(snap: &'a Snapshot, root: &'a Path) -> Self {
        Self { snap, root, files: HashMap::new() }
    }

    fn site(&mut self, file: FileId, range: TextRange) -> Option<Site> {
        let (snap, root) = (self.snap, self.root);
        let known = self.files.entry(file);
        let (path, lines) = known.or_insert_with(|| (relative(&snap.path(file), root), snap.lines(file)));
        let at = match lines {
            Some(lines) => lines.line_col(range.start, Encoding::Utf32),
            None if range.start == 0 => LineCol::default(),
            None => return None,
        };
        Some(Site { file: path.clone(), line: at.line + 1, column: at.col + 1 })
    }
}

fn app(row: AppRow, root: &Path) -> App {
    let AppRow { root: folder, next, base_path, src_dir, routers } = row;
    App { root: relative(&folder, root), next, base_path, src_dir, routers }
}

fn endpoint(row: EndpointRow, apps: &[App], sites: &mut Sites<'_>) -> Option<Endpoint> {
    let site = sites.site(row.file, row.range)?;
    let app = row.app.and_then(|index| apps.get(index as usize)).map(|app| app.root.clone());
    let action = row.scope.map(|scope| {
        let (pages, pages_elsewhere) = pages(&row, app.as_deref(), sites);
        let (id, id_source, id_reason) = match &row.id {
            Some(Ok(known)) => (Some(known.id.clone()), Some(known.source.as_str()), None),
            Some(Err(reason)) => (None, None, Some(reason.as_str())),
            None => (None, None, None),
        };
        let known = row.ids.iter().filter_map(|one| Some((relative(&one.root, sites.root), one.id.as_ref().ok()?)));
        let elsewhere = known.filter(|(_, known)| id.as_ref() != Some(&known.id));
        let ids_elsewhere = elsewhere.map(|(root, known)| (root, known.id.clone())).collect();
        Action { scope, pages, pages_elsewhere, id, id_source, id_reason, ids_elsewhere }
    });
    let EndpointRow { kind, method, url, name, label, implicit, .. } = row;
    Some(Endpoint { kind, app, method, url, site, name, label, action, implicit })
}

type ByApp = BTreeMap<String, Vec<Arc<str>>>;

/// The pages that carry an action: of its own application, and of others.
fn pages(row: &EndpointRow, app: Option<&str>, sites: &Sites<'_>) -> (Vec<Arc<str>>, ByApp) {
    let mut by_app = ByApp::new();
    for page in row.carriers.iter().flat_map(|carriers| &carriers.pages) {
        by_app.entry(relative(&sites.snap.path(page.app), sites.root)).or_default().push(page.url.clone());
    }
    let own = app.and_then(|app| by_app.remove(app));
    match (app, by_app.len()) {
        (None, 1) => (by_app.into_values().next().unwrap_or_default(), ByApp::new()),
        _ => (own.unwrap_or_default(), by_app),
    }
}

fn call(row: CallRow, sites: &mut Sites<'_>) -> Option<Call> {
    let site = sites.site(row.file, row.range)?;
    let targets = row.targets.into_iter().filter_map(|row| target(row, sites)).collect();
    let CallRow { kind, method, url, certainty, reason, method_missing, test, .. } = row;
    let reason_detail = reason.as_ref().and_then(|reason| detail(reason, sites));
    Some(Call { site, kind, method, url, certainty, reason, reason_detail, targets, method_missing, test })
}

fn detail(reason: &Reason, sites: &Sites<'_>) -> Option<String> {
    match reason {
        Reason::NoRoute(None) | Reason::OtherProgram | Reason::NotAPath => None,
        Reason::NoRoute(Some(file))
        | Reason::NoMethod(file)
        | Reason::RewrittenAway(file)
        | Reason::Unfollowed(file)
        | Reason::Guess(file)
        | Reason::Page(file) => Some(relative(&sites.snap.path(*file), sites.root)),
        Reason::TooMany(number) => Some(number.to_string()),
        Reason::UnknownBase(text)
        | Reason::Parameter(text)
        | Reason::UnknownVariable(text)
        | Reason::Computed(text)
        | Reason::External(text) => Some(text.to_string()),
    }
}

fn target(row: TargetRow, sites: &mut Sites<'_>) -> Option<Target> {
    let Site { file, line, .. } = sites.site(row.file, row.range)?;
    let method = (row.kind != EndpointKind::Action).then_some(row.method);
    Some(Target { kind: row.kind, file, line, name: row.name, label: row.label, method })
}

fn kind<S: serde::Serializer>(kind: &EndpointKind, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(kind.as_str())
}

fn scope<S: serde::Serializer>(scope: &ActionScope, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match scope {
        ActionScope::Module => "module",
        ActionScope::Inline => "inline",
    })
}

fn certainty<S: serde::Serializer>(certainty: &workspace::Certainty, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(certainty.as_str())
}

fn reason<S: serde::Serializer>(reason: &Option<Reason>, to: S) -> Result<S::Ok, S::Error> {
    reason.as_ref().map(Reason::as_str).serialize(to)
}
