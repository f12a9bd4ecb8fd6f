//! What 14 does not say: its manifest has IDs, without file and name. An ID is the hash of both, and
//! functions without a name of their own are numbered, so their places are found by trying.

use super::manifests::relative;
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// No file of ours has more actions.
const MOST: usize = 40;

/// File, relative to `installation`, and name of every numbered function that a file below `dir`
/// can have, by ID.
pub fn places(dir: &Path, installation: &Path) -> BTreeMap<String, (String, String)> {
    let mut places = BTreeMap::new();
    walk(dir, &mut |file| {
        for number in 0..MOST {
            let name = format!("$$ACTION_{number}");
            places.insert(id(file, &name), (relative(file, installation), name));
        }
    });
    places
}

/// `generate_action_id` of 14's server_actions.rs.
fn id(file: &Path, name: &str) -> String {
    Sha1::digest(format!("{}:{name}", file.display())).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn walk(dir: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "node_modules" {
                walk(&path, visit);
            }
        } else if [".ts", ".tsx", ".js", ".jsx"].iter().any(|end| name.ends_with(end)) {
            visit(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_14() {
        // what `printf '/app/a.ts:$$ACTION_0' | sha1sum` says
        assert_eq!(id(Path::new("/app/a.ts"), "$$ACTION_0"), "c2cc0ae9dc81f815273fd406bd7a9d85d9fe7070");
    }
}
