//! The statuses that a function can answer: of the responses that it returns, and of what ends it.
//! What it throws says nothing.

use super::{Function, known::Known};
use crate::{
    flat::{Field, Kind, NodeId},
    scope::BindingKind,
};

/// No one returns through more names and helpers.
const DEEPEST: u32 = 8;

/// No one returns from more places; values of values could double at every step.
const MOST_RETURNED: u32 = 512;
/// The part of a closure that is looked at for answers.
const MOST_NODES: u32 = 4096;

/// How far a returned value is looked into.
#[derive(Clone, Copy)]
struct Look {
    depth: u32,
    /// What isn't known counts: the function's own returns, not those of closures in it.
    own: bool,
    /// Helpers are looked into, one step far.
    helpers: bool,
}

impl Function<'_> {
    pub fn answers(&mut self) {
        self.returns_of(self.node, Look { depth: 0, own: true, helpers: true });
    }

    pub fn status(&mut self, status: u16) {
        let statuses = &mut self.out.answers.statuses;
        if let Err(at) = statuses.binary_search(&status) {
            statuses.insert(at, status);
        }
    }

    fn returns_of(&mut self, function: NodeId, look: Look) {
        let flat = self.file.flat;
        if let Some(body) = flat.child(function, Field::Body).filter(|b| flat.kind(*b) != Kind::Block) {
            self.outcome(body, look); // `() => Response.json(…)`
        }
        let mut id = function + 1;
        while id < flat.get(function).after {
            if flat.is_function(id) && self.actions.contains_key(&id) {
                id = flat.get(id).after;
                continue;
            }
            let value = match flat.kind(id) {
                Kind::Return => flat.children(id).next(),
                Kind::Arrow => flat.child(id, Field::Body).filter(|b| flat.kind(*b) != Kind::Block),
                _ => None,
            };
            if let Some(value) = value {
                let own = look.own && self.function_around(value) == Some(function);
                self.outcome(value, Look { own, ..look });
            }
            id += 1;
        }
    }

    fn function_around(&self, id: NodeId) -> Option<NodeId> {
        let flat = self.file.flat;
        let mut at = id;
        while at != crate::flat::ROOT {
            at = flat.parent(at);
            if flat.is_function(at) {
                return Some(at);
            }
        }
        None
    }

    /// What a returned expression answers.
    fn outcome(&mut self, id: NodeId, look: Look) {
        let flat = self.file.flat;
        let id = flat.unwrapped(id);
        if look.depth > DEEPEST || self.returned == MOST_RETURNED {
            return;
        }
        self.returned += 1;
        let deeper = Look { depth: look.depth + 1, ..look };
        match flat.kind(id) {
            Kind::Await => flat.children(id).for_each(|c| self.outcome(c, deeper)),
            Kind::Ternary => {
                for side in [Field::Consequence, Field::Alternative] {
                    flat.child(id, side).into_iter().for_each(|s| self.outcome(s, deeper));
                }
            }
            Kind::Binary => {
                for side in [Field::Left, Field::Right] {
                    flat.child(id, side).into_iter().for_each(|s| self.outcome(s, deeper));
                }
            }
            Kind::New => {
                let constructor = flat.child(id, Field::Constructor);
                match constructor.and_then(|c| self.known.of(self.file, c)) {
                    Some(Known::Response(_) | Known::Answer) => self.status_in(self.argument(id, 1), 200, look.own),
                    _ => self.unknown(look),
                }
            }
            Kind::Call => self.outcome_of_call(id, deeper),
            Kind::Identifier => self.outcome_of_name(id, deeper),
            Kind::Member | Kind::Subscript => self.unknown(look),
            _ => {}
        }
    }

    fn outcome_of_call(&mut self, id: NodeId, look: Look) {
        let flat = self.file.flat;
        let Some(callee) = flat.child(id, Field::Function).map(|f| flat.unwrapped(f)) else { return };
        if self.known.of(self.file, callee).is_some() {
            return; // `return redirect('/')`: counted where it is called
        }
        let object = flat.child(callee, Field::Object);
        if let Some(Known::Response(redirected)) = object.and_then(|o| self.known.of(self.file, o)) {
            match self.property(callee) {
                Some("json") => self.status_in(self.argument(id, 1), 200, look.own),
                Some("redirect") => self.status_in(self.argument(id, 1), redirected, look.own),
                _ => {}
            }
            return;
        }
        match self.local_function(callee) {
            Some(function) if self.is_inside(function) => {} // its returns are read with all others
            Some(function) if look.helpers && function != self.node => {
                let here = self.enter(function);
                self.returns_of(function, Look { helpers: false, ..look });
                self.enter(here);
            }
            _ if self.takes_answering_closure(id) => {}
            _ => self.unknown(look),
        }
    }

    /// `return limited(async () => { … return Response.json(…) })`: gives back what the closure does.
    fn takes_answering_closure(&self, call: NodeId) -> bool {
        let flat = self.file.flat;
        let arguments = flat.child(call, Field::Arguments);
        let mut closures = arguments.into_iter().flat_map(|a| flat.children(a)).filter(|a| flat.is_function(*a));
        closures.any(|closure| {
            (closure..flat.get(closure).after.min(closure + MOST_NODES)).any(|id| {
                let named = match flat.kind(id) {
                    Kind::New => flat.child(id, Field::Constructor),
                    Kind::Member => flat.child(id, Field::Object),
                    _ => None,
                };
                named.is_some_and(|n| matches!(self.known.of(self.file, n), Some(Known::Response(_))))
            })
        })
    }

    fn outcome_of_name(&mut self, id: NodeId, look: Look) {
        let flat = self.file.flat;
        let Some(binding_id) = self.file.scopes.of(id) else { return };
        let Some(binding) = self.file.scopes.binding(binding_id) else { return };
        let kind = binding.kind;
        if binding.in_pattern || !matches!(kind, BindingKind::Const | BindingKind::Variable) {
            return self.unknown(look);
        }
        if let Some(value) = flat.child(binding.declaration, Field::Value) {
            self.outcome(value, look);
        }
        if kind == BindingKind::Variable {
            let given: Vec<NodeId> = self
                .references()
                .filter(|(_, b)| *b == binding_id)
                .filter(|(at, _)| flat.get(*at).field == Field::Left && flat.kind(flat.parent(*at)) == Kind::Assignment)
                .filter_map(|(at, _)| flat.child(flat.parent(at), Field::Right))
                .collect();
            given.into_iter().for_each(|value| self.outcome(value, look));
        }
    }

    fn unknown(&mut self, look: Look) {
        self.out.answers.others |= look.own;
    }

    /// The status in an answer's second argument: `{ status: 404 }`, or the number itself.
    fn status_in(&mut self, init: Option<NodeId>, default: u16, own: bool) {
        let Some(init) = init else { return self.status(default) };
        let flat = self.file.flat;
        let init = flat.unwrapped(init);
        let value = if flat.kind(init) == Kind::Object {
            let mut spread = false;
            let mut found = None;
            for entry in flat.children(init) {
                let key = flat.child(entry, Field::Key).map(|k| flat.text_of(k).trim_matches(['"', '\'']));
                match flat.kind(entry) {
                    Kind::Spread => spread = true,
                    Kind::Pair if key == Some("status") => found = flat.child(entry, Field::Value),
                    Kind::Shorthand if flat.text_of(entry) == "status" => found = Some(entry),
                    _ => {}
                }
            }
            match found {
                Some(found) => found,
                None if spread => {
                    self.out.answers.others |= own;
                    return;
                }
                None => return self.status(default),
            }
        } else {
            init
        };
        let read = self.reader.read(value);
        let read = match &read {
            crate::value::Value::Object(entries) => match read.member("status") {
                Some(status) => status,
                None if entries.iter().all(|e| matches!(e, crate::value::Entry::Member(..))) => {
                    return self.status(default);
                }
                None => read,
            },
            _ => read,
        };
        for pieces in read.alternatives() {
            let number = match pieces.as_slice() {
                [crate::value::Piece::Text(text)] => text.parse::<u16>().ok().filter(|n| (100..600).contains(n)),
                _ => None,
            };
            match number {
                Some(status) => self.status(status),
                None => self.out.answers.others |= own,
            }
        }
    }
}
