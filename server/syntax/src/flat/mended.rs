//! What the grammar reads wrongly and can be put right once the tree is flat.

use super::{Field, FlatNode, Kind, NodeId};
use crate::text::TextRange;

/// `await get<User>('/x')` and `void f<T>(x)`: the grammar reads `(await get)<User>('/x')`, with the
/// operator as the callee, wherever a call has type arguments. The two nodes change places.
pub(super) fn call_behind_operator(nodes: &mut [FlatNode], outer: NodeId) {
    let at = outer as usize;
    let Some([call, operator, callee]) = nodes.get(at..at + 3) else { return };
    let is_callee = operator.field == Field::Function && operator.parent == outer;
    if call.kind != Kind::Call || !is_callee || !matches!(operator.kind, Kind::Await | Kind::Unary) {
        return;
    }
    let (call, operator, callee) = (*call, *operator, *callee);
    if callee.after != operator.after {
        return;
    }
    let mut next = operator.after;
    while next < call.after {
        let Some(argument) = nodes.get_mut(next as usize) else { break };
        argument.parent = outer + 1;
        next = argument.after.max(next + 1);
    }
    let range = TextRange::new(callee.range.start, call.range.end);
    let (field, after, kind) = (callee.field, call.after, Kind::Call);
    let mended = [
        FlatNode { kind: operator.kind, ..call },
        FlatNode { kind, field, after, range, ..operator },
        FlatNode { field: Field::Function, ..callee },
    ];
    for (node, mended) in nodes.iter_mut().skip(at).zip(mended) {
        *node = mended;
    }
}
