//! What an inline action takes along from the functions around it, and what it doesn't though it reads
//! as if it did.

use syntax::{
    facts::FileFacts,
    server_functions::{Capture, CaptureKind},
};
use workspace::{App, Endpoint};

/// The release that captures what is declared in an object's accessor.
const ACCESSORS: next::Version = next::Version::new(16, 4, 0);

/// ``captures `user` (encrypted) · not captured: `row` (loop variable)``
pub(super) fn captures(facts: &FileFacts, endpoint: &Endpoint, app: Option<&App>) -> Option<String> {
    let (captured, missed) = by_fate(facts, endpoint, app)?;
    let mut said = vec![];
    if !captured.is_empty() {
        let names: Vec<String> = captured.iter().map(|c| format!("`{}`", c.name)).collect();
        said.push(format!("captures {} (encrypted)", names.join(", ")));
    }
    if !missed.is_empty() {
        let names: Vec<String> = missed.iter().map(|c| format!("`{}` ({})", c.name, why(c.how))).collect();
        said.push(format!("**not captured**: {}", names.join(", ")));
    }
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The names that travel encrypted with an inline action.
pub(crate) fn captured(facts: &FileFacts, endpoint: &Endpoint, app: Option<&App>) -> Vec<String> {
    let (captured, _) = by_fate(facts, endpoint, app).unwrap_or_default();
    captured.iter().map(|capture| capture.name.to_string()).collect()
}

/// What is captured, and what isn't although the function uses it.
fn by_fate<'f>(
    facts: &'f FileFacts,
    endpoint: &Endpoint,
    app: Option<&App>,
) -> Option<(Vec<&'f Capture>, Vec<&'f Capture>)> {
    let inline = endpoint.inline_action?;
    let function = facts.server.as_ref()?.functions.iter().find(|f| f.inline_action == Some(inline))?;
    let release = app.map_or(next::Version::LATEST, App::release);
    let is_captured =
        |c: &&Capture| c.how == CaptureKind::Captured || (c.how == CaptureKind::Accessor && release >= ACCESSORS);
    Some(function.captures.iter().partition(is_captured))
}

fn why(how: CaptureKind) -> &'static str {
    match how {
        CaptureKind::Captured => "captured",
        CaptureKind::Loop => "loop variable",
        CaptureKind::Catch => "`catch` binding",
        CaptureKind::Class => "class",
        CaptureKind::Later => "declared later",
        CaptureKind::Defaulted => "renamed, with a default",
        CaptureKind::Element => "only an element",
        CaptureKind::Assigned => "only written to",
        CaptureKind::ModuleBlock => "in no function",
        CaptureKind::Accessor => "in an accessor",
    }
}
