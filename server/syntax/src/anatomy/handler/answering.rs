//! A function that handlers of an application call: whether it answers plainly for them, and reads no more
//! of a request than headers that an action's call has, too.

use tree_sitter::Node;

use super::{Handler, Says, reads::comes_by_itself};
use crate::{
    anatomy::{
        Anatomy,
        bindings::{arguments_of, call_of, fills, inside_parentheses, member_of},
        range_of,
    },
    text::TextRange,
};

/// Such a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// `async`
    pub is_async: bool,
    /// All responses that it returns are JSON or nothing, without headers of their own.
    pub answers_plainly: bool,
    /// By parameter, the written type of one of which it reads headers only.
    pub reads_headers: Vec<Option<Box<str>>>,
}

impl Anatomy<'_> {
    /// Takes a helper apart that is declared there.
    #[must_use]
    pub fn helper(&self, declaration: TextRange) -> Option<Helper> {
        let function = self.function(declaration)?;
        if function.is_generator || function.is_bound {
            return None;
        }
        let answers_plainly = !function.returns.is_empty()
            && function.returns.iter().all(|one| {
                one.value.is_none_or(|value| {
                    self.outermost(value).is_some_and(|node| self.is_plain_or_none(node, &function, 0))
                })
            });
        let reads_headers = function.parameters.iter().map(|parameter| {
            let written = self.slice(parameter.annotation?);
            let is_it =
                parameter.name.is_some() && parameter.default.is_none() && self.reads_headers(parameter.pattern);
            is_it.then(|| written.into())
        });
        Some(Helper { is_async: function.is_async, answers_plainly, reads_headers: reads_headers.collect() })
    }

    /// A plain answer, or something that is no response.
    fn is_plain_or_none(&self, node: Node, function: &super::Function, depth: u32) -> bool {
        let inner = inside_parentheses(node);
        match inner.kind() {
            "object" | "array" | "null" | "undefined" | "true" | "false" | "string" | "template_string" | "number" => {
                return true;
            }
            "ternary_expression" if depth < 8 => {
                let mut ways = ["consequence", "alternative"].into_iter().map(|way| inner.child_by_field_name(way));
                return ways.all(|way| way.is_some_and(|way| self.is_plain_or_none(way, function, depth + 1)));
            }
            _ => {}
        }
        let mut handler = Handler::new(function.clone());
        self.answer(&mut handler, node, false);
        let is_json = |says: &Says| matches!(says, Says::Json { .. } | Says::Nothing);
        handler.obstacles.is_empty() && !handler.answers.is_empty() && handler.answers.iter().all(|a| is_json(&a.says))
    }

    fn reads_headers(&self, parameter: TextRange) -> bool {
        let binding = self.node(parameter).and_then(|node| self.declared_by(node));
        let mentions = binding.map(|binding| self.references_to(binding)).unwrap_or_default();
        mentions.into_iter().filter(|node| range_of(*node) != parameter).all(|mention| {
            let member = member_of(mention).filter(|(_, name)| self.slice(range_of(*name)) == "headers");
            let Some((headers, _)) = member else { return false };
            let Some((method, name)) = member_of(headers) else {
                return headers.parent().is_some_and(|p| p.kind() == "pair" && fills(headers, p, "value"));
            };
            let is_read = matches!(self.slice(range_of(name)), "get" | "has");
            let given = call_of(method).filter(|_| is_read).and_then(|(call, _)| arguments_of(call).first().copied());
            given.is_some_and(|g| {
                g.kind() == "string" && comes_by_itself(self.slice(range_of(g)).trim_matches(['\'', '"']))
            })
        })
    }
}
