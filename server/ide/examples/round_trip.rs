//! `round_trip DIR`: converts every action of a workspace into a handler and that back, each on its own, in
//! DIR itself, which is put back after each: give it a copy. The function's text has to be the same up to
//! formatting. Prints what isn't, then counts.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};

use ide::{Change, Conversion, FilePosition, Way};
use syntax::{anatomy::Anatomy, parse::Grammar};
use workspace::{Endpoint, EndpointKind, Snapshot, World};

fn main() {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap()).canonicalize().unwrap();
    let snap = scanned(&dir);
    let post = Way::ToRoute { method: next::Method::Post, public: false };
    let (mut same, mut other, mut refused) = (0, 0, 0);
    for file in snap.files() {
        for action in snap.endpoints(file).iter().filter(|e| e.kind == EndpointKind::Action) {
            let at = FilePosition { file, offset: action.range.start };
            let Some(Ok(there)) = ide::convert(&snap, at, post) else { continue };
            let then = snap.text(file).unwrap();
            let undo = apply(&snap, &there);
            match back(&dir, &there) {
                Ok(files) => match files.iter().any(|(path, text)| holds(&snap, action, &then, path, text)) {
                    true => same += 1,
                    false => {
                        other += 1;
                        println!("other text: {} {}", snap.path(file).display(), action.name);
                    }
                },
                Err(why) => {
                    refused += 1;
                    println!("{why}: {} {}", snap.path(file).display(), action.name);
                }
            }
            for (path, text) in undo {
                match text {
                    Some(text) => fs::write(path, text).unwrap(),
                    None => fs::remove_file(path).unwrap(),
                }
            }
        }
    }
    println!(
        "{} there: {same} back with the same text, {other} with another, {refused} not back",
        same + other + refused
    );
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

/// Writes a conversion; what was there before.
fn apply(snap: &Snapshot, conversion: &Conversion) -> Vec<(PathBuf, Option<String>)> {
    let mut undo = vec![];
    for change in &conversion.changes {
        match change {
            Change::Create { path, text } => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                undo.push((path.clone(), None));
                fs::write(path, text).unwrap();
            }
            Change::Edit { file, before, edits } => {
                let path = snap.path(*file).to_path_buf();
                let mut text = before.to_string();
                edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
                undo.push((path.clone(), Some(before.to_string())));
                fs::write(path, text).unwrap();
            }
            Change::Delete { file, before } => {
                let path = snap.path(*file).to_path_buf();
                undo.push((path.clone(), Some(before.to_string())));
                fs::remove_file(path).unwrap();
            }
        }
    }
    undo
}

/// The files that the way back creates.
fn back(dir: &Path, there: &Conversion) -> Result<Vec<(PathBuf, String)>, String> {
    let created = there.changes.iter().filter_map(|change| match change {
        Change::Create { path, .. } => Some(path),
        _ => None,
    });
    let route = created.into_iter().find(|p| p.file_stem().is_some_and(|s| s.to_string_lossy().starts_with("route")));
    let route = route.ok_or("no route")?;
    let snap = scanned(dir);
    let file = snap.file(route).ok_or("the route isn't known")?;
    let offset = snap.text(file).unwrap().find("POST").unwrap() as u32;
    match ide::convert(&snap, FilePosition { file, offset }, Way::ToAction) {
        None => Err("nothing to convert".to_owned()),
        Some(Err(refusal)) => Err(format!("{}: {}", refusal.reason, refusal.text)),
        Some(Ok(made)) => Ok(made
            .changes
            .into_iter()
            .filter_map(|change| match change {
                Change::Create { path, text } => Some((path, text)),
                _ => None,
            })
            .collect()),
    }
}

/// Whether a file declares the action with the same text.
fn holds(snap: &Snapshot, action: &Endpoint, then: &str, path: &Path, now: &str) -> bool {
    let of = |path: &Path, text: &str| -> Vec<String> {
        let grammar = Grammar::for_file(&path.file_name().unwrap().to_string_lossy()).unwrap();
        let anatomy = Anatomy::new(text, grammar).unwrap();
        let statements = anatomy.module.statements.iter();
        statements.map(|s| bare(anatomy.slice(s.range))).collect()
    };
    let old_path = snap.path(action.file);
    let old = match action.inline_action {
        // one that stood inside other code gets a statement of its own
        Some(_) if action.export.is_none() => {
            let function = then.get(action.full.span()).unwrap();
            return of(path, now)
                .iter()
                .any(|statement| statement.contains(&bare(function).replace("'useserver'", "")));
        }
        _ => of(&old_path, then).into_iter().find(|s| s.contains(&bare(then.get(action.full.span()).unwrap()))),
    };
    old.is_some_and(|old| of(path, now).contains(&old))
}

/// Code without what formatters change.
fn bare(code: &str) -> String {
    let text: String = code.chars().filter(|c| !c.is_whitespace() && *c != ';').collect();
    let text = text.replace('"', "'").replace("exportdefault", "export");
    [",}", ",)", ",]"].iter().fold(text, |text, end| text.replace(end, &end[1..]))
}
