//! Under which ID an action is called: one line, or one for each ID where the applications that use a
//! package have their own.

use std::path::Path;

use workspace::{ActionId, Endpoint, IdInApp, IdSource, NoId, Snapshot, shown};

use super::{folder_of, more};

/// So many different answers get a line, and so many applications a name in it.
const MOST_LINES: usize = 4;
const MOST_APPS: usize = 3;

/// ``  `Next-Action: 60f3c1…` — both arguments sent · dev build  ``, or why the ID isn't known; with
/// `apps/web` where applications differ.
pub(super) fn lines(snap: &Snapshot, endpoint: &Endpoint) -> Vec<String> {
    let mut ids = snap.action_ids();
    let own = ids.id(endpoint);
    if own != Err(NoId::AnyApp) {
        return vec![line(&own, None)];
    }
    let mut answers: Vec<(Result<ActionId, NoId>, Vec<String>)> = vec![];
    for IdInApp { root, id } in ids.by_app(endpoint) {
        let name = name(snap, &root);
        match answers.iter_mut().find(|(known, _)| *known == id) {
            Some((_, apps)) => apps.push(name),
            None => answers.push((id, vec![name])),
        }
    }
    if answers.is_empty() {
        return vec![line(&own, None)];
    }
    // What is known comes first.
    answers.sort_by_key(|(id, _)| id.is_err());
    let shown = answers.iter().take(MOST_LINES).map(|(id, apps)| line(id, Some(&listed(apps))));
    shown.chain(more(answers.len(), MOST_LINES)).collect()
}

/// With its applications where there are several lines: which arguments are sent is left out there, for
/// the signature stands above.
fn line(id: &Result<ActionId, NoId>, apps: Option<&str>) -> String {
    match (id, apps) {
        (Ok(ActionId { id, source, mask, captures }), None) => {
            let sent = mask.map_or_else(String::new, |mask| format!(" — {} sent", mask.words(*captures)));
            format!("`Next-Action: {id}`{sent} · {}", told(*source))
        }
        (Ok(ActionId { id, source, .. }), Some(apps)) => format!("`Next-Action: {id}` — {apps} · {}", told(*source)),
        (Err(reason), None) => format!("ID: {}", reason.as_str()),
        (Err(reason), Some(apps)) => format!("ID: {} — {apps}", reason.as_str()),
    }
}

const fn told(source: IdSource) -> &'static str {
    match source {
        IdSource::Build => "build",
        IdSource::Dev => "dev build",
        IdSource::Computed => "computed",
    }
}

/// `apps/docs, apps/web`
fn listed(apps: &[String]) -> String {
    let rest = more(apps.len(), MOST_APPS).map(|more| format!(" {more}")).unwrap_or_default();
    format!("{}{rest}", apps.iter().take(MOST_APPS).cloned().collect::<Vec<_>>().join(", "))
}

/// An application's folder, relative to the workspace.
fn name(snap: &Snapshot, root: &Path) -> String {
    let shown = folder_of(snap, root).map_or_else(|| root.to_string_lossy().into_owned(), |folder| shown(root, folder));
    if shown.is_empty() { ".".to_owned() } else { shown }
}
