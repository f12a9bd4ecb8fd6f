//! Conditions that what is known of a value can decide (`url.includes('?')`, `kind === 'user'`,
//! `options`), and the choice that `a || b` is.

use super::{super::flow, Reader, functions::takes_any_parameter};
use crate::{
    flat::{Field, Kind, NodeId},
    text::TextRange,
    value::{Asked, Choice, Test, Value},
};

impl Reader<'_> {
    /// `left || right`, `left ?? right`: the left one, if it is there.
    pub(super) fn either(&self, left: NodeId, yes: Value, no: Value) -> Value {
        // only what a call gives or leaves out decides: everything else stays open
        if !takes_any_parameter(&yes) {
            return Value::Either([yes, no].into());
        }
        let flat = self.flat();
        let (condition, _) = flow::condition_key(flat, flat.unwrapped(left));
        Value::Choice(Box::new(Choice { condition, test: Some(Test::IsThere), yes, no }))
    }

    /// What a condition asks; one that is `swapped` in the form in which it isn't negated.
    pub(super) fn test(&self, condition: NodeId, swapped: bool, depth: u32) -> Option<Test> {
        let flat = self.flat();
        match flat.kind(condition) {
            Kind::Call => self.text_test(condition, depth),
            Kind::Binary => self.comparison(condition, swapped, depth),
            Kind::Identifier | Kind::Member => {
                let subject = self.expression(condition, depth + 1);
                takes_any_parameter(&subject).then_some(Test::Of { subject, asked: Asked::There })
            }
            _ => None,
        }
    }

    /// `x.startsWith('…')`, `x.includes('…')`
    fn text_test(&self, call: NodeId, depth: u32) -> Option<Test> {
        let flat = self.flat();
        let function = flat.child(call, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
        let text = flat.children(flat.child(call, Field::Arguments)?).next()?;
        let text = (flat.kind(text) == Kind::String).then(|| flat.string_value(text).into())?;
        let asked = match flat.text_of(flat.child(function, Field::Property)?) {
            "startsWith" => Asked::Begins(text),
            "endsWith" => Asked::Ends(text),
            "includes" => Asked::Holds(text),
            _ => return None,
        };
        Some(Test::Of { subject: self.expression(flat.child(function, Field::Object)?, depth + 1), asked })
    }

    /// `kind === 'user'`, `id !== undefined`, `x == null`
    fn comparison(&self, binary: NodeId, swapped: bool, depth: u32) -> Option<Test> {
        let flat = self.flat();
        let (left, right) = (flat.child(binary, Field::Left)?, flat.child(binary, Field::Right)?);
        let operator = flat.slice(TextRange::new(flat.range(left).end, flat.range(right).start)).trim();
        if !matches!((operator, swapped), ("===" | "==", false) | ("!==" | "!=", true)) {
            return None;
        }
        let right = flat.unwrapped(right);
        let asked = match flat.kind(right) {
            Kind::String => Asked::Is(flat.string_value(right).into()),
            Kind::Null => Asked::Missing,
            _ if flat.text_of(right) == "undefined" => Asked::Missing,
            _ => return None,
        };
        let subject = self.expression(left, depth + 1);
        takes_any_parameter(&subject).then_some(Test::Of { subject, asked })
    }
}
