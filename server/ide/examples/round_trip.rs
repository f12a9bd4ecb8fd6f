//! `round_trip DIR`: converts every action of a workspace into a handler and that back, each on its own, in
//! DIR itself, which is put back after each: give it a copy. The function's text has to be the same up to
//! formatting. Prints what isn't, then counts.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod checkout;

use std::path::{Path, PathBuf};

use checkout::{apply, created, put, scanned};
use ide::{Conversion, FilePosition, Way};
use syntax::{anatomy::Anatomy, parse::Grammar};
use workspace::{Endpoint, EndpointKind, Snapshot};

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
            put(&undo);
        }
    }
    println!(
        "{} there: {same} back with the same text, {other} with another, {refused} not back",
        same + other + refused
    );
}

/// The files that the way back creates.
fn back(dir: &Path, there: &Conversion) -> Result<Vec<(PathBuf, String)>, String> {
    let route = created(there)
        .map(|(path, _)| path)
        .find(|p| p.file_stem().is_some_and(|s| s.to_string_lossy().starts_with("route")));
    let route = route.ok_or("no route")?;
    let snap = scanned(dir);
    let file = snap.file(route).ok_or("the route isn't known")?;
    let offset = snap.text(file).unwrap().find("POST").unwrap() as u32;
    match ide::convert(&snap, FilePosition { file, offset }, Way::ToAction) {
        None => Err("nothing to convert".to_owned()),
        Some(Err(refusal)) => Err(format!("{}: {}", refusal.reason, refusal.text)),
        Some(Ok(made)) => Ok(created(&made).map(|(path, text)| (path.clone(), text.clone())).collect()),
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

/// A default export comes back by its name.
fn bare(code: &str) -> String {
    checkout::bare(code).replace("exportdefault", "export")
}
