//! `conversions DIR route|action|both|beside`: every conversion of a workspace's actions or handlers (`both`:
//! of either, kept; `beside`: of handlers, kept), one JSON line each: what is converted, how long it took, and the changes or the refusal. Nothing is written.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod checkout;

use std::path::PathBuf;
use std::time::Instant;

use ide::{Change, FilePosition, Way};
use serde_json::{Value, json};
use workspace::{EndpointId, EndpointKind, Snapshot, shown};

fn main() {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap()).canonicalize().unwrap();
    let way = std::env::args().nth(2).unwrap();
    let snap = checkout::scanned(&dir);
    let post = Way::ToRoute { method: next::Method::Post, public: false };
    let (kinds, way): (&[EndpointKind], Way) = match &*way {
        "route" => (&[EndpointKind::Action], post),
        "both" => (&[EndpointKind::Action, EndpointKind::Route], Way::Both),
        "beside" => (&[EndpointKind::Route], Way::Both),
        _ => (&[EndpointKind::Route], Way::ToAction),
    };
    for file in snap.files() {
        let endpoints = snap.endpoints(file);
        for (index, endpoint) in endpoints.iter().enumerate() {
            if !kinds.contains(&endpoint.kind) || endpoint.implicit {
                continue;
            }
            let at = FilePosition { file, offset: endpoint.range.start };
            let start = Instant::now();
            let Some(made) = ide::convert(&snap, at, way) else { continue };
            let took = start.elapsed().as_secs_f64() * 1000.0;
            let lines = snap.lines(file).unwrap();
            let line = lines.span(endpoint.range, syntax::Encoding::Utf8).0.line + 1;
            let mut row = json!({
                "file": shown(&snap.path(file), &dir), "line": line, "name": &*endpoint.name, "ms": took,
                "scope": endpoint.scope.map(|s| format!("{s:?}")),
            });
            if endpoint.kind == EndpointKind::Route {
                row["callers"] = snap.callers(EndpointId { file, index: index as u32 }).len().into();
            }
            match made {
                Ok(made) => {
                    let changes: Vec<Value> = made.changes.iter().map(|c| change(&snap, &dir, c)).collect();
                    row["changes"] = changes.into();
                    row["notes"] = made.notes.iter().map(|n| n.text.clone()).collect::<Vec<_>>().into();
                }
                Err(refusal) => {
                    row["refused"] = refusal.reason.into();
                    row["because"] = refusal.text.into();
                    row["at"] = refusal.at.map(|(file, _)| shown(&snap.path(file), &dir)).into();
                }
            }
            println!("{row}");
        }
    }
}

/// A file after the change; `null` where it is gone.
fn change(snap: &Snapshot, dir: &std::path::Path, change: &Change) -> Value {
    match change {
        Change::Create { path, text } => json!({ "file": shown(path, dir), "kind": "create", "text": text }),
        Change::Delete { file, .. } => json!({ "file": shown(&snap.path(*file), dir), "kind": "delete", "text": null }),
        Change::Edit { file, before, edits } => {
            let mut text = before.to_string();
            edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
            json!({ "file": shown(&snap.path(*file), dir), "kind": "edit", "text": text })
        }
    }
}
