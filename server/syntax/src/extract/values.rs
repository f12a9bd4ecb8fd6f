//! Values: what expressions yield, with constants, conditions and written-out objects folded in, and
//! leads to what other files hold ([`crate::value`]).

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use super::{Source, callee_text, flow, imports::export_name, quote};
use crate::{
    facts::{FileFacts, Imported, ModuleValue},
    flat::{Field, Flat, Kind, NodeId},
    scope::{Binding, BindingId, BindingKind},
    text::TextRange,
    value::{Call, Choice, Entry, Function, Hole, HoleKind, Lead, OWN_HOSTS, Parameter, Send, Test, Value},
};

/// The most parts that an expression is read in: constants made of constants can double at every step.
const MOST_PARTS: u32 = 512;
/// No one nests expressions deeper that name a URL.
const DEEPEST: u32 = 32;
/// How many arguments, members or attributes are read: longer lists are data.
const MOST_BESIDE: usize = 64;

/// What a module's name is made of at most, and what a function returns: larger values are data, not
/// something that yields a URL.
const LARGEST: usize = 600;
const LARGEST_RESULT: usize = 160;

/// Reads values of one file.
pub(super) struct Reader<'a> {
    pub file: &'a Source<'a>,
    imports: FxHashMap<TextRange, (Box<str>, Imported)>,
    /// The functions that are being read, outermost first: their parameters are leads.
    functions: RefCell<Vec<NodeId>>,
    fuel: Cell<u32>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a Source<'a>, facts: &FileFacts) -> Self {
        let imports = facts.imports.iter().filter(|i| !i.type_only);
        let imports =
            imports.filter_map(|i| Some((i.range, (Box::from(facts.specifier(i.specifier)?), i.imported.clone()))));
        Self { file, imports: imports.collect(), functions: RefCell::default(), fuel: Cell::new(MOST_PARTS) }
    }

    /// What an expression yields.
    pub fn read(&self, id: NodeId) -> Value {
        self.fuel.set(MOST_PARTS);
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
                        Value::Either([part(left), part(right)].into())
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
            Kind::Null | Kind::False => Value::default(),
            Kind::Other if flat.text_of(id) == "undefined" => Value::default(),
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
        let test = (!swapped).then(|| self.prefix_test(at, depth)).flatten();
        let (yes, no) = if negated != swapped { (no, yes) } else { (yes, no) };
        Value::Choice(Box::new(Choice { condition: key, test, yes, no }))
    }

    /// `x.startsWith('…')`
    fn prefix_test(&self, condition: NodeId, depth: u32) -> Option<Test> {
        let flat = self.flat();
        let function = flat.child(condition, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
        let is_test = flat.child(function, Field::Property).is_some_and(|p| flat.text_of(p) == "startsWith");
        let prefix = flat.children(flat.child(condition, Field::Arguments)?).next()?;
        if !is_test || flat.kind(prefix) != Kind::String {
            return None;
        }
        let subject = self.expression(flat.child(function, Field::Object)?, depth + 1);
        Some(Test { subject, prefix: flat.string_value(prefix).into() })
    }

    fn name(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let text = flat.text_of(id);
        let kind = if is_origin_name(text) { HoleKind::Named } else { HoleKind::Unknown };
        let Some(binding_id) = self.file.scopes.of(id) else {
            return self.hole(id, kind, Some(Lead::Global(text.into())));
        };
        let Some(binding) = self.file.scopes.binding(binding_id) else { return self.hole(id, kind, None) };
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

    /// A parameter, or what a pattern takes of it.
    fn parameter(&self, binding: &Binding, depth: u32) -> Option<Value> {
        let flat = self.flat();
        let (function, index, head) = parameter_place(flat, binding.name)?;
        let up = self.functions.borrow().iter().rev().position(|f| *f == function);
        let Some(up) = up else {
            // Nobody tells what arrives here, but the type may.
            let texts = literal_types(flat, head);
            return (!texts.is_empty() && !binding.in_pattern)
                .then(|| Value::Either(texts.into_iter().map(Value::Text).collect()));
        };
        let lead = Lead::Parameter { up: up as u32, index };
        let whole = self.hole(binding.name, HoleKind::Unknown, Some(lead));
        if binding.in_pattern { self.taken(binding, head, whole, depth) } else { Some(whole) }
    }

    /// What a pattern below `root` takes of a value for one of its names.
    fn taken(&self, binding: &Binding, root: NodeId, whole: Value, depth: u32) -> Option<Value> {
        let flat = self.flat();
        // From the name outwards, then applied from the outside in.
        let mut steps: Vec<(Option<Box<str>>, Option<NodeId>)> = vec![];
        let mut at = binding.name;
        for _ in 0..DEEPEST {
            let parent = flat.parent(at);
            if parent == root || flat.range(parent).covers(flat.range(root)) && parent != root {
                break;
            }
            match flat.kind(parent) {
                Kind::ObjectPattern => {
                    if flat.kind(at) == Kind::ShorthandPattern {
                        steps.push((Some(flat.text_of(at).into()), None));
                    } else if flat.kind(at) == Kind::RestPattern {
                        return None;
                    }
                }
                Kind::ArrayPattern => {
                    if flat.kind(at) == Kind::RestPattern {
                        return None;
                    }
                    let position = array_position(flat, parent, at)?;
                    steps.push((Some(position.to_string().into()), None));
                }
                Kind::PairPattern => {
                    let key = flat.child(parent, Field::Key)?;
                    steps.push((Some(export_name(flat, key).into()), None));
                }
                Kind::ObjectAssignmentPattern | Kind::AssignmentPattern => {
                    let default = flat.child(parent, Field::Right);
                    if flat.kind(at) == Kind::ShorthandPattern {
                        steps.push((None, default));
                        steps.push((Some(flat.text_of(at).into()), None));
                    } else {
                        steps.push((None, default));
                    }
                }
                _ => {}
            }
            at = parent;
        }
        let mut value = whole;
        for (key, default) in steps.into_iter().rev() {
            let lead = match (key, default) {
                (Some(key), _) => Lead::Member(value, key),
                (None, Some(default)) => Lead::Defaulted(value, self.expression(default, depth + 1)),
                (None, None) => return None,
            };
            value = self.hole(binding.name, HoleKind::Unknown, Some(lead));
        }
        Some(value)
    }

    fn member(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        if let Some(path) = self.url_path(id) {
            return self.under_base(path, self.expression(path, depth + 1), depth);
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
        let (Some(key), Some(object), HoleKind::Unknown | HoleKind::Named) = (key, object, kind) else {
            return self.hole(id, kind, None);
        };
        let of = self.expression(object, depth + 1);
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
        Some(Lead::Call(Box::new(Call { callee, arguments, is_new })))
    }

    fn arguments(&self, call: NodeId, depth: u32) -> Box<[Value]> {
        let flat = self.flat();
        let arguments = flat.child(call, Field::Arguments);
        let arguments = arguments.filter(|a| flat.kind(*a) == Kind::Arguments);
        arguments.map_or_else(Default::default, |a| {
            flat.children(a).take(8).map(|argument| self.expression(argument, depth + 1)).collect()
        })
    }

    /// A call as a value: its callee, one argument as it is, and what the others say of a request.
    pub fn call_of(&self, id: NodeId, argument: usize) -> Option<Call> {
        let flat = self.flat();
        let is_new = flat.kind(id) == Kind::New;
        let callee = flat.child(id, if is_new { Field::Constructor } else { Field::Function })?;
        self.fuel.set(MOST_PARTS);
        let arguments = self.arguments(id, 1);
        let slim = |(at, value): (usize, &Value)| if at == argument { value.clone() } else { value.slim() };
        let arguments = arguments.iter().enumerate().map(slim).collect();
        Some(Call { callee: self.expression(callee, 1), arguments, is_new })
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

    /// A function: what it returns and what it sends.
    pub fn function(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        if self.functions.borrow().contains(&id) || depth > DEEPEST {
            return self.hole(id, HoleKind::Unknown, None);
        }
        self.functions.borrow_mut().push(id);
        let single = flat.child(id, Field::Parameter);
        let list = flat.child(id, Field::Parameters);
        let heads: Vec<NodeId> = single.into_iter().chain(list.into_iter().flat_map(|l| flat.children(l))).collect();
        let parameters: Box<[Parameter]> = heads
            .iter()
            .take(MOST_BESIDE)
            .map(|head| Parameter {
                default: flat.child(*head, Field::Value).map(|v| self.expression(v, depth + 1)),
                texts: literal_types(flat, *head).into(),
            })
            .collect();
        let body = flat.child(id, Field::Body);
        let returns = match body {
            Some(body) if flat.kind(body) == Kind::Block => {
                flow::returns(flat, body, &|n| self.expression(n, depth + 1), &|c, y, n| self.choice(c, y, n, depth))
            }
            Some(body) => self.expression(body, depth + 1),
            None => Value::default(),
        };
        let sends = match body {
            Some(body) if !parameters.is_empty() => self.sends(body, is_component(flat, id), depth),
            _ => Box::default(),
        };
        self.functions.borrow_mut().pop();
        Value::Function(std::sync::Arc::new(Function { parameters, returns, sends }))
    }

    /// The calls in a body whose arguments are made of the function's parameters.
    fn sends(&self, body: NodeId, is_component: bool, depth: u32) -> Box<[Send]> {
        const MOST_SENDS: usize = 12;
        let flat = self.flat();
        let mut sends = vec![];
        for id in body..flat.get(body).after {
            if !matches!(flat.kind(id), Kind::Call | Kind::New) || sends.len() >= MOST_SENDS || self.fuel.get() == 0 {
                continue;
            }
            let callee = flat.child(id, Field::Function).or_else(|| flat.child(id, Field::Constructor));
            let Some(callee) = callee.filter(|c| self.may_send(*c, is_component)) else { continue };
            let arguments = self.arguments(id, depth);
            if !arguments.iter().take(3).any(can_carry_url) {
                continue;
            }
            let arguments = arguments.iter().map(Value::slim).collect();
            let text = callee_text(flat, callee);
            let call =
                Call { callee: self.expression(callee, depth + 1), arguments, is_new: flat.kind(id) == Kind::New };
            sends.push(Send { callee: text, call });
        }
        sends.into()
    }

    /// A callee that isn't a parameter's own function or a state's setter. Components get properties,
    /// not URLs to pass on: only what no file binds (`fetch`) is looked at there.
    fn may_send(&self, callee: NodeId, is_component: bool) -> bool {
        let flat = self.flat();
        let mut at = flat.unwrapped(callee);
        for _ in 0..DEEPEST {
            match flat.kind(at) {
                Kind::Member => match flat.child(at, Field::Object) {
                    Some(object) => at = flat.unwrapped(object),
                    None => return false,
                },
                Kind::Identifier => break,
                _ => return false,
            }
        }
        if flat.kind(at) != Kind::Identifier {
            return false;
        }
        let binding = self.file.scopes.of(at).and_then(|b| self.file.scopes.binding(b));
        match binding {
            None => !matches!(
                flat.text_of(at),
                "String"
                    | "Number"
                    | "Boolean"
                    | "JSON"
                    | "Object"
                    | "console"
                    | "Math"
                    | "Array"
                    | "Promise"
                    | "Error"
            ),
            Some(binding) => {
                !is_component && binding.kind != BindingKind::Parameter && !flat.text_of(at).starts_with("set")
            }
        }
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

/// What the names of the module are, as far as it can be of use to a URL: to another file that
/// imports them, or to a call in this one.
pub(super) fn of_module(file: &Source, facts: &FileFacts) -> Vec<ModuleValue> {
    let flat = file.flat;
    let reader = Reader::new(file, facts);
    let mut values = vec![];
    let mut keep = |name: &str, value: Value| {
        if let Some(value) = value.worth_keeping() {
            values.push(ModuleValue { name: name.into(), value });
        }
    };
    for binding in file.scopes.bindings.iter().filter(|b| b.scope == 0) {
        let declaration = binding.declaration;
        reader.fuel.set(MOST_PARTS);
        let value = match (binding.kind, flat.kind(declaration)) {
            (BindingKind::Const | BindingKind::Variable, Kind::Declarator) => {
                let Some(value) = flat.child(declaration, Field::Value) else { continue };
                if binding.in_pattern {
                    let whole = reader.expression(value, 0);
                    reader.taken(binding, declaration, whole, 0)
                } else if binding.kind == BindingKind::Const {
                    Some(reader.expression(value, 0))
                } else {
                    None
                }
            }
            (BindingKind::Function, Kind::FunctionDeclaration) => Some(reader.function(declaration, 0)),
            (_, Kind::Enum) => flat.child(declaration, Field::Body).map(|body| enum_object(flat, body)),
            _ => None,
        };
        if let Some(value) = value {
            keep(flat.text_of(binding.name), value);
        }
    }
    // `export default axios.create({ … })`
    for (id, _) in file.nodes(Kind::Export) {
        if flat.child_of_kind(id, Kind::DefaultKeyword).is_some()
            && let Some(value) = flat.child(id, Field::Value)
        {
            keep("default", reader.read(value));
        }
    }
    values
}

fn enum_object(flat: &Flat, body: NodeId) -> Value {
    let member = |m: NodeId| {
        let (name, value) = (flat.child(m, Field::Name)?, flat.child(m, Field::Value)?);
        (flat.kind(value) == Kind::String)
            .then(|| Entry::Member(export_name(flat, name).into(), Value::Text(flat.string_value(value).into())))
    };
    Value::Object(flat.children(body).take(256).filter_map(member).collect())
}

impl Value {
    /// The value without what can't be of use to a URL; `None` if nothing is left.
    fn worth_keeping(self) -> Option<Self> {
        match self {
            // A name for a segment or a method.
            Self::Text(text) => {
                let is_word = !text.is_empty() && text.len() <= 128 && !text.contains(char::is_whitespace);
                is_word.then_some(Self::Text(text))
            }
            Self::Hole(hole) if matches!(hole.lead, Some(Lead::Import { .. } | Lead::Module(_))) => {
                Some(Self::Hole(hole))
            }
            value => {
                let kept = value.speaks().then(|| value.pruned())?;
                (kept.size() <= LARGEST).then_some(kept)
            }
        }
    }

    /// How many values it is made of, itself included.
    fn size(&self) -> usize {
        let of_call = |call: &Call| call.callee.size() + call.arguments.iter().map(Self::size).sum::<usize>();
        1 + match self {
            Self::Text(_) => 0,
            Self::Hole(hole) => match &hole.lead {
                Some(Lead::Member(of, _)) => of.size(),
                Some(Lead::Defaulted(a, b)) => a.size() + b.size(),
                Some(Lead::Call(call)) => of_call(call),
                _ => 0,
            },
            Self::Join(parts) | Self::Either(parts) => parts.iter().map(Self::size).sum(),
            Self::Choice(choice) => choice.yes.size() + choice.no.size(),
            Self::Object(entries) => entries
                .iter()
                .map(|entry| {
                    let (Entry::Member(_, value) | Entry::Spread(value)) = entry;
                    value.size()
                })
                .sum(),
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Function(function) => {
                function.returns.size() + function.sends.iter().map(|s| of_call(&s.call)).sum::<usize>()
            }
        }
    }

    fn pruned(self) -> Self {
        match self {
            Self::Object(entries) => Self::Object(
                entries
                    .iter()
                    .filter_map(|entry| {
                        let (Entry::Member(_, value) | Entry::Spread(value)) = entry;
                        let is_method = matches!(entry, Entry::Member(key, _) if &**key == "method");
                        (value.speaks() || is_method).then(|| match entry {
                            Entry::Member(key, value) => Entry::Member(key.clone(), value.clone().pruned()),
                            Entry::Spread(value) => Entry::Spread(value.clone().pruned()),
                        })
                    })
                    .collect(),
            ),
            Self::Function(function) => {
                let speaks = function.returns.speaks() && function.returns.size() <= LARGEST_RESULT;
                let returns = if speaks { function.returns.clone().pruned() } else { Self::default() };
                Self::Function(Function { returns, ..(*function).clone() }.into())
            }
            Self::Hole(hole) => Self::Hole(Box::new(Hole {
                lead: hole.lead.map(|lead| match lead {
                    Lead::Call(call) => Lead::Call(Box::new(Call {
                        arguments: call.arguments.iter().map(Self::slim).collect(),
                        ..*call
                    })),
                    lead => lead,
                }),
                ..*hole
            })),
            value => value,
        }
    }

    /// An argument without what says nothing of a URL.
    pub(super) fn slim(&self) -> Self {
        match self {
            Self::Text(_) => self.clone(),
            Self::Hole(hole)
                if matches!(hole.lead, Some(Lead::Import { .. } | Lead::Module(_) | Lead::Parameter { .. })) =>
            {
                self.clone()
            }
            Self::Object(_) | Self::Function(_) => self.clone().pruned(),
            value if value.speaks() || takes_parameter(value) => value.clone().pruned(),
            _ => Self::hole("…", HoleKind::Unknown),
        }
    }

    /// Whether a path, an origin, a client or something that takes one is in it.
    fn speaks(&self) -> bool {
        match self {
            Self::Text(text) => (text.starts_with('/') || text.contains("://")) && !text.contains(char::is_whitespace),
            Self::Hole(hole) => hole.kind == HoleKind::Base || hole.lead.as_ref().is_some_and(Lead::speaks),
            Self::Join(parts) => {
                let is_prose = |p: &Self| p.as_text().is_some_and(|t| t.contains(char::is_whitespace));
                !parts.iter().any(is_prose)
                    && parts.iter().any(|p| p.as_text().map_or_else(|| p.speaks(), |text| text.contains('/')))
            }
            Self::Either(parts) => parts.iter().any(Self::speaks),
            Self::Choice(choice) => choice.yes.speaks() || choice.no.speaks(),
            Self::Object(entries) => entries.iter().any(|entry| match entry {
                Entry::Member(_, value) | Entry::Spread(value) => value.speaks(),
            }),
            Self::List(items) => items.first().is_some_and(Self::speaks),
            Self::Function(function) => function.returns.speaks() || !function.sends.is_empty(),
        }
    }
}

impl Lead {
    fn speaks(&self) -> bool {
        match self {
            Self::Parameter { .. } => true,
            Self::Import { .. } | Self::Module(_) | Self::Global(_) => false,
            // `config.baseUrl` of another module
            Self::Member(Value::Hole(hole), _) => match &hole.lead {
                Some(Self::Import { .. }) => true,
                Some(Self::Parameter { .. }) | None => false,
                Some(lead) => lead.speaks(),
            },
            Self::Member(of, _) => of.speaks(),
            Self::Defaulted(a, b) => a.speaks() || b.speaks(),
            Self::Call(call) => {
                let direct = matches!(
                    &call.callee,
                    Value::Hole(hole) if matches!(hole.lead, Some(Self::Import { .. } | Self::Module(_)))
                );
                call.arguments.iter().any(Value::speaks) || (direct && call.arguments.is_empty())
            }
        }
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
        None => false,
    }
}

fn is_http_client(name: &str) -> bool {
    matches!(name, "axios" | "ky")
}

/// Whether a value is made of a parameter of the function that is being read.
fn takes_parameter(value: &Value) -> bool {
    match value {
        Value::Text(_) => false,
        Value::Hole(hole) => match &hole.lead {
            Some(Lead::Parameter { up, .. }) => *up == 0,
            Some(Lead::Member(of, _)) => takes_parameter(of),
            Some(Lead::Defaulted(a, b)) => takes_parameter(a) || takes_parameter(b),
            Some(Lead::Call(call)) => takes_parameter(&call.callee) || call.arguments.iter().any(takes_parameter),
            _ => false,
        },
        Value::Join(parts) | Value::Either(parts) => parts.iter().any(takes_parameter),
        Value::Choice(choice) => takes_parameter(&choice.yes) || takes_parameter(&choice.no),
        Value::Object(entries) => entries.iter().any(|e| match e {
            Entry::Member(_, value) | Entry::Spread(value) => takes_parameter(value),
        }),
        Value::List(items) => items.iter().any(takes_parameter),
        Value::Function(_) => false,
    }
}

/// Whether an argument can be a URL that is made of the function's parameter, or options with one.
fn can_carry_url(value: &Value) -> bool {
    let is_prose = |v: &Value| v.as_text().is_some_and(|t| t.contains(char::is_whitespace));
    match value {
        Value::Object(entries) => entries.iter().any(|e| match e {
            Entry::Member(key, value) => matches!(&**key, "url" | "path") && takes_parameter(value),
            Entry::Spread(value) => takes_parameter(value),
        }),
        Value::Join(parts) => !parts.iter().any(is_prose) && takes_parameter(value),
        Value::List(_) | Value::Function(_) => false,
        value => takes_parameter(value),
    }
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

/// The function that a parameter's name belongs to, its position, and the parameter's node.
fn parameter_place(flat: &Flat, name: NodeId) -> Option<(NodeId, u32, NodeId)> {
    let mut at = name;
    for _ in 0..DEEPEST {
        let node = flat.get(at);
        let parent = node.parent;
        if flat.kind(parent) == Kind::Arrow && node.field == Field::Parameter {
            return Some((parent, 0, at));
        }
        if flat.kind(parent) == Kind::Parameters {
            let index = flat.children(parent).take(MOST_BESIDE).position(|c| c == at)?;
            return Some((flat.parent(parent), index as u32, at));
        }
        at = parent;
    }
    None
}

/// The texts of a parameter whose type is a union of string literals.
fn literal_types(flat: &Flat, parameter: NodeId) -> Vec<Box<str>> {
    let Some(annotation) = flat.child(parameter, Field::Type) else { return vec![] };
    let text = flat.text_of(annotation).trim_start_matches(':').trim();
    if !text.starts_with(['\'', '"', '|']) || text.len() > 256 {
        return vec![];
    }
    let one = |part: &str| {
        let part = part.trim();
        let inner = part.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
        (!inner.contains(['\'', '"', '$'])).then(|| Box::from(inner))
    };
    text.split('|').filter(|p| !p.trim().is_empty()).map(one).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn array_position(flat: &Flat, pattern: NodeId, element: NodeId) -> Option<usize> {
    // Holes in a pattern (`[, set]`) leave no node: commas are counted.
    let before = flat.slice(TextRange::new(flat.range(pattern).start, flat.range(element).start));
    let is_flat = !before.get(1..)?.contains(['[', '{', '(']);
    is_flat.then(|| before.matches(',').count())
}

/// A function that is named like a component.
fn is_component(flat: &Flat, function: NodeId) -> bool {
    let own = flat.child(function, Field::Name);
    let given = || {
        let parent = flat.parent(function);
        (flat.kind(parent) == Kind::Declarator).then(|| flat.child(parent, Field::Name)).flatten()
    };
    own.or_else(given).is_some_and(|n| flat.text_of(n).starts_with(char::is_uppercase))
}

/// `new URL(…)`
pub(super) fn is_url(flat: &Flat, id: NodeId) -> bool {
    flat.kind(id) == Kind::New && flat.child(id, Field::Constructor).is_some_and(|c| flat.text_of(c) == "URL")
}

/// `process.env.X`, `env.X`, `window.location.origin`, `request.nextUrl.origin`.
fn base_kind(flat: &Flat, member: NodeId) -> HoleKind {
    let text = flat.text_of(member);
    if text.starts_with("process.env.")
        || text.starts_with("env.")
        || text.contains("import.meta.env.")
        || text.ends_with(".origin")
        || text.contains("location.proto")
        || text.ends_with("location.host")
        || text.ends_with("location.hostname")
    {
        HoleKind::Base
    } else if text.rsplit('.').next().is_some_and(is_origin_name) {
        HoleKind::Named
    } else {
        HoleKind::Unknown
    }
}

/// The names that people give to an application's own origin. A constant or function that can be
/// looked into is; only what stays unknown is told by its name.
fn is_origin_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "");
    matches!(
        name.as_str(),
        "baseurl"
            | "origin"
            | "host"
            | "appurl"
            | "siteurl"
            | "webappurl"
            | "serverurl"
            | "basepath"
            | "apporigin"
            | "domain"
    )
}

/// `getBaseUrl`
fn is_origin_getter(name: &str) -> bool {
    name.strip_prefix("get").is_some_and(is_origin_name)
}
