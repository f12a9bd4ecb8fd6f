//! What becomes of a URL that a function gets: wrappers are looked into, down to what sends a
//! request.

use std::rc::Rc;

use syntax::{
    facts::Form,
    value::{Call, Entry, Lead, Value},
};

use super::{
    Evaluator,
    known::{Frame, Given, Known, Scope, gives_path, is_marked, is_nothing, slash_between},
};
use crate::{
    clients::HttpClient,
    consumers,
    follow::{Followed, Walk},
    paths::FileId,
};

/// How many wrappers deep a request may be.
const MOST_WRAPPERS: u32 = 8;

/// A request that a function makes, with what it was called with filled in.
#[derive(Debug)]
pub(crate) struct Sent {
    /// The last callee, which sends it: `fetch`, `useSWR`.
    pub callee: Box<str>,
    pub url: Value,
    /// `None`: nothing said.
    pub method: Option<Value>,
    /// The URL is made of what was marked.
    pub marked: bool,
    /// It is the beginning of all that is meant.
    pub is_beginning: bool,
}

/// What becomes of a URL that a function gets.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The requests that are made of it.
    pub sent: Vec<Sent>,
    /// None is, but it is part of what the function returns: this.
    pub returned: Option<Value>,
    /// The function's body was looked at.
    pub is_visible: bool,
    /// None is, but the function writes this method beside it.
    pub method_beside: Option<String>,
    /// Nothing that the function does with it can leave it but what it returns.
    pub is_kept: bool,
    /// Another file declares the function, though its body says nothing of a URL.
    pub is_declared: bool,
}

impl Evaluator<'_> {
    /// What becomes of a call's argument that is a URL or holds one. `said` is the callee as it is
    /// written, which says more of a default import than its module does.
    pub(crate) fn taken_by(&mut self, call: &Call, argument: usize, file: FileId, said: &str) -> Taken {
        let scope = Scope::of(file);
        if self.is_of_language(&call.callee, &scope) {
            return Taken { is_visible: true, ..Taken::default() };
        }
        let callee = self.value(&call.callee, &scope, 0);
        if matches!(callee, Known::Hole { .. } | Known::Absent | Known::Text(_)) {
            let declared = self.declared_elsewhere(&call.callee, file);
            let is_kept = declared == Some(true);
            return Taken { is_declared: declared.is_some(), is_kept, ..Taken::default() };
        }
        let mut arguments: Vec<Known> = vec![];
        for (index, value) in call.arguments.iter().enumerate() {
            // Beside the URL, methods and options count; an import there (a schema, an icon) is hardly ever
            // one, and would have its file read.
            let beside = match value {
                Value::Hole(hole) if index != argument && matches!(hole.lead, Some(Lead::Import { .. })) => {
                    Known::Hole { source: hole.source.clone(), kind: hole.kind }
                }
                value => self.value(value, &scope, 1),
            };
            arguments.push(beside);
        }
        if let Some(given) = arguments.get_mut(argument) {
            *given = Known::Marked(Box::new(std::mem::replace(given, Known::Absent)));
        }
        if let Known::Foreign(name) = &callee {
            let name = if said.is_empty() { name } else { said };
            let sent = self.sent_by_foreign(name, arguments, argument);
            return Taken { sent, ..Taken::default() };
        }
        let given = Given { list: arguments, all: !call.open };
        let mut sent = vec![];
        self.send(&callee, "", given.clone(), 0, &mut sent);
        sent.retain(|s| s.marked);
        let method_beside = if sent.is_empty() { self.method_beside(&callee, given.clone()) } else { None };
        let result = if sent.is_empty() { self.result(&callee, given, call.is_new, 1) } else { None };
        let returned = result.filter(|r| self.is_made_of_mark(r)).map(|r| self.plain(&r, 0));
        let is_kept = sent.is_empty() && self.keeps_to_itself(&callee, 0);
        Taken { sent, returned, is_visible: true, method_beside, is_kept, is_declared: true }
    }

    /// What the site doesn't say itself of a function that no file holds: the options that the URL stands
    /// in, and the method with which SWR's fetcher sends the key.
    fn sent_by_foreign(&mut self, name: &str, arguments: Vec<Known>, argument: usize) -> Vec<Sent> {
        let mut sent = vec![];
        let Some(Known::Marked(given)) = arguments.get(argument) else { return sent };
        if matches!(**given, Known::Object(..)) {
            self.send_by_name(name, &arguments, &mut sent);
        } else if let (0, "swr", [key, fetcher, ..]) = (argument, consumers::by_name(name).kind, arguments.as_slice()) {
            let mut by_fetcher = vec![];
            self.send(fetcher, "", Given { list: vec![key.clone()], all: false }, 1, &mut by_fetcher);
            let url = self.plain(key, 0);
            for request in by_fetcher.into_iter().filter(|s| s.marked) {
                let default = || consumers::by_name(&request.callee).default_method.map(|m| Value::Text(m.into()));
                let method = request.method.clone().or_else(default);
                sent.push(Sent { callee: name.into(), url: url.clone(), method, marked: true, is_beginning: false });
            }
        }
        sent.retain(|s| s.marked);
        sent
    }

    /// Whether an import ends at a function or class of the workspace, and if so, whether it is one that
    /// only looks at what it gets.
    fn declared_elsewhere(&mut self, callee: &Value, file: FileId) -> Option<bool> {
        let Value::Hole(hole) = callee else { return None };
        let Some(Lead::Import { specifier, imported }) = &hole.lead else { return None };
        let mut walk = Walk::new(self.snap);
        let followed = walk.import(file, specifier, imported);
        self.through.append(&mut walk.through);
        let Some(Followed::Export(file, export)) = followed else { return None };
        let facts = self.snap.facts(file)?;
        let export = facts.exports.get(export as usize)?;
        (export.form.is_function() || export.form == Form::Class).then_some(export.looks)
    }

    /// `urls.push('/api/x')` of a list that is written out: no router's method.
    fn is_of_language(&mut self, callee: &Value, scope: &Scope) -> bool {
        let Value::Hole(hole) = callee else { return false };
        let Some(Lead::Member(of, _)) = &hole.lead else { return false };
        matches!(self.value(of, scope, 0), Known::List(..))
    }

    /// Whether a function hands nothing on that it gets, in none of its calls.
    fn keeps_to_itself(&mut self, callee: &Known, depth: u32) -> bool {
        const DEEPEST: u32 = 3;
        let Known::Function(scope, function) = callee else { return false };
        if function.hands_on || depth > DEEPEST || !self.step() {
            return false;
        }
        let frame = Frame { function: function.clone(), given: Given::default(), outer: scope.frame.clone() };
        let inner = Scope { file: scope.file, frame: Some(Rc::new(frame)) };
        function.sends.iter().all(|send| {
            let callee = self.value(&send.call.callee, &inner, 1);
            matches!(&callee, Known::Foreign(name) if is_plain_maker(name)) || self.keeps_to_itself(&callee, depth + 1)
        })
    }

    fn holds_mark(&mut self, known: &Known, depth: u32) -> bool {
        const MOST_ENTRIES: usize = 16;
        match known {
            Known::Object(scope, entries) if depth < 2 => entries.iter().take(MOST_ENTRIES).any(|entry| {
                let (Entry::Member(_, value) | Entry::Spread(value)) = entry;
                let known = self.value(value, scope, 1);
                self.holds_mark(&known, depth + 1)
            }),
            Known::Merged(objects) if depth < 2 => objects.iter().any(|o| self.holds_mark(o, depth + 1)),
            Known::List(scope, items) if depth < 2 => items.first().is_some_and(|value| {
                let known = self.value(value, scope, 1);
                self.holds_mark(&known, depth + 1)
            }),
            Known::Function(scope, function) if depth < 2 => {
                let made = self.apply(scope, function, Given::default(), 1);
                !matches!(made, Known::Function(..)) && self.holds_mark(&made, depth + 1)
            }
            known => is_marked(known, 0),
        }
    }

    fn is_made_of_mark(&mut self, known: &Known) -> bool {
        match known {
            Known::List(scope, items) => {
                let first = items.first().map(|f| self.value(f, scope, 1));
                first.is_some_and(|f| is_marked(&f, 0))
            }
            Known::Choice { yes, no, .. } => self.is_made_of_mark(yes) || self.is_made_of_mark(no),
            Known::Either(options) => options.iter().any(|o| self.is_made_of_mark(o)),
            known => is_marked(known, 0),
        }
    }

    /// What a call of `callee` sends.
    fn send(&mut self, callee: &Known, name: &str, given: Given, depth: u32, out: &mut Vec<Sent>) {
        const MOST_SENT: usize = 24;
        if depth > MOST_WRAPPERS || out.len() >= MOST_SENT || !self.step() {
            return;
        }
        match callee {
            Known::Function(scope, function) => {
                let frame = Frame { function: function.clone(), given, outer: scope.frame.clone() };
                let inner = Scope { file: scope.file, frame: Some(Rc::new(frame)) };
                for send in &function.sends {
                    let list: Vec<Known> = send.call.arguments.iter().map(|a| self.value(a, &inner, 1)).collect();
                    // What isn't made of the call site's argument is no business of the call site.
                    if list.iter().any(|a| self.holds_mark(a, 0)) {
                        let callee = self.value(&send.call.callee, &inner, 1);
                        let given = Given { list, all: !send.call.open };
                        let before = out.len();
                        self.send(&callee, &send.callee, given, depth + 1, out);
                        let new = out.iter_mut().skip(before).filter(|_| send.is_beginning);
                        new.for_each(|sent| sent.is_beginning = true);
                    }
                }
            }
            Known::Wrapped(inner) | Known::Marked(inner) => self.send(inner, name, given, depth, out),
            Known::Choice { yes, no, .. } => {
                self.send(yes, name, given.clone(), depth, out);
                self.send(no, name, given, depth, out);
            }
            Known::Either(options) => {
                for option in options {
                    self.send(option, name, given.clone(), depth, out);
                }
            }
            Known::Client(base) => self.send_by_client(base, None, name, &given.list, out),
            // a client of its own options: nothing is sent
            Known::Verb(_, verb) if matches!(&**verb, "extend" | "create") => {}
            Known::Verb(base, verb) => self.send_by_client(base, Some(verb), name, &given.list, out),
            Known::Configured(client, verb) => self.send_as_said(client, verb.as_deref(), &given.list, out),
            Known::Foreign(foreign) => {
                // its own name, whatever an import calls it; a default export's is the one that it is given
                let name = if name.is_empty() || consumers::request(foreign).is_some() { foreign } else { name };
                self.send_by_name(name, &given.list, out);
            }
            _ => {}
        }
    }

    /// A function that no file holds: it sends if it is known to (`fetch`).
    fn send_by_name(&mut self, name: &str, arguments: &[Known], out: &mut Vec<Sent>) {
        let Some(taken) = consumers::request(name) else { return };
        let is_verb = |known: &Known| matches!(known, Known::Text(t) if next::Method::parse(t).is_some());
        let (url, method) = match arguments {
            // `xhr.open('POST', url)`
            [verb, url, ..] if is_verb(verb) => (url.clone(), Some(verb.clone())),
            [first, rest @ ..] => {
                let options = if self.has_member(first, "url") { Some(first) } else { rest.first() };
                let url = if self.has_member(first, "url") { self.member(first, "url", 1) } else { first.clone() };
                let said = options.map(|o| self.member(o, "method", 1));
                let verb = taken.verb.map(|v| Known::Text(v.into()));
                (url, verb.or_else(|| said.filter(|m| !is_nothing(m))))
            }
            [] => return,
        };
        self.push(name, &url, &url, method, out);
    }

    fn send_by_client(
        &mut self,
        base: &Known,
        verb: Option<&str>,
        name: &str,
        arguments: &[Known],
        out: &mut Vec<Sent>,
    ) {
        let Some(first) = arguments.first() else { return };
        let in_object = self.has_member(first, "url");
        let url = if in_object { self.member(first, "url", 1) } else { first.clone() };
        let said = match verb.and_then(next::Method::parse_any_case) {
            Some(method) => Some(Known::Text(method.as_str().into())),
            None => {
                let options = if in_object { Some(first) } else { arguments.get(1) };
                options.map(|o| self.member(o, "method", 1)).filter(|m| !is_nothing(m))
            }
        };
        let joined = Known::Join(vec![base.clone(), slash_between(base, &url), url.clone()]);
        let name = if name.is_empty() { "fetch" } else { name };
        self.push(name, &joined, &url, said, out);
    }

    /// A client of the settings.
    fn send_as_said(&mut self, client: &HttpClient, verb: Option<&str>, arguments: &[Known], out: &mut Vec<Sent>) {
        let Some(given) = arguments.get(client.argument) else { return };
        let in_object = self.has_member(given, "url");
        let url = if in_object { self.member(given, "url", 1) } else { given.clone() };
        let always = verb.and_then(next::Method::parse_any_case).map(|m| Known::Text(m.as_str().into()));
        let always = always.or_else(|| client.method.as_ref().map(|m| Known::Text(m.as_str().into())));
        let method = always.or_else(|| match client.method_argument {
            Some(index) => arguments.get(index).cloned(),
            None => {
                let options = if in_object { Some(given) } else { arguments.get(client.argument + 1) };
                options.map(|o| self.member(o, "method", 1)).filter(|m| !is_nothing(m))
            }
        });
        let base = Known::Text(client.base.as_str().into());
        let between = if client.base.is_empty() { Known::Text("".into()) } else { slash_between(&base, &url) };
        self.push("fetch", &Known::Join(vec![base, between, url.clone()]), &url, method, out);
    }

    /// `path` is what was given as the URL, without what a client puts in front.
    fn push(&mut self, callee: &str, url: &Known, path: &Known, method: Option<Known>, out: &mut Vec<Sent>) {
        let marked = gives_path(path);
        let url = self.plain(url, 0);
        let method = method.map(|m| self.plain(&m, 0));
        out.push(Sent { callee: callee.into(), url, method, marked, is_beginning: false });
    }
}

/// Globals that make a value of a text and do nothing with it.
fn is_plain_maker(name: &str) -> bool {
    matches!(
        name,
        "URL" | "URLSearchParams" | "RegExp" | "Set" | "Map" | "decodeURIComponent" | "decodeURI" | "encodeURI"
    )
}
