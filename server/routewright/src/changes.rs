//! What has to hold before a conversion reaches a disk or an editor. The plan comes from `ide`, which
//! knows code and no machine; here is what the machine, or other people's files, have against it.

use std::path::{Path, PathBuf};

use ide::{Change, Conversion, Refusal, TextEdit};
use syntax::{extract, parse};
use workspace::{FileId, Snapshot, shown};

/// A plan with the line endings of the files that it goes into: plans are made with `\n`, and an editor
/// that doesn't normalise them (Helix) would mix both. A new file is like the files that it comes from.
pub fn fitted(plan: Conversion) -> Conversion {
    let mut befores = plan.changes.iter().filter_map(before).peekable();
    let new_crlf = befores.peek().is_some() && befores.all(is_crlf);
    let one = |change| match change {
        Change::Create { path, text } => Change::Create { path, text: ended(&text, new_crlf) },
        Change::Edit { file, before, edits } => {
            let crlf = is_crlf(&before);
            let edits = edits.into_iter().map(|TextEdit { range, text }| TextEdit { range, text: ended(&text, crlf) });
            Change::Edit { file, edits: edits.collect(), before }
        }
        delete @ Change::Delete { .. } => delete,
    };
    Conversion { changes: plan.changes.into_iter().map(one).collect(), notes: plan.notes }
}

fn before(change: &Change) -> Option<&str> {
    match change {
        Change::Create { .. } => None,
        Change::Edit { before, .. } | Change::Delete { before, .. } => Some(before),
    }
}

/// Whether most lines end so.
fn is_crlf(text: &str) -> bool {
    let all = text.matches('\n').count();
    all > 0 && text.matches("\r\n").count() * 2 > all
}

fn ended(text: &str, crlf: bool) -> String {
    let text = text.replace("\r\n", "\n"); // parts that were taken from a file as they stood
    if crlf { text.replace('\n', "\r\n") } else { text }
}

/// The text after its edits; `None` if they aren't made for it.
pub fn edited(before: &str, edits: &[TextEdit]) -> Option<String> {
    let mut text = String::with_capacity(before.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.range.span();
        text.push_str(before.get(at..range.start)?);
        before.get(range.clone())?;
        text.push_str(&edit.text);
        at = range.end;
    }
    text.push_str(before.get(at..)?);
    Some(text)
}

/// What stands in the way of a plan now. `is_open` says whether an editor holds a buffer of that path.
pub fn obstacle(snap: &Snapshot, plan: &Conversion, is_open: &dyn Fn(&Path) -> bool) -> Option<Refusal> {
    let mut seen: Vec<PathBuf> = vec![];
    for change in &plan.changes {
        let path = path(snap, change);
        if seen.contains(&path) {
            return Some(refusal("unsound", format!("the plan names {} twice: please report this", show(snap, &path))));
        }
        let found = foreign(snap, &path).or_else(|| match change {
            Change::Create { .. } => taken(snap, &path, is_open),
            Change::Edit { file, before, edits } => changed(snap, *file, before, is_open).or_else(|| {
                let reason = || format!("the edits of {} don't fit it: please report this", show(snap, &path));
                edited(before, edits).is_none().then(|| refusal("unsound", reason()))
            }),
            Change::Delete { file, before } => changed(snap, *file, before, is_open),
        });
        if let Some(mut refusal) = found {
            if let Change::Edit { file, edits, .. } = change {
                refusal.at = edits.first().map(|edit| (*file, edit.range));
            }
            return Some(refusal);
        }
        seen.push(path);
    }
    None
}

/// The file that a change is about.
pub fn path(snap: &Snapshot, change: &Change) -> PathBuf {
    match change {
        Change::Create { path, .. } => path.clone(),
        Change::Edit { file, .. } | Change::Delete { file, .. } => snap.path(*file).to_path_buf(),
    }
}

/// What is somebody else's.
fn foreign(snap: &Snapshot, path: &Path) -> Option<Refusal> {
    let shown = show(snap, path);
    if workspace::is_dependency(path) {
        let text = format!("{shown} would have to change, and it is a dependency's: it calls what would go away");
        return Some(refusal("dependency", text));
    }
    let outside = !snap.folders().iter().any(|folder| path.starts_with(folder));
    outside
        .then(|| refusal("outside-workspace", format!("{shown} would have to change, and it is outside the workspace")))
}

fn taken(snap: &Snapshot, path: &Path, is_open: &dyn Fn(&Path) -> bool) -> Option<Refusal> {
    let shown = show(snap, path);
    if std::fs::symlink_metadata(path).is_ok() {
        return Some(refusal("taken", format!("{shown} is there already: move it, or rename the endpoint")));
    }
    if is_open(path) {
        let text = format!("{shown} is open and not saved yet: save or close it, or rename the endpoint");
        return Some(refusal("taken", text));
    }
    let above = path.ancestors().skip(1).find(|folder| std::fs::symlink_metadata(folder).is_ok())?;
    if !above.is_dir() {
        let text = format!("{} is a file where {shown} needs a folder: move it", show(snap, above));
        return Some(refusal("taken", text));
    }
    let folder = show(snap, above);
    (!is_writable(above))
        .then(|| refusal("read-only", format!("the folder {folder} can't be written: check its permissions")))
}

fn changed(snap: &Snapshot, file: FileId, before: &str, is_open: &dyn Fn(&Path) -> bool) -> Option<Refusal> {
    let path = snap.path(file);
    let shown = show(snap, &path);
    if snap.text(file).as_deref() != Some(before) || !(is_open(&path) || is_known_as_it_is(snap, file, before)) {
        return Some(refusal("changed", format!("{shown} has changed in the meantime: try again")));
    }
    (!is_writable(&path)).then(|| refusal("read-only", format!("{shown} is read-only: check its permissions")))
}

/// Whether what is known of a closed file is what its text says. Where nobody tells of changes on disk,
/// the file may be another by now, and places in it mean nothing.
fn is_known_as_it_is(snap: &Snapshot, file: FileId, text: &str) -> bool {
    let path = snap.path(file);
    let Some(grammar) = path.file_name().and_then(|name| name.to_str()).and_then(parse::Grammar::for_file) else {
        return true; // no code: nothing is known
    };
    let now = parse::parse(text, grammar, None).map(|tree| extract::facts(&tree, grammar, text));
    snap.facts(file).as_deref() == now.as_ref()
}

/// Whether this process may write there. Only a hint, as any check before the deed.
fn is_writable(path: &Path) -> bool {
    #[cfg(unix)]
    return rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(unix))]
    return std::fs::metadata(path).is_ok_and(|about| !about.permissions().readonly());
}

fn refusal(reason: &'static str, text: String) -> Refusal {
    Refusal { reason, text, at: None }
}

/// A path as people see it: from the workspace folder that holds it.
pub fn show(snap: &Snapshot, path: &Path) -> String {
    let folder = snap.folders().iter().filter(|folder| path.starts_with(folder)).max_by_key(|f| f.components().count());
    shown(path, folder.map_or(Path::new(""), PathBuf::as_path))
}

#[cfg(test)]
mod tests;
