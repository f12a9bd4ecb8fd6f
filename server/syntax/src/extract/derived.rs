//! Rows of [`Flow`](crate::flow::Flow): the places that stand for other bindings' values, and the
//! values that are handed on.

use super::{
    Source,
    callables::{Callable, Callables, Value, key_text},
    callee_text,
    functions::ActionNodes,
    gives, hooks,
    imports::module_call,
    receivers,
    uses::{Targets, is_own_member, kind},
};
use crate::{
    facts::{FileFacts, UseKind, Used},
    flat::{Field, Kind, NodeId},
    flow::{Derived, Flow, Pass, Taken, Taker},
    scope::BindingId,
};

pub(super) fn read(file: &Source, actions: &ActionNodes, targets: &Targets, facts: &mut FileFacts) -> Flow {
    let receivers = receivers::read(file, facts);
    let mut rows = receivers.rows.clone();
    let mut callables = Callables::new(file, actions, targets, &receivers, facts);
    let mut derived: Vec<Derived> = vec![];
    for (id, binding) in &file.scopes.references {
        derived.extend(row(&mut callables, *id, *binding));
    }
    let mut passes: Vec<Pass> = vec![];
    for id in 0..file.flat.len() {
        match file.flat.kind(id) {
            Kind::Call => call(&mut callables, id, &mut passes),
            Kind::JsxOpening | Kind::JsxSelfClosing => element(&mut callables, id, &mut passes),
            _ => {}
        }
    }
    let mut functions: Vec<(NodeId, u32)> = receivers.by_node.iter().map(|(node, number)| (*node, *number)).collect();
    functions.sort_unstable();
    for (node, number) in functions {
        if let Some(row) = rows.get_mut(number as usize) {
            row.gives = gives::read(&mut callables, node, number);
        }
    }
    let parameters = std::mem::take(&mut facts.flow.parameters);
    Flow { receivers: rows, parameters, derived, passes }
}

/// What one reference stands for, if it isn't a use of its own.
fn row(callables: &mut Callables, id: NodeId, binding: BindingId) -> Option<Derived> {
    let flat = callables.file.flat;
    let is_use = callables.target(binding).is_some();
    let mut value = callables.of_binding(binding);
    let (mut at, mut name) = (id, id);
    loop {
        let parent = flat.parent(at);
        let field = flat.get(at).field;
        value = match value {
            Value::Returns(callable) if flat.kind(parent) == Kind::Call && field == Field::Function => {
                at = parent;
                return finish(callables, &callable, id, name, at);
            }
            _ if is_use => return None,
            Value::Given(callable, _) if flat.kind(parent) == Kind::Call && field == Field::Function => {
                let called = Callable { sure: false, ..callable };
                return finish(callables, &called, id, name, at);
            }
            value @ (Value::Given(..) | Value::Object(_))
                if flat.kind(parent) == Kind::Member && field == Field::Object =>
            {
                name = flat.child(parent, Field::Property)?;
                at = parent;
                callables.member(&value, flat.text_of(name))
            }
            Value::Callable(callable) => {
                let property = flat.child(parent, Field::Property).filter(|_| {
                    flat.kind(parent) == Kind::Member && field == Field::Object && is_whole(callables, &callable)
                });
                let Some(property) = property.filter(|p| !is_own_member(flat.text_of(*p))) else {
                    return finish(callables, &callable, id, name, at);
                };
                name = property;
                at = parent;
                callables.member(&Value::Callable(callable), flat.text_of(name))
            }
            _ => return None,
        };
    }
}

/// Whether a value is a parameter or module as a whole, so that a member of it is another value.
fn is_whole(callables: &Callables, callable: &Callable) -> bool {
    callable.itself
        && callable.values.iter().any(|taken| match &taken.used {
            Used::Parameter(number) => callables.parameter(*number).is_some_and(|p| p.property.is_none()),
            Used::Import(_) | Used::Module(_) => taken.member.is_none(),
            _ => false,
        })
}

/// The row, where the place is one that calls a function, or hands it on.
fn finish(callables: &Callables, callable: &Callable, head: NodeId, name: NodeId, at: NodeId) -> Option<Derived> {
    let flat = callables.file.flat;
    let (kind, via) = kind(flat, at);
    let only_parameters = callable.values.iter().all(|v| matches!(v.used, Used::Parameter(_)));
    let via_text = via.as_deref().unwrap_or_default();
    let counts = match kind {
        UseKind::Call | UseKind::FormAction | UseKind::Bind => true,
        UseKind::Hook => callable.surely_called || hooks::is_caller(via_text),
        // What a function is given can be anything: only where it is called it matters.
        UseKind::Argument if only_parameters || !callable.surely_called => {
            hooks::is_caller(via_text) || has_taker(callables, at)
        }
        UseKind::Prop if only_parameters || !callable.surely_called => {
            hooks::is_callback(via_text) || has_taker(callables, at)
        }
        UseKind::Argument | UseKind::Prop => true,
        UseKind::Member => callable.surely_called && !only_parameters,
        UseKind::Element | UseKind::Alias | UseKind::Mention => false,
    };
    // What its use has to tell is told by a call, or by a place that calls.
    let told = callable.surely_called
        || only_parameters
        || match kind {
            UseKind::Call | UseKind::FormAction | UseKind::Bind | UseKind::Hook => true,
            UseKind::Argument => hooks::is_caller(via_text),
            UseKind::Prop => hooks::is_callback(via_text),
            _ => false,
        };
    (counts && told).then(|| Derived {
        range: flat.range(name),
        head: flat.range(head),
        values: callable.values.clone(),
        kind,
        via,
        sure: callable.sure,
        through: callable.through.clone(),
    })
}

/// Whether an argument or attribute is given to a function that can be looked into.
fn has_taker(callables: &Callables, value: NodeId) -> bool {
    let flat = callables.file.flat;
    let mut at = value;
    for _ in 0..8 {
        at = flat.parent(at);
        let function = match flat.kind(at) {
            Kind::Call => flat.child(at, Field::Function),
            Kind::JsxOpening | Kind::JsxSelfClosing => flat.child(at, Field::Name),
            _ => continue,
        };
        return function.is_some_and(|f| {
            let identifier = if flat.kind(f) == Kind::Member { flat.child(f, Field::Object).unwrap_or(f) } else { f };
            callables.file.scopes.of(identifier).is_some_and(|b| {
                callables.receivers.by_binding.contains_key(&b) || matches!(callables.target(b), Some(Used::Import(_)))
            })
        });
    }
    false
}

/// What a call gives to a function that can be looked into.
fn call(callables: &mut Callables, id: NodeId, passes: &mut Vec<Pass>) {
    let flat = callables.file.flat;
    let (Some(callee), Some(arguments)) = (flat.child(id, Field::Function), flat.child(id, Field::Arguments)) else {
        return;
    };
    let Some(to) = taker(callables, flat.unwrapped(callee)) else { return };
    for (index, argument) in flat.children(arguments).enumerate() {
        if flat.kind(argument) == Kind::Spread {
            return; // what follows stands at places that nobody knows
        }
        if !may_hold_function(flat.kind(argument)) {
            continue;
        }
        let index = index as u32;
        match callables.of(argument) {
            Value::Object(object) => {
                for (key, member) in members(callables, object) {
                    let value = callables.of(member);
                    push(callables, passes, value, &to, index, Some(key), vec![]);
                }
            }
            value => push(callables, passes, value, &to, index, None, vec![]),
        }
    }
}

/// What an element gives to its component.
fn element(callables: &mut Callables, id: NodeId, passes: &mut Vec<Pass>) {
    let flat = callables.file.flat;
    let Some(name) = flat.child(id, Field::Name) else { return };
    let Some(to) = taker(callables, name) else { return };
    let attributes: Vec<NodeId> = flat.children(id).filter(|c| *c != name).collect();
    for (at, attribute) in attributes.iter().enumerate() {
        let later = || attributes.iter().skip(at + 1).filter_map(|a| attribute_name(callables, *a));
        match flat.kind(*attribute) {
            Kind::JsxAttribute => {
                let Some(key) = attribute_name(callables, *attribute) else { continue };
                let value = flat.child_of_kind(*attribute, Kind::JsxExpression);
                // The last of one name counts.
                let Some(value) = value.and_then(|v| flat.children(v).next()).filter(|_| !later().any(|l| l == key))
                else {
                    continue;
                };
                let value = callables.of(value);
                push(callables, passes, value, &to, 0, Some(key), vec![]);
            }
            Kind::JsxExpression => {
                let spread = flat.child_of_kind(*attribute, Kind::Spread).and_then(|s| flat.children(s).next());
                let Some(spread) = spread else { continue };
                let except: Vec<Box<str>> = later().map(Box::from).collect();
                match callables.of(spread) {
                    Value::Callable(callable) if is_whole(callables, &callable) => {
                        push(callables, passes, Value::Callable(callable), &to, 0, None, except);
                    }
                    // `{...{ onSave: save }}`, `{...shared}`
                    Value::Object(object) => {
                        for (key, member) in members(callables, object) {
                            if !except.iter().any(|e| &**e == key) {
                                let value = callables.of(member);
                                push(callables, passes, value, &to, 0, Some(key), vec![]);
                            }
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn attribute_name<'t>(callables: &Callables<'t>, attribute: NodeId) -> Option<&'t str> {
    let flat = callables.file.flat;
    (flat.kind(attribute) == Kind::JsxAttribute).then(|| flat.children(attribute).next().map(|n| flat.text_of(n)))?
}

/// The members of an object literal that it surely has.
fn members<'t>(callables: &Callables<'t>, object: NodeId) -> Vec<(&'t str, NodeId)> {
    const MOST: usize = 64;
    let flat = callables.file.flat;
    let keys = flat.children(object).filter_map(|member| match flat.kind(member) {
        Kind::Pair => flat.child(member, Field::Key).filter(|k| flat.kind(*k) != Kind::ComputedKey),
        Kind::Shorthand => Some(member),
        Kind::Method => flat.child(member, Field::Name),
        _ => None,
    });
    keys.take(MOST)
        .map(|key| key_text(flat, key))
        .filter_map(|key| Some((key, callables.property(object, key)?)))
        .collect()
}

fn push(
    callables: &Callables,
    passes: &mut Vec<Pass>,
    value: Value,
    to: &Taker,
    argument: u32,
    property: Option<&str>,
    except: Vec<Box<str>>,
) {
    let (Value::Callable(callable) | Value::Calls(callable)) = value else { return };
    let mut values = callable.values;
    if property.is_some() {
        // A parameter as a whole, a module: an object, whose members nobody takes a step further.
        values.retain(|taken| match &taken.used {
            Used::Parameter(number) => callables.parameter(*number).is_some_and(|p| p.except.is_empty()),
            _ => true,
        });
    }
    if !values.is_empty() {
        let property = property.map(Box::from);
        passes.push(Pass {
            values,
            to: to.clone(),
            argument,
            property,
            except: except.into(),
            sure: callable.sure,
            through: callable.through,
        });
    }
}

const fn may_hold_function(kind: Kind) -> bool {
    !matches!(kind, Kind::String | Kind::Template | Kind::Number | Kind::True | Kind::False | Kind::Null | Kind::Regex)
}

/// Who a callee or an element's name is: a function of this file, or an import.
pub(super) fn taker(callables: &mut Callables, name: NodeId) -> Option<Taker> {
    let flat = callables.file.flat;
    let identifier = match flat.kind(name) {
        Kind::Identifier => name,
        Kind::Member => flat.child(name, Field::Object).filter(|o| flat.kind(*o) == Kind::Identifier)?,
        _ => return None,
    };
    let binding = callables.file.scopes.of(identifier)?;
    if let Some(receiver) = callables.receivers.by_binding.get(&binding).filter(|_| identifier == name) {
        return Some(Taker::Here(*receiver));
    }
    if let Some(used @ Used::Import(_)) = callables.target(binding).cloned() {
        let member = (identifier != name).then(|| flat.child(name, Field::Property)).flatten();
        if identifier != name && member.is_none() {
            return None;
        }
        return Some(Taker::There(Taken { used, member: member.map(|m| flat.text_of(m).into()) }));
    }
    lazily(callables, binding).filter(|_| identifier == name).map(Taker::There)
}

/// `const Form = dynamic(() => import('./form').then((m) => m.Form))`
fn lazily(callables: &mut Callables, binding: BindingId) -> Option<Taken> {
    let flat = callables.file.flat;
    let binding = *callables.file.scopes.binding(binding)?;
    let value = flat.unwrapped(flat.child(binding.declaration, Field::Value).filter(|_| !binding.in_pattern)?);
    let callee = flat.child(value, Field::Function).filter(|_| flat.kind(value) == Kind::Call)?;
    if !hooks::is_lazy(&callee_text(flat, callee)) {
        return None;
    }
    let load = flat.children(flat.child(value, Field::Arguments)?).next()?;
    let body = flat.child(load, Field::Body).filter(|_| flat.kind(load) == Kind::Arrow)?;
    let body = flat.unwrapped(body);
    if let Some(source) = module_call(flat, body) {
        return Some(callables.module(source, "default"));
    }
    // `.then((m) => m.Form)`: the member that the callback's body ends in
    let then = flat.child(body, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
    let source = module_call(flat, flat.child(then, Field::Object)?)?;
    let callback = flat.children(flat.child(body, Field::Arguments)?).next()?;
    let taken = flat.unwrapped(flat.child(callback, Field::Body)?);
    let member = flat.child(taken, Field::Property).filter(|_| flat.kind(taken) == Kind::Member)?;
    Some(callables.module(source, flat.text_of(member)))
}
