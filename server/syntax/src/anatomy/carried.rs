//! Whether JSON carries a value as it is.

use super::{Anatomy, range_of, types};
use crate::text::TextRange;
use tree_sitter::Node;

/// What becomes of a value on its way through JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It arrives as it was.
    Json,
    /// There is no value (`undefined`, `void`).
    Nothing,
    /// It is a form, which has a way of its own.
    Form,
    /// It arrives as something else, or not at all: what it is (`Date`).
    Never(Box<str>),
    /// Of a type that another file declares: the name here.
    Named(Box<str>),
    /// Nobody can tell: the expression or type, as short text.
    Unknown(Box<str>),
}

impl Carried {
    /// What becomes of two parts together: the worse.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Json => 1,
            Self::Named(_) => 2,
            Self::Unknown(_) => 3,
            Self::Form => 4,
            Self::Never(_) => 5,
        }
    }
}

/// Nobody nests values deeper.
const DEEPEST: u32 = 24;

impl Anatomy<'_> {
    /// What becomes of an expression's value.
    #[must_use]
    pub fn carried(&self, expression: TextRange) -> Carried {
        self.node(expression).map_or(Carried::Unknown("".into()), |node| self.value(node, 0))
    }

    fn value(&self, node: Node, depth: u32) -> Carried {
        let unknown = || Carried::Unknown(crate::extract::quote(self.slice(range_of(node))));
        if depth > DEEPEST {
            return unknown();
        }
        let inner = |node: Option<Node>| node.map_or_else(unknown, |n| self.value(n, depth + 1));
        match node.kind() {
            "string" | "template_string" | "true" | "false" | "null" | "regex_flags" => Carried::Json,
            "number" if self.slice(range_of(node)).ends_with('n') => Carried::Never("bigint".into()),
            "number" => Carried::Json,
            "undefined" => Carried::Nothing,
            "identifier" => match self.slice(range_of(node)) {
                "undefined" => Carried::Nothing,
                "NaN" | "Infinity" => Carried::Never("NaN".into()),
                _ => self.variable(node, depth),
            },
            "parenthesized_expression" | "non_null_expression" => inner(node.named_child(0)),
            "as_expression" | "satisfies_expression" => {
                let value = inner(node.named_child(0));
                match (&value, node.named_child(1)) {
                    (Carried::Unknown(_), Some(written)) => types::carried(self, written, &mut vec![], depth + 1),
                    _ => value,
                }
            }
            "object" => {
                let mut all = Carried::Json;
                for member in node.named_children(&mut node.walk()) {
                    let part = match member.kind() {
                        "pair" => inner(member.child_by_field_name("value")),
                        "shorthand_property_identifier" => self.variable(member, depth),
                        "spread_element" => inner(member.named_child(0)),
                        "method_definition" => Carried::Never("function".into()),
                        _ => Carried::Json,
                    };
                    // a member without a value is left out, and reads as `undefined` all the same
                    all = all.and(if part == Carried::Nothing { Carried::Json } else { part });
                }
                all
            }
            "array" => {
                let mut all = Carried::Json;
                for element in node.named_children(&mut node.walk()).filter(|c| c.kind() != "comment") {
                    let part = match element.kind() {
                        "spread_element" => inner(element.named_child(0)),
                        _ => self.value(element, depth + 1),
                    };
                    all = all.and(if part == Carried::Nothing { Carried::Never("undefined".into()) } else { part });
                }
                all
            }
            "ternary_expression" => {
                inner(node.child_by_field_name("consequence")).and(inner(node.child_by_field_name("alternative")))
            }
            "binary_expression" => match node.child_by_field_name("operator").map(|o| o.kind()) {
                Some("&&" | "||" | "??") => {
                    inner(node.child_by_field_name("left")).and(inner(node.child_by_field_name("right")))
                }
                Some("+" | "-" | "*" | "/" | "%" | "**") => {
                    let both = inner(node.child_by_field_name("left")).and(inner(node.child_by_field_name("right")));
                    if matches!(both, Carried::Json) { both } else { unknown() }
                }
                _ => Carried::Json,
            },
            "unary_expression" => match node.child_by_field_name("operator").map(|o| o.kind()) {
                Some("!" | "typeof" | "delete") => Carried::Json,
                Some("void") => Carried::Nothing,
                _ => inner(node.child_by_field_name("argument")),
            },
            "arrow_function" | "function_expression" | "generator_function" => Carried::Never("function".into()),
            "regex" => Carried::Never("RegExp".into()),
            "jsx_element" | "jsx_self_closing_element" | "jsx_fragment" => Carried::Never("JSX".into()),
            "new_expression" => {
                let class = node.child_by_field_name("constructor").map(|c| self.slice(range_of(c)));
                match class {
                    Some("FormData") => Carried::Form,
                    Some(class) => Carried::Never(class.into()),
                    None => unknown(),
                }
            }
            "call_expression" => self.call(node).unwrap_or_else(unknown),
            "member_expression" => match node.child_by_field_name("property").map(|p| self.slice(range_of(p))) {
                // of arrays and strings, of errors
                Some("length" | "message") => Carried::Json,
                _ => unknown(),
            },
            _ => unknown(),
        }
    }

    /// Calls whose name says what they give back.
    fn call(&self, node: Node) -> Option<Carried> {
        let callee = node.child_by_field_name("function")?;
        let name = match callee.kind() {
            "identifier" => self.slice(range_of(callee)),
            "member_expression" => self.slice(range_of(callee.child_by_field_name("property")?)),
            _ => return None,
        };
        // of globals and of built-in classes: nothing else is called so
        matches!(
            name,
            "String"
                | "Number"
                | "Boolean"
                | "parseInt"
                | "parseFloat"
                | "toISOString"
                | "toString"
                | "toFixed"
                | "toLowerCase"
                | "toUpperCase"
                | "trim"
                | "stringify"
                | "toJSON"
                | "startsWith"
                | "endsWith"
        )
        .then_some(Carried::Json)
    }

    /// A variable: the type it is declared with, else what it starts with.
    fn variable(&self, node: Node, depth: u32) -> Carried {
        let unknown = || Carried::Unknown(self.slice(range_of(node)).into());
        let Some(id) = self.flat_id(node) else { return unknown() };
        let Some(binding) = self.scopes.of(id).and_then(|b| self.scopes.binding(b)) else { return unknown() };
        if binding.in_pattern {
            return unknown();
        }
        let Some(declaration) = self.node(self.flat.range(binding.declaration)) else { return unknown() };
        let declaration = match declaration.kind() {
            "variable_declarator" | "required_parameter" | "optional_parameter" => declaration,
            _ => match declaration.parent() {
                Some(parent) if range_of(parent) == range_of(declaration) => parent,
                _ => return unknown(),
            },
        };
        if let Some(written) = declaration.child_by_field_name("type").and_then(|t| t.named_child(0)) {
            return types::carried(self, written, &mut vec![], depth + 1);
        }
        let is_const = declaration.kind() == "variable_declarator"
            && declaration.parent().is_some_and(|list| self.slice(range_of(list)).starts_with("const"));
        match declaration.child_by_field_name("value") {
            Some(value) if is_const => self.value(value, depth + 1),
            _ => unknown(),
        }
    }
}
