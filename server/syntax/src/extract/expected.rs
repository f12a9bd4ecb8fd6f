//! Where a URL is what a test expects, or a row of its data: compared, not requested.

use super::{Source, callee_text, values::is_url};
use crate::{
    flat::{Field, Flat, Kind, NodeId},
    scope::BindingKind,
};

/// Whether an expression stands in what an assertion is told (`expect(f).toHaveBeenCalledWith('/x', …)`,
/// `expect.objectContaining({ url: '/x' })`, `assert.equal(url, '/x')`) or in the rows of a table of tests
/// (`it.each([['/x', 1]])`). What is *given* to `expect` is asked for, and so is what a call in there takes.
pub(super) fn is_expected(file: &Source, id: NodeId) -> bool {
    const FARTHEST: u32 = 16;
    let flat = file.flat;
    let mut at = id;
    for _ in 0..FARTHEST {
        let parent = flat.parent(at);
        match flat.kind(parent) {
            Kind::Arguments => {
                let call = flat.parent(parent);
                if is_url(flat, call) {
                    at = call;
                    continue;
                }
                let Some(callee) = flat.child(call, Field::Function) else { return false };
                let text = callee_text(flat, callee);
                let Some((root, _)) = text.split_once('.') else { return false };
                let is_assertion = matches!(root.trim_end_matches("()"), "expect" | "assert");
                let is_table = matches!(root, "it" | "test" | "describe") && text.ends_with(".each");
                return (is_assertion || is_table) && is_foreign(file, callee);
            }
            Kind::Object | Kind::Pair | Kind::Array | Kind::Spread => at = parent,
            _ if flat.is_wrapper(parent) => at = parent,
            _ => return false,
        }
    }
    false
}

/// Whether what a callee begins with is a global or an import.
fn is_foreign(file: &Source, callee: NodeId) -> bool {
    let binding = root(file.flat, callee).and_then(|r| file.scopes.of(r)).and_then(|b| file.scopes.binding(b));
    binding.is_none_or(|b| b.kind == BindingKind::Import)
}

fn root(flat: &Flat, callee: NodeId) -> Option<NodeId> {
    let mut at = callee;
    for _ in 0..16 {
        at = flat.unwrapped(at);
        match flat.kind(at) {
            Kind::Member => at = flat.child(at, Field::Object)?,
            Kind::Call => at = flat.child(at, Field::Function)?,
            _ => return Some(at),
        }
    }
    None
}
