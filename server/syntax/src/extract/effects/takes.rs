//! What the parameters of such a function hold: by their place, by their written type, and behind a
//! wrapper by what is taken of them.

use super::{
    Function, Role,
    held::{Held, Part},
};
use crate::flat::{Field, Kind, NodeId};

impl Function<'_> {
    pub fn take_parameters(&mut self, role: Role) {
        for (index, parameter) in self.parameters(self.node).into_iter().enumerate() {
            let held = match role {
                Role::Handler => match index {
                    0 => Held::Request,
                    1 => Held::Context,
                    _ => Held::Nothing,
                },
                Role::WrappedHandler => self.wrapped(parameter, index),
                Role::Action | Role::WrappedAction => self.argument_of_action(parameter, role),
            };
            if held != Held::Nothing {
                self.given.insert(parameter, held);
            }
        }
    }

    /// A function of this file gets what the call gives it.
    pub fn hand_over(&mut self, function: NodeId, call: NodeId) {
        for (index, parameter) in self.parameters(function).into_iter().enumerate() {
            let held = self.argument(call, index).map_or(Held::Nothing, |a| self.held(a));
            if held != Held::Nothing {
                self.given.insert(parameter, held);
            }
        }
    }

    /// The nodes that declare a function's parameters; a TypeScript `this` is none.
    fn parameters(&self, function: NodeId) -> Vec<NodeId> {
        let flat = self.file.flat;
        if flat.child(function, Field::Parameter).is_some() {
            return vec![function]; // `request => …`: the arrow itself declares it
        }
        let Some(list) = flat.child(function, Field::Parameters) else { return vec![] };
        flat.children(list).filter(|p| !flat.text_of(*p).starts_with("this:")).collect()
    }

    /// What a wrapper gives its callback, where the shape says so: a request by its type or by what
    /// only a request has, the rest by the keys of a pattern.
    fn wrapped(&self, parameter: NodeId, index: usize) -> Held {
        let Some(name) = self.name_of(parameter) else {
            return if index < 2 && self.pattern_of(parameter).is_some() { Held::Given } else { Held::Nothing };
        };
        if self.annotation(parameter).is_some_and(|t| matches!(t, "Request" | "NextRequest")) {
            return Held::Request;
        }
        match index {
            0 if self.acts_like_request(name) => Held::Request,
            1 if self.given.values().any(|held| *held == Held::Request) => Held::Context,
            _ => Held::Nothing,
        }
    }

    /// `FormData` by its type; without one, by what only a form is asked (`form.get('title')`).
    fn argument_of_action(&self, parameter: NodeId, role: Role) -> Held {
        let Some(name) = self.name_of(parameter) else { return Held::Nothing };
        match self.annotation(parameter) {
            Some("FormData") => Held::Store(Part::Form),
            Some(_) => Held::Nothing,
            None if role == Role::Action && self.acts_like_form(name) => Held::Store(Part::Form),
            None => Held::Nothing,
        }
    }

    fn acts_like_request(&self, name: NodeId) -> bool {
        let flat = self.file.flat;
        self.mentions(name).any(|id| {
            let member = flat.parent(id);
            match self.property(member).filter(|_| flat.get(id).field == Field::Object) {
                Some("nextUrl") => true,
                Some("json" | "formData") => {
                    let call = flat.parent(member);
                    flat.get(member).field == Field::Function && self.argument(call, 0).is_none()
                }
                Some("url") => {
                    let call = flat.parent(flat.parent(member));
                    flat.kind(call) == Kind::New
                        && flat.child(call, Field::Constructor).is_some_and(|c| self.is_global(c, "URL"))
                }
                _ => false,
            }
        })
    }

    fn acts_like_form(&self, name: NodeId) -> bool {
        let flat = self.file.flat;
        self.mentions(name).any(|id| {
            let member = flat.parent(id);
            if flat.get(id).field == Field::Object && matches!(self.property(member), Some("get" | "getAll")) {
                let first = self.argument(flat.parent(member), 0);
                return first.is_some_and(|a| flat.kind(a) == Kind::String);
            }
            let call = flat.parent(member);
            flat.kind(member) == Kind::Arguments
                && flat.child(call, Field::Function).is_some_and(|f| flat.text_of(f) == "Object.fromEntries")
        })
    }

    /// Where the function mentions what that identifier declares.
    fn mentions(&self, name: NodeId) -> impl Iterator<Item = NodeId> {
        let binding = self.declared_by(name);
        self.references().filter(move |(_, b)| Some(*b) == binding).map(|(id, _)| id)
    }

    /// A parameter's identifier, where it is one.
    fn name_of(&self, parameter: NodeId) -> Option<NodeId> {
        let flat = self.file.flat;
        let pattern = flat.child(parameter, Field::Pattern).or_else(|| flat.child(parameter, Field::Parameter))?;
        (flat.kind(pattern) == Kind::Identifier).then_some(pattern)
    }

    fn pattern_of(&self, parameter: NodeId) -> Option<NodeId> {
        let flat = self.file.flat;
        flat.child(parameter, Field::Pattern).filter(|p| flat.kind(*p) == Kind::ObjectPattern)
    }

    fn annotation(&self, parameter: NodeId) -> Option<&str> {
        let flat = self.file.flat;
        let written = flat.child_of_kind(parameter, Kind::TypeAnnotation)?;
        Some(flat.text_of(written).trim_start_matches(':').trim())
    }
}
