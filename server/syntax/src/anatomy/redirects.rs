//! Statements that send whoever asked to another place.

use super::{Anatomy, bindings::arguments_of, function::is_function, range_of};
use crate::text::TextRange;

/// `redirect('/login');`, `return redirect('/login');`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectSite {
    /// The statement.
    pub statement: TextRange,
    /// Where to.
    pub target: TextRange,
}

impl Anatomy<'_> {
    /// The redirects in a function's body, if each is a statement of that function which no `try` catches; `None`
    /// where one is anything else.
    #[must_use]
    pub fn redirects_in(&self, body: TextRange) -> Option<Vec<RedirectSite>> {
        let mut found = vec![];
        for name in ["redirect", "permanentRedirect"] {
            for mention in self.mentions_of_import("next/navigation", name) {
                if !body.covers(mention.name) {
                    continue;
                }
                let call = self.node(mention.name)?.parent().filter(|p| p.kind() == "call_expression")?;
                let statement =
                    call.parent().filter(|p| matches!(p.kind(), "expression_statement" | "return_statement"))?;
                let arguments = arguments_of(call);
                let [target] = arguments.as_slice() else { return None };
                let mut at = statement;
                while let Some(parent) = at.parent().filter(|p| body.covers(range_of(*p))) {
                    if is_function(parent) {
                        return None;
                    }
                    at = parent;
                }
                if name != "redirect" || target.kind() == "spread_element" || self.is_caught(call, body) {
                    return None;
                }
                found.push(RedirectSite { statement: range_of(statement), target: range_of(*target) });
            }
        }
        found.sort_by_key(|one| one.statement.start);
        Some(found)
    }
}
