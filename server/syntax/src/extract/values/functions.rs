//! Functions as values: what they return, and the calls in them that take something of their
//! parameters.

use rustc_hash::FxHashSet;

use super::{
    super::{
        callee_text,
        consumer::{is_test, is_verb},
        flow,
    },
    DEEPEST, MOST_BESIDE, Reader,
    patterns::{literal_types, parameter_place},
};
use crate::{
    facts::Callee,
    flat::{Field, Flat, Kind, NodeId},
    scope::{BindingId, BindingKind},
    value::{Call, Entry, Function, HoleKind, Lead, Parameter, Send, Value, keeps_segments},
};

impl Reader<'_> {
    /// A function: what it returns and what it sends.
    pub(super) fn function(&self, id: NodeId, depth: u32) -> Value {
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
                rest: flat.text_of(*head).starts_with("..."),
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
        let (sends, hands_on) = match body {
            Some(body) if !parameters.is_empty() => self.sends(id, body, is_component(flat, id), depth),
            _ => (Box::default(), false),
        };
        self.functions.borrow_mut().pop();
        Value::Function(std::sync::Arc::new(Function { parameters, returns, sends, hands_on }))
    }

    /// The calls in a body whose arguments are made of the function's parameters, and whether there are
    /// others that may do anything with them.
    fn sends(&self, function: NodeId, body: NodeId, is_component: bool, depth: u32) -> (Box<[Send]>, bool) {
        const MOST_SENDS: usize = 12;
        let flat = self.flat();
        let made_of = self.made_of_parameters(function);
        if made_of.is_empty() {
            return Default::default();
        }
        let (mut sends, mut hands_on) = (vec![], false);
        for id in body..flat.get(body).after {
            if !matches!(flat.kind(id), Kind::Call | Kind::New) {
                continue;
            }
            if sends.len() >= MOST_SENDS || self.fuel.get() == 0 {
                hands_on = true;
                break;
            }
            let callee = flat.child(id, Field::Function).or_else(|| flat.child(id, Field::Constructor));
            let Some(callee) = callee else { continue };
            let arguments = flat.child(id, Field::Arguments);
            if !arguments.is_some_and(|a| self.refers_to(a, &made_of)) {
                continue;
            }
            if let Some(send) = self.key_predicate(id, callee, depth) {
                sends.push(send);
                continue;
            }
            let text = callee_text(flat, callee);
            if !self.may_send(callee, is_component) {
                hands_on |= !is_look(&text);
                continue;
            }
            let arguments = self.arguments(id, depth);
            if !arguments.iter().take(3).any(can_carry_url) {
                hands_on |= !is_look(&text);
                continue;
            }
            let arguments = arguments.iter().map(Value::slim).collect();
            let call = Call {
                callee: self.expression(callee, depth + 1),
                arguments,
                is_new: flat.kind(id) == Kind::New,
                open: self.gives_more(id),
            };
            sends.push(Send { callee: text, call, is_beginning: false });
        }
        (sends.into(), hands_on)
    }

    /// Whose the function is that a name stands for.
    pub fn whose(&self, name: NodeId) -> Callee {
        let flat = self.flat();
        let binding = self.file.scopes.of(name).and_then(|b| self.file.scopes.binding(b));
        let Some(binding) = binding else { return Callee::Any };
        let function = match binding.kind {
            BindingKind::Function => binding.declaration,
            BindingKind::Other if flat.kind(binding.declaration) == Kind::ClassDeclaration => return Callee::Own,
            BindingKind::Const if !binding.in_pattern && flat.kind(binding.declaration) == Kind::Declarator => {
                match flat.child(binding.declaration, Field::Value).map(|v| flat.unwrapped(v)) {
                    Some(value) if flat.is_function(value) => value,
                    _ => return Callee::Any,
                }
            }
            _ => return Callee::Any,
        };
        let known = self.looks.borrow().get(&function).copied();
        let looks = known.unwrap_or_else(|| {
            self.refuel();
            let value = self.function(function, 0);
            matches!(value, Value::Function(f) if f.sends.is_empty() && !f.hands_on)
        });
        self.looks.borrow_mut().insert(function, looks);
        if looks { Callee::OwnAndLooks } else { Callee::Own }
    }

    /// The names in a function that can hold something of its parameters. Cheap, and never too few.
    fn made_of_parameters(&self, function: NodeId) -> FxHashSet<BindingId> {
        let flat = self.flat();
        let scopes = self.file.scopes;
        let mut made_of = FxHashSet::default();
        let from = scopes.bindings.partition_point(|b| b.name < function);
        let inside = scopes.bindings.iter().enumerate().skip(from);
        for (id, binding) in inside.take_while(|(_, b)| b.name < flat.get(function).after) {
            let is = match binding.kind {
                BindingKind::Parameter => parameter_place(flat, binding.name)
                    .is_some_and(|(of, _, head)| of == function && may_be_url(flat, head)),
                BindingKind::Const => {
                    let value = flat.child(binding.declaration, Field::Value);
                    value.is_some_and(|v| self.refers_to(v, &made_of))
                }
                // what is assigned later isn't looked for
                BindingKind::Variable => !made_of.is_empty(),
                _ => false,
            };
            if is {
                made_of.insert(id as BindingId);
            }
        }
        made_of
    }

    /// Whether any name in an expression is one of these.
    fn refers_to(&self, expression: NodeId, names: &FxHashSet<BindingId>) -> bool {
        let references = &self.file.scopes.references;
        let after = self.flat().get(expression).after;
        let from = references.partition_point(|(id, _)| *id < expression);
        let inside = references.iter().skip(from).take_while(|(id, _)| *id < after);
        inside.into_iter().any(|(_, binding)| names.contains(binding))
    }

    /// `mutate((key) => key.startsWith(prefix))`: what picks keys by their beginning gets that beginning.
    fn key_predicate(&self, test: NodeId, callee: NodeId, depth: u32) -> Option<Send> {
        const FARTHEST: u32 = 16;
        let flat = self.flat();
        flat.child(callee, Field::Property).filter(|p| flat.text_of(*p) == "startsWith")?;
        let beginning = self.arguments(test, depth).into_iter().next().filter(takes_parameter)?;
        let mut at = test;
        for _ in 0..FARTHEST {
            let parent = flat.parent(at);
            if flat.kind(parent) == Kind::Arguments && flat.is_function(at) {
                let call = flat.parent(parent);
                let taker = flat.child(call, Field::Function).filter(|f| flat.kind(*f) == Kind::Identifier)?;
                let call = Call {
                    callee: self.expression(taker, depth + 1),
                    arguments: [beginning.slim()].into(),
                    is_new: false,
                    open: true,
                };
                return Some(Send { callee: callee_text(flat, taker), call, is_beginning: true });
            }
            at = parent;
        }
        None
    }

    /// A callee that isn't a parameter's own function or a state's setter. Components get properties,
    /// not URLs to pass on: only what no file binds (`fetch`) is looked at there.
    fn may_send(&self, callee: NodeId, is_component: bool) -> bool {
        let flat = self.flat();
        let mut at = flat.unwrapped(callee);
        for members in 0..DEEPEST {
            match flat.kind(at) {
                Kind::Member => match flat.child(at, Field::Object) {
                    Some(object) => at = flat.unwrapped(object),
                    None => return false,
                },
                Kind::Identifier => break,
                // a method of one's own, or of a client that one holds
                Kind::Other if flat.text_of(at) == "this" => {
                    let name = flat.child(flat.unwrapped(callee), Field::Property).map_or("", |p| flat.text_of(p));
                    return members == 1 || members == 2 && (is_verb(name) || name == "request");
                }
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
}

/// Whether a value is made of a parameter of the function that is being read.
pub(super) fn takes_parameter(value: &Value) -> bool {
    is_made_of(value, &|up| up == 0)
}

/// Whether a value is made of a parameter of any function around it.
pub(super) fn takes_any_parameter(value: &Value) -> bool {
    is_made_of(value, &|_| true)
}

fn is_made_of(value: &Value, counts: &dyn Fn(u32) -> bool) -> bool {
    let is = |v: &Value| is_made_of(v, counts);
    match value {
        Value::Text(_) => false,
        Value::Hole(hole) => match &hole.lead {
            Some(Lead::Parameter { up, .. }) => counts(*up),
            Some(Lead::Member(of, _)) => is(of),
            Some(Lead::Lookup(l)) => is(&l.of) || is(&l.key),
            Some(Lead::Defaulted(a, b)) => is(a) || is(b),
            Some(Lead::Call(call)) => is(&call.callee) || call.arguments.iter().any(is),
            _ => false,
        },
        Value::Join(parts) | Value::Either(parts) => parts.iter().any(is),
        Value::Choice(choice) => is(&choice.yes) || is(&choice.no),
        Value::Object(entries) => entries.iter().any(|e| match e {
            Entry::Member(_, value) | Entry::Spread(value) => is(value),
        }),
        Value::List(items) => items.iter().any(is),
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

/// Whether a parameter can be a URL or hold one, as far as its type says.
fn may_be_url(flat: &Flat, parameter: NodeId) -> bool {
    let Some(annotation) = flat.child(parameter, Field::Type) else { return true };
    // `({ url, method }: Request)` is somebody's own type
    if flat.child(parameter, Field::Pattern).is_none_or(|p| flat.kind(p) != Kind::Identifier) {
        return true;
    }
    let text = flat.text_of(annotation).trim_start_matches(':').trim();
    !matches!(
        text,
        "number" | "boolean" | "Date" | "FormData" | "File" | "Blob" | "Request" | "NextRequest" | "NextApiRequest"
    )
}

/// What looks at text, or makes other text of it, and does nothing else.
fn is_look(callee: &str) -> bool {
    let last = callee.rsplit('.').next().unwrap_or_default();
    let root = callee.split(['.', '(']).next().unwrap_or_default();
    is_test(last)
        || keeps_segments(last)
        || matches!(last, "slice" | "substring" | "substr" | "at" | "charAt" | "padStart" | "padEnd" | "search")
        || matches!(root, "String" | "Number" | "Boolean" | "JSON" | "Math" | "Error" | "Response" | "NextResponse")
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
