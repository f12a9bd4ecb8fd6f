//! Members whose name is an expression (`PATHS[mode]`), and lists that are joined to one text.

use super::{Reader, can_be_followed, functions::takes_parameter};
use crate::{
    flat::{Field, Flat, Kind, NodeId},
    value::{Entry, HoleKind, Lead, Lookup, Value},
};

/// Larger objects are data: nobody reads so many candidates.
const MOST_MEMBERS: usize = 6;

impl Reader<'_> {
    /// `{ create: '/api/x', update: '/api/y' }[mode]`: one of its members, by the condition that the key
    /// is that member's name.
    pub(super) fn lookup(&self, id: NodeId, object: NodeId, index: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let (of, key) = (self.expression(object, depth + 1), self.expression(index, depth + 1));
        if let Some(text) = key.as_text() {
            return of.member(text).unwrap_or_else(|| self.hole(id, HoleKind::Unknown, None));
        }
        let said: String = flat.text_of(index).chars().filter(|c| !c.is_whitespace()).collect();
        match &of {
            // who calls the function around it may say which
            Value::Object(entries) if !takes_parameter(&key) => {
                let member = chosen(entries, &key, &said);
                member.unwrap_or_else(|| self.hole(id, HoleKind::Unknown, None))
            }
            Value::Object(_) | Value::Hole(_) if can_be_followed(&of) => {
                let lookup = Lookup { of, key, said: said.into() };
                self.hole(id, HoleKind::Unknown, Some(Lead::Lookup(Box::new(lookup))))
            }
            _ => self.hole(id, HoleKind::Unknown, None),
        }
    }

    /// `['/api', 'users', id].join('/')`
    pub(super) fn joined(&self, call: NodeId, callee: Option<NodeId>, depth: u32) -> Option<Value> {
        let flat = self.flat();
        callee?;
        let list = list_of_join(flat, call)?;
        let separator = flat.children(flat.child(call, Field::Arguments)?).next()?;
        let between = flat.string_value(separator);
        let mut parts = vec![];
        for element in flat.children(list) {
            if !parts.is_empty() && !between.is_empty() {
                parts.push(Value::Text(between.into()));
            }
            parts.push(self.expression(element, depth + 1));
        }
        Some(Value::Join(parts.into()))
    }
}

/// The list whose elements a call joins to one text, with a separator that is written there; of spread
/// elements nobody knows how many there are.
pub(in crate::extract) fn list_of_join(flat: &Flat, call: NodeId) -> Option<NodeId> {
    let callee = flat.child(call, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
    let list = flat.child(callee, Field::Object).filter(|o| flat.kind(*o) == Kind::Array)?;
    let is_join = flat.child(callee, Field::Property).is_some_and(|p| flat.text_of(p) == "join");
    let separator = flat.children(flat.child(call, Field::Arguments)?).next()?;
    let is_written = flat.kind(separator) == Kind::String;
    let is_whole = || flat.children(list).all(|e| flat.kind(e) != Kind::Spread);
    (is_join && is_written && is_whole()).then_some(list)
}

/// One of an object's members: those that the key can name.
fn chosen(entries: &[Entry], key: &Value, said: &str) -> Option<Value> {
    let named: Option<Vec<&str>> = match key {
        Value::Either(texts) if !texts.is_empty() => texts.iter().map(Value::as_text).collect(),
        _ => None,
    };
    let mut members = vec![];
    for entry in entries {
        let Entry::Member(name, value) = entry else { return None };
        if named.as_ref().is_none_or(|named| named.contains(&&**name)) {
            members.push((name.clone(), value.clone()));
        }
    }
    if members.len() > MOST_MEMBERS {
        return None;
    }
    (!members.is_empty()).then(|| Value::named_by(said, members))
}
