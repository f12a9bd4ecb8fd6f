//! A small abstract evaluator: what an expression yields across files and functions. It follows
//! imports, members, calls and parameters by the leads that one file's facts hold
//! ([`syntax::value`]), and gives back text with holes.
//!
//! It never guesses: what it can't see into stays a hole, as it is written.

use std::rc::Rc;
use std::sync::Arc;

use syntax::{
    facts::{Export, FileFacts, Imported, Origin},
    value::{Call, Choice, Entry, Function, Hole, HoleKind, Lead, Test, Value},
};

use crate::{
    clients::HttpClient,
    consumers,
    follow::{Followed, Walk},
    paths::FileId,
    snapshot::Snapshot,
};

/// Where an expression stands: its file, and what the functions around it were called with.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub file: FileId,
    frame: Option<Rc<Frame>>,
}

#[derive(Debug)]
struct Frame {
    function: Arc<Function>,
    arguments: Vec<Known>,
    outer: Option<Rc<Frame>>,
}

impl Scope {
    /// The top of a file.
    pub(crate) fn of(file: FileId) -> Self {
        Self { file, frame: None }
    }
}

/// What an expression turned out to be.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    Text(Box<str>),
    Hole {
        source: Box<str>,
        kind: HoleKind,
    },
    Join(Vec<Known>),
    Either(Vec<Known>),
    Choice {
        condition: u64,
        yes: Box<Known>,
        no: Box<Known>,
    },
    /// An object, with the scope that its values stand in.
    Object(Scope, Arc<[Entry]>),
    /// Objects laid over each other; the last one that has a member counts.
    Merged(Vec<Known>),
    List(Scope, Arc<[Value]>),
    Function(Scope, Arc<Function>),
    /// What a function that can't be seen into made of this one (`useCallback(f)`): called like it,
    /// with the members of what it returns.
    Wrapped(Box<Known>),
    Module(FileId),
    /// A client that puts something in front of every URL (`axios.create({ baseURL })`).
    Client(Box<Known>),
    /// A client's method (`api.get`).
    Verb(Box<Known>, Box<str>),
    /// What the settings say of, and which of its methods.
    Configured(Box<HttpClient>, Option<Box<str>>),
    /// A name that no file binds, or a package's export.
    Foreign(Box<str>),
    /// What a call site gave: whatever is made of it is known by this mark.
    Marked(Box<Known>),
    /// Nothing is there.
    Absent,
}

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
}

/// What becomes of a URL that a function gets.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The requests that are made of it.
    pub sent: Vec<Sent>,
    /// None is, but it is part of what the function returns.
    pub is_returned: bool,
    /// The function's body was looked at.
    pub is_visible: bool,
}

/// A member's text.
#[derive(Debug)]
pub(crate) enum Member {
    Text(Value),
    /// The object has no such member.
    Absent,
    Unknown,
}

/// One evaluation. It remembers every file that it went through: an answer depends on all of them.
pub(crate) struct Evaluator<'s> {
    snap: &'s Snapshot,
    /// The files on the way.
    pub through: Vec<FileId>,
    fuel: u32,
}

/// No real code needs more steps for one URL.
const MOST_STEPS: u32 = 2_000;
const DEEPEST: u32 = 40;
/// How many wrappers deep a request may be.
const MOST_WRAPPERS: u32 = 8;

impl<'s> Evaluator<'s> {
    pub(crate) fn new(snap: &'s Snapshot) -> Self {
        Self { snap, through: vec![], fuel: MOST_STEPS }
    }

    /// The text that a value yields, with holes where it isn't known.
    pub(crate) fn text(&mut self, value: &Value, scope: &Scope) -> Value {
        let known = self.value(value, scope, 0);
        self.plain(&known, 0)
    }

    /// The text of a value's member.
    pub(crate) fn member_text(&mut self, value: &Value, key: &str, scope: &Scope) -> Member {
        let of = self.value(value, scope, 0);
        let is_object = matches!(of, Known::Object(..) | Known::Merged(_));
        match self.member(&of, key, 1) {
            Known::Absent if is_object => Member::Absent,
            Known::Absent | Known::Foreign(_) | Known::Hole { .. } => Member::Unknown,
            known => Member::Text(self.plain(&known, 0)),
        }
    }

    /// What becomes of a call's argument that is a URL or holds one.
    pub(crate) fn taken_by(&mut self, call: &Call, argument: usize, file: FileId) -> Taken {
        let scope = Scope::of(file);
        let callee = self.value(&call.callee, &scope, 0);
        if matches!(callee, Known::Hole { .. } | Known::Absent | Known::Text(_)) {
            return Taken::default();
        }
        let mut arguments: Vec<Known> = call.arguments.iter().map(|a| self.value(a, &scope, 1)).collect();
        if let Some(given) = arguments.get_mut(argument) {
            *given = Known::Marked(Box::new(std::mem::replace(given, Known::Absent)));
        }
        if let Known::Foreign(_) = callee {
            return Taken::default(); // the site says itself who takes it
        }
        let mut sent = vec![];
        self.send(&callee, "", arguments.clone(), 0, &mut sent);
        sent.retain(|s| s.marked);
        let is_returned = sent.is_empty() && {
            let result = self.result(&callee, arguments, call.is_new, 1);
            result.is_some_and(|r| self.is_made_of_mark(&r))
        };
        Taken { sent, is_returned, is_visible: true }
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
                let made = self.apply(scope, function, vec![], 1);
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
    fn send(&mut self, callee: &Known, name: &str, arguments: Vec<Known>, depth: u32, out: &mut Vec<Sent>) {
        const MOST_SENT: usize = 24;
        if depth > MOST_WRAPPERS || out.len() >= MOST_SENT || !self.step() {
            return;
        }
        match callee {
            Known::Function(scope, function) => {
                let frame = Frame { function: function.clone(), arguments, outer: scope.frame.clone() };
                let inner = Scope { file: scope.file, frame: Some(Rc::new(frame)) };
                for send in &function.sends {
                    let arguments: Vec<Known> = send.call.arguments.iter().map(|a| self.value(a, &inner, 1)).collect();
                    // What isn't made of the call site's argument is no business of the call site.
                    if arguments.iter().any(|a| self.holds_mark(a, 0)) {
                        let callee = self.value(&send.call.callee, &inner, 1);
                        self.send(&callee, &send.callee, arguments, depth + 1, out);
                    }
                }
            }
            Known::Wrapped(inner) | Known::Marked(inner) => self.send(inner, name, arguments, depth, out),
            Known::Choice { yes, no, .. } => {
                self.send(yes, name, arguments.clone(), depth, out);
                self.send(no, name, arguments, depth, out);
            }
            Known::Either(options) => {
                for option in options {
                    self.send(option, name, arguments.clone(), depth, out);
                }
            }
            Known::Client(base) => self.send_by_client(base, None, name, &arguments, out),
            Known::Verb(base, verb) => self.send_by_client(base, Some(verb), name, &arguments, out),
            Known::Configured(client, verb) => self.send_as_said(client, verb.as_deref(), &arguments, out),
            Known::Foreign(foreign) => {
                let name = if name.is_empty() { foreign } else { name };
                self.send_by_name(name, &arguments, out);
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
                (url, verb.or_else(|| said.filter(|m| !matches!(m, Known::Absent))))
            }
            [] => return,
        };
        self.push(name, &url, method, out);
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
                options.map(|o| self.member(o, "method", 1)).filter(|m| !matches!(m, Known::Absent))
            }
        };
        let joined = Known::Join(vec![base.clone(), slash_between(base, &url), url]);
        let name = if name.is_empty() { "fetch" } else { name };
        self.push(name, &joined, said, out);
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
                options.map(|o| self.member(o, "method", 1)).filter(|m| !matches!(m, Known::Absent))
            }
        });
        let base = Known::Text(client.base.as_str().into());
        let between = if client.base.is_empty() { Known::Text("".into()) } else { slash_between(&base, &url) };
        self.push("fetch", &Known::Join(vec![base, between, url]), method, out);
    }

    fn push(&mut self, callee: &str, url: &Known, method: Option<Known>, out: &mut Vec<Sent>) {
        let marked = gives_path(url);
        let url = self.plain(url, 0);
        let method = method.map(|m| self.plain(&m, 0));
        out.push(Sent { callee: callee.into(), url, method, marked });
    }

    fn step(&mut self) -> bool {
        self.fuel = self.fuel.saturating_sub(1);
        self.fuel > 0
    }

    fn value(&mut self, value: &Value, scope: &Scope, depth: u32) -> Known {
        if depth > DEEPEST || !self.step() {
            return Known::Hole { source: "…".into(), kind: HoleKind::Unknown };
        }
        match value {
            Value::Text(text) => Known::Text(text.clone()),
            Value::Join(parts) => Known::Join(parts.iter().map(|p| self.value(p, scope, depth + 1)).collect()),
            Value::Either(parts) => Known::Either(parts.iter().map(|p| self.value(p, scope, depth + 1)).collect()),
            Value::Choice(choice) => self.choice(choice, scope, depth),
            Value::Object(entries) => Known::Object(scope.clone(), entries.clone()),
            Value::List(items) => Known::List(scope.clone(), items.clone()),
            Value::Function(function) => Known::Function(scope.clone(), function.clone()),
            Value::Hole(hole) => self.hole(hole, scope, depth),
        }
    }

    fn choice(&mut self, choice: &Choice, scope: &Scope, depth: u32) -> Known {
        match choice.test.as_ref().and_then(|t| self.decided(t, scope, depth)) {
            Some(true) => self.value(&choice.yes, scope, depth + 1),
            Some(false) => self.value(&choice.no, scope, depth + 1),
            None => Known::Choice {
                condition: choice.condition,
                yes: Box::new(self.value(&choice.yes, scope, depth + 1)),
                no: Box::new(self.value(&choice.no, scope, depth + 1)),
            },
        }
    }

    /// `url.startsWith('http')`, where the text's beginning is known.
    fn decided(&mut self, test: &Test, scope: &Scope, depth: u32) -> Option<bool> {
        let subject = self.value(&test.subject, scope, depth + 1);
        let begins = beginning(&subject, 0)?;
        if begins.len() >= test.prefix.len() {
            Some(begins.starts_with(&*test.prefix))
        } else if test.prefix.starts_with(&*begins) {
            None
        } else {
            Some(false)
        }
    }

    fn hole(&mut self, hole: &Hole, scope: &Scope, depth: u32) -> Known {
        let unknown = || Known::Hole { source: hole.source.clone(), kind: hole.kind };
        let Some(lead) = &hole.lead else { return unknown() };
        let found = self.lead(lead, scope, depth + 1);
        match found {
            // A hole keeps its name here; what is known of it there counts.
            Some(Known::Hole { kind, .. }) => Known::Hole {
                source: hole.source.clone(),
                kind: if kind == HoleKind::Unknown { hole.kind } else { kind },
            },
            Some(known) => known,
            None => unknown(),
        }
    }

    fn lead(&mut self, lead: &Lead, scope: &Scope, depth: u32) -> Option<Known> {
        if depth > DEEPEST || !self.step() {
            return None;
        }
        match lead {
            Lead::Import { specifier, imported } => self.import(scope.file, specifier, imported, depth),
            Lead::Module(name) => {
                let facts = self.snap.facts(scope.file)?;
                if let Some(client) = self.client_here(scope.file, &facts, name) {
                    return Some(client);
                }
                let value = facts.value(name)?;
                Some(self.value(value, &Scope::of(scope.file), depth + 1))
            }
            Lead::Global(name) => Some(Known::Foreign(name.clone())),
            Lead::Parameter { up, index } => {
                let mut frame = scope.frame.clone()?;
                for _ in 0..*up {
                    frame = frame.outer.clone()?;
                }
                self.argument(scope.file, &frame, *index as usize, depth)
            }
            Lead::Member(of, key) => {
                let of = self.value(of, scope, depth + 1);
                match self.member(&of, key, depth + 1) {
                    Known::Absent => None,
                    known => Some(known),
                }
            }
            Lead::Defaulted(value, default) => match self.value(value, scope, depth + 1) {
                Known::Absent | Known::Hole { .. } => Some(self.value(default, scope, depth + 1)),
                known => Some(known),
            },
            Lead::Call(call) => self.call(call, scope, depth),
        }
    }

    fn argument(&mut self, file: FileId, frame: &Rc<Frame>, index: usize, depth: u32) -> Option<Known> {
        let given = frame.arguments.get(index).filter(|a| !matches!(a, Known::Absent)).cloned();
        let parameter = frame.function.parameters.get(index)?;
        match given {
            Some(Known::Hole { .. }) | None => {}
            given => return given,
        }
        if let (None, Some(default)) = (&given, &parameter.default) {
            let scope = Scope { file, frame: Some(frame.clone()) };
            return Some(self.value(default, &scope, depth + 1));
        }
        if !parameter.texts.is_empty() {
            return Some(Known::Either(parameter.texts.iter().map(|t| Known::Text(t.clone())).collect()));
        }
        given
    }

    fn import(&mut self, file: FileId, specifier: &str, imported: &Imported, depth: u32) -> Option<Known> {
        if let Some(client) = self.snap.client_of_import(file, specifier, imported) {
            return Some(Known::Configured(Box::new(client.clone()), None));
        }
        let mut walk = Walk::new(self.snap);
        let followed = walk.import(file, specifier, imported);
        self.through.append(&mut walk.through);
        match followed {
            Some(Followed::Module(module)) => Some(Known::Module(module)),
            Some(Followed::Export(file, export)) => self.export(file, export, depth),
            None if self.snap.resolve(file, specifier).is_none() => Some(Known::Foreign(match imported {
                Imported::Name(name) if &**name != "default" => name.clone(),
                // `import axios from 'axios'`
                _ => specifier.rsplit('/').next().unwrap_or(specifier).into(),
            })),
            None => None,
        }
    }

    fn export(&mut self, file: FileId, export: u32, depth: u32) -> Option<Known> {
        let facts = self.snap.facts(file)?;
        let name = &facts.exports.get(export as usize)?.name;
        if let Some(client) = self.snap.client_of_export(file, name) {
            return Some(Known::Configured(Box::new(client.clone()), None));
        }
        let value = exported_value(&facts, export)?;
        Some(self.value(value, &Scope::of(file), depth + 1))
    }

    /// A client of the settings that the file itself declares.
    fn client_here(&self, file: FileId, facts: &FileFacts, local: &str) -> Option<Known> {
        if self.snap.clients.is_empty() {
            return None;
        }
        let is_it = |e: &&Export| e.local.as_deref().unwrap_or(&e.name) == local;
        let client = facts.exports.iter().filter(is_it).find_map(|e| self.snap.client_of_export(file, &e.name))?;
        Some(Known::Configured(Box::new(client.clone()), None))
    }

    fn has_member(&mut self, of: &Known, key: &str) -> bool {
        !matches!(self.member(of, key, 1), Known::Absent)
    }

    fn member(&mut self, of: &Known, key: &str, depth: u32) -> Known {
        if depth > DEEPEST || !self.step() {
            return Known::Absent;
        }
        match of {
            Known::Object(scope, entries) => {
                for entry in entries.iter().rev() {
                    match entry {
                        Entry::Member(name, value) if &**name == key => return self.value(value, scope, depth + 1),
                        Entry::Member(..) => {}
                        Entry::Spread(value) => {
                            let spread = self.value(value, scope, depth + 1);
                            match self.member(&spread, key, depth + 1) {
                                Known::Absent => {}
                                known => return known,
                            }
                        }
                    }
                }
                Known::Absent
            }
            Known::Merged(objects) => {
                for object in objects.iter().rev() {
                    match self.member(object, key, depth + 1) {
                        Known::Absent => {}
                        known => return known,
                    }
                }
                Known::Absent
            }
            Known::List(scope, items) => match key.parse::<usize>().ok().and_then(|i| items.get(i)) {
                Some(value) => self.value(value, scope, depth + 1),
                None => Known::Absent,
            },
            Known::Either(options) => {
                let known: Vec<Known> = options.iter().map(|o| self.member(o, key, depth + 1)).collect();
                let there: Vec<Known> = known.into_iter().filter(|k| !matches!(k, Known::Absent)).collect();
                if there.is_empty() { Known::Absent } else { Known::Either(there) }
            }
            Known::Choice { condition, yes, no } => {
                let (yes, no) = (self.member(yes, key, depth + 1), self.member(no, key, depth + 1));
                match (yes, no) {
                    (Known::Absent, Known::Absent) => Known::Absent,
                    (yes, no) => Known::Choice { condition: *condition, yes: yes.into(), no: no.into() },
                }
            }
            Known::Marked(inner) => match self.member(inner, key, depth + 1) {
                Known::Absent => Known::Absent,
                known => Known::Marked(Box::new(known)),
            },
            Known::Wrapped(inner) => match &**inner {
                Known::Function(scope, function) => {
                    let made = self.apply(scope, function, vec![], depth + 1);
                    self.member(&made, key, depth + 1)
                }
                _ => Known::Absent,
            },
            Known::Module(module) => {
                let mut walk = Walk::new(self.snap);
                let followed = walk.export(*module, key);
                self.through.append(&mut walk.through);
                match followed {
                    Some(Followed::Export(file, export)) => {
                        self.export(file, export, depth + 1).unwrap_or(Known::Absent)
                    }
                    Some(Followed::Module(module)) => Known::Module(module),
                    None => Known::Absent,
                }
            }
            Known::Client(base) if next::Method::parse_any_case(key).is_some() || key == "request" => {
                Known::Verb(base.clone(), key.into())
            }
            Known::Configured(client, None) if next::Method::parse_any_case(key).is_some() || key == "request" => {
                Known::Configured(client.clone(), Some(key.into()))
            }
            // `axios.get`, `window.fetch`
            Known::Foreign(name) => Known::Foreign(format!("{name}.{key}").into()),
            _ => Known::Absent,
        }
    }

    fn call(&mut self, call: &Call, scope: &Scope, depth: u32) -> Option<Known> {
        // `path.replace(…)`, `url.toString()`: text stays text, as far as segments go.
        if let Some(Lead::Member(of, method)) = lead_of(&call.callee)
            && keeps_segments(method)
        {
            let text = self.value(of, scope, depth + 1);
            if is_text(&text, 0) {
                return Some(match (&**method, call.arguments.first()) {
                    ("concat", Some(tail)) => Known::Join(vec![text, self.value(tail, scope, depth + 1)]),
                    _ => text,
                });
            }
        }
        let callee = self.value(&call.callee, scope, depth + 1);
        let arguments: Vec<Known> = call.arguments.iter().map(|a| self.value(a, scope, depth + 1)).collect();
        self.result(&callee, arguments, call.is_new, depth)
    }

    fn result(&mut self, callee: &Known, arguments: Vec<Known>, is_new: bool, depth: u32) -> Option<Known> {
        match callee {
            Known::Function(scope, function) if !is_new => Some(self.apply(scope, function, arguments, depth + 1)),
            Known::Wrapped(inner) | Known::Marked(inner) => self.result(inner, arguments, is_new, depth + 1),
            Known::Client(base) => {
                // `api.extend({ prefixUrl })`
                let more = self.client(&arguments)?;
                Some(Known::Client(Box::new(Known::Join(vec![(**base).clone(), more]))))
            }
            Known::Foreign(name) if &**name == "Object.assign" => Some(Known::Merged(arguments)),
            Known::Foreign(name) if &**name == "URL" => arguments.into_iter().next(),
            Known::Foreign(_) => self.foreign(arguments),
            Known::Choice { condition, yes, no } => {
                let yes = self.result(yes, arguments.clone(), is_new, depth + 1)?;
                let no = self.result(no, arguments, is_new, depth + 1)?;
                Some(Known::Choice { condition: *condition, yes: yes.into(), no: no.into() })
            }
            _ => None,
        }
    }

    /// What a function that can't be seen into makes of its arguments: a client of options with a
    /// base, something that is called like the function it got, nothing that is known of all else.
    fn foreign(&mut self, arguments: Vec<Known>) -> Option<Known> {
        if let Some(base) = self.client(&arguments) {
            return Some(Known::Client(Box::new(base)));
        }
        match arguments.into_iter().next()? {
            function @ Known::Function(..) => Some(Known::Wrapped(Box::new(function))),
            _ => None,
        }
    }

    /// The base of the options of `axios.create`, `ky.extend`, `ofetch.create` and their kind.
    fn client(&mut self, arguments: &[Known]) -> Option<Known> {
        let options = arguments.iter().find(|a| matches!(a, Known::Object(..) | Known::Merged(_)))?;
        consumers::BASES.iter().find_map(|key| match self.member(options, key, 1) {
            Known::Absent => None,
            base => Some(base),
        })
    }

    fn apply(&mut self, scope: &Scope, function: &Arc<Function>, arguments: Vec<Known>, depth: u32) -> Known {
        let frame = Frame { function: function.clone(), arguments, outer: scope.frame.clone() };
        let inner = Scope { file: scope.file, frame: Some(Rc::new(frame)) };
        self.value(&function.returns, &inner, depth + 1)
    }

    /// As plain text with holes.
    fn plain(&mut self, known: &Known, depth: u32) -> Value {
        if depth > DEEPEST || !self.step() {
            return Value::hole("…", HoleKind::Unknown);
        }
        match known {
            Known::Text(text) => Value::Text(text.clone()),
            Known::Hole { source, kind } => Value::hole(source, *kind),
            Known::Join(parts) => Value::Join(parts.iter().map(|p| self.plain(p, depth + 1)).collect()),
            Known::Either(parts) => Value::Either(parts.iter().map(|p| self.plain(p, depth + 1)).collect()),
            Known::Choice { condition, yes, no } => Value::Choice(Box::new(Choice {
                condition: *condition,
                test: None,
                yes: self.plain(yes, depth + 1),
                no: self.plain(no, depth + 1),
            })),
            // An SWR key: its first element is the URL.
            Known::List(scope, items) => match items.first() {
                Some(first) => {
                    let first = self.value(first, scope, depth + 1);
                    self.plain(&first, depth + 1)
                }
                None => Value::default(),
            },
            Known::Marked(inner) => self.plain(inner, depth + 1),
            Known::Function(scope, function) => {
                // `useSWR(() => '/api/x')`
                let made = self.apply(scope, function, vec![], depth + 1);
                match made {
                    Known::Text(_) | Known::Join(_) | Known::Choice { .. } | Known::Either(_) => {
                        self.plain(&made, depth + 1)
                    }
                    _ => Value::hole("() => …", HoleKind::Unknown),
                }
            }
            Known::Foreign(name) => Value::hole(name, HoleKind::Unknown),
            Known::Absent => Value::default(),
            Known::Object(..)
            | Known::Merged(_)
            | Known::Wrapped(_)
            | Known::Module(_)
            | Known::Client(_)
            | Known::Configured(..)
            | Known::Verb(..) => Value::hole("…", HoleKind::Unknown),
        }
    }
}

/// The value of an export that its file declares.
pub(crate) fn exported_value(facts: &FileFacts, export: u32) -> Option<&Value> {
    let export = facts.exports.get(export as usize)?;
    if export.origin != Origin::Here {
        return None;
    }
    facts.value(export.local.as_deref().unwrap_or(&export.name)).or_else(|| facts.value(&export.name))
}

fn lead_of(value: &Value) -> Option<&Lead> {
    match value {
        Value::Hole(hole) => hole.lead.as_ref(),
        _ => None,
    }
}

/// Methods of text that leave its segments where they are; `replace` fills placeholders in.
fn keeps_segments(method: &str) -> bool {
    matches!(
        method,
        "toString" | "trim" | "trimEnd" | "trimStart" | "replace" | "replaceAll" | "concat" | "toLowerCase" | "valueOf"
    )
}

fn is_text(known: &Known, depth: u32) -> bool {
    match known {
        Known::Text(_) | Known::Join(_) => true,
        Known::Marked(inner) => is_text(inner, depth + 1),
        Known::Either(options) => options.iter().all(|o| is_text(o, depth + 1)),
        Known::Choice { yes, no, .. } => is_text(yes, depth + 1) && is_text(no, depth + 1),
        _ => false,
    }
}

/// Whether what was marked is the URL's path or the rest of it behind a prefix; one segment of a URL
/// that a function knows otherwise (`` `/api/users/${id}` ``) doesn't make its caller's argument a URL.
fn gives_path(url: &Known) -> bool {
    let mut before = String::new();
    fn look(known: &Known, before: &mut String, depth: u32) -> bool {
        if depth > DEEPEST {
            return false;
        }
        match known {
            Known::Text(text) => {
                before.push_str(text);
                false
            }
            Known::Join(parts) => parts.iter().any(|p| look(p, before, depth + 1)),
            Known::Either(options) => options.iter().any(|o| look(o, &mut before.clone(), depth + 1)),
            Known::Choice { yes, no, .. } => {
                look(yes, &mut before.clone(), depth + 1) || look(no, &mut before.clone(), depth + 1)
            }
            Known::Marked(inner) => {
                let path = before.split_once("://").map_or(before.as_str(), |(_, rest)| {
                    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
                });
                let begins = beginning(inner, 0);
                begins.is_some_and(|b| b.starts_with('/') || b.starts_with("http"))
                    || path.split('/').filter(|s| !s.is_empty()).count() < 2
            }
            _ => false,
        }
    }
    look(url, &mut before, 0)
}

fn is_marked(known: &Known, depth: u32) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match known {
        Known::Marked(_) => true,
        Known::Join(parts) | Known::Either(parts) => parts.iter().any(|p| is_marked(p, depth + 1)),
        Known::Choice { yes, no, .. } => is_marked(yes, depth + 1) || is_marked(no, depth + 1),
        _ => false,
    }
}

/// The text that something surely begins with.
fn beginning(known: &Known, depth: u32) -> Option<Box<str>> {
    match known {
        Known::Text(text) => Some(text.clone()),
        Known::Join(parts) if depth < DEEPEST => {
            let mut begins = String::new();
            for part in parts {
                match part {
                    Known::Text(text) => begins.push_str(text),
                    part => {
                        if let Some(more) = beginning(part, depth + 1) {
                            begins.push_str(&more);
                        }
                        break;
                    }
                }
            }
            (!begins.is_empty()).then(|| begins.into())
        }
        Known::Marked(inner) => beginning(inner, depth + 1),
        _ => None,
    }
}

/// Clients put a slash between base and path where neither has one.
fn slash_between(base: &Known, url: &Known) -> Known {
    let has_slash = beginning(url, 0).is_some_and(|t| t.starts_with('/'));
    let ends_with_slash = match base {
        Known::Text(text) => text.ends_with('/'),
        Known::Join(parts) => matches!(parts.last(), Some(Known::Text(text)) if text.ends_with('/')),
        _ => false,
    };
    Known::Text(if has_slash || ends_with_slash { "" } else { "/" }.into())
}
