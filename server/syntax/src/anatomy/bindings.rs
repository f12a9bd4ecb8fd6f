//! Who an identifier is, asked of the tree's nodes.

use tree_sitter::Node;

use super::{Anatomy, range_of};
use crate::{
    scope::{BindingId, BindingKind},
    text::TextRange,
};

impl<'t> Anatomy<'t> {
    /// The binding that an identifier declares.
    pub(super) fn declared_by(&self, name: Node) -> Option<BindingId> {
        let wanted = range_of(name);
        let at = self.scopes.bindings.iter().position(|b| self.flat.range(b.name) == wanted);
        at.map(|at| at as BindingId)
    }

    /// The binding that an identifier means; `None` for globals.
    pub(super) fn meant_by(&self, name: Node) -> Option<BindingId> {
        let wanted = range_of(name);
        let all = &self.scopes.references;
        let from = all.partition_point(|(node, _)| self.flat.range(*node).start < wanted.start);
        let mut here = all.iter().skip(from).take_while(|(node, _)| self.flat.range(*node).start == wanted.start);
        here.find(|(node, _)| self.flat.range(*node) == wanted).map(|(_, binding)| *binding)
    }

    /// Where a binding is mentioned, its declaration aside, in order.
    pub(super) fn references_to(&self, binding: BindingId) -> Vec<Node<'_>> {
        let own = self.scopes.binding(binding).map(|b| b.name);
        let all = self.scopes.references.iter().filter(|(node, of)| *of == binding && Some(*node) != own);
        all.filter_map(|(node, _)| self.node(self.flat.range(*node))).collect()
    }

    /// Whether a node is that name, and nobody in the file binds it.
    pub(super) fn is_global(&self, node: Node, name: &str) -> bool {
        node.kind() == "identifier" && self.slice(range_of(node)) == name && self.meant_by(node).is_none()
    }

    /// What an identifier, or a member of a namespace, takes from which module: `('next/server',
    /// 'NextResponse')`.
    pub(super) fn imported(&self, node: Node) -> Option<(&str, &str)> {
        let (name, member) = match node.kind() {
            "identifier" => (node, None),
            "member_expression" => (node.child_by_field_name("object")?, node.child_by_field_name("property")),
            _ => return None,
        };
        let binding = self.scopes.binding(self.meant_by(name)?)?;
        if binding.kind != BindingKind::Import {
            return None;
        }
        let local = self.slice(range_of(name));
        self.module.imports().find_map(|(_, import)| {
            if import.namespace.as_deref() == Some(local) {
                return Some((&*import.specifier, self.slice(range_of(member?))));
            }
            if member.is_some() {
                return None;
            }
            if import.default.as_deref() == Some(local) {
                return Some((&*import.specifier, "default"));
            }
            import.named.iter().find(|n| &*n.local == local).map(|n| (&*import.specifier, &*n.imported))
        })
    }

    /// Whether a name could belong to all of a part of the file without changing what is meant there:
    /// nothing else in it declares that name, or means another one by it.
    pub(super) fn can_belong_to(&self, part: TextRange, name: &str, own: Option<BindingId>) -> bool {
        let is_named = |node: u32| part.covers(self.flat.range(node)) && self.flat.text_of(node) == name;
        let declared = self.scopes.bindings.iter().enumerate();
        let mut others = declared.filter(|(id, b)| Some(*id as BindingId) != own && is_named(b.name));
        others.next().is_none() && !self.scopes.references.iter().any(|(n, b)| Some(*b) != own && is_named(*n))
    }

    /// Whether nothing in a part of the file has that name, so that it can be given to something new.
    #[must_use]
    pub fn is_free_within(&self, part: TextRange, name: &str) -> bool {
        self.can_belong_to(part, name, None)
    }
}

/// What stands around a node, beside parentheses and casts.
pub(super) fn undressed<'n>(node: Node<'n>) -> Node<'n> {
    let mut at = node;
    while let Some(parent) = at.parent().filter(|p| {
        matches!(
            p.kind(),
            "parenthesized_expression" | "as_expression" | "satisfies_expression" | "non_null_expression"
        )
    }) {
        at = parent;
    }
    at
}

/// A node's field in its parent.
pub(super) fn fills(node: Node, parent: Node, field: &str) -> bool {
    parent.child_by_field_name(field) == Some(node)
}

/// `of.name` around `of`: the member expression and its name.
pub(super) fn member_of<'n>(of: Node<'n>) -> Option<(Node<'n>, Node<'n>)> {
    let parent = of.parent().filter(|p| p.kind() == "member_expression" && fills(of, *p, "object"))?;
    Some((parent, parent.child_by_field_name("property")?))
}

/// The call of a callee, with its arguments.
pub(super) fn call_of<'n>(callee: Node<'n>) -> Option<(Node<'n>, Vec<Node<'n>>)> {
    let call = callee.parent().filter(|p| p.kind() == "call_expression" && fills(callee, *p, "function"))?;
    Some((call, arguments_of(call)))
}

/// The arguments of a call or of `new`.
pub(super) fn arguments_of<'n>(call: Node<'n>) -> Vec<Node<'n>> {
    let Some(list) = call.child_by_field_name("arguments").filter(|list| list.kind() == "arguments") else {
        return vec![];
    };
    list.named_children(&mut list.walk()).filter(|c| c.kind() != "comment").collect()
}

/// The expression inside parentheses.
pub(super) fn inside_parentheses(node: Node<'_>) -> Node<'_> {
    let mut at = node;
    while at.kind() == "parenthesized_expression" {
        match at.named_children(&mut at.walk()).find(|c| c.kind() != "comment") {
            Some(inner) => at = inner,
            None => break,
        }
    }
    at
}
