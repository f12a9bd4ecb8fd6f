//! `round_trip_handlers DIR [lines]`: converts every Route Handler of a workspace into an action, that back, and the
//! outcome once more, each on its own, in DIR itself, which is put back after each: give it a copy. Prints
//! what comes of each: a handler of the same URL (and whether it is the text that it was, up to formatting,
//! callers included), and whether from there on there and back is the identity; with `lines`, also what
//! differs.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ide::{Change, Conversion, FilePosition, Way};
use workspace::{EndpointKind, Snapshot, World};

type Files = BTreeMap<PathBuf, Option<String>>;

fn main() {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap()).canonicalize().unwrap();
    let snap = scanned(&dir);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in snap.files() {
        for handler in snap.endpoints(file).iter().filter(|e| e.kind == EndpointKind::Route && !e.implicit) {
            let at = FilePosition { file, offset: handler.range.start };
            let Some(Ok(there)) = ide::convert(&snap, at, Way::ToAction) else { continue };
            let way = Way::ToRoute { method: handler.method.unwrap(), public: true };
            let mut first = Files::new();
            let said = round(&dir, &snap, &there, way, &mut first);
            for (path, text) in first {
                match text {
                    Some(text) => fs::write(path, text).unwrap(),
                    None => drop(fs::remove_file(path)),
                }
            }
            let said = said.unwrap_or_else(|why| why);
            println!("{} {}: {said}", snap.path(file).strip_prefix(&dir).unwrap().display(), handler.name);
            *counts.entry(said).or_default() += 1;
        }
    }
    println!("{counts:?}");
}

fn round(dir: &Path, snap: &Snapshot, there: &Conversion, way: Way, first: &mut Files) -> Result<String, String> {
    let created = apply(snap, there, first);
    let action = created.iter().find(|p| p.file_stem().is_some_and(|s| s.to_string_lossy().starts_with("actions")));
    let action = action.ok_or("no action")?.clone();
    let one = now(first);
    let (back, mut touched) = convert(dir, &action, way)?;
    keep(first, &touched);
    let route = back.into_iter().find(|p| p.file_stem().is_some_and(|s| s == "route")).ok_or("no handler")?;
    if route.parent() != action.parent() {
        return Ok("another URL".to_owned());
    }
    let handlers = now(first);
    let is_same = first.iter().all(|(path, text)| bare(text.as_deref()) == bare(handlers[path].as_deref()));
    for (path, then) in first.iter().filter(|_| std::env::args().nth(2).is_some()) {
        differing(then.as_deref().unwrap_or_default(), handlers[path].as_deref().unwrap_or_default());
    }
    let (_, more) = convert(dir, &route, Way::ToAction).map_err(|why| format!("the same URL, and not again: {why}"))?;
    touched.extend(more);
    keep(first, &touched);
    let two = now(first);
    let is_fixed =
        two.iter().all(|(path, text)| bare(text.as_deref()) == bare(one.get(path).cloned().flatten().as_deref()));
    let text = if is_same { "the same text" } else { "another text" };
    let again = if is_fixed { "the same action again" } else { "another action again" };
    Ok(format!("the same URL, {text}, {again}"))
}

/// Prints the lines that only one of two texts has.
fn differing(then: &str, now: &str) {
    let has = |text: &str, line: &str| text.lines().any(|other| bare(Some(other)) == bare(Some(line)));
    then.lines().filter(|line| !has(now, line)).for_each(|line| println!("  - {line}"));
    now.lines().filter(|line| !has(then, line)).for_each(|line| println!("  + {line}"));
}

/// What was there before, of files that weren't touched until now.
fn keep(first: &mut Files, touched: &Files) {
    for (path, text) in touched {
        first.entry(path.clone()).or_insert_with(|| text.clone());
    }
}

fn now(files: &Files) -> Files {
    files.keys().map(|path| (path.clone(), fs::read_to_string(path).ok())).collect()
}

fn convert(dir: &Path, path: &Path, way: Way) -> Result<(Vec<PathBuf>, Files), String> {
    let snap = scanned(dir);
    let file = snap.file(path).ok_or("it isn't known")?;
    let endpoint = snap.endpoints(file).iter().find(|e| !e.implicit).cloned().ok_or("no endpoint")?;
    let mut touched = Files::new();
    match ide::convert(&snap, FilePosition { file, offset: endpoint.range.start }, way) {
        None => Err("nothing to convert".to_owned()),
        Some(Err(refusal)) => Err(format!("{}: {}", refusal.reason, refusal.text)),
        Some(Ok(made)) => Ok((apply(&snap, &made, &mut touched), touched)),
    }
}

fn scanned(dir: &Path) -> Snapshot {
    let mut world = World::new();
    world.set_folders(vec![dir.to_owned()]);
    let scanned = world.scan().run(2, &|_| {});
    world.adopt(scanned);
    let snap = world.snapshot();
    snap.find_carriers();
    snap
}

/// Writes a conversion; what is new, and what was there before.
fn apply(snap: &Snapshot, conversion: &Conversion, before: &mut Files) -> Vec<PathBuf> {
    let mut created = vec![];
    for change in &conversion.changes {
        let (path, text) = match change {
            Change::Create { path, text } => (path.clone(), Some(text.clone())),
            Change::Edit { file, before, edits } => {
                let mut text = before.to_string();
                edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
                (snap.path(*file).to_path_buf(), Some(text))
            }
            Change::Delete { file, .. } => (snap.path(*file).to_path_buf(), None),
        };
        before.insert(path.clone(), fs::read_to_string(&path).ok());
        match text {
            Some(text) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text).unwrap();
                created.push(path);
            }
            None => fs::remove_file(path).unwrap(),
        }
    }
    created
}

/// Code without what formatters change.
fn bare(code: Option<&str>) -> Option<String> {
    let text: String = code?.chars().filter(|c| !c.is_whitespace() && *c != ';').collect();
    let text = text.replace('"', "'");
    Some([",}", ",)", ",]"].iter().fold(text, |text, end| text.replace(end, &end[1..])))
}
