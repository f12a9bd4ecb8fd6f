//! Feature: A request that runs. For the endpoint under the cursor, what one would send by hand: a
//! handler's method, URL, query, headers and body skeleton from what it reads; an action's POST, with
//! its arguments encoded as React does.
//!
//! What only the user knows stands as `<name>`. Where no request can be made, the reason is the answer.

mod parameters;
mod written;

use std::sync::Arc;

use next::{
    Version,
    reply::{self, Argument, Part, Reply},
};
use syntax::{
    effects::{Effects, Names, Reads},
    facts::Signature,
};
use workspace::{App, Endpoint, EndpointKind, NoId, Snapshot};

use crate::{
    FilePosition,
    hover::{captures, effects::effects, full_url, source},
    place::Spot,
};
use parameters::{Filled, fields, filled};

/// The requests for what is under the cursor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curl {
    /// One for each endpoint that can be asked.
    pub requests: Vec<Request>,
    /// Why others can't.
    pub refused: Vec<String>,
    /// Actions are among them, whose pages are known once the whole workspace is.
    pub actions: bool,
}

/// An HTTP request with holes, written `<name>`.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What it asks, in a few words: `PATCH /api/users/[id]`, `createPost`.
    pub title: String,
    /// In upper case.
    pub method: String,
    /// From the root, as it is requested: with `basePath` and trailing slash.
    pub path: String,
    /// Names of the query.
    pub query: Vec<String>,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// Names of cookies.
    pub cookies: Vec<String>,
    /// What is sent.
    pub body: Option<Body>,
    /// What has to be known beside it, a sentence each, without quotes of any shell.
    pub notes: Vec<String>,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// As it is.
    Text(String),
    /// `multipart/form-data`
    Parts(Vec<Part>),
}

/// What a running application knows of an action.
struct Deployed {
    /// The application.
    app: Option<Arc<App>>,
    /// Its ID, or why it isn't known.
    id: Result<String, NoId>,
    /// A page that carries it. Any page's URL takes any action of its application (measured on 14.2.35,
    /// 15.5.29 and 16.4.6: the call is forwarded), so the root does where none is known.
    page: Option<String>,
    /// Whether any page carries it.
    carried: Option<bool>,
    /// The variables around it that travel encrypted.
    captured: Vec<String>,
}

/// The requests for the endpoints under the cursor; `None` where there is none.
#[must_use]
pub fn curl(snap: &Snapshot, at: FilePosition) -> Option<Curl> {
    let (endpoints, sent) = match Spot::find(snap, at)? {
        Spot::Declaration { endpoints, .. } => (endpoints, None),
        Spot::Import { endpoint, .. } => (vec![endpoint], None),
        Spot::Link { link, endpoints } => (endpoints, link.method),
        Spot::Directive { .. } => return None,
    };
    let requests = endpoints.iter().filter(|e| !e.implicit).map(|e| of_endpoint(snap, e, sent.as_deref()));
    Curl::of(&endpoints, requests.collect())
}

/// The posts of `<form action={…}>` as a browser without JavaScript sends them, for the actions under the
/// cursor; `None` where there is none.
#[must_use]
pub fn form_post(snap: &Snapshot, at: FilePosition) -> Option<Curl> {
    let endpoints = match Spot::find(snap, at)? {
        Spot::Declaration { endpoints, .. } | Spot::Link { endpoints, .. } => endpoints,
        Spot::Import { endpoint, .. } => vec![endpoint],
        Spot::Directive { .. } => return None,
    };
    let actions = endpoints.iter().filter(|e| e.kind == EndpointKind::Action);
    Curl::of(&endpoints, actions.map(|action| of_form(snap, action)).collect())
}

impl Curl {
    fn of(endpoints: &[Endpoint], requests: Vec<Result<Request, String>>) -> Option<Self> {
        let mut all = Self::default();
        for request in requests {
            match request {
                Ok(request) => all.requests.push(request),
                Err(reason) => all.refused.push(reason),
            }
        }
        all.actions = endpoints.iter().any(|e| e.kind == EndpointKind::Action);
        (!all.requests.is_empty() || !all.refused.is_empty()).then_some(all)
    }
}

/// Whether a place declares an endpoint: there a request is offered.
#[must_use]
pub fn declares_endpoint(snap: &Snapshot, at: FilePosition) -> bool {
    matches!(Spot::find(snap, at), Some(Spot::Declaration { .. }))
}

fn of_endpoint(snap: &Snapshot, endpoint: &Endpoint, sent: Option<&str>) -> Result<Request, String> {
    let app = snap.app_of(endpoint.file).filter(|_| endpoint.app.is_some());
    match &endpoint.url {
        Some(url) => Ok(of_url(snap, endpoint, url, sent, app.as_deref())),
        None => of_action(snap, endpoint),
    }
}

/// A handler, an API route, a metadata route.
fn of_url(snap: &Snapshot, endpoint: &Endpoint, url: &str, sent: Option<&str>, app: Option<&App>) -> Request {
    let effects = effects(snap, endpoint).unwrap_or_default();
    let method = endpoint.method.as_ref().map_or_else(|| sent.unwrap_or("GET"), |method| method.as_str());
    let mut notes = vec![];
    if endpoint.method.is_none() && sent.is_none() {
        notes.push("it takes any method".to_owned());
    }
    notes.extend(wrapped(snap, endpoint));
    let reads = &effects.reads;
    let mut headers = headers(reads);
    let body = if matches!(method, "GET" | "HEAD") { None } else { body(reads, &mut headers, &mut notes) };
    if reads.query.as_ref().is_some_and(|names| names.more) {
        notes.push("it reads more of the query than is told here".to_owned());
    }
    Request {
        title: format!("{method} {}", full_url(url, app)),
        method: method.to_owned(),
        path: full_url(&with_holes(url), app),
        query: reads.query.as_ref().map(names).unwrap_or_default(),
        headers,
        cookies: reads.cookies.as_ref().map(names).unwrap_or_default(),
        body,
        notes,
    }
}

/// `/api/users/[id]/files/[...path]` as `/api/users/<id>/files/<path>`; what may be missing is.
fn with_holes(url: &str) -> String {
    let mut out = String::new();
    for segment in url.split('/').filter(|s| !s.is_empty() && !s.starts_with("[[...")) {
        let parameter = segment.strip_prefix('[').and_then(|s| s.strip_suffix(']'));
        match parameter.map(|p| p.trim_start_matches("...")) {
            Some(name) => out.push_str(&format!("/<{name}>")),
            None => out.push_str(&format!("/{segment}")),
        }
    }
    if out.is_empty() { "/".to_owned() } else { out }
}

fn names(names: &Names) -> Vec<String> {
    names.fields.iter().map(|f| f.name.to_string()).collect()
}

/// The headers that a handler asks for by name; those that clients and proxies set by themselves are
/// left to them.
fn headers(reads: &Reads) -> Vec<(String, String)> {
    let by_itself = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["x-forwarded-", "accept", "cf-", "x-vercel-", "sec-", "content-"].iter().any(|p| name.starts_with(p))
            || matches!(&*name, "user-agent" | "referer" | "host" | "origin" | "x-real-ip" | "cookie" | "x-pathname")
    };
    let asked = reads.headers.iter().flat_map(|names| &names.fields).filter(|f| !by_itself(&f.name));
    asked.map(|f| (f.name.to_string(), format!("<{}>", f.name))).collect()
}

fn body(reads: &Reads, headers: &mut Vec<(String, String)>, notes: &mut Vec<String>) -> Option<Body> {
    if let Some(json) = &reads.json {
        headers.insert(0, ("Content-Type".to_owned(), "application/json".to_owned()));
        if json.more || json.fields.is_empty() {
            let more = if json.fields.is_empty() { "" } else { " other" };
            notes.push(format!("which{more} fields the JSON body has is not told here"));
        }
        let members: Vec<String> = json
            .fields
            .iter()
            .map(|f| format!("{}:{}", reply::quoted(&f.name), reply::quoted(&format!("<{}>", f.name))))
            .collect();
        return Some(Body::Text(format!("{{{}}}", members.join(","))));
    }
    if let Some(form) = &reads.form {
        form_notes(form, notes);
        return Some(Body::Parts(fields(form)));
    }
    reads.body.then(|| {
        headers.insert(0, ("Content-Type".to_owned(), "<type>".to_owned()));
        Body::Text("<body>".to_owned())
    })
}

fn form_notes(form: &Names, notes: &mut Vec<String>) {
    if form.more || form.fields.is_empty() {
        let more = if form.fields.is_empty() { "" } else { " other" };
        notes.push(format!("which{more} fields the form has is not told here"));
    }
}

/// What runs first may want more than the request that is told here.
fn wrapped(snap: &Snapshot, endpoint: &Endpoint) -> Option<String> {
    let behind = snap.behind(endpoint);
    let facts = snap.facts(behind.map_or(endpoint.file, |export| export.file))?;
    let wrapper = match behind {
        Some(export) => facts.exports.get(export.index as usize)?.wrapper.clone(),
        None => source(&facts, endpoint).1.map(Box::from),
    };
    wrapper.map(|wrapper| format!("{wrapper} runs first and may want a session or more"))
}

/// An action's POST.
fn of_action(snap: &Snapshot, endpoint: &Endpoint) -> Result<Request, String> {
    let name = endpoint.label.as_deref().unwrap_or(&endpoint.name);
    let effects = effects(snap, endpoint).unwrap_or_default();
    let deployed = callable(snap, endpoint, name)?;
    let app = deployed.app.as_deref();
    let release = app.map_or(Version::LATEST, App::release);
    let mut notes = vec![];
    if let Err(reason) = deployed.id {
        notes.push(format!("the action ID is not known here: {}", reason.as_str()));
    }
    if deployed.carried == Some(false) {
        notes.push("no page carries it: no server takes the call until one does".to_owned());
    }
    notes.extend(wrapped(snap, endpoint));
    let arguments = arguments(snap, endpoint, &effects, &mut notes);
    let mut headers = vec![("Next-Action".to_owned(), deployed.id.unwrap_or_else(|_| "<action id>".to_owned()))];
    let body = match reply::encode(&arguments, release) {
        Reply::Json(text) => {
            headers.push(("Content-Type".to_owned(), "text/plain;charset=UTF-8".to_owned()));
            Body::Text(text)
        }
        Reply::Parts(parts) => Body::Parts(parts),
    };
    headers.extend(self::headers(&effects.reads));
    Ok(Request {
        title: name.to_owned(),
        method: "POST".to_owned(),
        path: full_url(&with_holes(deployed.page.as_deref().unwrap_or("/")), app),
        query: vec![],
        headers,
        cookies: effects.reads.cookies.as_ref().map(names).unwrap_or_default(),
        body: Some(body),
        notes,
    })
}

/// The post of a form without JavaScript: the page renders anew, and only where it carries the action.
fn of_form(snap: &Snapshot, endpoint: &Endpoint) -> Result<Request, String> {
    let name = endpoint.label.as_deref().unwrap_or(&endpoint.name);
    let effects = effects(snap, endpoint).unwrap_or_default();
    let deployed = callable(snap, endpoint, name)?;
    let app = deployed.app.as_deref();
    let mut notes = vec![];
    if let Err(reason) = deployed.id {
        notes.push(format!("the action ID is not known here: {}", reason.as_str()));
    }
    match (&deployed.page, deployed.carried) {
        (Some(_), _) => {}
        (None, Some(_)) => return Err(format!("{name} is on no page: a form is posted to the page that it is on")),
        (None, None) => notes.push("the page that carries it is not known here".to_owned()),
    }
    let arguments = arguments(snap, endpoint, &effects, &mut notes);
    let Some((Argument::Form(fields), bound)) = arguments.split_last() else {
        return Err(format!("{name} takes no form"));
    };
    let id = deployed.id.unwrap_or_else(|_| "<action id>".to_owned());
    let parts = reply::form_post(&id, bound, fields, app.map_or(Version::LATEST, App::release));
    let parts = parts.ok_or_else(|| format!("what is bound to {name} doesn't fit into a form"))?;
    Ok(Request {
        title: format!("{name}, as a form"),
        method: "POST".to_owned(),
        path: full_url(&with_holes(deployed.page.as_deref().unwrap_or("/")), app),
        query: vec![],
        headers: headers(&effects.reads),
        cookies: effects.reads.cookies.as_ref().map(names).unwrap_or_default(),
        body: Some(Body::Parts(parts)),
        notes,
    })
}

/// What is known of an action where it runs, if it can be called by hand.
fn callable(snap: &Snapshot, endpoint: &Endpoint, name: &str) -> Result<Deployed, String> {
    let deployed = deployed(snap, endpoint);
    if deployed.captured.is_empty() {
        return Ok(deployed);
    }
    Err(format!(
        "{name} can't be called by hand: it captures {}, which travel encrypted in the rendered page",
        deployed.captured.join(", ")
    ))
}

/// What is known of an action where it runs.
fn deployed(snap: &Snapshot, endpoint: &Endpoint) -> Deployed {
    let app = snap.app_of(endpoint.file);
    let facts = snap.facts(endpoint.file);
    let captured = facts.map(|facts| captures::captured(&facts, endpoint, app.as_deref())).unwrap_or_default();
    let mut ids = snap.action_ids();
    let id = ids.id(endpoint).map(|known| known.id);
    let mut deployed = Deployed { app, id, page: None, carried: None, captured };
    let Some(carriers) = snap.known_carriers(endpoint) else { return deployed };
    deployed.carried = Some(!carriers.pages.is_empty());
    let pages = || carriers.pages.iter().filter(|page| page.is_address());
    // one without parameters needs nothing filled in
    if let Some(page) = pages().find(|page| !page.url.contains('[')).or_else(|| pages().next()) {
        deployed.page = Some(page.url.to_string());
        deployed.app = snap.apps().iter().find(|app| app.id == page.app).cloned().or(deployed.app);
        let there = deployed.app.as_ref().map(|app| app.root.clone());
        if let Some(known) = ids.by_app(endpoint).into_iter().find(|one| Some(&one.root) == there.as_ref()) {
            deployed.id = known.id.map(|known| known.id);
        }
    }
    deployed
}

/// The arguments of an action. Those that `bind` gives come first and in the same order, so there is
/// nothing to tell about them.
fn arguments(snap: &Snapshot, endpoint: &Endpoint, effects: &Effects, notes: &mut Vec<String>) -> Vec<Argument> {
    let facts = snap.facts(endpoint.file);
    let (signature, wrapper) = facts.as_deref().map_or((None, None), |facts| source(facts, endpoint));
    if wrapper.is_some() {
        // its callback's parameters are the wrapper's, not the caller's
        notes.push("what it takes is for its wrapper to say: one object stands here".to_owned());
        return vec![Argument::Object(vec![])];
    }
    let text = snap.text(endpoint.file);
    let (Some(signature), Some(text)) = (signature, text) else {
        notes.push("what it takes is not told here".to_owned());
        return vec![];
    };
    let mut all = parameters_of(signature, &text);
    let form = form_of(&all, effects);
    if let Some(form) = form {
        let names = effects.reads.form.clone().unwrap_or_default();
        form_notes(&names, notes);
        for (index, filled) in all.iter_mut().enumerate() {
            if index == form {
                (filled.value, filled.known) = (Argument::Form(fields(&names)), true);
            } else if index + 1 == form && !filled.known {
                // what `useActionState` gives: what was returned before, and at first its initial state
                (filled.value, filled.known) = (Argument::Null, true);
                notes.push(format!("{} is the state before: null stands here", filled.name));
            }
        }
    }
    for filled in all.iter().filter(|f| !f.known) {
        notes.push(format!("what {} is made of is not told here", filled.name));
    }
    all.into_iter().map(|filled| filled.value).collect()
}

fn parameters_of(signature: &Signature, text: &str) -> Vec<Filled> {
    filled(text.get(signature.list.span()).unwrap_or_default(), text)
}

/// Which parameter is the form: by its type, else the last that has none, where a form is read.
fn form_of(all: &[Filled], effects: &Effects) -> Option<usize> {
    let typed = all.iter().rposition(|f| matches!(f.value, Argument::Form(_)));
    typed.or_else(|| effects.reads.form.as_ref().and_then(|_| all.iter().rposition(|f| f.bare)))
}

#[cfg(test)]
mod tests;
