//! Callers that show the page anew by themselves.

use tree_sitter::Node;

use super::{
    Anatomy,
    bindings::{call_of, member_of},
    function::is_function,
    range_of, walk,
};
use crate::text::TextRange;

impl Anatomy<'_> {
    /// Whether the function around a call goes on with `router.refresh()`, of `useRouter` of `next/navigation`.
    #[must_use]
    pub fn is_refreshed_after(&self, call: TextRange) -> bool {
        let mut at = self.node(call);
        while let Some(node) = at.filter(|node| !is_function(*node)) {
            at = node.parent();
        }
        let mut found = false;
        if let Some(function) = at {
            walk(function, &mut |node| {
                found |= range_of(node).start >= call.end && self.is_refresh(node);
                !found
            });
        }
        found
    }

    /// `router.refresh()`, at its `router`.
    fn is_refresh(&self, node: Node) -> bool {
        let member = member_of(node).filter(|(_, name)| self.slice(range_of(*name)) == "refresh");
        if node.kind() != "identifier" || member.and_then(|(member, _)| call_of(member)).is_none() {
            return false;
        }
        let declared = self.meant_by(node).and_then(|binding| self.scopes.binding(binding));
        let declarator = declared.and_then(|b| self.node(self.flat.range(b.name))).and_then(|name| name.parent());
        let value = declarator.and_then(|d| d.child_by_field_name("value")).filter(|v| v.kind() == "call_expression");
        let callee = value.and_then(|value| value.child_by_field_name("function"));
        callee.and_then(|callee| self.imported(callee)) == Some(("next/navigation", "useRouter"))
    }
}
