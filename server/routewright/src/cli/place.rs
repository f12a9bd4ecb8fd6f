//! Places on the command line, `FILE:LINE:COL`, and paths as people see them.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use syntax::{Encoding, LineCol, lines::LineIndex};
use workspace::{FileId, Snapshot, World};

use super::{
    scan,
    stop::{Stop, reason},
};

/// A place as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    file: PathBuf,
    line: u32,
    column: u32,
}

impl Place {
    /// Reads `FILE:LINE:COL` from its end, as a path may hold colons, brackets and a drive letter.
    /// The colon that tools print behind a place does no harm.
    pub fn parse(text: &str) -> Result<Self, Stop> {
        let text = text.strip_suffix(':').unwrap_or(text);
        let parts = text.rsplit_once(':').map(|(front, last)| (front, last, front.rsplit_once(':')));
        match parts {
            Some((_, column, Some((file, line)))) if !file.is_empty() && number(line) && number(column) => {
                let (Ok(line @ 1..), Ok(column @ 1..)) = (line.parse(), column.parse()) else {
                    return wrong(format!("{text} is out of range: count lines and columns from 1"));
                };
                Ok(Self { file: file.into(), line, column })
            }
            Some((file, line, _)) if !file.is_empty() && number(line) => {
                wrong(format!("{text} has no column: write it as {file}:{line}:1"))
            }
            _ => wrong(format!("{text} has no line and column: write it as {text}:1:1")),
        }
    }
}

fn number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A place in a workspace.
pub struct Found {
    /// The workspace; only what is asked for is read.
    pub snap: Snapshot,
    /// The file.
    pub file: FileId,
    /// Bytes from its start.
    pub offset: u32,
    /// The file's lines.
    pub lines: Arc<LineIndex>,
}

/// Finds a place and opens the workspace around it, without a scan.
pub fn find(text: &str) -> Result<Found, Stop> {
    let place = Place::parse(text)?;
    let path = place.on_disk()?;
    let mut world = World::new();
    world.set_folders(vec![root(&path)]);
    place.within(world.snapshot(), &path)
}

/// Asks about a place: first without a scan, and if there is no answer after one. What arrives by props
/// and arguments from other files is known when all of them are.
pub fn ask<T>(text: &str, question: impl Fn(&Found) -> Option<T>) -> Result<(Found, Option<T>), Stop> {
    let found = find(text)?;
    if let Some(answer) = question(&found) {
        return Ok((found, Some(answer)));
    }
    let found = find_and_scan(text)?;
    let answer = question(&found);
    Ok((found, answer))
}

/// Finds a place and reads the whole workspace around it.
pub fn find_and_scan(text: &str) -> Result<Found, Stop> {
    let place = Place::parse(text)?;
    let path = place.on_disk()?;
    // before the work of a scan, what is wrong with the place
    let mut world = World::new();
    world.set_folders(vec![root(&path)]);
    place.within(world.snapshot(), &path)?;
    place.within(scan::run(&root(&path))?.snap, &path)
}

impl Place {
    fn on_disk(&self) -> Result<PathBuf, Stop> {
        let shown = self.file.display();
        let path = dunce::canonicalize(&self.file)
            .or_else(|error| wrong(format!("{shown} can't be opened ({}): check the path", reason(&error))))?;
        if path.is_dir() { wrong(format!("{shown} is a folder: name a file in it")) } else { Ok(path) }
    }

    fn within(&self, snap: Snapshot, path: &Path) -> Result<Found, Stop> {
        let shown = self.file.display();
        let read = snap.file(path).and_then(|file| Some((file, snap.text(file)?, snap.lines(file)?)));
        let Some((file, text, lines)) = read else {
            return wrong(format!("{shown} can't be read ({}): name a source file", unreadable(path)));
        };
        let Some(line) = text.split('\n').nth(self.line as usize - 1) else {
            let last = text.split('\n').count();
            return wrong(format!("{shown} has no line {}: give one from 1 to {last}", self.line));
        };
        let ends = line.trim_end_matches('\r').chars().count() + 1;
        if self.column as usize > ends {
            return wrong(format!("{shown}:{} has no column {}: give one from 1 to {ends}", self.line, self.column));
        }
        let at = LineCol { line: self.line - 1, col: self.column - 1 };
        Ok(Found { snap, file, offset: lines.offset(at, Encoding::Utf32), lines })
    }
}

fn unreadable(path: &Path) -> String {
    match std::fs::read(path) {
        Err(error) => reason(&error),
        Ok(bytes) if std::str::from_utf8(&bytes).is_err() => "it is not UTF-8 text".to_owned(),
        Ok(_) => "it is larger than 1 MiB".to_owned(),
    }
}

/// The workspace that a file belongs to: the nearest folder that says so, else that of the nearest
/// package, else the file's own.
fn root(file: &Path) -> PathBuf {
    let own = file.parent().unwrap_or(file);
    let declares = |folder: &&Path| {
        folder.join(".git").exists() || folder.join("pnpm-workspace.yaml").is_file() || has_workspaces(folder)
    };
    let package = |folder: &&Path| folder.join("package.json").is_file();
    let found = own.ancestors().find(declares).or_else(|| own.ancestors().find(package));
    found.unwrap_or(own).to_owned()
}

fn has_workspaces(folder: &Path) -> bool {
    let Ok(bytes) = std::fs::read(folder.join("package.json")) else { return false };
    serde_json::from_slice::<serde_json::Value>(&bytes).is_ok_and(|package| package.get("workspaces").is_some())
}

/// The folder that an answer is about: absolute, without links, readable.
pub fn folder(path: &Path) -> Result<PathBuf, Stop> {
    let shown = path.display();
    let found = dunce::canonicalize(path)
        .or_else(|error| wrong(format!("{shown} can't be opened ({}): check the path", reason(&error))))?;
    if !found.is_dir() {
        return wrong(format!("{shown} is a file: name the folder that holds it"));
    }
    match std::fs::read_dir(&found) {
        Ok(_) => Ok(found),
        Err(error) => wrong(format!("{shown} can't be read ({}): check its permissions", reason(&error))),
    }
}

/// A path as people and programs see it: from `base`, with `/`, `..` where it has to climb, and `.`
/// for `base` itself. A path that shares no folder with `base` stays absolute.
pub fn relative(path: &Path, base: &Path) -> String {
    if path == base {
        return ".".to_owned();
    }
    let up = base.ancestors().position(|folder| path.starts_with(folder));
    let common = up.and_then(|up| base.ancestors().nth(up).map(|folder| (up, folder)));
    match common {
        Some((up, folder)) if up == 0 || folder.components().any(|part| matches!(part, Component::Normal(_))) => {
            let way = "../".repeat(up) + &workspace::shown(path, folder);
            way.trim_end_matches('/').to_owned()
        }
        _ => workspace::shown(path, base),
    }
}

fn wrong<T>(line: String) -> Result<T, Stop> {
    Err(Stop::Wrong(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<(String, u32, u32), String> {
        match Place::parse(text) {
            Ok(Place { file, line, column }) => Ok((file.display().to_string(), line, column)),
            Err(Stop::Wrong(line) | Stop::Refused(line)) => Err(line),
            Err(Stop::Output(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn places() {
        for (text, file, line, column) in [
            ("app/a.ts:3:14", "app/a.ts", 3, 14),
            ("app/[id]/route.ts:3:14:", "app/[id]/route.ts", 3, 14),
            (r"C:\shop\a.ts:3:14", r"C:\shop\a.ts", 3, 14),
            ("a:b:1.ts:3:14", "a:b:1.ts", 3, 14),
            ("a.ts:1:2:3", "a.ts:1", 2, 3),
        ] {
            assert_eq!(parsed(text), Ok((file.to_owned(), line, column)));
        }
    }

    #[test]
    fn what_is_no_place() {
        for (text, line) in [
            ("app/a.ts", "app/a.ts has no line and column: write it as app/a.ts:1:1"),
            ("app/a.ts:3", "app/a.ts:3 has no column: write it as app/a.ts:3:1"),
            (r"C:\a.ts", r"C:\a.ts has no line and column: write it as C:\a.ts:1:1"),
            (r"C:\a.ts:3", r"C:\a.ts:3 has no column: write it as C:\a.ts:3:1"),
            ("a.ts:0:1", "a.ts:0:1 is out of range: count lines and columns from 1"),
            ("a.ts:1:99999999999", "a.ts:1:99999999999 is out of range: count lines and columns from 1"),
            ("a.ts:x:y", "a.ts:x:y has no line and column: write it as a.ts:x:y:1:1"),
        ] {
            assert_eq!(parsed(text), Err(line.to_owned()));
        }
    }

    #[test]
    fn paths_from_a_folder() {
        for (path, base, shown) in [
            ("/w/shop", "/w/shop", "."),
            ("/w/shop/app/a.ts", "/w/shop", "app/a.ts"),
            ("/w/ui/a.ts", "/w/shop/app", "../../ui/a.ts"),
            ("/w", "/w/shop", ".."),
            ("/other/a.ts", "/w/shop", "/other/a.ts"),
        ] {
            assert_eq!(relative(Path::new(path), Path::new(base)), shown);
        }
    }

    #[test]
    fn the_nearest_workspace() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("package.json", r#"{ "workspaces": ["apps/*"] }"#);
        write("apps/web/package.json", "{}");
        assert_eq!(root(&dir.path().join("apps/web/app/page.tsx")), dir.path());
        write("apps/web/pnpm-workspace.yaml", "");
        assert_eq!(root(&dir.path().join("apps/web/app/page.tsx")), dir.path().join("apps/web"));
    }
}
