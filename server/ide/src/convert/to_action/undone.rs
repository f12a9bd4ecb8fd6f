//! The way back of what [`super::to_action`] wrote: an action that stands in a folder of `app`, is called as
//! that folder's handler would be, and answers `{ ok, status, data }` or a value. It becomes the handler of
//! that URL, and each call the `fetch` that it stands for.
//!
//! What a request says beside its meaning isn't told by an action (`credentials`, in which line a body was
//! read), so such a handler may be another text than the one that somebody wrote at first; from here on, there
//! and back is the identity.

mod answers;
mod asking;
mod callers;
mod forms;
mod handler;
mod manner;
mod near;
mod rejoined;
mod sent;

use std::path::PathBuf;

use next::{Method, Version};
use syntax::{
    TextRange,
    anatomy::{Anatomy, Function, Reported, StatementKind},
};
use workspace::{App, Endpoint, FileId, Snapshot};

use super::{
    Conversion, Draft, Refusal, Source,
    answer::{FROM_RESPONSE, THROUGH_JSON},
    input::camel,
    leaving::{from_response, through_json},
    name::{has_word, wished},
    read,
};
use crate::{
    convert::{action::Action, reach, thin::bare, to_route::app_of},
    hover::effects::effects,
};

/// An action that was a handler.
struct Former<'a> {
    snap: &'a Snapshot,
    app: &'a App,
    endpoint: &'a Endpoint,
    source: &'a Source,
    anatomy: &'a Anatomy<'a>,
    function: Function,
    /// Its name.
    name: Box<str>,
    /// Its parameters, with the parentheses.
    list: TextRange,
    method: Method,
    public: bool,
    /// `/api/posts/[id]`
    url: String,
    route: PathBuf,
    /// The route's file, if other methods stand there.
    host: Option<FileId>,
    parameters: Vec<Parameter>,
    shape: Shape,
    /// What it says is text, and no JSON.
    says_text: bool,
    /// It revalidates or sets cookies: its answer brings the page along, which a handler's doesn't.
    writes: bool,
}

/// A parameter, and the part of a request that it stands for.
struct Parameter {
    role: Role,
    /// Its name; `None` for a pattern.
    name: Option<Box<str>>,
    pattern: TextRange,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    Segment(String),
    Query,
    Json,
    Form,
}

/// What callers ask of a result.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    /// How it went.
    how: bool,
    /// What is answered.
    body: bool,
    /// Something goes there that may be `null`.
    gives_null: bool,
    /// Segments go into a URL as they are.
    leaves_plain: bool,
}

impl Asked {
    fn and(self, more: Self) -> Self {
        Self {
            how: self.how || more.how,
            body: self.body || more.body,
            gives_null: self.gives_null || more.gives_null,
            leaves_plain: self.leaves_plain || more.leaves_plain,
        }
    }
}

/// What the action gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Nothing,
    Value,
    Result,
    /// Nothing: it sends elsewhere who posts a form to it.
    Redirect,
}

/// `None` where the action is any other.
pub(in crate::convert) fn undone(
    snap: &Snapshot,
    endpoint: &Endpoint,
    method: Method,
    public: bool,
) -> Option<Result<Conversion, Refusal>> {
    if method == Method::Get {
        return None;
    }
    let source = Source::read(snap, endpoint.file).ok()?;
    let app = app_of(snap, endpoint).ok()?;
    let (url, route, host) = place(snap, &app, &source)?;
    let action = Action::new(snap, &source, endpoint).ok().filter(|a| a.wrapper.is_none() && a.forms.is_empty())?;
    let mut all = effects(snap, endpoint).unwrap_or_default();
    let redirects = all.redirects.len();
    reach::add(snap, &action, &mut all);
    let writes = !all.revalidates.is_empty() || all.sets_cookies.is_some() || all.deletes_cookies.is_some();
    // a handler that calls what sends its caller elsewhere would answer with 307
    if all.redirects.len() > redirects {
        return None;
    }
    // browsers post forms, and put no basePath in front of where they are sent
    let can_send = method == Method::Post && url.starts_with("/api/") && app.config.base_path.is_none();
    if redirects > 0 && !can_send {
        return None;
    }
    let anatomy = read(&source).ok()?;
    let facts = snap.facts(endpoint.file)?;
    let list = facts.exports.get(endpoint.export? as usize)?.signature.as_ref()?.list;
    let (name, function) = (action.name.clone(), action.function.clone());
    let mut former = Former {
        snap,
        app: &app,
        endpoint,
        source: &source,
        anatomy: &anatomy,
        function,
        name,
        list,
        method,
        public,
        url,
        route,
        host,
        parameters: vec![],
        shape: Shape::Value,
        says_text: false,
        writes,
    };
    former.is_one().then_some(())?;
    former.shape = if redirects > 0 { Shape::Redirect } else { former.shape()? };
    former.says_text = former.function.returns_type.is_some_and(|t| anatomy.slice(t).contains("string"));
    former.parameters = former.parameters()?;
    let mut draft = Draft::default();
    let asked = former.rewrite_mentions(&mut draft)?;
    let handler = former.handler(asked)?;
    match former.host {
        Some(host) => former.rejoin(host, &handler, &mut draft)?,
        None => draft.create(former.route.clone(), handler),
    }
    draft.delete(&source);
    former.notes(asked, &mut draft);
    Some(draft.finish(snap))
}

/// The URL that a handler in the action's folder has, and its file, with what is there already.
fn place(snap: &Snapshot, app: &App, source: &Source) -> Option<(String, PathBuf, Option<FileId>)> {
    let stem = source.path.file_stem()?.to_str()?;
    let number = stem.strip_prefix("actions")?;
    let is_ours = number.is_empty() || number.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
    let (folder, extension) = (source.path.parent()?, source.path.extension()?.to_str()?);
    let below = folder.strip_prefix(app.app_dir.as_ref()?).ok().filter(|_| is_ours)?;
    let mut url = String::new();
    for segment in below.components() {
        let segment = segment.as_os_str().to_str()?;
        match segment.as_bytes().first() {
            Some(b'(') if segment.ends_with(')') => {}
            Some(b'@' | b'_' | b'(') => return None,
            _ if segment.contains("...") || segment.contains('%') => return None,
            _ => url.push_str(&format!("/{segment}")),
        }
    }
    let is_there = |stem: &str, e: &str| {
        let path = folder.join(format!("{stem}.{e}"));
        snap.file(&path).is_some() || path.exists()
    };
    let route = folder.join(format!("route.{extension}"));
    let host = snap.file(&route);
    let is_other = |e: &&str| *e != extension || host.is_none();
    let mut others = ["ts", "tsx", "js", "jsx"].into_iter().filter(|e| is_there("page", e) || is_there("route", e));
    let is_taken = others.any(|e| is_there("page", e) || is_other(&e));
    let is_extension = app.config.page_extensions.iter().any(|e| e == extension);
    (!url.is_empty() && !is_taken && is_extension).then_some((url, route, host))
}

impl Former<'_> {
    /// Whether nothing else is exported, and the name is the one that the handler would give.
    fn is_one(&self) -> bool {
        let statements = &self.anatomy.module.statements;
        let exported = |s: &&syntax::anatomy::Statement| {
            s.kind != StatementKind::Type
                && (s.export.is_some() || matches!(s.kind, StatementKind::List | StatementKind::Reexport))
        };
        let wished = wished(self.method, &self.url);
        let more = self.name.strip_prefix(&*wished);
        let is_wished = more.is_some_and(|more| matches!(more, "" | "Action") || more.parse::<u32>().is_ok());
        let first = statements.first().is_some_and(|s| s.kind == StatementKind::Directive);
        let whole = TextRange::new(0, self.source.text.len() as u32);
        let is_method = self.anatomy.is_free_within(whole, self.method.as_str());
        first
            && is_wished
            && is_method
            && statements.iter().filter(exported).count() == 1
            && self.is_ours(THROUGH_JSON, through_json)
            && self.is_ours(FROM_RESPONSE, from_response)
            && self.app.release() >= Version::new(13, 4, 0)
    }

    /// Whether a function is the one that the conversion brings, if there is one of its name.
    fn is_ours(&self, name: &str, written: fn(bool) -> String) -> bool {
        match self.helper(name) {
            Some(range) => {
                let text = bare(self.anatomy.slice(range));
                [true, false].into_iter().any(|typed| bare(&written(typed)) == text)
            }
            None => !has_word(&self.source.text, name),
        }
    }

    /// The results in a returned value.
    fn reported(&self, value: TextRange) -> Option<Vec<Reported>> {
        self.anatomy.reported(value, FROM_RESPONSE)
    }

    /// Whether what it answers is never `null`, as far as it is written here.
    fn is_never_null(&self) -> bool {
        let is_object = |data: TextRange| {
            let data = self.anatomy.given_to(THROUGH_JSON, data).unwrap_or(data);
            self.anatomy.is_made_here(data)
        };
        let values = || self.function.returns.iter().filter_map(|r| r.value);
        values().all(|value| {
            let all = self.reported(value).unwrap_or_default();
            all.iter().all(|one| match one {
                Reported::Here(report) => report.data.is_some_and(is_object),
                Reported::Elsewhere { .. } => true,
            })
        })
    }

    /// The statement of a function of the file.
    fn helper(&self, name: &str) -> Option<TextRange> {
        let module = &self.anatomy.module;
        let statement = module.statements.get(module.declaring(name)?)?;
        (statement.kind == StatementKind::Function).then_some(statement.range)
    }

    fn shape(&self) -> Option<Shape> {
        let is_said = |value: &Option<TextRange>| value.is_some();
        let returns = &self.function.returns;
        let returned = match self.function.returns_type.map(|t| self.anatomy.slice(t)) {
            Some("Promise<void>") => Shape::Nothing,
            Some("Promise<any>" | "Promise<string>") => Shape::Value,
            Some(
                "Promise<{ ok: boolean; status: number; data: any }>"
                | "Promise<{ ok: boolean; status: number; data: string }>"
                | "Promise<{ ok: boolean; status: number; data?: any }>",
            ) => Shape::Result,
            Some(_) => return None,
            None if self.source.is_typed() => return None,
            None if returns.iter().all(|r| !is_said(&r.value)) => Shape::Nothing,
            None if returns.iter().all(|r| r.value.is_some_and(|v| self.reported(v).is_some())) => Shape::Result,
            None => Shape::Value,
        };
        let is_all = match returned {
            Shape::Redirect => false,
            Shape::Nothing => {
                returns.iter().all(|r| !is_said(&r.value)) && self.anatomy.slice(self.function.body).starts_with('{')
            }
            Shape::Value => !returns.is_empty() && returns.iter().all(|r| is_said(&r.value)),
            Shape::Result => {
                !returns.is_empty() && returns.iter().all(|r| r.value.is_some_and(|v| self.reported(v).is_some()))
            }
        };
        is_all.then_some(returned)
    }

    fn parameters(&self) -> Option<Vec<Parameter>> {
        let segments: Vec<&str> =
            self.url.split('/').filter_map(|s| s.strip_prefix('[').and_then(|s| s.strip_suffix(']'))).collect();
        let all = &self.function.parameters;
        let mut found: Vec<Parameter> = vec![];
        for (index, parameter) in all.iter().enumerate() {
            if parameter.optional || parameter.rest || parameter.default.is_some() {
                return None;
            }
            let ty = parameter.annotation.map(|t| self.anatomy.slice(t));
            let name = parameter.name.as_deref();
            let is_it =
                |segment: &&&str| name.is_some_and(|n| n == camel(segment) || n == format!("{}Value", camel(segment)));
            let is_known = |segment: &str| found.iter().any(|p| p.role == Role::Segment(segment.to_owned()));
            let segment = segments.iter().find(is_it).filter(|s| !is_known(s));
            let role = match (ty, segment) {
                (Some("FormData"), _) => Role::Form,
                (Some("string | null"), _) if name.is_some() => Role::Query,
                (Some("string" | "any") | None, Some(segment)) => Role::Segment((*segment).to_owned()),
                (Some("any") | None, None) if index + 1 == all.len() => Role::Json,
                _ => return None,
            };
            let is_body = matches!(role, Role::Json | Role::Form);
            if is_body && index + 1 != all.len() {
                return None;
            }
            found.push(Parameter { role, name: parameter.name.clone(), pattern: parameter.pattern });
        }
        let read = found.iter().filter(|p| matches!(p.role, Role::Segment(_))).count();
        (read == segments.len()).then_some(found)
    }

    fn reads(&self, role: &Role) -> bool {
        self.parameters.iter().any(|p| p.role == *role)
    }

    fn notes(&self, asked: Asked, draft: &mut Draft) {
        let (method, url) = (self.method, &self.url);
        let takes = if self.public { "takes calls from any origin, and bodies" } else { "takes bodies" };
        draft.note(format!("{method} {url} {takes} of any size: an action took 1 MB"));
        if asked.how || self.shape == Shape::Nothing {
            let text = "What it throws made the call reject; now it is a response with status 500";
            draft.note_at(self.source.file, self.endpoint.range, text);
        }
        if asked.leaves_plain && url.contains('[') {
            draft
                .note("Segments go into the URL as they are, like those of requests nearby: each has to be like an id");
        }
    }
}
