//! A checkout on which an example works: reading it, writing a conversion into it, putting it back.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "each example needs a part, and ends where something is wrong"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ide::{Change, Conversion};
use workspace::{Snapshot, World};

/// Files with what they hold, or that they aren't there.
pub type Files = BTreeMap<PathBuf, Option<String>>;

/// Everything that is known of it, pages of actions included.
pub fn scanned(dir: &Path) -> Snapshot {
    let mut world = World::new();
    world.set_folders(vec![dir.to_owned()]);
    let scanned = world.scan().run(2, &|_| {});
    world.adopt(scanned);
    let snap = world.snapshot();
    snap.find_carriers();
    snap
}

/// Writes a conversion; what was there before.
pub fn apply(snap: &Snapshot, conversion: &Conversion) -> Files {
    let after = |change: &Change| match change {
        Change::Create { path, text } => (path.clone(), Some(text.clone())),
        Change::Edit { file, before, edits } => {
            let mut text = before.to_string();
            edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
            (snap.path(*file).to_path_buf(), Some(text))
        }
        Change::Delete { file, .. } => (snap.path(*file).to_path_buf(), None),
    };
    let after: Files = conversion.changes.iter().map(after).collect();
    let before = now(&after);
    put(&after);
    before
}

/// What a conversion creates, in its order.
pub fn created(conversion: &Conversion) -> impl Iterator<Item = (&PathBuf, &String)> {
    conversion.changes.iter().filter_map(|change| match change {
        Change::Create { path, text } => Some((path, text)),
        _ => None,
    })
}

/// What these files hold at this moment.
pub fn now(files: &Files) -> Files {
    files.keys().map(|path| (path.clone(), fs::read_to_string(path).ok())).collect()
}

/// Lets files hold that.
pub fn put(files: &Files) {
    for (path, text) in files {
        match text {
            Some(text) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            None => drop(fs::remove_file(path)),
        }
    }
}

/// Code without what formatters change.
pub fn bare(code: &str) -> String {
    let text: String = code.chars().filter(|c| !c.is_whitespace() && *c != ';').collect();
    let text = text.replace('"', "'");
    [",}", ",)", ",]"].iter().fold(text, |text, end| text.replace(end, &end[1..]))
}
