//! The endpoints that one file declares, from its facts and its place in an application.

use std::sync::Arc;

use next::{Method, Registered, SegmentConfig, implicit_methods, is_static_get};
use syntax::{
    TextRange,
    facts::{Export, FileFacts, Form},
};

use crate::{
    app::App,
    endpoint::{ActionScope, Endpoint, EndpointKind, RegisteredName},
    follow::{Followed, Walk},
    paths::FileId,
    programs::Runs,
    routes::{self, Served, Serves},
    snapshot::Snapshot,
};

/// All of them, in source order, implicit methods behind the explicit ones; and the other files
/// that were read for it.
pub(crate) fn endpoints(snap: &Snapshot, file: FileId, facts: &FileFacts) -> (Vec<Endpoint>, Vec<FileId>) {
    let app = snap.app_of(file);
    let served = app.as_ref().and_then(|app| routes::served(app, file, snap.paths()));
    let mut through = vec![];
    let mut all = actions(snap, file, facts, app.as_deref(), &mut through);
    if let (Some(app), Some(served)) = (app, served) {
        match served.serves {
            Serves::Route => all.extend(handlers(snap, file, facts, &app, &served, &mut through)),
            Serves::PagesApi => all.push(pages_api(file, facts, &app, &served)),
            Serves::Metadata => all.push(metadata(file, facts, &app, &served)),
            Serves::Page => {}
        }
    }
    through.retain(|f| *f != file);
    (all, through)
}

/// A metadata file that isn't code (`icon.png`) has no facts; it is an endpoint all the same.
pub(crate) fn asset(app: &App, served: &Served) -> Endpoint {
    // Nothing is exported: the last segment of its URL names it.
    let name = served.url.rsplit('/').next().unwrap_or_default().into();
    Endpoint { name, ..metadata(served.file, &FileFacts::default(), app, served) }
}

fn blank(kind: EndpointKind, file: FileId, name: &str) -> Endpoint {
    Endpoint {
        kind,
        app: None,
        method: None,
        url: None,
        file,
        name: name.into(),
        label: None,
        scope: None,
        range: TextRange::default(),
        full: TextRange::default(),
        implicit: false,
        export: None,
        inline_action: None,
        registered: vec![],
    }
}

/// Exports of a `"use server"` file, and functions with a directive of their own.
fn actions(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    app: Option<&App>,
    through: &mut Vec<FileId>,
) -> Vec<Endpoint> {
    let mut all: Vec<Endpoint> = vec![];
    // A package's code is compiled by the applications that bundle it: of several, the newest names it here.
    let newest = || snap.apps_running(file, Runs::Surely).iter().map(|app| app.release()).max();
    let release = app.map(App::release).or_else(newest);
    let rows = next::registered(facts, release.unwrap_or(next::Version::LATEST));
    if facts.is_server_module() {
        for (index, export) in facts.exports.iter().enumerate() {
            if !may_be_function(snap, file, export, through) {
                continue;
            }
            all.push(Endpoint {
                app: app.map(|a| a.id),
                method: Some(Method::Post),
                label: export.local.as_deref().filter(|_| &*export.name == "default").map(Arc::from),
                scope: Some(ActionScope::Module),
                range: export.declared,
                full: export.full,
                export: Some(index as u32),
                inline_action: export.inline_action,
                registered: of_export(&rows, index as u32, &export.name),
                ..blank(EndpointKind::Action, file, &export.name)
            });
        }
    }
    // What Next doesn't register stays a plain function: methods in 14, arrow functions in a
    // "use server" file in 15, anything in a client module.
    let functions = facts.server.as_deref().map_or(&[][..], |s| &s.functions);
    for row in &rows {
        let Some(function) = row.function.and_then(|f| functions.get(f as usize)) else { continue };
        let Some(index) = function.inline_action.filter(|i| !all.iter().any(|e| e.inline_action == Some(*i))) else {
            continue;
        };
        let Some(action) = facts.inline_actions.get(index as usize) else { continue };
        let export = facts.exports.iter().position(|e| e.inline_action == Some(index)).map(|e| e as u32);
        all.push(Endpoint {
            app: app.map(|a| a.id),
            method: Some(Method::Post),
            label: action.label.as_deref().map(Arc::from),
            scope: Some(ActionScope::Inline),
            range: action.range,
            full: action.full,
            export,
            inline_action: Some(index),
            registered: vec![registered_name(row)],
            ..blank(EndpointKind::Action, file, &row.name)
        });
    }
    all.sort_by_key(|e| e.range);
    all
}

/// The names under which a release registers an action, which may be another one than that of
/// [`Endpoint::registered`].
pub(crate) fn registered_by(facts: &FileFacts, action: &Endpoint, release: next::Version) -> Vec<RegisteredName> {
    let rows = next::registered(facts, release);
    if let (Some(ActionScope::Module), Some(export)) = (action.scope, action.export) {
        return of_export(&rows, export, &action.name);
    }
    let functions = facts.server.as_deref().map_or(&[][..], |s| &s.functions);
    let inline = |row: &&Registered| functions.get(row.function? as usize)?.inline_action;
    let is_it = |row: &&Registered| action.inline_action.is_some() && inline(row) == action.inline_action;
    rows.iter().find(is_it).map(registered_name).into_iter().collect()
}

/// Its own name comes first; in 14 an arrow function has another by its number.
fn of_export(rows: &[Registered], export: u32, name: &str) -> Vec<RegisteredName> {
    let (own, numbered): (Vec<&Registered>, Vec<&Registered>) =
        rows.iter().filter(|r| r.export == Some(export)).partition(|r| *r.name == *name);
    own.into_iter().chain(numbered).map(registered_name).collect()
}

fn registered_name(row: &Registered) -> RegisteredName {
    RegisteredName { name: (&*row.name).into(), mask: row.mask, captures: row.captures }
}

/// Next registers every export of a `"use server"` file that it can't tell to be no function: an
/// error there is for the compiler to say, but a constant is no endpoint.
fn may_be_function(snap: &Snapshot, file: FileId, export: &Export, through: &mut Vec<FileId>) -> bool {
    if export.form != Form::Elsewhere {
        return !matches!(export.form, Form::Literal | Form::Class | Form::Enum);
    }
    // A type that is re-exported without saying so looks like a value; only its source tells.
    let mut walk = Walk::new(snap);
    let followed = walk.export(file, &export.name);
    through.append(&mut walk.through);
    match followed {
        Some(Followed::Export(..)) => true,
        Some(Followed::Module(_)) => false,
        None => !export.name.starts_with(char::is_uppercase),
    }
}

fn handlers(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    app: &App,
    served: &Served,
    through: &mut Vec<FileId>,
) -> Vec<Endpoint> {
    let make = |export: &Export, index: Option<u32>, method: Method| Endpoint {
        app: Some(app.id),
        method: Some(method),
        url: Some(served.url.clone()),
        range: export.declared,
        full: export.full,
        export: index,
        ..blank(EndpointKind::Route, file, method.as_str())
    };
    let mut all: Vec<Endpoint> = vec![];
    for (index, export) in facts.exports.iter().enumerate() {
        if let Some(method) = Method::parse(&export.name) {
            // `range` of a renamed or re-exported handler is its name in the list: that is what
            // the file says about this method.
            let mut row = make(export, Some(index as u32), method);
            if export.form == Form::Elsewhere || export.local.is_some() {
                row.range = export.range;
            }
            all.push(row);
        }
    }
    // `export * from './handlers'` brings methods without naming them.
    for star in &facts.star_exports {
        let Some(specifier) = facts.specifiers.get(*star as usize) else { continue };
        for method in Method::ALL {
            if all.iter().any(|e| e.method == Some(method)) {
                continue;
            }
            let mut walk = Walk::new(snap);
            let followed = snap.resolve(file, &specifier.text).and_then(|module| walk.export(module, method.as_str()));
            through.append(&mut walk.through);
            let Some(Followed::Export(..)) = followed else { continue };
            all.push(Endpoint {
                range: specifier.range,
                full: specifier.range,
                ..make_star(app, served, file, method)
            });
        }
    }
    let explicit: Vec<Method> = all.iter().filter_map(|e| e.method).collect();
    if explicit.is_empty() && !facts.star_exports.is_empty() {
        return all; // what they bring isn't known
    }
    let config = segment_config(facts);
    let static_get = is_static_get(&explicit, &config, app.release());
    // They stand where what they come from stands: HEAD is GET's, OPTIONS the module's.
    let get =
        all.iter().find(|e| e.method == Some(Method::Get)).or(all.first()).map_or(TextRange::default(), |e| e.range);
    for method in implicit_methods(&explicit, static_get, &served.url) {
        all.push(Endpoint { range: get, full: get, implicit: true, ..make_star(app, served, file, method) });
    }
    all
}

fn make_star(app: &App, served: &Served, file: FileId, method: Method) -> Endpoint {
    Endpoint {
        app: Some(app.id),
        method: Some(method),
        url: Some(served.url.clone()),
        ..blank(EndpointKind::Route, file, method.as_str())
    }
}

/// The route segment config that a file exports.
#[must_use]
pub fn segment_config(facts: &FileFacts) -> SegmentConfig {
    // of this one it counts that it is there; it is a function
    let counts = |e: &Export| (&*e.name == "generateStaticParams").then_some("…");
    let pairs = facts.exports.iter().filter_map(|e| Some((&*e.name, e.literal.as_deref().or_else(|| counts(e))?)));
    SegmentConfig::from_pairs(pairs)
}

fn pages_api(file: FileId, facts: &FileFacts, app: &App, served: &Served) -> Endpoint {
    let index = facts.exports.iter().position(|e| &*e.name == "default");
    let export = index.and_then(|i| facts.exports.get(i));
    Endpoint {
        app: Some(app.id),
        url: Some(served.url.clone()),
        range: export.map_or(TextRange::default(), |e| e.declared),
        full: export.map_or(TextRange::default(), |e| e.full),
        export: index.map(|i| i as u32),
        ..blank(EndpointKind::PagesApi, file, "default")
    }
}

fn metadata(file: FileId, facts: &FileFacts, app: &App, served: &Served) -> Endpoint {
    let index = facts.exports.iter().position(|e| &*e.name == "default");
    let export = index.and_then(|i| facts.exports.get(i));
    let generates = facts.exports.iter().any(|e| matches!(&*e.name, "generateSitemaps" | "generateImageMetadata"));
    let url =
        served.metadata.as_ref().map_or_else(|| served.url.clone(), |m| m.url_with(generates, app.release()).into());
    Endpoint {
        app: Some(app.id),
        method: Some(Method::Get),
        url: Some(url),
        range: export.map_or(TextRange::default(), |e| e.declared),
        full: export.map_or(TextRange::default(), |e| e.full),
        export: index.map(|i| i as u32),
        ..blank(EndpointKind::Metadata, file, "default")
    }
}
