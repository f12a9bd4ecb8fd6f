//! Which modules *tell* URLs: what they export puts a path into the hands of those who import it, be
//! it a constant, a contract, a client or a function that puts `/api` in front. Files that name no
//! path themselves have to be read if they import one of these names.

use rustc_hash::FxHashSet;
use syntax::{
    facts::{Export, FileFacts},
    sketch::{NameHash, name_hash},
    value::{Call, Entry, Function, Lead, Value},
};

use crate::{consumers, interest::Interest, spread::passed_on};

/// The exported names of a module that tell, its own and those that it passes on by name.
pub(crate) fn told(facts: &FileFacts, interest: &Interest) -> Vec<NameHash> {
    let look = Look::new(facts, interest);
    let tells = |export: &&Export| match passed_on(facts, &export.origin) {
        Some((specifier, imported)) => interest.told.may_be(specifier, imported),
        None => {
            export.local.as_deref().is_some_and(|n| look.telling.contains(n)) || look.telling.contains(&*export.name)
        }
    };
    facts.exports.iter().filter(tells).map(|export| name_hash(&export.name)).collect()
}

struct Look<'f> {
    interest: &'f Interest,
    /// The module's names that are known to tell.
    telling: FxHashSet<&'f str>,
}

impl<'f> Look<'f> {
    /// Names of a module lead to others of it, in circles, too: those that tell are found round by round.
    fn new(facts: &'f FileFacts, interest: &'f Interest) -> Self {
        let mut look = Self { interest, telling: FxHashSet::default() };
        loop {
            let rest = facts.values.iter().filter(|v| !look.telling.contains(&*v.name) && look.tells(&v.value, 0));
            let found: Vec<&str> = rest.map(|v| &*v.name).collect();
            if found.is_empty() {
                return look;
            }
            look.telling.extend(found);
        }
    }
}

const DEEPEST: u32 = 16;

impl Look<'_> {
    fn tells(&self, value: &Value, depth: u32) -> bool {
        if depth > DEEPEST {
            return false;
        }
        let tells = |v: &Value| self.tells(v, depth + 1);
        match value {
            Value::Text(text) => self.is_path(text),
            Value::Join(parts) => parts.iter().any(tells),
            Value::Either(parts) => parts.iter().any(tells),
            Value::Choice(choice) => tells(&choice.yes) || tells(&choice.no),
            Value::Object(entries) => entries.iter().any(|entry| match entry {
                Entry::Member(_, value) | Entry::Spread(value) => tells(value),
            }),
            Value::List(items) => items.first().is_some_and(tells),
            Value::Function(function) => self.function(function, depth + 1),
            Value::Hole(hole) => hole.lead.as_ref().is_some_and(|lead| self.lead(lead, depth + 1)),
        }
    }

    /// A function tells if it gives back a path, or puts one in front of what it gets.
    fn function(&self, function: &Function, depth: u32) -> bool {
        let defaults = function.parameters.iter().filter_map(|p| p.default.as_ref());
        self.gives_back(&function.returns, depth)
            || defaults.into_iter().any(|d| d.as_text().is_some_and(|t| self.is_path(t)))
            || function.sends.iter().any(|send| {
                let arguments = send.call.arguments.iter().take(3);
                arguments.clone().any(|a| self.is_put_in_front(a, depth))
                    || (self.tells(&send.call.callee, depth) && arguments.clone().any(|a| is_passed_on(a, depth)))
            })
    }

    /// What a function returns of a call is what was fetched more often than a URL: it counts only
    /// where the callee itself tells.
    fn gives_back(&self, value: &Value, depth: u32) -> bool {
        if depth > DEEPEST {
            return false;
        }
        let gives_back = |v: &Value| self.gives_back(v, depth + 1);
        match value {
            Value::Text(_) => self.tells(value, depth),
            Value::Join(parts) => parts.iter().any(gives_back),
            Value::Either(parts) => parts.iter().any(gives_back),
            Value::Choice(choice) => gives_back(&choice.yes) || gives_back(&choice.no),
            Value::Object(entries) => entries.iter().any(|entry| match entry {
                Entry::Member(_, value) | Entry::Spread(value) => gives_back(value),
            }),
            Value::List(items) => items.first().is_some_and(gives_back),
            Value::Function(function) => self.function(function, depth + 1),
            Value::Hole(hole) => match &hole.lead {
                Some(Lead::Call(call)) => {
                    self.tells(&call.callee, depth)
                        || call.arguments.iter().any(|a| matches!(a, Value::Function(_)) && gives_back(a))
                }
                Some(Lead::Member(of, _)) => gives_back(of),
                Some(Lead::Lookup(lookup)) => gives_back(&lookup.of),
                Some(lead) => self.lead(lead, depth + 1),
                None => false,
            },
        }
    }

    /// `` `/api${path}` ``, `` `/api/${path}` ``, `` `${BASE}/${path}` ``: whoever calls the function names the
    /// rest of the path. `` `/api/users/${id}` `` is a whole URL already.
    fn is_put_in_front(&self, value: &Value, depth: u32) -> bool {
        if depth > DEEPEST {
            return false;
        }
        let deeper = |v: &Value| self.is_put_in_front(v, depth + 1);
        match value {
            Value::Join(parts) => parts.windows(2).any(|pair| {
                let [before, after] = pair else { return false };
                is_passed_on(after, depth)
                    && match before {
                        Value::Text(text) if &**text == "/" => true,
                        Value::Text(text) => {
                            let segments = text.split('/').filter(|s| !s.is_empty()).count();
                            self.is_path(text) && (!text.ends_with('/') || segments < 2)
                        }
                        before => self.tells(before, depth + 1),
                    }
            }),
            Value::Either(parts) => parts.iter().any(deeper),
            Value::Choice(choice) => deeper(&choice.yes) || deeper(&choice.no),
            Value::Object(entries) => entries.iter().any(|entry| match entry {
                Entry::Member(_, value) | Entry::Spread(value) => deeper(value),
            }),
            // `get(getUrl(path))`, with a local `getUrl` that puts `/api` in front
            Value::Hole(hole) => match &hole.lead {
                Some(Lead::Call(call)) => match &call.callee {
                    Value::Function(function) => deeper(&function.returns),
                    callee => self.tells(callee, depth + 1) && call.arguments.iter().any(|a| is_passed_on(a, depth)),
                },
                _ => false,
            },
            Value::Text(_) | Value::List(_) | Value::Function(_) => false,
        }
    }

    fn lead(&self, lead: &Lead, depth: u32) -> bool {
        match lead {
            Lead::Import { specifier, imported } => self.interest.told.may_be(specifier, imported),
            Lead::Module(name) => self.telling.contains(&**name),
            Lead::Global(_) | Lead::Parameter { .. } | Lead::This { .. } => false,
            Lead::Member(of, _) => self.tells(of, depth),
            Lead::Lookup(lookup) => self.tells(&lookup.of, depth),
            Lead::Defaulted(a, b) => self.tells(a, depth) || self.tells(b, depth),
            Lead::Call(call) => self.call(call, depth),
        }
    }

    /// What a call at the top of a module yields. Of a package's function only a client's options tell.
    fn call(&self, call: &Call, depth: u32) -> bool {
        if self.tells(&call.callee, depth) {
            return true;
        }
        let is_visible = match &call.callee {
            Value::Hole(hole) => match &hole.lead {
                Some(Lead::Import { specifier, .. }) => is_near(specifier),
                Some(Lead::Module(_)) => true,
                _ => false,
            },
            Value::Function(_) => true,
            _ => false,
        };
        call.arguments.iter().any(|argument| match argument {
            Value::Object(entries) if !is_visible => entries.iter().any(|entry| match entry {
                Entry::Member(key, value) => consumers::BASES.contains(&&**key) && self.tells(value, depth),
                Entry::Spread(_) => false,
            }),
            Value::Function(_) => false,
            argument => is_visible && self.tells(argument, depth),
        })
    }

    fn is_path(&self, text: &str) -> bool {
        let of_host = || text.split_once("://localhost").map(|(_, rest)| rest.trim_start_matches(|c| c != '/'));
        let path = if text.starts_with('/') { Some(text) } else { of_host() };
        let Some(rest) = path.and_then(|path| path.strip_prefix('/')) else { return false };
        let first = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !first.is_empty() && self.interest.paths.contains(&name_hash(first))
    }
}

/// Whether a value is a parameter, or begins with one.
fn is_passed_on(value: &Value, depth: u32) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match value {
        Value::Hole(hole) => match &hole.lead {
            // what an instance holds, whoever made it said
            Some(Lead::Parameter { .. } | Lead::This { .. }) => true,
            Some(Lead::Member(of, _)) | Some(Lead::Defaulted(of, _)) => is_passed_on(of, depth + 1),
            _ => false,
        },
        Value::Join(parts) => match parts.as_ref() {
            [Value::Text(text), rest @ ..] if &**text == "/" => {
                rest.first().is_some_and(|p| is_passed_on(p, depth + 1))
            }
            parts => parts.first().is_some_and(|p| is_passed_on(p, depth + 1)),
        },
        Value::Either(parts) => parts.iter().any(|p| is_passed_on(p, depth + 1)),
        Value::Choice(choice) => is_passed_on(&choice.yes, depth + 1) || is_passed_on(&choice.no, depth + 1),
        Value::Text(_) | Value::Object(_) | Value::List(_) | Value::Function(_) => false,
    }
}

/// Relative, aliased (`@/`, `~/`, `#`) or scoped: it may be a file of the workspace.
fn is_near(specifier: &str) -> bool {
    specifier.starts_with(['.', '@', '~', '#', '/']) || specifier.contains('/')
}
