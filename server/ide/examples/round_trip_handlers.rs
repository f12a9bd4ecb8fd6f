//! `round_trip_handlers DIR [lines]`: converts every Route Handler of a workspace into an action, that back, and the
//! outcome once more, each on its own, in DIR itself, which is put back after each: give it a copy. Prints
//! what comes of each: a handler of the same URL (and whether it is the text that it was, up to formatting,
//! callers included), and whether from there on there and back is the identity; with `lines`, also what
//! differs.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod checkout;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use checkout::{Files, apply, bare, created, now, put, scanned};
use ide::{Conversion, FilePosition, Way};
use workspace::{EndpointKind, Snapshot};

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
            put(&first);
            let said = said.unwrap_or_else(|why| why);
            println!("{} {}: {said}", snap.path(file).strip_prefix(&dir).unwrap().display(), handler.name);
            *counts.entry(said).or_default() += 1;
        }
    }
    println!("{counts:?}");
}

fn round(dir: &Path, snap: &Snapshot, there: &Conversion, way: Way, first: &mut Files) -> Result<String, String> {
    *first = apply(snap, there);
    let action = created(there)
        .map(|(path, _)| path)
        .find(|p| p.file_stem().is_some_and(|s| s.to_string_lossy().starts_with("actions")));
    let action = action.ok_or("no action")?.clone();
    let one = now(first);
    let (back, mut touched) = convert(dir, &action, way)?;
    keep(first, &touched);
    let route = back.into_iter().find(|p| p.file_stem().is_some_and(|s| s == "route")).ok_or("no handler")?;
    if route.parent() != action.parent() {
        return Ok("another URL".to_owned());
    }
    let handlers = now(first);
    let is_same = first.iter().all(|(path, text)| is_same_code(text, &handlers[path]));
    for (path, then) in first.iter().filter(|_| std::env::args().nth(2).is_some()) {
        differing(then.as_deref().unwrap_or_default(), handlers[path].as_deref().unwrap_or_default());
    }
    let (_, more) = convert(dir, &route, Way::ToAction).map_err(|why| format!("the same URL, and not again: {why}"))?;
    touched.extend(more);
    keep(first, &touched);
    let two = now(first);
    let is_fixed = two.iter().all(|(path, text)| is_same_code(text, one.get(path).unwrap_or(&None)));
    if std::env::args().nth(2).is_some() && !is_fixed {
        println!("  again:");
        for (path, again) in &two {
            let then = one.get(path).cloned().flatten();
            differing(then.as_deref().unwrap_or_default(), again.as_deref().unwrap_or_default());
        }
    }
    let text = if is_same { "the same text" } else { "another text" };
    let again = if is_fixed { "the same action again" } else { "another action again" };
    Ok(format!("the same URL, {text}, {again}"))
}

fn is_same_code(then: &Option<String>, now: &Option<String>) -> bool {
    then.as_deref().map(bare) == now.as_deref().map(bare)
}

/// Prints the lines that only one of two texts has.
fn differing(then: &str, now: &str) {
    let has = |text: &str, line: &str| text.lines().any(|other| bare(other) == bare(line));
    then.lines().filter(|line| !has(now, line)).for_each(|line| println!("  - {line}"));
    now.lines().filter(|line| !has(then, line)).for_each(|line| println!("  + {line}"));
}

/// What was there before, of files that weren't touched until now.
fn keep(first: &mut Files, touched: &Files) {
    for (path, text) in touched {
        first.entry(path.clone()).or_insert_with(|| text.clone());
    }
}

fn convert(dir: &Path, path: &Path, way: Way) -> Result<(Vec<PathBuf>, Files), String> {
    let snap = scanned(dir);
    let file = snap.file(path).ok_or("it isn't known")?;
    let endpoint = snap.endpoints(file).iter().find(|e| !e.implicit).cloned().ok_or("no endpoint")?;
    match ide::convert(&snap, FilePosition { file, offset: endpoint.range.start }, way) {
        None => Err("nothing to convert".to_owned()),
        Some(Err(refusal)) => Err(format!("{}: {}", refusal.reason, refusal.text)),
        Some(Ok(made)) => {
            let touched = apply(&snap, &made);
            Ok((created(&made).map(|(path, _)| path.clone()).collect(), touched))
        }
    }
}
