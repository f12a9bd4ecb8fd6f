//! Which imported function, inline action or parameter an expression stands for. Constants are
//! followed, and what hooks give back; what is assigned twice, spread or computed is not.

use rustc_hash::FxHashMap;

use super::{
    Source, callee_text,
    derived::taker,
    functions::ActionNodes,
    hooks::{self, Gives},
    receivers::{self, Receivers},
    uses::{Targets, is_own_member},
};
use crate::{
    facts::{FileFacts, Used},
    flat::{Field, Kind, NodeId},
    flow::{Parameter, Taken, Through},
    scope::{Binding, BindingId, BindingKind},
};

/// Functions that something stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Callable {
    /// Best first.
    pub values: Vec<Taken>,
    /// No function in between whose body isn't seen.
    pub sure: bool,
    /// It is a function by what is known of where it comes from; else its use has to tell.
    pub surely_called: bool,
    /// The values themselves, not what a hook made of them: members of modules can be taken.
    pub itself: bool,
    /// The hooks in between that can be looked into.
    pub through: Vec<Through>,
}

/// What an expression stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Value {
    /// Nothing that can be told.
    #[default]
    Nothing,
    /// The functions themselves.
    Callable(Callable),
    /// A function that does nothing but call them.
    Calls(Callable),
    /// A function that gives them back.
    Returns(Callable),
    /// What a hook gave back for them.
    Given(Callable, Gives),
    /// An object literal.
    Object(NodeId),
}

/// A step into a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'t> {
    Property(&'t str),
    Index(u32),
    /// All but what the pattern names.
    Rest(NodeId),
}

/// The evaluator of one file.
pub(super) struct Callables<'a> {
    pub file: &'a Source<'a>,
    pub receivers: &'a Receivers,
    actions: &'a ActionNodes,
    targets: &'a Targets,
    facts: &'a mut FileFacts,
    parameters: FxHashMap<Parameter, u32>,
    known: FxHashMap<BindingId, Value>,
    fuel: u32,
}

/// Expressions looked at for one question: names that stand for names can double at every step.
const MOST_VALUES: u32 = 200;
pub(super) const DEEPEST: u32 = 12;

impl<'a> Callables<'a> {
    pub(super) fn new(
        file: &'a Source<'a>,
        actions: &'a ActionNodes,
        targets: &'a Targets,
        receivers: &'a Receivers,
        facts: &'a mut FileFacts,
    ) -> Self {
        let (parameters, known) = Default::default();
        Self { file, receivers, actions, targets, facts, parameters, known, fuel: 0 }
    }

    /// What an expression stands for.
    pub(super) fn of(&mut self, expression: NodeId) -> Value {
        self.fuel = MOST_VALUES;
        self.eval(expression, 0)
    }

    /// What a binding stands for, that is none of the uses' own.
    pub(super) fn of_binding(&mut self, binding: BindingId) -> Value {
        self.fuel = MOST_VALUES;
        self.binding(binding, 0)
    }

    /// The member of a value; what calls a hook's function by being called itself.
    pub(super) fn member(&mut self, of: &Value, name: &str) -> Value {
        self.fuel = MOST_VALUES;
        self.step(of.clone(), Step::Property(name), 0)
    }

    /// The use that a binding is.
    pub(super) fn target(&self, binding: BindingId) -> Option<&Used> {
        self.targets.get(&binding)
    }

    /// A parameter by its number.
    pub(super) fn parameter(&self, number: u32) -> Option<&Parameter> {
        self.facts.flow.parameters.get(number as usize)
    }

    /// The module that a call loads (`import('…')`), as a value.
    pub(super) fn module(&mut self, source: NodeId, member: &str) -> Taken {
        let flat = self.file.flat;
        let specifier = self.facts.intern_specifier(flat.string_value(source), flat.range(source));
        Taken { used: Used::Module(specifier), member: Some(member.into()) }
    }

    pub(super) fn eval(&mut self, node: NodeId, depth: u32) -> Value {
        if depth > DEEPEST || self.fuel == 0 {
            return Value::Nothing;
        }
        self.fuel -= 1;
        let flat = self.file.flat;
        let node = flat.unwrapped(node);
        match flat.kind(node) {
            _ if flat.is_function(node) => self.function(node, depth),
            Kind::Identifier | Kind::Shorthand => match self.file.scopes.of(node) {
                Some(binding) => self.binding(binding, depth),
                None => Value::Nothing,
            },
            Kind::Member => {
                let (Some(object), Some(property)) =
                    (flat.child(node, Field::Object), flat.child(node, Field::Property))
                else {
                    return Value::Nothing;
                };
                if is_own_member(flat.text_of(property)) {
                    return Value::Nothing;
                }
                let object = self.eval(object, depth + 1);
                self.step(object, Step::Property(flat.text_of(property)), depth)
            }
            Kind::Ternary => {
                let branches = [flat.child(node, Field::Consequence), flat.child(node, Field::Alternative)];
                self.either(&branches, depth)
            }
            Kind::Binary => {
                let operator = flat.children(node).find_map(|c| match flat.kind(c) {
                    kind @ (Kind::And | Kind::Or | Kind::Nullish) => Some(kind),
                    _ => None,
                });
                let (left, right) = (flat.child(node, Field::Left), flat.child(node, Field::Right));
                match operator {
                    Some(Kind::And) => self.either(&[right], depth),
                    Some(_) => self.either(&[left, right], depth),
                    None => Value::Nothing,
                }
            }
            Kind::Object => Value::Object(node),
            Kind::Call => self.call(node, depth),
            _ => Value::Nothing,
        }
    }

    /// One of several values: their functions in order.
    fn either(&mut self, branches: &[Option<NodeId>], depth: u32) -> Value {
        let values: Vec<Value> = branches.iter().flatten().map(|b| self.eval(*b, depth + 1)).collect();
        values.into_iter().reduce(Self::join).unwrap_or_default()
    }

    pub(super) fn join(one: Value, other: Value) -> Value {
        match (one, other) {
            (Value::Nothing, value) | (value, Value::Nothing) => value,
            (Value::Callable(a), Value::Callable(b)) => Value::Callable(merged(a, b)),
            (Value::Returns(a), Value::Returns(b)) => Value::Returns(merged(a, b)),
            (Value::Calls(a), Value::Calls(b) | Value::Callable(b)) | (Value::Callable(a), Value::Calls(b)) => {
                Value::Calls(merged(a, b))
            }
            (Value::Given(a, gives), Value::Given(b, other)) if gives == other => Value::Given(merged(a, b), gives),
            _ => Value::Nothing,
        }
    }

    fn call(&mut self, node: NodeId, depth: u32) -> Value {
        let flat = self.file.flat;
        let Some(callee) = flat.child(node, Field::Function).map(|f| flat.unwrapped(f)) else { return Value::Nothing };
        let arguments = flat.child(node, Field::Arguments);
        let first = arguments.and_then(|a| flat.children(a).next());
        if flat.kind(callee) == Kind::Member
            && flat.child(callee, Field::Property).is_some_and(|p| flat.text_of(p) == "bind")
        {
            return match flat.child(callee, Field::Object).map(|o| self.eval(o, depth + 1)) {
                Some(value @ (Value::Callable(_) | Value::Calls(_) | Value::Returns(_))) => value,
                _ => Value::Nothing,
            };
        }
        let text = callee_text(flat, callee);
        match hooks::gives(&text) {
            Some(Gives::Nothing) => Value::Nothing,
            Some(Gives::Same) => first.map(|f| self.eval(f, depth + 1)).unwrap_or_default(),
            Some(Gives::Returned) => match first.map(|f| self.eval(f, depth + 1)) {
                Some(Value::Returns(callable)) => Value::Callable(callable),
                _ => Value::Nothing,
            },
            Some(gives @ (Gives::Position(_) | Gives::Something)) => {
                let mut given = Callable { sure: gives != Gives::Something, ..Callable::default() };
                if matches!(gives, Gives::Position(_)) {
                    // The first is the function, the others a state and a place.
                    first.into_iter().for_each(|f| self.gather(f, &mut given, depth));
                } else {
                    for argument in arguments.into_iter().flat_map(|a| flat.children(a)).take(6) {
                        self.gather(argument, &mut given, depth);
                    }
                }
                if given.values.is_empty() {
                    return Value::Nothing;
                }
                if let (Gives::Something, Some(hook)) = (gives, taker(self, callee)) {
                    given.through.push(Through { hook, member: None });
                }
                Value::Given(given, gives)
            }
            None => match self.eval(callee, depth + 1) {
                Value::Returns(callable) => Value::Callable(callable),
                _ => Value::Nothing,
            },
        }
    }

    /// The functions that a hook gets with one argument: itself, or in its options, or what a call
    /// makes of it (`useMutation(mutationOptions(save))`).
    fn gather(&mut self, argument: NodeId, into: &mut Callable, depth: u32) {
        let flat = self.file.flat;
        let argument = flat.unwrapped(argument);
        match self.eval(argument, depth + 1) {
            Value::Callable(callable) | Value::Calls(callable) => {
                let sure = into.sure && callable.sure;
                let all = merged(std::mem::take(into), callable);
                *into = Callable { sure, surely_called: false, ..all };
            }
            Value::Object(object) => {
                // Callbacks of the options (`onSuccess`) are called afterwards, by the hook.
                let members: Vec<NodeId> = flat
                    .children(object)
                    .filter(|m| flat.child(*m, Field::Key).is_some_and(|k| is_function_option(flat.text_of(k))))
                    .collect();
                for member in members {
                    if let Some(value) = flat.child(member, Field::Value).filter(|_| depth < 2) {
                        self.gather(value, into, depth + 1);
                    }
                }
            }
            _ if flat.kind(argument) == Kind::Call && depth < 2 => {
                let function = flat.child(argument, Field::Function).map(|f| callee_text(flat, f));
                let first = flat.child(argument, Field::Arguments).and_then(|a| flat.children(a).next());
                if let (Some(first), true) = (first, function.is_some_and(|f| f.ends_with("Options"))) {
                    self.gather(first, into, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// A function as a value.
    fn function(&mut self, node: NodeId, depth: u32) -> Value {
        let flat = self.file.flat;
        if let Some(action) = self.actions.get(&node) {
            return callable(Taken { used: Used::InlineAction(*action), member: None }, true);
        }
        let Some(body) = flat.child(node, Field::Body) else { return Value::Nothing };
        if flat.kind(body) != Kind::Block {
            return self.result(body, true, depth);
        }
        let statements: Vec<NodeId> = flat.children(body).take(2).collect();
        if let [only] = statements.as_slice()
            && matches!(flat.kind(*only), Kind::Return | Kind::ExpressionStatement)
        {
            let expression = flat.children(*only).next();
            return expression.map(|e| self.result(e, true, depth)).unwrap_or_default();
        }
        // Of longer bodies only what they give back.
        let mut returned: Option<Value> = None;
        let mut at = body + 1;
        while at < flat.get(body).after {
            if flat.is_function(at) || flat.kind(at) == Kind::ClassBody {
                at = flat.get(at).after;
                continue;
            }
            if flat.kind(at) == Kind::Return {
                let value = flat.children(at).next().map(|e| self.result(e, false, depth)).unwrap_or_default();
                returned = match (returned, value) {
                    (None, value) => Some(value),
                    (Some(Value::Returns(a)), Value::Returns(b)) => Some(Value::Returns(merged(a, b))),
                    _ => return Value::Nothing,
                };
                at = flat.get(at).after;
                continue;
            }
            at += 1;
        }
        returned.unwrap_or_default()
    }

    /// What a function is that ends in an expression.
    fn result(&mut self, expression: NodeId, may_call: bool, depth: u32) -> Value {
        let flat = self.file.flat;
        let mut expression = flat.unwrapped(expression);
        while matches!(flat.kind(expression), Kind::Await)
            || (flat.kind(expression) == Kind::Unary && flat.text_of(expression).starts_with("void"))
        {
            match flat.children(expression).next() {
                Some(inner) => expression = flat.unwrapped(inner),
                None => return Value::Nothing,
            }
        }
        if flat.kind(expression) == Kind::Call
            && may_call
            && let Some(callee) = flat.child(expression, Field::Function)
            && let Value::Callable(called) | Value::Calls(called) = self.eval(callee, depth + 1)
        {
            return Value::Calls(called);
        }
        match self.eval(expression, depth + 1) {
            Value::Callable(callable) => Value::Returns(callable),
            _ => Value::Nothing,
        }
    }

    fn binding(&mut self, id: BindingId, depth: u32) -> Value {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let Some(binding) = self.file.scopes.binding(id).copied() else { return Value::Nothing };
        // While it is being read, it stands for nothing: circles end here.
        self.known.insert(id, Value::Nothing);
        let mut value = match self.targets.get(&id) {
            // Of a function of this file, what it does counts, too.
            Some(Used::Export(export)) => match receivers::function_behind(self.file, &binding) {
                Some(function) => match self.function(function, depth + 1) {
                    value @ Value::Returns(_) => value,
                    _ => callable(Taken { used: Used::Export(*export), member: None }, true),
                },
                None => callable(Taken { used: Used::Export(*export), member: None }, true),
            },
            Some(used) => callable(Taken { used: used.clone(), member: None }, true),
            None => Value::Nothing,
        };
        if value == Value::Nothing {
            value = match binding.kind {
                BindingKind::Const => self.constant(&binding, depth),
                BindingKind::Parameter => self.parameter_value(&binding, depth),
                BindingKind::Function => self.function(binding.declaration, depth + 1),
                _ => Value::Nothing,
            };
        }
        self.known.insert(id, value.clone());
        value
    }

    fn constant(&mut self, binding: &Binding, depth: u32) -> Value {
        let flat = self.file.flat;
        let Some(value) = flat.child(binding.declaration, Field::Value) else { return Value::Nothing };
        let value = self.eval(value, depth + 1);
        if !binding.in_pattern {
            return value;
        }
        let Some(pattern) = flat.child(binding.declaration, Field::Name) else { return Value::Nothing };
        self.destructured(value, pattern, binding.name, depth)
    }

    fn parameter_value(&mut self, binding: &Binding, depth: u32) -> Value {
        let Some(place) = receivers::place(self.file, binding) else { return Value::Nothing };
        let Some(receiver) = self.receivers.by_node.get(&place.function).copied() else { return Value::Nothing };
        let whole = Parameter { receiver, index: place.index, property: None, except: Box::default() };
        let mut value = callable(Taken { used: self.intern(whole), member: None }, true);
        if let Some(default) = place.default.filter(|_| place.pattern.is_none()) {
            value = Self::join(value, self.eval(default, depth + 1));
        }
        match place.pattern {
            Some(pattern) => self.destructured(value, pattern, binding.name, depth),
            None => value,
        }
    }

    /// One step into a value.
    pub(super) fn step(&mut self, of: Value, step: Step, depth: u32) -> Value {
        match (of, step) {
            (Value::Object(object), Step::Property(name)) => {
                self.property(object, name).map(|m| self.eval(m, depth + 1)).unwrap_or_default()
            }
            (Value::Given(given, Gives::Position(at)), Step::Index(index)) if at == index => {
                Value::Callable(Callable { surely_called: true, itself: false, ..given })
            }
            (Value::Given(given, Gives::Something), Step::Index(_)) => {
                Value::Callable(Callable { surely_called: false, sure: false, itself: false, ..given })
            }
            (Value::Given(mut given, Gives::Something), Step::Property(name)) => match hooks::triggers(name) {
                Some(surely_called) => {
                    if let Some(last) = given.through.last_mut() {
                        last.member = Some(name.into());
                    }
                    Value::Callable(Callable { surely_called, sure: false, itself: false, ..given })
                }
                None => Value::Nothing,
            },
            (Value::Callable(callable), step) if callable.itself => self.step_into_binding(callable, step),
            _ => Value::Nothing,
        }
    }

    /// The members of modules and of parameters.
    fn step_into_binding(&mut self, of: Callable, step: Step) -> Value {
        let mut values = vec![];
        for taken in &of.values {
            let next = match (&taken.used, &taken.member, step) {
                (Used::Import(_) | Used::Module(_), None, Step::Property(name)) => {
                    Some(Taken { used: taken.used.clone(), member: Some(name.into()) })
                }
                (Used::Parameter(number), None, Step::Property(name)) => self.property_of(*number, name),
                (Used::Parameter(number), None, Step::Rest(pattern)) => self.rest_of(*number, pattern),
                _ => None,
            };
            values.extend(next);
        }
        if values.is_empty() { Value::Nothing } else { Value::Callable(Callable { values, ..of }) }
    }

    fn property_of(&mut self, number: u32, name: &str) -> Option<Taken> {
        let whole = self.parameter(number)?.clone();
        if whole.property.is_some() || whole.except.iter().any(|e| &**e == name) {
            return None;
        }
        let one = Parameter { property: Some(name.into()), except: Box::default(), ..whole };
        Some(Taken { used: self.intern(one), member: None })
    }

    fn rest_of(&mut self, number: u32, pattern: NodeId) -> Option<Taken> {
        let flat = self.file.flat;
        let whole = self.parameter(number)?.clone();
        if whole.property.is_some() {
            return None;
        }
        let mut except: Vec<Box<str>> = whole.except.to_vec();
        for member in flat.children(pattern) {
            let named = match flat.kind(member) {
                Kind::RestPattern => continue,
                Kind::ShorthandPattern => member,
                Kind::ObjectAssignmentPattern => flat.child(member, Field::Left)?,
                Kind::PairPattern => flat.child(member, Field::Key)?,
                _ => return None,
            };
            except.push(key_text(flat, named).into());
        }
        let rest = Parameter { except: except.into(), ..whole };
        Some(Taken { used: self.intern(rest), member: None })
    }

    fn intern(&mut self, parameter: Parameter) -> Used {
        let rows = &mut self.facts.flow.parameters;
        let number = *self.parameters.entry(parameter).or_insert_with_key(|parameter| {
            rows.push(parameter.clone());
            (rows.len() - 1) as u32
        });
        Used::Parameter(number)
    }

    /// A member of an object literal; what a spread may have replaced isn't told.
    pub(super) fn property(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let flat = self.file.flat;
        // Longer ones are tables, not settings; every member that is asked for would read them whole.
        const MOST: usize = 256;
        let members: Vec<NodeId> = flat.children(object).take(MOST + 1).collect();
        if members.len() > MOST {
            return None;
        }
        for member in members.into_iter().rev() {
            let (key, value) = match flat.kind(member) {
                Kind::Pair => (flat.child(member, Field::Key)?, flat.child(member, Field::Value)),
                Kind::Shorthand => (member, Some(member)),
                Kind::Method => (flat.child(member, Field::Name)?, Some(member)),
                Kind::Spread => return None,
                _ => continue,
            };
            if flat.kind(key) == Kind::ComputedKey {
                return None;
            }
            if key_text(flat, key) == name {
                return value;
            }
        }
        None
    }
}

/// Options of a hook that hold the function that it calls when it is asked to.
fn is_function_option(key: &str) -> bool {
    key.ends_with("Fn") || matches!(key, "action" | "fn" | "mutation" | "execute")
}

pub(super) fn key_text<'t>(flat: &crate::flat::Flat<'t>, key: NodeId) -> &'t str {
    if flat.kind(key) == Kind::String { flat.string_value(key) } else { flat.text_of(key) }
}

fn callable(taken: Taken, sure: bool) -> Value {
    Value::Callable(Callable { values: vec![taken], sure, surely_called: true, itself: true, through: vec![] })
}

fn merged(mut one: Callable, other: Callable) -> Callable {
    const MOST: usize = 12;
    for taken in other.values {
        if !one.values.contains(&taken) && one.values.len() < MOST {
            one.values.push(taken);
        }
    }
    one.sure &= other.sure;
    one.surely_called &= other.surely_called;
    one.itself &= other.itself;
    one.through.extend(other.through);
    one
}
