//! From a place that stands for other bindings' values (`save` of `const { execute: save } =
//! useAction(saveAction)`) to the actions behind it.

use syntax::{
    facts::{FileFacts, Used},
    flow::{Derived, Parameter, Taken},
};

use super::uses::{kind_name, taken_action};
use crate::{
    endpoint::{Certainty, EndpointId, Link},
    flow::may_call,
    paths::FileId,
    snapshot::Snapshot,
};

/// What such a place reaches. `arriving` tells what a parameter is given, best first, and whether
/// that is sure.
pub(crate) fn link_derived(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    row: &Derived,
    arriving: &dyn Fn(&Parameter) -> Vec<(EndpointId, bool)>,
    depends_on: &mut Vec<FileId>,
) -> Option<Link> {
    let mut targets: Vec<EndpointId> = vec![];
    let mut sure = row.sure;
    for taken in &row.values {
        let found = match parameter(facts, taken) {
            Some(parameter) => arriving(parameter),
            None => taken_action(snap, file, facts, taken, depends_on).map(|id| (id, true)).into_iter().collect(),
        };
        for (id, is_sure) in found {
            sure &= is_sure;
            if !targets.contains(&id) {
                targets.push(id);
            }
        }
    }
    if targets.is_empty() || !may_call(snap, file, facts, &row.through, depends_on) {
        return None;
    }
    let certainty = match targets.len() {
        1 if sure => Certainty::Exact,
        1 => Certainty::Pattern,
        _ => Certainty::Ambiguous,
    };
    Some(Link {
        range: row.range,
        kind: kind_name(row.kind),
        method: Some("POST".into()),
        url: None,
        certainty,
        targets,
    })
}

/// The parameter that a value is.
pub(crate) fn parameter<'f>(facts: &'f FileFacts, taken: &Taken) -> Option<&'f Parameter> {
    match taken.used {
        Used::Parameter(number) => facts.flow.parameters.get(number as usize),
        _ => None,
    }
}
