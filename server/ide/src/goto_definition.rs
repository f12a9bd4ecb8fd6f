//! Feature: Go to definition. From a call or import of an action to its declaration, from a URL
//! with its method to the handler's export.

use syntax::TextRange;
use workspace::{Endpoint, FileId, Snapshot};

use crate::{FilePosition, place::Spot};

/// A place to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What the cursor was on, in the file of the request.
    pub origin: TextRange,
    /// Where to.
    pub file: FileId,
    /// The whole declaration there.
    pub full: TextRange,
    /// Its name.
    pub focus: TextRange,
}

/// From a use of an endpoint to its declaration; best first.
#[must_use]
pub fn goto_definition(snap: &Snapshot, at: FilePosition) -> Vec<Target> {
    let (origin, endpoints) = match Spot::find(snap, at) {
        Some(Spot::Import { range, endpoint }) => (range, vec![endpoint]),
        Some(Spot::Link { link, endpoints }) => (link.range, endpoints),
        // On the declaration itself editors show references instead; the answer is where we are.
        Some(Spot::Declaration { range, endpoints }) => (range, endpoints),
        Some(Spot::Directive { .. }) | None => return vec![],
    };
    let mut targets: Vec<Target> = vec![];
    for target in endpoints.iter().map(|e| target(origin, e)) {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
}

fn target(origin: TextRange, endpoint: &Endpoint) -> Target {
    // LSP wants the focus inside the whole.
    let full = if endpoint.full.covers(endpoint.range) { endpoint.full } else { endpoint.range };
    Target { origin, file: endpoint.file, full, focus: endpoint.range }
}
