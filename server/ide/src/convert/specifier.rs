//! How a file names another one that is new: as it named the old one, by alias or by relative path.

use std::path::{Component, Path};

use workspace::Snapshot;

use super::draft::Source;

/// The specifier of a new file `to`, in the manner of `written`, by which `from` named `old`: by an alias only
/// if it leads to a file that is there, `witness`, in the same way. A package's own name, say, leads to what
/// its `exports` list, and to nothing new.
pub(super) fn proven(snap: &Snapshot, from: &Source, written: &str, old: &Path, to: &Path, witness: &Path) -> String {
    let found = like(&from.path, written, old, to);
    let there = like(&from.path, written, old, witness);
    let leads = || snap.file(witness).is_some_and(|file| snap.resolve(from.file, &there) == Some(file));
    if found.starts_with('.') || (!there.starts_with('.') && leads()) {
        return found;
    }
    relative(&from.path, to, written_extension(written))
}

/// The specifier of `to` where `from` names it, in the manner of `written`, by which it named `old`.
/// All are files.
pub(super) fn like(from: &Path, written: &str, old: &Path, to: &Path) -> String {
    let extension = written_extension(written);
    let stem = |path: &Path| {
        let path = path.with_extension("");
        let is_index = path.file_name().is_some_and(|name| name == "index");
        if is_index && !written.ends_with("index") { path.parent().map(Path::to_owned).unwrap_or(path) } else { path }
    };
    if written.starts_with('.') {
        return relative(from, to, extension);
    }
    // `@/app/actions` for `/w/src/app/actions`: what both end with is left away, and what is left of
    // the specifier stands for what is left of the path
    let bare = written.strip_suffix(extension).unwrap_or(written);
    let old = slashed(&stem(old));
    let new = slashed(&to.with_extension(""));
    let common = common_tail(bare, &old);
    let (alias, folder) = (bare.strip_suffix(common), old.strip_suffix(common));
    match (alias, folder) {
        (Some(alias), Some(folder)) if !common.is_empty() => match new.strip_prefix(folder) {
            Some(rest) => format!("{alias}{rest}{extension}"),
            None => relative(from, to, extension),
        },
        _ => relative(from, to, extension),
    }
}

/// By relative path, with an extension that imports are written with (`""`, `.js`, `.ts`).
pub(super) fn relative(from: &Path, to: &Path, extension: &str) -> String {
    let folder: Vec<Component> = from.parent().unwrap_or(from).components().collect();
    let to = to.with_extension("");
    let target: Vec<Component> = to.components().collect();
    let shared = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let up = folder.len() - shared;
    let down: Vec<String> =
        target.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let up = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    up + &down.join("/") + extension
}

/// What `from` writes, as `to` has to write it: relative specifiers lead elsewhere from there.
pub(super) fn moved(from: &Path, written: &str, to: &Path) -> String {
    if !written.starts_with('.') {
        return written.to_owned();
    }
    let mut target = from.parent().unwrap_or(from).to_owned();
    for part in written.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                target.pop();
            }
            name => target.push(name),
        }
    }
    // what looks like an extension may be part of a name (`./post.schema`): all of it is kept
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = relative(to, &target.with_file_name("x"), "");
    beside.strip_suffix('x').map_or_else(|| written.to_owned(), |folder| format!("{folder}{name}"))
}

/// The extension that relative imports of a file have.
pub(super) fn extension_in<'a>(mut specifiers: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    specifiers.find(|written| written.starts_with('.')).map(written_extension)
}

fn written_extension(written: &str) -> &'static str {
    [".js", ".jsx", ".mjs", ".tsx", ".ts", ".mts"].into_iter().find(|e| written.ends_with(e)).map_or("", |e| match e {
        ".tsx" | ".ts" | ".mts" => ".ts",
        _ => ".js",
    })
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The longest end that both share and that begins behind a slash, or is all of `a`.
fn common_tail<'a>(a: &'a str, b: &str) -> &'a str {
    let mut tail = "";
    for (at, _) in a.char_indices().rev() {
        let end = a.get(at..).unwrap_or_default();
        if !b.ends_with(end) {
            break;
        }
        let behind_slash = |text: &str| text.len() == end.len() || text[..text.len() - end.len()].ends_with('/');
        if behind_slash(a) && behind_slash(b) && !end.starts_with('/') {
            tail = end;
        }
    }
    tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_manner_of_the_old_one() {
        let to = Path::new("/w/src/app/api/save/client.ts");
        for (from, written, old, expected) in [
            ("/w/src/ui/form.tsx", "@/app/actions", "/w/src/app/actions.ts", "@/app/api/save/client"),
            ("/w/src/ui/form.tsx", "../app/actions", "/w/src/app/actions.ts", "../app/api/save/client"),
            ("/w/src/app/page.tsx", "./actions.js", "/w/src/app/actions.ts", "./api/save/client.js"),
            ("/w/src/ui/form.tsx", "app/actions", "/w/src/app/actions.ts", "app/api/save/client"),
            ("/w/src/ui/form.tsx", "@actions/save", "/w/src/actions/save.ts", "../app/api/save/client"),
            ("/w/src/ui/form.tsx", "@/actions", "/w/src/actions/index.ts", "@/app/api/save/client"),
            ("/w/src/app/api/save/route.ts", "./x", "/w/src/app/x.ts", "./client"),
        ] {
            assert_eq!(like(Path::new(from), written, Path::new(old), to), expected, "{written}");
        }
    }
}
