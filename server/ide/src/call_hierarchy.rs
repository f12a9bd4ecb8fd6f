//! Feature: Call hierarchy. Component → action → action, component → handler, in both directions.
//!
//! An item is an endpoint, or the function, component or module around a call. It is known by its
//! name and file, not by its place: between a question and the next one, people type.

use std::path::Path;

use next::Method;
use syntax::TextRange;
use workspace::{Endpoint, EndpointId, EndpointKind, FileId, Snapshot, shown};

use crate::{
    FilePosition,
    asked::{self, Asked},
    symbols,
};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// A handler.
    Route,
    /// A server action.
    Action,
    /// A component, a hook, a helper.
    Function,
    /// A module's top level.
    Module,
}

/// What makes an item the same after an edit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallKey {
    /// An endpoint of the file.
    Endpoint {
        /// What it is.
        kind: EndpointKind,
        /// `None` means any.
        method: Option<Method>,
        /// The exported name or Next's own, which holds a number that edits can shift …
        name: String,
        /// … so that an inline action goes by its local name first.
        label: Option<String>,
    },
    /// A declaration at the file's top level.
    Function(String),
    /// The top level itself.
    Module,
}

/// An item.
#[derive(Clone, Debug, PartialEq)]
pub struct CallItem {
    /// The file that [`Self::key`] belongs to.
    pub of: FileId,
    /// Who it is.
    pub key: CallKey,
    /// What it is.
    pub kind: CallKind,
    /// `POST createPost`, `UserForm`.
    pub name: String,
    /// `Server Action`, or the file.
    pub detail: String,
    /// Where it stands: for a handler that is passed on, the function's own file.
    pub file: FileId,
    /// The whole.
    pub full: TextRange,
    /// Its name.
    pub focus: TextRange,
}

/// Calls between an item and another one.
#[derive(Clone, Debug, PartialEq)]
pub struct CallEdge {
    /// The other one.
    pub item: CallItem,
    /// The calls, in the caller's file.
    pub from: Vec<TextRange>,
}

/// The items under the cursor: endpoints, or a function that calls some. Other functions are left
/// to who knows about them.
#[must_use]
pub fn prepare_call_hierarchy(snap: &Snapshot, at: FilePosition) -> Vec<CallItem> {
    if let Some(asked) = Asked::find(snap, at) {
        let endpoints = asked.endpoints.iter().filter_map(|id| asked::endpoint(snap, *id));
        return endpoints.filter(|e| !e.implicit).map(|e| of_endpoint(snap, &e)).collect();
    }
    let Some(facts) = snap.facts(at.file) else { return vec![] };
    let declaration = facts.declarations.iter().find(|d| d.range.touches(at.offset));
    let key = declaration.map(|d| CallKey::Function(d.name.to_string()));
    let item =
        key.filter(|key| !outgoing_calls(snap, at.file, key).is_empty()).and_then(|key| item(snap, at.file, &key));
    item.into_iter().collect()
}

/// Who calls an item, by path. Who calls a plain function isn't known here.
#[must_use]
pub fn incoming_calls(snap: &Snapshot, file: FileId, key: &CallKey) -> Vec<CallEdge> {
    let Some(endpoint) = find(snap, file, key) else { return vec![] };
    let mut edges: Vec<CallEdge> = vec![];
    for (file, link) in asked::callers(snap, &asked::declared(snap, &[endpoint])) {
        if snap.is_cancelled() {
            break;
        }
        let caller = around(snap, file, link.range);
        join(snap, &mut edges, file, caller, link.range);
    }
    edges
}

/// What an item calls, in order.
#[must_use]
pub fn outgoing_calls(snap: &Snapshot, file: FileId, key: &CallKey) -> Vec<CallEdge> {
    let Some((file, full)) = body(snap, file, key) else { return vec![] };
    let mut edges: Vec<CallEdge> = vec![];
    for link in snap.links(file).iter().filter(|link| link.is_call() && !link.is_method_missing()) {
        if place_around(snap, file, link.range) != full {
            continue;
        }
        for endpoint in link.targets.iter().filter_map(|id| asked::endpoint(snap, *id)) {
            join(snap, &mut edges, endpoint.file, key_of(&endpoint), link.range);
        }
    }
    edges
}

fn join(snap: &Snapshot, edges: &mut Vec<CallEdge>, file: FileId, key: CallKey, from: TextRange) {
    if let Some(known) = edges.iter_mut().find(|edge| (edge.item.of, &edge.item.key) == (file, &key)) {
        known.from.push(from);
    } else if let Some(item) = item(snap, file, &key) {
        edges.push(CallEdge { item, from: vec![from] });
    }
}

/// An item as it stands now; `None` when there is none of that name any more.
fn item(snap: &Snapshot, file: FileId, key: &CallKey) -> Option<CallItem> {
    let path = snap.path(file);
    let plain = |kind, name: &str, full, focus| CallItem {
        of: file,
        key: key.clone(),
        kind,
        name: name.to_owned(),
        detail: place(snap, file, &path),
        file,
        full,
        focus,
    };
    match key {
        CallKey::Endpoint { .. } => find(snap, file, key).map(|endpoint| of_endpoint(snap, &endpoint)),
        CallKey::Function(name) => {
            let facts = snap.facts(file)?;
            let declaration = facts.declarations.iter().find(|d| *d.name == **name)?;
            let nameless = &*declaration.name == "default";
            let shown = if nameless { path.file_stem().and_then(|n| n.to_str())? } else { &declaration.name };
            Some(plain(CallKind::Function, shown, declaration.full, declaration.range))
        }
        CallKey::Module => {
            let whole = TextRange::new(0, snap.text(file)?.len() as u32);
            let name = path.file_name().and_then(|n| n.to_str())?;
            Some(plain(CallKind::Module, name, whole, TextRange::new(0, 0)))
        }
    }
}

fn of_endpoint(snap: &Snapshot, endpoint: &Endpoint) -> CallItem {
    let behind = snap.behind(endpoint).and_then(|e| Some((e.file, snap.declared_at(e)?)));
    let (file, (focus, full)) = behind.unwrap_or((endpoint.file, (endpoint.range, endpoint.full)));
    CallItem {
        of: endpoint.file,
        key: key_of(endpoint),
        kind: if endpoint.kind == EndpointKind::Action { CallKind::Action } else { CallKind::Route },
        name: symbols::name(endpoint),
        detail: symbols::detail(endpoint).to_owned(),
        file,
        full: if full.covers(focus) { full } else { focus },
        focus,
    }
}

fn key_of(endpoint: &Endpoint) -> CallKey {
    CallKey::Endpoint {
        kind: endpoint.kind,
        method: endpoint.method,
        name: endpoint.name.to_string(),
        label: endpoint.label.as_deref().map(str::to_owned),
    }
}

/// The endpoint that a key means now.
fn find(snap: &Snapshot, file: FileId, key: &CallKey) -> Option<Endpoint> {
    let CallKey::Endpoint { kind, method, name, label } = key else { return None };
    let endpoints = snap.endpoints(file);
    let alike = || endpoints.iter().filter(|e| e.kind == *kind && e.method == *method);
    let exact = alike().find(|e| *e.name == **name && e.label.as_deref() == label.as_deref());
    let by_label =
        || alike().find(|e| label.is_some() && e.inline_action.is_some() && e.label.as_deref() == label.as_deref());
    let by_name = || alike().find(|e| *e.name == **name && e.inline_action.is_none());
    exact.or_else(by_label).or_else(by_name).cloned()
}

/// Where an item's calls stand.
fn body(snap: &Snapshot, file: FileId, key: &CallKey) -> Option<(FileId, TextRange)> {
    match key {
        CallKey::Endpoint { .. } => {
            let endpoint = find(snap, file, key)?;
            match snap.behind(&endpoint) {
                Some(export) => {
                    let (name, full) = snap.declared_at(export)?;
                    let facts = snap.facts(export.file)?;
                    Some((export.file, facts.enclosing(name.start).map_or(full, |d| d.full)))
                }
                None => Some((file, endpoint.full)),
            }
        }
        _ => item(snap, file, key).map(|item| (file, item.full)),
    }
}

/// Who a call belongs to: the innermost endpoint around it, else the declaration, else the module.
fn around(snap: &Snapshot, file: FileId, call: TextRange) -> CallKey {
    let endpoints = snap.endpoints(file);
    if let Some(id) = endpoint_around(snap, file, call) {
        return endpoints.get(id.index as usize).map_or(CallKey::Module, key_of);
    }
    let facts = snap.facts(file);
    let name = facts.and_then(|facts| Some(facts.enclosing(call.start)?.name.to_string()));
    name.map_or(CallKey::Module, CallKey::Function)
}

/// The extent of who a call belongs to.
fn place_around(snap: &Snapshot, file: FileId, call: TextRange) -> TextRange {
    if let Some(id) = endpoint_around(snap, file, call) {
        return asked::endpoint(snap, id).map_or(call, |e| e.full);
    }
    let enclosing = snap.facts(file).and_then(|facts| Some(facts.enclosing(call.start)?.full));
    enclosing.unwrap_or_else(|| TextRange::new(0, snap.text(file).map_or(0, |text| text.len() as u32)))
}

fn endpoint_around(snap: &Snapshot, file: FileId, call: TextRange) -> Option<EndpointId> {
    let endpoints = snap.endpoints(file);
    let around = endpoints.iter().enumerate().filter(|(_, e)| !e.implicit && e.full.covers(call) && e.range != call);
    let (index, _) = around.min_by_key(|(_, e)| e.full.end - e.full.start)?;
    Some(EndpointId { file, index: index as u32 })
}

/// A file as people call it: from the application's root.
fn place(snap: &Snapshot, file: FileId, path: &Path) -> String {
    let app = snap.app_of(file);
    let folder = snap.folders().iter().find(|f| path.starts_with(f));
    let root = app.as_ref().map(|a| &*a.root).or(folder.map(|f| f.as_path()));
    shown(path, root.unwrap_or(Path::new("")))
}

#[cfg(test)]
mod tests;
