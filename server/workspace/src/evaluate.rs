//! A small abstract evaluator: what an expression yields across files and functions. It follows
//! imports, members, calls and parameters by the leads that one file's facts hold
//! ([`syntax::value`]), and gives back text with holes.
//!
//! It never guesses: what it can't see into stays a hole, as it is written.

mod beside;
mod known;
mod lookup;
mod send;
mod texts;

use std::rc::Rc;
use std::sync::Arc;

use syntax::{
    facts::{Export, FileFacts, Imported, Origin},
    value::{Asked, Call, Choice, Entry, Function, Hole, HoleKind, Lead, Test, Value, keeps_segments},
};

use crate::{
    consumers,
    follow::{Followed, Walk},
    paths::FileId,
    snapshot::Snapshot,
};

use known::{Frame, Given, is_nothing, is_text};
pub(crate) use known::{Known, Scope};
pub(crate) use send::Sent;

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

impl<'s> Evaluator<'s> {
    pub(crate) fn new(snap: &'s Snapshot) -> Self {
        Self { snap, through: vec![], fuel: MOST_STEPS }
    }

    /// The text that a value yields, with holes where it isn't known.
    pub(crate) fn text(&mut self, value: &Value, scope: &Scope) -> Value {
        let known = self.part(value, scope, 0);
        self.plain(&known, 0)
    }

    /// A part of a text. What nothing is known of keeps the name that it has here.
    fn part(&mut self, value: &Value, scope: &Scope, depth: u32) -> Known {
        match (self.value(value, scope, depth), value) {
            (Known::Foreign(_), Value::Hole(hole)) => Known::Hole { source: hole.source.clone(), kind: hole.kind },
            (known, _) => known,
        }
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
            Value::Join(parts) => self.join(parts, scope, depth),
            Value::Either(parts) => Known::Either(parts.iter().map(|p| self.value(p, scope, depth + 1)).collect()),
            Value::Choice(choice) => self.choice(choice, scope, depth),
            Value::Object(entries) => Known::Object(scope.clone(), entries.clone()),
            Value::List(items) => Known::List(scope.clone(), items.clone()),
            Value::Function(function) => Known::Function(scope.clone(), function.clone()),
            Value::Hole(hole) => self.hole(hole, scope, depth),
        }
    }

    /// What stands behind a `?` is no part of any route: other files aren't read for it.
    fn join(&mut self, parts: &[Value], scope: &Scope, depth: u32) -> Known {
        let mut known = vec![];
        for part in parts {
            let part = self.part(part, scope, depth + 1);
            let ends = matches!(&part, Known::Text(text) if text.contains(['?', '#']));
            known.push(part);
            if ends {
                break;
            }
        }
        Known::Join(known)
    }

    fn choice(&mut self, choice: &Choice, scope: &Scope, depth: u32) -> Known {
        let mut side = |value: &Value| self.value(value, scope, depth + 1);
        let decided = match &choice.test {
            None => None,
            Some(Test::Of { subject, asked }) => texts::answer(asked, &side(subject)),
            Some(Test::IsThere) => {
                let yes = side(&choice.yes);
                match texts::answer(&Asked::There, &yes) {
                    Some(true) => return yes,
                    Some(false) => Some(false),
                    None => {
                        let no = side(&choice.no);
                        return Known::Choice { condition: choice.condition, yes: yes.into(), no: no.into() };
                    }
                }
            }
        };
        match decided {
            Some(true) => side(&choice.yes),
            Some(false) => side(&choice.no),
            None => Known::Choice {
                condition: choice.condition,
                yes: Box::new(side(&choice.yes)),
                no: Box::new(side(&choice.no)),
            },
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
            Lead::This { up } => {
                let mut frame = scope.frame.clone()?;
                for _ in 0..*up {
                    frame = frame.outer.clone()?;
                }
                match &frame.function.returns {
                    Value::Object(members) => {
                        let members = members.clone();
                        Some(Known::Object(Scope { file: scope.file, frame: Some(frame) }, members))
                    }
                    _ => None,
                }
            }
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
                    // `options?.method`
                    Known::Absent if self.surely_lacks(&of, key, depth + 1) => Some(Known::Either(vec![])),
                    Known::Absent => None,
                    known => Some(known),
                }
            }
            Lead::Lookup(lookup) => self.lookup(lookup, scope, depth),
            Lead::Defaulted(value, default) => match self.value(value, scope, depth + 1) {
                known if is_nothing(&known) || matches!(known, Known::Hole { .. }) => {
                    Some(self.value(default, scope, depth + 1))
                }
                known => Some(known),
            },
            Lead::Call(call) => self.call(call, scope, depth),
        }
    }

    fn argument(&mut self, file: FileId, frame: &Rc<Frame>, index: usize, depth: u32) -> Option<Known> {
        let given = frame.given.list.get(index).filter(|a| !is_nothing(a)).cloned();
        let parameter = frame.function.parameters.get(index)?;
        match given {
            Some(Known::Hole { .. }) | None => {}
            given => return given,
        }
        if let (None, Some(default)) = (&given, &parameter.default) {
            let scope = Scope { file, frame: Some(frame.clone()) };
            return Some(self.value(default, &scope, depth + 1));
        }
        let is_left_out = frame.given.all && !parameter.rest && index >= frame.given.list.len();
        if is_left_out || frame.given.list.get(index).is_some_and(|a| matches!(a, Known::Either(_)) && is_nothing(a)) {
            return Some(Known::Either(vec![]));
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

    /// Whether a value has no such member, and nothing that isn't known can bring one: nothing itself, and
    /// an object whose entries are all known.
    fn surely_lacks(&mut self, of: &Known, key: &str, depth: u32) -> bool {
        if depth > DEEPEST || !self.step() {
            return false;
        }
        match of {
            Known::Either(options) if options.is_empty() => true,
            Known::Marked(inner) => self.surely_lacks(inner, key, depth + 1),
            Known::Merged(objects) => objects.iter().all(|o| self.surely_lacks(o, key, depth + 1)),
            // of all else that an object holds not everything is kept
            Known::Object(scope, entries) if key == "method" => entries.iter().all(|entry| match entry {
                Entry::Member(name, _) => &**name != key,
                Entry::Spread(value) => {
                    let spread = self.value(value, scope, depth + 1);
                    self.surely_lacks(&spread, key, depth + 1)
                }
            }),
            _ => false,
        }
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
                    let made = self.apply(scope, function, Given::default(), depth + 1);
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
            Known::Client(base)
                if next::Method::parse_any_case(key).is_some() || matches!(key, "request" | "extend" | "create") =>
            {
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
                let arguments: Vec<Known> = call.arguments.iter().map(|a| self.value(a, scope, depth + 1)).collect();
                return Some(texts::made_by(method, text, &arguments));
            }
        }
        let callee = self.value(&call.callee, scope, depth + 1);
        let list = call.arguments.iter().map(|a| self.value(a, scope, depth + 1)).collect();
        self.result(&callee, Given { list, all: !call.open }, call.is_new, depth)
    }

    fn result(&mut self, callee: &Known, given: Given, is_new: bool, depth: u32) -> Option<Known> {
        match callee {
            Known::Function(scope, function) if !is_new => Some(self.apply(scope, function, given, depth + 1)),
            Known::Object(..) if is_new => match self.member(callee, "constructor", depth + 1) {
                Known::Function(scope, constructor) => Some(self.apply(&scope, &constructor, given, depth + 1)),
                _ => None,
            },
            Known::Wrapped(inner) | Known::Marked(inner) => self.result(inner, given, is_new, depth + 1),
            // `api.extend({ headers })` keeps the base, `api.extend({ prefixUrl })` has its own.
            Known::Verb(base, verb) if matches!(&**verb, "extend" | "create") => {
                let is_written = given.list.iter().all(|a| matches!(a, Known::Object(..) | Known::Merged(_)));
                let base = self.client(&given.list).or_else(|| is_written.then(|| (**base).clone()))?;
                Some(Known::Client(Box::new(base)))
            }
            Known::Foreign(name) if &**name == "Object.assign" => Some(Known::Merged(given.list)),
            Known::Foreign(name) if &**name == "URL" => given.list.into_iter().next(),
            Known::Foreign(_) => self.foreign(given.list),
            Known::Choice { condition, yes, no } => {
                let yes = self.result(yes, given.clone(), is_new, depth + 1)?;
                let no = self.result(no, given, is_new, depth + 1)?;
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

    fn apply(&mut self, scope: &Scope, function: &Arc<Function>, given: Given, depth: u32) -> Known {
        let frame = Frame { function: function.clone(), given, outer: scope.frame.clone() };
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
                None => Value::nothing(),
            },
            // `useMemo(() => '/api/x')` yields it, `useCallback(() => '/api/x')` does when SWR calls it
            Known::Marked(inner) | Known::Wrapped(inner) => self.plain(inner, depth + 1),
            Known::Function(scope, function) => {
                // `useSWR(() => '/api/x')`
                let made = self.apply(scope, function, Given::default(), depth + 1);
                match made {
                    Known::Text(_) | Known::Join(_) | Known::Choice { .. } | Known::Either(_) => {
                        self.plain(&made, depth + 1)
                    }
                    _ => Value::hole("() => …", HoleKind::Unknown),
                }
            }
            Known::Foreign(name) => Value::hole(name, HoleKind::Unknown),
            Known::Absent => Value::nothing(),
            Known::Object(..)
            | Known::Merged(_)
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
