//! Values: what expressions yield, with constants, conditions and written-out objects folded in, and
//! leads to what other files hold ([`crate::value`]).

mod classes;
mod conditions;
mod functions;
mod keep;
mod lookups;
mod module;
mod origins;
mod patterns;

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use origins::{base_kind, is_origin_getter, is_origin_name};

pub(super) use lookups::list_of_join;
pub(super) use module::of_module;

use super::{Source, flow, imports::export_name, quote};
use crate::{
    facts::{FileFacts, Imported},
    flat::{Field, Flat, Kind, NodeId},
    scope::{Binding, BindingId, BindingKind},
    text::TextRange,
    value::{Call, Choice, Entry, Hole, HoleKind, Lead, OWN_HOSTS, Value},
};

/// The most parts that an expression is read in: constants made of constants can double at every step.
const MOST_PARTS: u32 = 512;
/// No one nests expressions deeper that name a URL.
const DEEPEST: u32 = 32;
/// How many arguments, members or attributes are read: longer lists are data.
const MOST_BESIDE: usize = 64;
/// How many arguments of a call are read.
const MOST_ARGUMENTS: usize = 8;

/// Reads values of one file.
pub(super) struct Reader<'a> {
    pub file: &'a Source<'a>,
    imports: FxHashMap<TextRange, (Box<str>, Imported)>,
    /// The functions that are being read, outermost first: their parameters are leads.
    functions: RefCell<Vec<NodeId>>,
    /// The functions of which it is known whether they only look at what they get.
    looks: RefCell<FxHashMap<NodeId, bool>>,
    fuel: Cell<u32>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a Source<'a>, facts: &FileFacts) -> Self {
        let imports = facts.imports.iter().filter(|i| !i.type_only);
        let imports =
            imports.filter_map(|i| Some((i.range, (Box::from(facts.specifier(i.specifier)?), i.imported.clone()))));
        Self {
            file,
            imports: imports.collect(),
            functions: RefCell::default(),
            looks: RefCell::default(),
            fuel: Cell::new(MOST_PARTS),
        }
    }

    fn refuel(&self) {
        self.fuel.set(MOST_PARTS);
    }

    /// What an expression yields.
    pub fn read(&self, id: NodeId) -> Value {
        self.refuel();
        self.expression(id, 0)
    }

    /// What an expression yields, with the parameters of the functions around it as leads.
    pub fn read_inside(&self, id: NodeId) -> Value {
        let flat = self.flat();
        let mut around = vec![];
        let mut at = id;
        while at != crate::flat::ROOT {
            at = flat.parent(at);
            if flat.is_function(at) {
                around.push(at);
            }
        }
        around.reverse();
        *self.functions.borrow_mut() = around;
        let value = self.read(id);
        self.functions.borrow_mut().clear();
        value
    }

    fn flat(&self) -> &'a Flat<'a> {
        self.file.flat
    }

    fn hole(&self, id: NodeId, kind: HoleKind, lead: Option<Lead>) -> Value {
        Value::Hole(Box::new(Hole { source: quote(self.flat().text_of(id)), kind, lead }))
    }

    fn expression(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let id = flat.unwrapped(id);
        if depth > DEEPEST || self.fuel.get() == 0 {
            return self.hole(id, HoleKind::Unknown, None);
        }
        self.fuel.set(self.fuel.get() - 1);
        let part = |n: NodeId| self.expression(n, depth + 1);
        let unknown = || self.hole(id, HoleKind::Unknown, None);
        match flat.kind(id) {
            Kind::String => Value::Text(flat.string_value(id).into()),
            Kind::Number => Value::Text(flat.text_of(id).into()),
            Kind::Template => Value::Join(
                flat.children(id)
                    .map(|c| match flat.kind(c) {
                        Kind::Substitution => flat.children(c).next().map_or_else(Value::default, part),
                        _ => Value::Text(flat.text_of(c).into()),
                    })
                    .collect(),
            ),
            Kind::Ternary => {
                let sides = (flat.child(id, Field::Consequence), flat.child(id, Field::Alternative));
                match (flat.child(id, Field::Condition), sides) {
                    (Some(condition), (Some(yes), Some(no))) => self.choice(condition, part(yes), part(no), depth),
                    _ => unknown(),
                }
            }
            Kind::Binary => {
                let sides = [flat.child(id, Field::Left), flat.child(id, Field::Right)];
                let operator = flat.child(id, Field::Operator).map(|o| flat.kind(o));
                match (operator, sides) {
                    (Some(Kind::Plus), [Some(left), Some(right)]) => Value::Join([part(left), part(right)].into()),
                    (Some(Kind::Or | Kind::Nullish), [Some(left), Some(right)]) => {
                        self.either(left, part(left), part(right))
                    }
                    (Some(Kind::And), [_, Some(right)]) => part(right),
                    _ => unknown(),
                }
            }
            Kind::Await => flat.children(id).next().map_or_else(unknown, part),
            Kind::Identifier | Kind::Shorthand => self.name(id, depth),
            Kind::Member | Kind::Subscript => self.member(id, depth),
            Kind::Call | Kind::New => self.call(id, depth),
            Kind::Object => self.object(id, depth),
            Kind::Array => Value::List(flat.children(id).take(MOST_BESIDE).map(part).collect()),
            Kind::Null | Kind::False => Value::nothing(),
            Kind::Other if flat.text_of(id) == "undefined" => Value::nothing(),
            Kind::Other if flat.text_of(id) == "this" => self.this(id),
            Kind::ClassExpression => self.class(id, depth),
            _ if flat.is_function(id) => self.function(id, depth),
            _ => unknown(),
        }
    }

    /// `condition ? yes : no`, with the condition in the form in which equal ones are equal.
    fn choice(&self, condition: NodeId, yes: Value, no: Value, depth: u32) -> Value {
        let flat = self.flat();
        let (mut at, mut negated) = (flat.unwrapped(condition), false);
        for _ in 0..8 {
            if flat.kind(at) != Kind::Unary || !flat.text_of(at).starts_with('!') {
                break;
            }
            let Some(inner) = flat.children(at).last() else { break };
            (at, negated) = (flat.unwrapped(inner), !negated);
        }
        let (key, swapped) = flow::condition_key(flat, at);
        let (yes, no) = if negated != swapped { (no, yes) } else { (yes, no) };
        Value::Choice(Box::new(Choice { condition: key, test: self.test(at, swapped, depth), yes, no }))
    }

    fn name(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let text = flat.text_of(id);
        let mut kind = if is_origin_name(text) { HoleKind::Named } else { HoleKind::Unknown };
        let Some(binding_id) = self.file.scopes.of(id) else {
            return self.hole(id, kind, Some(Lead::Global(text.into())));
        };
        let Some(binding) = self.file.scopes.binding(binding_id) else { return self.hole(id, kind, None) };
        if kind == HoleKind::Unknown && binding.kind == BindingKind::Parameter {
            kind = HoleKind::Parameter;
        }
        // A hole keeps its name here, its kind and lead there: `const ORIGIN = process.env.URL`.
        let value = match self.bound(binding_id, binding, id, depth) {
            Some(Value::Hole(hole)) => {
                let kind = if hole.kind == HoleKind::Unknown { kind } else { hole.kind };
                return self.hole(id, kind, hole.lead);
            }
            Some(Value::Function(_)) if binding.scope == 0 => None,
            value => value,
        };
        value.unwrap_or_else(|| {
            let lead = (binding.scope == 0).then(|| Lead::Module(text.into()));
            self.hole(id, kind, lead)
        })
    }

    /// What a binding was given, as seen from `id`.
    fn bound(&self, binding_id: BindingId, binding: &Binding, id: NodeId, depth: u32) -> Option<Value> {
        let flat = self.flat();
        // A name can't be folded into itself.
        let is_inside = |value: NodeId| flat.range(value).covers(flat.range(id));
        match binding.kind {
            BindingKind::Import => {
                let (specifier, imported) = self.imports.get(&flat.range(binding.name))?.clone();
                Some(self.hole(id, HoleKind::Unknown, Some(Lead::Import { specifier, imported })))
            }
            BindingKind::Parameter => self.parameter(binding, depth),
            BindingKind::Function
                if binding.scope != 0 && flat.kind(binding.declaration) == Kind::FunctionDeclaration =>
            {
                let active = self.functions.borrow().contains(&binding.declaration);
                (!active).then(|| self.function(binding.declaration, depth + 1))
            }
            BindingKind::Const | BindingKind::Variable if flat.kind(binding.declaration) == Kind::Declarator => {
                // `const { a } = await import('…')` binds like an import.
                if let Some((specifier, imported)) = self.imports.get(&flat.range(binding.name)).cloned() {
                    return Some(self.hole(id, HoleKind::Unknown, Some(Lead::Import { specifier, imported })));
                }
                let value = flat.child(binding.declaration, Field::Value);
                if value.is_some_and(is_inside) {
                    return None;
                }
                if binding.in_pattern {
                    let whole = value.map(|v| self.expression(v, depth + 1))?;
                    return self.taken(binding, binding.declaration, whole, depth);
                }
                if binding.kind == BindingKind::Const {
                    let value = value?;
                    if binding.scope == 0 && flat.is_function(flat.unwrapped(value)) {
                        return None; // read once, as a module value
                    }
                    return Some(self.expression(value, depth + 1));
                }
                flow::variable(self.file, binding_id, binding, id, &|n| self.expression(n, depth + 1), &|c, y, n| {
                    self.choice(c, y, n, depth)
                })
            }
            _ => None,
        }
    }

    fn member(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        if let Some(path) = self.url_path(id) {
            return match self.under_base(path, self.expression(path, depth + 1), depth) {
                // the path of something else: named as it is written here
                Value::Hole(hole) => self.hole(id, hole.kind, hole.lead),
                value => value,
            };
        }
        if let Some(value) = self.written_member(id, 8) {
            return self.expression(value, depth + 1);
        }
        let kind = base_kind(flat, id);
        let key = match flat.child(id, Field::Property) {
            Some(property) => Some(flat.text_of(property)),
            None => flat.child(id, Field::Index).and_then(|i| match flat.kind(i) {
                Kind::String => Some(flat.string_value(i)),
                Kind::Number => Some(flat.text_of(i)),
                _ => None,
            }),
        };
        let object = flat.child(id, Field::Object);
        if let (None, Some(object), Some(index)) = (key, object, flat.child(id, Field::Index)) {
            return self.lookup(id, object, index, depth);
        }
        let (Some(key), Some(object), HoleKind::Unknown | HoleKind::Named) = (key, object, kind) else {
            return self.hole(id, kind, None);
        };
        let of = self.expression(object, depth + 1);
        if let Some(value) = of.member(key) {
            return value;
        }
        let lead = can_be_followed(&of).then(|| Lead::Member(of, key.into()));
        self.hole(id, kind, lead)
    }

    /// The value of `OBJECT.key`, `OBJECT['key']` or `ENUM.key`, where the object or the enum is
    /// written in this file.
    fn written_member(&self, id: NodeId, depth: u32) -> Option<NodeId> {
        let flat = self.flat();
        let object = flat.unwrapped(flat.child(id, Field::Object)?);
        let key = match flat.child(id, Field::Property) {
            Some(property) => flat.text_of(property),
            None => flat.string_value(flat.child(id, Field::Index).filter(|i| flat.kind(*i) == Kind::String)?),
        };
        let holder = match flat.kind(object) {
            Kind::Identifier => {
                let binding = self.file.scopes.binding(self.file.scopes.of(object)?)?;
                match flat.kind(binding.declaration) {
                    Kind::Enum => flat.child(binding.declaration, Field::Body)?,
                    _ => flat.unwrapped(self.constant(object)?),
                }
            }
            Kind::Member | Kind::Subscript if depth > 0 => flat.unwrapped(self.written_member(object, depth - 1)?),
            _ => return None,
        };
        flat.children(holder).find_map(|entry| {
            let name =
                flat.child(entry, if flat.kind(entry) == Kind::EnumMember { Field::Name } else { Field::Key })?;
            if export_name(flat, name) == key { flat.child(entry, Field::Value) } else { None }
        })
    }

    /// What a `const` of this file was given.
    pub fn constant(&self, id: NodeId) -> Option<NodeId> {
        let flat = self.flat();
        let binding = self.file.scopes.binding(self.file.scopes.of(id)?)?;
        if binding.kind != BindingKind::Const
            || binding.in_pattern
            || flat.kind(binding.declaration) != Kind::Declarator
        {
            return None;
        }
        let value = flat.child(binding.declaration, Field::Value)?;
        (!flat.range(value).covers(flat.range(id))).then_some(value)
    }

    fn call(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let is_new = flat.kind(id) == Kind::New;
        let callee = flat.child(id, if is_new { Field::Constructor } else { Field::Function });
        let text = callee.map_or("", |f| flat.text_of(f));
        if matches!(text, "encodeURIComponent" | "Number") {
            return self.hole(id, HoleKind::Encoded, None);
        }
        if text == "String" {
            let inner = flat.child(id, Field::Arguments).and_then(|a| flat.children(a).next());
            return match inner.map(|i| self.expression(i, depth + 1)) {
                Some(Value::Hole(hole)) => self.hole(id, HoleKind::Encoded, hole.lead),
                Some(value) => value,
                None => self.hole(id, HoleKind::Unknown, None),
            };
        }
        if let Some(path) = self.url_path(id) {
            return self.under_base(path, self.expression(path, depth + 1), depth);
        }
        if let Some(joined) = self.joined(id, callee, depth) {
            return joined;
        }
        // `process.env.URL?.replace(/\/$/, '')` is an origin all the same.
        if let Some(Value::Hole(origin)) = self.text_of_method(callee, depth)
            && matches!(origin.kind, HoleKind::Base | HoleKind::Named)
            && origin.lead.is_none()
        {
            return self.hole(id, origin.kind, None);
        }
        let name = text.rsplit('.').next().unwrap_or_default();
        let kind = if !is_new && is_origin_getter(name) { HoleKind::Named } else { HoleKind::Unknown };
        let lead = callee.and_then(|c| self.call_lead(id, c, is_new, depth));
        self.hole(id, kind, lead)
    }

    /// The text that a method of text is called on (`x.replace(…)`, `x.trim()`).
    fn text_of_method(&self, callee: Option<NodeId>, depth: u32) -> Option<Value> {
        let flat = self.flat();
        let callee = callee.filter(|c| flat.kind(*c) == Kind::Member)?;
        let method = flat.text_of(flat.child(callee, Field::Property)?);
        let object = flat.child(callee, Field::Object)?;
        matches!(method, "replace" | "trim" | "trimEnd" | "toString").then(|| self.expression(object, depth + 1))
    }

    fn call_lead(&self, id: NodeId, callee: NodeId, is_new: bool, depth: u32) -> Option<Lead> {
        let callee = self.expression(callee, depth + 1);
        if !can_be_called(&callee, 0) {
            return None;
        }
        let arguments = self.arguments(id, depth).iter().map(Value::slim).collect();
        Some(Lead::Call(Box::new(Call { callee, arguments, is_new, open: self.gives_more(id) })))
    }

    fn arguments(&self, call: NodeId, depth: u32) -> Box<[Value]> {
        let flat = self.flat();
        let arguments = flat.child(call, Field::Arguments);
        let arguments = arguments.filter(|a| flat.kind(*a) == Kind::Arguments);
        let takes_functions = self.may_hand_back(call);
        arguments.map_or_else(Default::default, |a| {
            let argument = |argument: NodeId| match takes_functions || !flat.is_function(flat.unwrapped(argument)) {
                true => self.expression(argument, depth + 1),
                false => Value::hole("() => …", HoleKind::Unknown),
            };
            flat.children(a).take(MOST_ARGUMENTS).map(argument).collect()
        })
    }

    /// Whether a call gives more than [`Self::arguments`] tells.
    pub(super) fn gives_more(&self, call: NodeId) -> bool {
        let flat = self.flat();
        let arguments = flat.child(call, Field::Arguments);
        arguments.is_some_and(|a| {
            flat.kind(a) != Kind::Arguments
                || flat
                    .children(a)
                    .take(MOST_ARGUMENTS + 1)
                    .enumerate()
                    .any(|(at, argument)| at == MOST_ARGUMENTS || flat.kind(argument) == Kind::Spread)
        })
    }

    /// Whether a call may hand back a function that it gets: `useCallback(f)`, `React.memo(f)`. What
    /// `items.map(f)` makes of it is no URL.
    fn may_hand_back(&self, call: NodeId) -> bool {
        let flat = self.flat();
        let callee = flat.child(call, Field::Function).or_else(|| flat.child(call, Field::Constructor));
        let Some(callee) = callee.map(|c| flat.unwrapped(c)) else { return false };
        match flat.kind(callee) {
            Kind::Identifier => true,
            Kind::Member => {
                let object = flat.child(callee, Field::Object).filter(|o| flat.kind(*o) == Kind::Identifier);
                let binding = object.and_then(|o| self.file.scopes.of(o)).and_then(|b| self.file.scopes.binding(b));
                binding.is_some_and(|b| b.kind == BindingKind::Import)
            }
            _ => false,
        }
    }

    /// A call as a value: its callee, one argument as it is, and what the others say of a request.
    pub fn call_of(&self, id: NodeId, argument: usize) -> Option<Call> {
        let flat = self.flat();
        let is_new = flat.kind(id) == Kind::New;
        let callee = flat.child(id, if is_new { Field::Constructor } else { Field::Function })?;
        self.refuel();
        let arguments = self.arguments(id, 1);
        let slim = |(at, value): (usize, &Value)| if at == argument { value.clone() } else { value.slim() };
        let arguments = arguments.iter().enumerate().map(slim).collect();
        Some(Call { callee: self.expression(callee, 1), arguments, is_new, open: self.gives_more(id) })
    }

    fn object(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let entry = |entry: NodeId| {
            let value = |n: NodeId| self.expression(n, depth + 1);
            match flat.kind(entry) {
                Kind::Pair => {
                    let key = flat.child(entry, Field::Key).filter(|k| flat.kind(*k) != Kind::ComputedKey)?;
                    Some(Entry::Member(export_name(flat, key).into(), value(flat.child(entry, Field::Value)?)))
                }
                Kind::Shorthand => Some(Entry::Member(flat.text_of(entry).into(), value(entry))),
                Kind::Method => Some(Entry::Member(flat.text_of(flat.child(entry, Field::Name)?).into(), value(entry))),
                Kind::Spread => Some(Entry::Spread(value(flat.children(entry).next()?))),
                _ => None,
            }
        };
        Value::Object(flat.children(id).take(MOST_BESIDE).filter_map(entry).collect())
    }

    /// `new URL('/x', 'https://example.com')`: a path under another host that is written out.
    pub fn under_base(&self, path: NodeId, value: Value, depth: u32) -> Value {
        let flat = self.flat();
        let arguments = flat.parent(path);
        let is_url = flat.kind(arguments) == Kind::Arguments && is_url(flat, flat.parent(arguments));
        let Some(base) = flat.children(arguments).nth(1).filter(|base| is_url && *base != path) else { return value };
        let base = self.expression(base, depth + 1);
        let origin = base.as_text().and_then(|text| {
            let (scheme, rest) = text.split_once("://")?;
            let host = rest.split('/').next()?;
            let is_own = OWN_HOSTS.contains(&host.split(':').next().unwrap_or_default());
            (!is_own).then(|| format!("{scheme}://{host}"))
        });
        match origin {
            Some(origin) => Value::Join([Value::Text(origin.into()), value].into()),
            None => value,
        }
    }

    /// The path of a URL object: of `new URL('/api/x', base)`, of a constant that holds one, of its
    /// `.href`, `.pathname` and `.toString()`.
    pub fn url_path(&self, id: NodeId) -> Option<NodeId> {
        let flat = self.flat();
        let property = |member| flat.child(member, Field::Property).map_or("", |p| flat.text_of(p));
        let object = match flat.kind(id) {
            Kind::New if is_url(flat, id) => return flat.children(flat.child(id, Field::Arguments)?).next(),
            Kind::Member if matches!(property(id), "href" | "pathname") => flat.child(id, Field::Object)?,
            Kind::Call => {
                let function = flat.child(id, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
                flat.child(function, Field::Object).filter(|_| property(function) == "toString")?
            }
            _ => return None,
        };
        let object = flat.unwrapped(object);
        let held = if flat.kind(object) == Kind::Identifier { flat.unwrapped(self.constant(object)?) } else { object };
        is_url(flat, held).then(|| flat.children(flat.child(held, Field::Arguments)?).next())?
    }
}

/// Whether anything more can be found out about a value that a member is taken of or that is called.
fn can_be_followed(value: &Value) -> bool {
    match value {
        Value::Hole(hole) => hole.lead.is_some(),
        Value::Object(_) | Value::Function(_) | Value::List(_) | Value::Either(_) | Value::Choice(_) => true,
        Value::Text(_) | Value::Join(_) => true,
    }
}

/// Whether a call's result can be of use: of what other files or this one hold, of methods of text, of
/// `Object.assign`. Long chains (`z.object(…).min(1).optional()`) never are.
fn can_be_called(callee: &Value, depth: u32) -> bool {
    let Value::Hole(hole) = callee else { return matches!(callee, Value::Function(_)) };
    match &hole.lead {
        Some(Lead::Import { .. } | Lead::Module(_) | Lead::Parameter { .. }) => true,
        Some(Lead::Global(name)) => &**name == "Object.assign",
        Some(Lead::Member(of, key)) => match of {
            Value::Hole(of) => match &of.lead {
                Some(Lead::Global(name)) => &**name == "Object" && &**key == "assign" || is_http_client(name),
                Some(Lead::Call(call)) => depth < 1 && can_be_called(&call.callee, depth + 1),
                Some(Lead::Member(..)) => depth < 4 && can_be_called(&Value::Hole(of.clone()), depth + 1),
                Some(_) => true,
                None => false,
            },
            Value::Text(_) | Value::Join(_) | Value::Choice(_) | Value::Either(_) | Value::Object(_) => true,
            Value::List(_) | Value::Function(_) => false,
        },
        Some(Lead::Defaulted(a, _)) => can_be_called(a, depth + 1),
        // what a function returned is called (`createClient()(…)`)
        Some(Lead::Call(call)) => depth < 1 && can_be_called(&call.callee, depth + 1),
        Some(Lead::This { .. } | Lead::Lookup(_)) | None => false,
    }
}

fn is_http_client(name: &str) -> bool {
    matches!(name, "axios" | "ky")
}

/// What the platform itself gives a URL to, and the clients that scripts bring as globals.
pub(super) fn takes_urls(callee: &str) -> bool {
    matches!(
        callee.rsplit('.').next().unwrap_or_default(),
        "fetch"
            | "Request"
            | "EventSource"
            | "sendBeacon"
            | "open"
            | "axios"
            | "$fetch"
            | "assign"
            | "replace"
            | "push"
    ) || callee.starts_with("axios.")
}

/// `new URL(…)`
pub(super) fn is_url(flat: &Flat, id: NodeId) -> bool {
    flat.kind(id) == Kind::New && flat.child(id, Field::Constructor).is_some_and(|c| flat.text_of(c) == "URL")
}
