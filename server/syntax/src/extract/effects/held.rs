//! What an expression holds, as far as it came with the request: the request itself, its URL, what is
//! read of its body, the parameters of the path.

use super::{Function, known::Known};
use crate::{
    extract::{callables::key_text, patterns::position},
    flat::{Field, Kind, NodeId},
    scope::{Binding, BindingId, BindingKind},
};

/// No one hands a request through more names.
const DEEPEST: u32 = 12;

/// Something that has named parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Params,
    Query,
    Json,
    Form,
    Cookies,
    Headers,
}

/// What an expression holds; of a promise what it resolves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Nothing,
    Request,
    /// The second argument of a Route Handler: `{ params }`.
    Context,
    /// What a wrapper gives its callback: told by the keys that are taken of it.
    Given,
    /// `request.url`
    UrlText,
    /// `new URL(request.url)`, `request.nextUrl`
    Url,
    /// `url.search`
    Search,
    /// Its parts are asked for with `get`.
    Store(Part),
    /// Its parts are members.
    Record(Part),
    /// `{ success, data }`, with the record as `data`.
    Parsed(Part),
    /// An answer in the making.
    Response,
    /// The cookies of an answer.
    ResponseCookies,
}

/// One step of a pattern, from the outside in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'t> {
    Key(&'t str),
    Index(u32),
    Rest,
}

impl Held {
    /// What is taken of it by that key.
    pub fn key(self, key: &str) -> Self {
        match (self, key) {
            (Self::Request, "url") => Self::UrlText,
            (Self::Request, "nextUrl") => Self::Url,
            (Self::Request, "cookies") => Self::Store(Part::Cookies),
            (Self::Request, "headers") => Self::Store(Part::Headers),
            (Self::Context | Self::Given, "params") => Self::Record(Part::Params),
            (Self::Given, "searchParams") => Self::Record(Part::Query),
            (Self::Given, "req" | "request") => Self::Request,
            (Self::Url, "searchParams") => Self::Store(Part::Query),
            (Self::Url, "search") => Self::Search,
            (Self::Url, "href") => Self::UrlText,
            (Self::Response, "cookies") => Self::ResponseCookies,
            (Self::Parsed(part), "data") => Self::Record(part),
            _ => Self::Nothing,
        }
    }

    pub fn step(self, step: Step<'_>) -> Self {
        match step {
            Step::Key(key) => self.key(key),
            Step::Rest => self,
            Step::Index(_) => Self::Nothing,
        }
    }

    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Nothing { other() } else { self }
    }
}

/// What a call of a schema's method gives back of the record that it is given: `schema.parse(body)`.
/// Names taken of the result are names of the record, whatever library checked it.
fn checked(method: &str, given: Held) -> Held {
    let (Held::Record(part) | Held::Store(part)) = given else { return Held::Nothing };
    match method {
        "parse" | "parseAsync" => Held::Record(part),
        "safeParse" | "safeParseAsync" => Held::Parsed(part),
        _ => Held::Nothing,
    }
}

impl<'a> Function<'a> {
    pub fn held(&self, id: NodeId) -> Held {
        self.expression(id, 0)
    }

    fn expression(&self, id: NodeId, depth: u32) -> Held {
        let flat = self.file.flat;
        let id = flat.unwrapped(id);
        if depth > DEEPEST {
            return Held::Nothing;
        }
        let at = |n: Option<NodeId>| n.map_or(Held::Nothing, |n| self.expression(n, depth + 1));
        match flat.kind(id) {
            Kind::Await => at(flat.children(id).next()),
            Kind::Identifier | Kind::Shorthand => {
                self.file.scopes.of(id).map_or(Held::Nothing, |b| self.bound(b, depth + 1))
            }
            Kind::Member => {
                let key = flat.child(id, Field::Property).map_or("", |p| flat.text_of(p));
                at(flat.child(id, Field::Object)).key(key)
            }
            Kind::Ternary => at(flat.child(id, Field::Consequence)).or(|| at(flat.child(id, Field::Alternative))),
            Kind::Binary => match flat.child(id, Field::Operator).map(|o| flat.kind(o)) {
                Some(Kind::Or | Kind::Nullish) => {
                    at(flat.child(id, Field::Left)).or(|| at(flat.child(id, Field::Right)))
                }
                Some(Kind::And) => at(flat.child(id, Field::Right)),
                _ => Held::Nothing,
            },
            Kind::Call => self.called(id, depth),
            Kind::New => self.constructed(id, depth),
            _ => Held::Nothing,
        }
    }

    fn called(&self, id: NodeId, depth: u32) -> Held {
        let flat = self.file.flat;
        let Some(callee) = flat.child(id, Field::Function).map(|f| flat.unwrapped(f)) else { return Held::Nothing };
        match self.known.of(self.file, callee) {
            Some(Known::Cookies) => return Held::Store(Part::Cookies),
            Some(Known::Headers) => return Held::Store(Part::Headers),
            _ => {}
        }
        let (Some(object), Some(method)) = (flat.child(callee, Field::Object), self.property(callee)) else {
            return Held::Nothing;
        };
        if matches!(self.known.of(self.file, object), Some(Known::Response(_))) {
            return Held::Response;
        }
        let first = || self.argument(id, 0).map_or(Held::Nothing, |a| self.expression(a, depth + 1));
        if self.is_global(object, "Object") && method == "fromEntries" {
            let Held::Store(part) = first() else { return Held::Nothing };
            return Held::Record(part);
        }
        match (self.expression(object, depth + 1), method) {
            (Held::Request, "json") => Held::Record(Part::Json),
            (Held::Request, "formData") => Held::Store(Part::Form),
            (Held::Request, "clone") => Held::Request,
            (Held::Store(part), "entries") => Held::Store(part),
            (Held::Url, "toString") => Held::UrlText,
            (held, "catch" | "finally") => held,
            (Held::Nothing, method) => checked(method, first()),
            _ => Held::Nothing,
        }
    }

    fn constructed(&self, id: NodeId, depth: u32) -> Held {
        let flat = self.file.flat;
        let Some(constructor) = flat.child(id, Field::Constructor) else { return Held::Nothing };
        if matches!(self.known.of(self.file, constructor), Some(Known::Response(_) | Known::Answer)) {
            return Held::Response;
        }
        let of = self.argument(id, 0).map_or(Held::Nothing, |a| self.expression(a, depth + 1));
        match of {
            Held::UrlText if self.is_global(constructor, "URL") => Held::Url,
            Held::Search | Held::Store(Part::Query) if self.is_global(constructor, "URLSearchParams") => {
                Held::Store(Part::Query)
            }
            _ => Held::Nothing,
        }
    }

    fn bound(&self, id: BindingId, depth: u32) -> Held {
        if let Some(known) = self.names.borrow().get(&id) {
            return *known;
        }
        // what is made of itself holds nothing more
        self.names.borrow_mut().insert(id, Held::Nothing);
        let held = self.file.scopes.binding(id).map_or(Held::Nothing, |binding| self.read_name(id, binding, depth));
        self.names.borrow_mut().insert(id, held);
        held
    }

    fn read_name(&self, id: BindingId, binding: &Binding, depth: u32) -> Held {
        if depth > DEEPEST {
            return Held::Nothing;
        }
        if binding.in_pattern {
            let Some(steps) = self.steps(binding) else { return Held::Nothing };
            let (base, rest) = self.base(binding, &steps, depth);
            return rest.iter().fold(base, |held, step| held.step(*step));
        }
        match binding.kind {
            BindingKind::Parameter => self.given.get(&binding.declaration).copied().unwrap_or(Held::Nothing),
            BindingKind::Const | BindingKind::Variable => {
                let value = self.file.flat.child(binding.declaration, Field::Value);
                let held = value.map_or(Held::Nothing, |v| self.expression(v, depth + 1));
                held.or(|| if binding.kind == BindingKind::Variable { self.assigned(id, depth) } else { Held::Nothing })
            }
            _ => Held::Nothing,
        }
    }

    /// What a pattern is taken of, and the steps that are left: of `const [a, { b }] =
    /// await Promise.all([x, y])` each name is taken of its own element.
    pub fn base<'s, 't>(&self, binding: &Binding, steps: &'s [Step<'t>], depth: u32) -> (Held, &'s [Step<'t>]) {
        if binding.kind == BindingKind::Parameter {
            return (self.given.get(&binding.declaration).copied().unwrap_or(Held::Nothing), steps);
        }
        let Some(value) = self.file.flat.child(binding.declaration, Field::Value) else {
            return (Held::Nothing, steps);
        };
        if let ([Step::Index(index), rest @ ..], Some(all)) = (steps, self.all_of(value)) {
            let element = self.file.flat.children(all).nth(*index as usize);
            return (element.map_or(Held::Nothing, |e| self.expression(e, depth + 1)), rest);
        }
        (self.expression(value, depth + 1), steps)
    }

    /// The array in `await Promise.all([…])`.
    fn all_of(&self, value: NodeId) -> Option<NodeId> {
        let flat = self.file.flat;
        let value = flat.unwrapped(value);
        let call = if flat.kind(value) == Kind::Await { flat.unwrapped(flat.children(value).next()?) } else { value };
        let callee = flat.child(call, Field::Function)?;
        let array = self.argument(call, 0).filter(|a| flat.kind(*a) == Kind::Array)?;
        (self.is_global(flat.child(callee, Field::Object)?, "Promise") && self.property(callee) == Some("all"))
            .then_some(array)
    }

    /// What a variable gets later: `let body; try { body = await request.json() } …`.
    fn assigned(&self, binding: BindingId, depth: u32) -> Held {
        let flat = self.file.flat;
        for (id, _) in self.references().filter(|(_, b)| *b == binding) {
            let parent = flat.parent(id);
            if flat.kind(parent) == Kind::Assignment
                && flat.get(id).field == Field::Left
                && let Some(right) = flat.child(parent, Field::Right)
            {
                let held = self.expression(right, depth + 1);
                if held != Held::Nothing {
                    return held;
                }
            }
        }
        Held::Nothing
    }

    /// How a name in a pattern is reached, from the outside in.
    pub fn steps(&self, binding: &Binding) -> Option<Vec<Step<'a>>> {
        let flat = self.file.flat;
        let mut steps = vec![];
        let mut at = binding.name;
        while at != binding.declaration {
            let parent = flat.parent(at);
            match flat.kind(parent) {
                Kind::ObjectPattern => match flat.kind(at) {
                    Kind::ShorthandPattern => steps.push(Step::Key(flat.text_of(at))),
                    Kind::RestPattern => steps.push(Step::Rest),
                    _ => {}
                },
                Kind::ObjectAssignmentPattern if flat.kind(at) == Kind::ShorthandPattern => {
                    steps.push(Step::Key(flat.text_of(at)));
                }
                Kind::PairPattern => {
                    let key = flat.child(parent, Field::Key).filter(|k| flat.kind(*k) != Kind::ComputedKey)?;
                    steps.push(Step::Key(key_text(flat, key)));
                }
                Kind::ArrayPattern => steps.push(Step::Index(position(self.file, parent, at)?)),
                _ => {}
            }
            if parent == at {
                return None;
            }
            at = parent;
        }
        steps.reverse();
        Some(steps)
    }
}
