//! Arguments that are bound to a function, and the fields in which forms carry them.

use tree_sitter::Node;

use super::{
    Anatomy,
    bindings::{arguments_of, call_of, fills, member_of},
    range_of,
};
use crate::text::TextRange;

/// `save.bind(null, a, b)`
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// All of it.
    pub call: TextRange,
    /// What is bound, each a name, a member or a constant: it can stand elsewhere in the function.
    pub arguments: Vec<TextRange>,
    /// The constant that holds it, where one does.
    pub held: Option<Held>,
}

/// `const saveIt = save.bind(…)`
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The declaration, which declares nothing else.
    pub declaration: TextRange,
    /// Where its name is mentioned.
    pub mentions: Vec<TextRange>,
}

/// An element, as far as a field that is put into it needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// `<form …>`
    pub tag: TextRange,
    /// All of the element.
    pub element: TextRange,
}

/// `<input type="hidden" name="n" value={JSON.stringify({ a, b: c })} />`
#[derive(Clone, Debug, PartialEq)]
pub struct HiddenField {
    /// All of it.
    pub element: TextRange,
    /// The values, in their order.
    pub values: Vec<TextRange>,
}

impl Anatomy<'_> {
    /// What is bound to the function that is named here.
    #[must_use]
    pub fn bound_at(&self, name: TextRange) -> Option<Bound> {
        let (whole, member) = member_of(self.node(name)?)?;
        if self.slice(range_of(member)) != "bind" {
            return None;
        }
        let (call, arguments) = call_of(whole)?;
        let (this, arguments) = arguments.split_first()?;
        if !matches!(this.kind(), "null" | "undefined") || !arguments.iter().all(|a| is_plain(*a)) {
            return None;
        }
        let arguments = arguments.iter().map(|a| range_of(*a)).collect();
        let parent = call.parent()?;
        if parent.kind() == "jsx_expression" {
            return Some(Bound { call: range_of(call), arguments, held: None });
        }
        let declarator = (parent.kind() == "variable_declarator" && fills(call, parent, "value")).then_some(parent)?;
        let declaration = declarator.parent().filter(|d| d.kind() == "lexical_declaration")?;
        let is_alone =
            declaration.named_children(&mut declaration.walk()).filter(|c| c.kind() != "comment").count() == 1;
        let is_const = self.slice(range_of(declaration)).starts_with("const");
        let local =
            declarator.child_by_field_name("name").filter(|n| n.kind() == "identifier" && is_alone && is_const)?;
        let mentions = self.references_to(self.declared_by(local)?).into_iter().map(range_of).collect();
        let held = Held { declaration: range_of(declaration), mentions };
        Some(Bound { call: range_of(call), arguments, held: Some(held) })
    }

    /// The element in whose opening tag a place is; `None` for one that closes itself.
    #[must_use]
    pub fn opened_around(&self, place: TextRange) -> Option<Opened> {
        let mut at = self.node(place)?;
        while at.kind() != "jsx_opening_element" {
            if at.kind().starts_with("jsx_self_closing") || at.kind() == "jsx_element" {
                return None;
            }
            at = at.parent()?;
        }
        Some(Opened { tag: range_of(at), element: range_of(at.parent()?) })
    }

    /// The hidden field of that name with which an element begins, if it holds an object as JSON.
    #[must_use]
    pub fn hidden_field(&self, opened: &Opened, name: &str) -> Option<HiddenField> {
        let tag = self.node(opened.tag)?;
        let mut next = tag.next_sibling();
        while let Some(text) = next.filter(|n| n.kind() == "jsx_text" && self.slice(range_of(*n)).trim().is_empty()) {
            next = text.next_sibling();
        }
        let field = next.filter(|n| n.kind() == "jsx_self_closing_element")?;
        let attribute = |wanted: &str| {
            let mut cursor = field.walk();
            let mut all = field.named_children(&mut cursor).filter(|c| c.kind() == "jsx_attribute");
            all.find(|a| a.named_child(0).is_some_and(|n| self.slice(range_of(n)) == wanted))?.named_child(1)
        };
        if self.slice(range_of(attribute("name")?)).trim_matches(['"', '\'']) != name {
            return None;
        }
        let call = attribute("value")?.named_child(0).filter(|c| c.kind() == "call_expression")?;
        let callee = call.child_by_field_name("function")?;
        let [object] = arguments_of(call).try_into().ok()?;
        if self.slice(range_of(callee)) != "JSON.stringify" || object.kind() != "object" {
            return None;
        }
        let value = |member: Node| match member.kind() {
            "pair" => member.child_by_field_name("value").map(range_of),
            "shorthand_property_identifier" => Some(range_of(member)),
            _ => None,
        };
        let values: Option<Vec<TextRange>> = object.named_children(&mut object.walk()).map(value).collect();
        Some(HiddenField { element: range_of(field), values: values? })
    }
}

/// A value that is the same wherever it stands in a function: nothing is called for it.
fn is_plain(node: Node) -> bool {
    match node.kind() {
        "identifier" | "string" | "number" | "true" | "false" | "null" => true,
        "member_expression" => node.child_by_field_name("object").is_some_and(is_plain),
        "non_null_expression" | "parenthesized_expression" => node.named_child(0).is_some_and(is_plain),
        "object" => node.named_children(&mut node.walk()).all(|member| match member.kind() {
            "pair" => member.child_by_field_name("value").is_some_and(is_plain),
            kind => kind == "shorthand_property_identifier",
        }),
        _ => false,
    }
}
