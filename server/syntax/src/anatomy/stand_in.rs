//! What stands for a request in an action: `await headers()`, `await cookies()`, and the object that brings
//! a function the headers it asks of a request.

use tree_sitter::Node;

use super::{
    Anatomy,
    bindings::{call_of, fills, member_of},
    range_of,
};
use crate::text::TextRange;

/// A place that a handler could ask its request at.
#[derive(Clone, Debug, PartialEq)]
pub struct StandIn {
    /// All of it, with `await` and the parentheses around.
    pub range: TextRange,
    /// What a handler would say.
    pub what: StandsFor,
}

/// What a handler would say there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandsFor {
    /// `request.headers`
    Headers,
    /// `request.cookies`, which are read there.
    Cookies,
    /// `request`, with the type that is wanted of it, if one is written.
    Request(Option<Box<str>>),
}

impl Anatomy<'_> {
    /// The places within a function's body, in order. Where a variable keeps what `headers()` gives, somebody
    /// wrote so who had a choice; it is left as it is. In a file without types, an object of nothing but headers
    /// is taken for the request where a function is given it by name.
    #[must_use]
    pub fn stand_ins(&self, body: TextRange, typed: bool) -> Vec<StandIn> {
        let mut found = vec![];
        for helper in ["headers", "cookies"] {
            for mention in self.mentions_of_import("next/headers", helper) {
                let name = self.node(mention.name).filter(|_| body.covers(mention.name));
                found.extend(name.and_then(|name| self.stand_in(name, helper, typed)));
            }
        }
        found.sort_by_key(|one| one.range.start);
        found
    }

    fn stand_in(&self, name: Node, helper: &str, typed: bool) -> Option<StandIn> {
        let (call, _) = call_of(name).filter(|(_, arguments)| arguments.is_empty())?;
        let value = call.parent().filter(|p| p.kind() == "await_expression").unwrap_or(call);
        let mut whole = value;
        while let Some(parent) = whole.parent().filter(|p| p.kind() == "parenthesized_expression") {
            whole = parent;
        }
        let range = range_of(whole);
        let member = member_of(whole).map(|(_, property)| self.slice(range_of(property)));
        let is_read = matches!(member, Some("get" | "has" | "getAll"));
        if helper == "cookies" {
            return is_read.then_some(StandIn { range, what: StandsFor::Cookies });
        }
        if is_read {
            return Some(StandIn { range, what: StandsFor::Headers });
        }
        let pair = whole.parent().filter(|p| p.kind() == "pair" && fills(whole, *p, "value"))?;
        match self.lone_headers(pair, typed) {
            Some((range, ty)) => Some(StandIn { range, what: StandsFor::Request(ty) }),
            None => Some(StandIn { range, what: StandsFor::Headers }),
        }
    }

    /// `{ headers: await headers() } as unknown as Request` around its only member, as an argument of a call by
    /// name.
    fn lone_headers(&self, pair: Node, typed: bool) -> Option<(TextRange, Option<Box<str>>)> {
        let object = pair.parent().filter(|p| p.kind() == "object" && p.named_child_count() == 1)?;
        let key = pair.child_by_field_name("key").filter(|k| self.slice(range_of(*k)) == "headers")?;
        let cast = object.parent().filter(|p| p.kind() == "as_expression" && key.kind() == "property_identifier");
        let outer = cast.and_then(|cast| {
            let is_unknown = cast.named_child(1).is_some_and(|ty| self.slice(range_of(ty)) == "unknown");
            cast.parent().filter(|p| is_unknown && p.kind() == "as_expression")
        });
        let ty = outer.and_then(|outer| outer.named_child(1)).map(|ty| self.slice(range_of(ty)).into());
        let whole = outer.unwrap_or(object);
        let list = whole.parent().filter(|p| p.kind() == "arguments")?;
        // `getSession({ headers: await headers() })` takes an object, not a request
        let is_named = list.parent()?.child_by_field_name("function").is_some_and(|f| f.kind() == "identifier");
        (outer.is_some() || (is_named && !typed)).then(|| (range_of(whole), ty))
    }
}
