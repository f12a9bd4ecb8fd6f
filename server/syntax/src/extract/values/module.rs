//! What the names of a module are.

use rustc_hash::FxHashSet;

use super::{
    super::{Source, imports::export_name},
    MOST_PARTS, Reader,
};
use crate::{
    facts::{FileFacts, ModuleValue},
    flat::{Field, Flat, Kind, NodeId},
    scope::BindingKind,
    value::{Entry, Lead, Value},
};

/// What the names of the module are, as far as it can be of use to a URL: to another file that
/// imports them, or to a call in this one; and the names of its functions that only look at what they
/// get.
pub(in crate::extract) fn of_module(file: &Source, facts: &FileFacts) -> (Vec<ModuleValue>, FxHashSet<Box<str>>) {
    let flat = file.flat;
    let reader = Reader::new(file, facts);
    let (mut values, mut looking) = (vec![], FxHashSet::default());
    let mut keep = |name: &str, value: Value| {
        if let Value::Function(function) = &value
            && function.sends.is_empty()
            && !function.hands_on
        {
            looking.insert(Box::from(name));
        }
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
            (_, Kind::ClassDeclaration) => Some(reader.class(declaration, 0)).filter(may_send),
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
    (values, looking)
}

/// Whether a class sends requests or holds paths: most classes do neither.
fn may_send(class: &Value) -> bool {
    let Value::Object(statics) = class else { return false };
    let speaks = |entry: &Entry| match entry {
        Entry::Member(_, Value::Function(function)) => !function.sends.is_empty() || function.returns.speaks(),
        Entry::Member(_, value) => matches!(value, Value::Text(_) | Value::Join(_)) && value.speaks(),
        Entry::Spread(Value::Hole(base)) => match &base.lead {
            Some(Lead::Call(call)) => {
                !matches!(&call.callee, Value::Hole(h) if matches!(h.lead, Some(Lead::Global(_))))
            }
            _ => false,
        },
        Entry::Spread(_) => false,
    };
    statics.iter().any(|entry| match entry {
        Entry::Member(key, Value::Function(constructor)) if &**key == "constructor" => match &constructor.returns {
            Value::Object(members) => members.iter().any(speaks),
            _ => false,
        },
        entry => speaks(entry),
    })
}

fn enum_object(flat: &Flat, body: NodeId) -> Value {
    let member = |m: NodeId| {
        let (name, value) = (flat.child(m, Field::Name)?, flat.child(m, Field::Value)?);
        (flat.kind(value) == Kind::String)
            .then(|| Entry::Member(export_name(flat, name).into(), Value::Text(flat.string_value(value).into())))
    };
    Value::Object(flat.children(body).take(256).filter_map(member).collect())
}
