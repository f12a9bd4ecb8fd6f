//! `round_trip_handlers DIR [lines|json]`: converts every Route Handler of a workspace into an action, that back, and the
//! outcome once more, each on its own, in DIR itself, which is put back after each: give it a copy. Prints
//! what comes of each: a handler of the same URL (and whether it is the text that it was, up to formatting,
//! callers included), and whether from there on there and back is the identity; with `lines`, also what
//! differs; with `json`, a line for each as the example `conversions` prints it, with the files that differ.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod checkout;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use checkout::{Files, apply, bare, created, now, put, scanned};
use ide::{Conversion, FilePosition, Way};
use next::Method;
use serde_json::{Value, json};
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
            let name = snap.path(file).strip_prefix(&dir).unwrap().display().to_string();
            if mode() != "json" {
                println!("{name} {}: {said}", handler.name);
            } else if !said.starts_with("the same URL") {
                println!("{}", json!({ "file": name, "line": 1, "name": &*handler.name, "ms": 0, "refused": said }));
            }
            *counts.entry(said).or_default() += 1;
        }
    }
    if mode() != "json" {
        println!("{counts:?}");
    }
}

fn mode() -> String {
    std::env::args().nth(2).unwrap_or_default()
}

/// The files that differ after there and back, the handler's first.
fn print_changes(dir: &Path, route: &Path, method: Method, ms: f64, first: &Files) {
    let shown = |path: &Path| path.strip_prefix(dir).unwrap().display().to_string();
    let after = now(first);
    let mut differing: Vec<_> = first.iter().filter(|(path, then)| after[*path] != **then).map(|(p, _)| p).collect();
    differing.sort_by_key(|path| *path != route);
    let changes = differing.iter().map(|path| json!({ "file": shown(path), "text": after[*path] }));
    let changes: Vec<Value> = changes.collect();
    println!("{}", json!({ "file": shown(route), "line": 1, "name": method.as_str(), "ms": ms, "changes": changes }));
}

fn round(dir: &Path, snap: &Snapshot, there: &Conversion, way: Way, first: &mut Files) -> Result<String, String> {
    let Way::ToRoute { method, .. } = way else { return Err("no way back".to_owned()) };
    *first = apply(snap, there);
    let action = created(there)
        .map(|(path, _)| path)
        .find(|p| p.file_stem().is_some_and(|s| s.to_string_lossy().starts_with("actions")));
    let action = action.ok_or("no action")?.clone();
    let one = now(first);
    let (mut touched, ms) = convert(dir, &action, way, method)?;
    keep(first, &touched);
    let is_route = |p: &&PathBuf| p.file_stem().is_some_and(|s| s == "route") && p.parent() == action.parent();
    let Some(route) = touched.keys().find(is_route).cloned() else { return Ok("another URL".to_owned()) };
    if mode() == "json" {
        print_changes(dir, &route, method, ms, first);
    }
    let handlers = now(first);
    let is_same = first.iter().all(|(path, text)| is_same_code(text, &handlers[path]));
    for (path, then) in first.iter().filter(|_| mode() == "lines") {
        differing(then.as_deref().unwrap_or_default(), handlers[path].as_deref().unwrap_or_default());
    }
    let (more, _) =
        convert(dir, &route, Way::ToAction, method).map_err(|why| format!("the same URL, and not again: {why}"))?;
    touched.extend(more);
    keep(first, &touched);
    let two = now(first);
    let is_fixed = two.iter().all(|(path, text)| is_same_code(text, one.get(path).unwrap_or(&None)));
    if mode() == "lines" && !is_fixed {
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
    then.as_deref().map(sorted) == now.as_deref().map(sorted)
}

/// Code without what formatters change, the order of imports and of their names among it.
fn sorted(code: &str) -> (Vec<String>, String) {
    let (mut imports, mut rest) = (vec![], String::new());
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with("import ") {
            rest.push_str(line);
            continue;
        }
        let mut import = line.to_owned();
        while !import.trim_end_matches(';').ends_with(['\'', '"']) {
            let Some(more) = lines.next() else { break };
            import.push_str(more);
        }
        let import = bare(&import);
        let (head, names) = import.split_once('{').unwrap_or((&import, ""));
        let (names, tail) = names.split_once('}').unwrap_or((names, ""));
        let mut names: Vec<&str> = names.split(',').collect();
        names.sort_unstable();
        imports.push(format!("{head}{{{}}}{tail}", names.join(",")));
    }
    imports.sort();
    (imports, bare(&rest))
}

/// Prints the pieces of code that only one of two texts has.
fn differing(then: &str, now: &str) {
    let pieces = |text: &str| -> Vec<String> {
        let text = text.replace(['(', ')', '{', '}', '[', ']', ','], "\n");
        text.lines().map(|line| line.trim().trim_end_matches(';').to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let (then, now) = (pieces(then), pieces(now));
    let count = |all: &[String], piece: &String| all.iter().filter(|other| bare(other) == bare(piece)).count();
    for (sign, own, other) in [('-', &then, &now), ('+', &now, &then)] {
        let mut shown: Vec<&String> = own.iter().filter(|piece| count(own, piece) > count(other, piece)).collect();
        shown.dedup();
        shown.iter().for_each(|piece| println!("  {sign} {piece}"));
    }
}

/// What was there before, of files that weren't touched until now.
fn keep(first: &mut Files, touched: &Files) {
    for (path, text) in touched {
        first.entry(path.clone()).or_insert_with(|| text.clone());
    }
}

fn convert(dir: &Path, path: &Path, way: Way, method: Method) -> Result<(Files, f64), String> {
    let snap = scanned(dir);
    let file = snap.file(path).ok_or("it isn't known")?;
    let wanted = |e: &&workspace::Endpoint| !e.implicit && (way != Way::ToAction || e.method == Some(method));
    let endpoint = snap.endpoints(file).iter().find(wanted).cloned().ok_or("no endpoint")?;
    let start = Instant::now();
    let made = ide::convert(&snap, FilePosition { file, offset: endpoint.range.start }, way);
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    match made {
        None => Err("nothing to convert".to_owned()),
        Some(Err(refusal)) => Err(format!("{}: {}", refusal.reason, refusal.text)),
        Some(Ok(made)) => Ok((apply(&snap, &made), ms)),
    }
}
