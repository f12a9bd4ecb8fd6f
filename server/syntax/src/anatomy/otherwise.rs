//! What is taken for a body that can't be read: `res.json().catch(() => ({}))` of a response is
//! `result.data ?? {}` of a result, and the other way round.

use tree_sitter::Node;

use super::{
    Anatomy,
    bindings::{fills, inside_parentheses},
    range_of,
};
use crate::text::TextRange;

impl Anatomy<'_> {
    /// What a `.catch(…)` with these arguments gives: `{}`, `null` or `undefined`; `None` for anything else.
    pub(super) fn caught(&self, arguments: &[Node]) -> Option<&'static str> {
        let [callback] = arguments else { return None };
        let body = callback.child_by_field_name("body").filter(|_| callback.kind() == "arrow_function")?;
        self.nothing(body)
    }

    fn nothing(&self, value: Node) -> Option<&'static str> {
        let value = inside_parentheses(value);
        match value.kind() {
            "object" if value.named_child_count() == 0 => Some("{}"),
            "null" => Some("null"),
            "undefined" => Some("undefined"),
            "identifier" if self.is_global(value, "undefined") => Some("undefined"),
            _ => None,
        }
    }

    /// `value ?? {}` around a value: all of it, and what stands for it otherwise.
    #[must_use]
    pub fn otherwise(&self, value: TextRange) -> Option<(TextRange, &'static str)> {
        let value = self.widest(value)?;
        let parent = value.parent().filter(|p| p.kind() == "binary_expression" && fills(value, *p, "left"))?;
        let is_choice = parent.child_by_field_name("operator").is_some_and(|o| o.kind() == "??");
        let right = parent.child_by_field_name("right").filter(|_| is_choice)?;
        Some((range_of(parent), self.nothing(right)?))
    }

    /// `value ?? {}` as it has to be written where an expression stands.
    #[must_use]
    pub fn chosen(&self, place: TextRange, value: &str, otherwise: &str) -> String {
        let parent = self.widest(place).and_then(|node| node.parent());
        let is_apart = parent.is_some_and(|parent| {
            matches!(
                parent.kind(),
                "variable_declarator"
                    | "assignment_expression"
                    | "arguments"
                    | "return_statement"
                    | "pair"
                    | "array"
                    | "parenthesized_expression"
                    | "expression_statement"
                    | "template_substitution"
                    | "jsx_expression"
            )
        });
        if is_apart { format!("{value} ?? {otherwise}") } else { format!("({value} ?? {otherwise})") }
    }

    /// Whether an expression is an object or an array that is written there, and so surely not `null`.
    #[must_use]
    pub fn is_made_here(&self, expression: TextRange) -> bool {
        let node = self.widest(expression).map(inside_parentheses);
        node.is_some_and(|node| matches!(node.kind(), "object" | "array"))
    }
}
