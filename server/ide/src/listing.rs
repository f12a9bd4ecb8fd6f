//! Feature: Lists of everything, for the command line and the pickers.

use std::path::Path;
use std::sync::Arc;

use syntax::TextRange;
use workspace::{
    ActionId, ActionIdReader, ActionScope, Carriers, Certainty, Endpoint, EndpointKind, FileId, IdInApp, NoId, Reason,
    Snapshot, Unresolved,
};

use crate::{Found, find};

/// An application's row.
#[derive(Clone, Debug, PartialEq)]
pub struct AppRow {
    /// Its folder (absolute).
    pub root: Arc<Path>,
    /// `16.4.6`, as far as it is known.
    pub next: Option<String>,
    /// From `next.config.*`; empty if none.
    pub base_path: String,
    /// `src/app` or `src/pages`.
    pub src_dir: bool,
    /// `app`, `pages`.
    pub routers: Vec<&'static str>,
}

/// An endpoint's row.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRow {
    /// What it is.
    pub kind: EndpointKind,
    /// Index into [`apps`].
    pub app: Option<u32>,
    /// `GET`; `None` means any.
    pub method: Option<&'static str>,
    /// Next's route; `None` for actions.
    pub url: Option<Arc<str>>,
    /// The file.
    pub file: FileId,
    /// The name in the source, in bytes.
    pub range: TextRange,
    /// The exported name or Next's own.
    pub name: Arc<str>,
    /// The local name where `name` is Next's own or `default`.
    pub label: Option<Arc<str>>,
    /// Actions only.
    pub scope: Option<ActionScope>,
    /// Actions only: where it can be called; also `None` where nobody waited for it.
    pub carriers: Option<Carriers>,
    /// The ID, or why it isn't known; actions only.
    pub id: Option<Result<ActionId, NoId>>,
    /// The IDs in single applications, by path; actions only.
    pub ids: Vec<IdInApp>,
    /// Next answers this method by itself.
    pub implicit: bool,
}

/// A target of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// What it is.
    pub kind: EndpointKind,
    /// The file.
    pub file: FileId,
    /// The name in the source, in bytes.
    pub range: TextRange,
    /// The exported name or Next's own.
    pub name: Arc<str>,
    /// The local name where `name` is Next's own or `default`.
    pub label: Option<Arc<str>>,
    /// `GET`; `None` means any.
    pub method: Option<&'static str>,
    /// Next's route; `None` for actions.
    pub url: Option<Arc<str>>,
}

/// A call's row.
#[derive(Clone, Debug, PartialEq)]
pub struct CallRow {
    /// The file.
    pub file: FileId,
    /// The expression that names the endpoint.
    pub range: TextRange,
    /// `fetch`, `form-action`, …
    pub kind: &'static str,
    /// The method that is sent, if it is known.
    pub method: Option<Arc<str>>,
    /// The URL with holes as `{expression}`; `None` for actions.
    pub url: Option<Arc<str>>,
    /// How sure.
    pub certainty: Certainty,
    /// What it reaches, best first.
    pub targets: Vec<TargetRow>,
    /// Why it reaches nothing.
    pub reason: Option<Reason>,
    /// The URL is served, but not with this method: `targets` are the others.
    pub method_missing: bool,
    /// It stands in a test.
    pub test: bool,
}

/// All applications, by path.
#[must_use]
pub fn apps(snap: &Snapshot) -> Vec<AppRow> {
    snap.apps()
        .iter()
        .map(|app| {
            let in_src = |dir: &Option<std::path::PathBuf>| {
                dir.as_ref().is_some_and(|d| d.parent().is_some_and(|p| p.ends_with("src")))
            };
            AppRow {
                root: app.root.clone(),
                next: app.version.map(|v| v.to_string()),
                base_path: app.config.base_path.clone().unwrap_or_default(),
                src_dir: in_src(&app.app_dir) || in_src(&app.pages_dir),
                routers: [("app", &app.app_dir), ("pages", &app.pages_dir)]
                    .into_iter()
                    .filter_map(|(name, dir)| dir.as_ref().map(|_| name))
                    .collect(),
            }
        })
        .collect()
}

/// All endpoints: by app, then what has a URL by URL and method, then actions by file and place.
#[must_use]
pub fn endpoints(snap: &Snapshot) -> Vec<EndpointRow> {
    rows(snap, |action| Some(snap.carriers(action)))
}

/// The same with the pages as far as they are known by now, for who doesn't want to wait for them.
#[must_use]
pub fn endpoints_so_far(snap: &Snapshot) -> Vec<EndpointRow> {
    rows(snap, |action| snap.known_carriers(action))
}

fn rows(snap: &Snapshot, pages: impl Fn(&Endpoint) -> Option<Carriers>) -> Vec<EndpointRow> {
    let apps = snap.apps();
    let mut ids = snap.action_ids();
    let mut rows: Vec<(Arc<Path>, EndpointRow)> = vec![];
    for file in snap.files() {
        if snap.is_cancelled() {
            break;
        }
        let path = snap.path(file);
        for endpoint in snap.endpoints(file).iter() {
            let app = endpoint.app.and_then(|id| apps.iter().position(|a| a.id == id)).map(|i| i as u32);
            rows.push((path.clone(), row(endpoint, app, &pages, &mut ids)));
        }
    }
    rows.sort_by(|(path_a, a), (path_b, b)| {
        let key = |r: &EndpointRow| (r.app.unwrap_or(u32::MAX), r.url.is_none());
        let place = |p: &Arc<Path>, r: &EndpointRow| (p.clone(), r.range, r.implicit, r.method);
        key(a).cmp(&key(b)).then_with(|| a.url.cmp(&b.url)).then_with(|| place(path_a, a).cmp(&place(path_b, b)))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The endpoints that a text is about ([`crate::find`]), and what is to be said of it; `None` where it
/// holds neither an ID nor a request.
#[must_use]
pub fn found(snap: &Snapshot, text: &str) -> Option<(Vec<EndpointRow>, Vec<String>)> {
    let apps = snap.apps();
    let Found { endpoints, notes } = find(snap, text)?;
    let rows = endpoints.into_iter().filter_map(|id| {
        let endpoint = snap.endpoints(id.file).get(id.index as usize).cloned()?;
        let app = endpoint.app.and_then(|id| apps.iter().position(|a| a.id == id)).map(|i| i as u32);
        Some((endpoint, app))
    });
    let mut ids = snap.action_ids();
    Some((
        rows.map(|(endpoint, app)| row(&endpoint, app, |action| Some(snap.carriers(action)), &mut ids)).collect(),
        notes,
    ))
}

fn row(
    endpoint: &Endpoint,
    app: Option<u32>,
    pages: impl Fn(&Endpoint) -> Option<Carriers>,
    ids: &mut ActionIdReader<'_>,
) -> EndpointRow {
    let is_action = endpoint.kind == EndpointKind::Action;
    EndpointRow {
        kind: endpoint.kind,
        app,
        method: endpoint.method.map(next::Method::as_str),
        url: endpoint.url.clone(),
        file: endpoint.file,
        range: endpoint.range,
        name: endpoint.name.clone(),
        label: endpoint.label.clone(),
        scope: endpoint.scope,
        carriers: is_action.then(|| pages(endpoint)).flatten(),
        id: is_action.then(|| ids.id(endpoint)),
        ids: if is_action { ids.by_app(endpoint) } else { vec![] },
        implicit: endpoint.implicit,
    }
}

/// All calls, by file and place. Comparisons, constants and parts of a URL that another expression takes
/// are no calls; nor is what reaches nothing.
#[must_use]
pub fn calls(snap: &Snapshot) -> Vec<CallRow> {
    let mut rows = vec![];
    for file in snap.files() {
        if snap.is_cancelled() {
            break;
        }
        let test = snap.is_test(file);
        for link in snap.links(file).iter().filter(|l| l.is_call()) {
            let targets: Vec<TargetRow> = link
                .targets
                .iter()
                .filter_map(|id| Some(target(snap.endpoints(id.file).get(id.index as usize)?)))
                .collect();
            if !targets.is_empty() {
                rows.push(CallRow {
                    file,
                    range: link.range,
                    kind: link.kind,
                    method: link.method.clone(),
                    url: link.url.clone(),
                    certainty: link.certainty,
                    targets,
                    method_missing: link.is_method_missing(),
                    reason: None,
                    test,
                });
            }
        }
    }
    rows
}

/// The requests that reach no endpoint, each with the reason, by file and place.
#[must_use]
pub fn unresolved(snap: &Snapshot) -> Vec<CallRow> {
    let mut rows = vec![];
    for (file, found) in snap.unresolved() {
        let test = snap.is_test(file);
        rows.extend(found.into_iter().map(|Unresolved { range, kind, method, url, reason }| CallRow {
            file,
            range,
            kind,
            method,
            url: Some(url),
            certainty: Certainty::Unresolved,
            targets: vec![],
            method_missing: false,
            reason: Some(reason),
            test,
        }));
    }
    rows
}

pub(crate) fn target(endpoint: &Endpoint) -> TargetRow {
    TargetRow {
        kind: endpoint.kind,
        file: endpoint.file,
        range: endpoint.range,
        name: endpoint.name.clone(),
        label: endpoint.label.clone(),
        method: endpoint.method.map(next::Method::as_str),
        url: endpoint.url.clone(),
    }
}
