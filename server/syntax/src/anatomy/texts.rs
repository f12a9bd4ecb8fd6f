//! Whether an expression is a string, as far as this file says so.

use tree_sitter::Node;

use super::{Anatomy, StatementKind, range_of, walk};
use crate::text::TextRange;

/// Variables of variables end somewhere.
const DEEPEST: u32 = 8;

/// Methods that give strings, of whatever they are called on.
const GIVE_TEXT: &[&str] =
    &["toString", "trim", "toLowerCase", "toUpperCase", "toISOString", "toFixed", "replaceAll", "padStart"];

impl Anatomy<'_> {
    /// Whether an expression is a string and nothing else: written out, made by something that makes
    /// strings, or declared as one.
    #[must_use]
    pub fn is_text(&self, expression: TextRange) -> bool {
        let mut node = self.node(expression);
        // of a name that is all of its parameter, the name is meant
        while let Some(parent) = node.and_then(|n| n.parent()).filter(|p| range_of(*p) == expression) {
            node = Some(parent);
        }
        node.is_some_and(|node| self.gives_text(node, 0))
    }

    fn gives_text(&self, node: Node, depth: u32) -> bool {
        if depth > DEEPEST {
            return false;
        }
        match node.kind() {
            "string" | "template_string" => true,
            "parenthesized_expression" => node.named_child(0).is_some_and(|inner| self.gives_text(inner, depth + 1)),
            "call_expression" => {
                let Some(callee) = node.child_by_field_name("function") else { return false };
                let property = callee.child_by_field_name("property").map(|p| self.slice(range_of(p)));
                ["String", "encodeURIComponent"].iter().any(|name| self.is_global(callee, name))
                    || property.is_some_and(|p| GIVE_TEXT.contains(&p) && !self.slice(range_of(callee)).contains("?."))
            }
            "identifier" => self.holds_text(node, depth),
            _ => false,
        }
    }

    fn holds_text(&self, name: Node, depth: u32) -> bool {
        let Some(binding) = self.meant_by(name).and_then(|b| self.scopes.binding(b)) else { return false };
        let Some(declared) = self.leaf(self.flat.range(binding.name)) else { return false };
        let Some(around) = declared.parent() else { return false };
        match around.kind() {
            "required_parameter" => self.says_string(around),
            "variable_declarator" if self.says_string(around) => true,
            "variable_declarator" => {
                let is_const = around.parent().is_some_and(|list| self.slice(range_of(list)).starts_with("const"));
                let value = around
                    .child_by_field_name("value")
                    .filter(|_| is_const && around.child_by_field_name("type").is_none());
                value.is_some_and(|value| self.gives_text(value, depth + 1))
            }
            "object_pattern" => {
                let parameter = around.parent().filter(|p| p.kind() == "required_parameter");
                let written = parameter.and_then(|p| p.child_by_field_name("type")).and_then(|t| t.named_child(0));
                written.is_some_and(|written| self.has_text_member(written, self.slice(range_of(declared)), depth))
            }
            "array_pattern" => {
                let state = around.parent().filter(|p| p.kind() == "variable_declarator");
                let call = state.and_then(|d| d.child_by_field_name("value")).filter(|v| v.kind() == "call_expression");
                let is_first = around.named_child(0) == Some(declared);
                call.is_some_and(|call| is_first && self.is_state_of_text(call, depth))
            }
            _ => false,
        }
    }

    /// The smallest node around a range.
    fn leaf(&self, range: TextRange) -> Option<Node<'_>> {
        self.node(range)
    }

    /// `: string`
    fn says_string(&self, declared: Node) -> bool {
        let written = declared.child_by_field_name("type").and_then(|t| t.named_child(0));
        written.is_some_and(|t| self.slice(range_of(t)) == "string")
    }

    /// `useState('')`, `useState<string>(initial)`
    fn is_state_of_text(&self, call: Node, depth: u32) -> bool {
        let Some(callee) = call.child_by_field_name("function") else { return false };
        if self.imported(callee) != Some(("react", "useState")) {
            return false;
        }
        match call.child_by_field_name("type_arguments") {
            Some(written) => self.slice(range_of(written)) == "<string>",
            None => {
                let first = super::bindings::arguments_of(call).first().copied();
                first.is_some_and(|first| self.gives_text(first, depth + 1))
            }
        }
    }

    /// Whether a type, written out or declared in this file, has a member that is a string.
    fn has_text_member(&self, written: Node, name: &str, depth: u32) -> bool {
        let body = match written.kind() {
            "object_type" => Some(written),
            "type_identifier" if depth < DEEPEST => {
                let index = self.module.declaring(self.slice(range_of(written)));
                let statement = index.and_then(|i| self.module.statements.get(i));
                let statement = statement.filter(|s| s.kind == StatementKind::Type).and_then(|s| self.node(s.range));
                let mut found = None;
                if let Some(statement) = statement {
                    walk(statement, &mut |part| {
                        let is_body = matches!(part.kind(), "object_type" | "interface_body");
                        if is_body && found.is_none() {
                            found = Some(part);
                        }
                        found.is_none()
                    });
                }
                found
            }
            _ => None,
        };
        let Some(body) = body else { return false };
        let mut cursor = body.walk();
        body.named_children(&mut cursor).any(|member| {
            let is_it = member.kind() == "property_signature"
                && member.child_by_field_name("name").is_some_and(|n| self.slice(range_of(n)) == name);
            let is_optional = member.children(&mut member.walk()).any(|c| c.kind() == "?");
            is_it && !is_optional && self.says_string(member)
        })
    }
}
