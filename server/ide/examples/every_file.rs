//! Asks every feature of every code file below a folder, whether the scan would have parsed it or
//! not: `cargo run --release -p ide --example every_file DIR`. A crash ends it, a hang shows.

mod checkout;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ide::{Config, FilePosition};

#[allow(clippy::print_stdout)]
fn main() {
    let dir = std::path::absolute(std::env::args().nth(1).unwrap_or_default()).unwrap_or_default();
    let snap = checkout::scanned(&dir);
    let mut paths = vec![];
    code_below(&dir, &mut paths);
    let (mut read, mut hovers, mut answers, mut lost) = (0, 0, 0, 0);
    let mut references = vec![];
    let mut slowest = (Duration::ZERO, PathBuf::new());
    for path in &paths {
        let since = Instant::now();
        let Some(file) = snap.file(path) else { continue };
        let (_, _, _) = (ide::document_symbols(&snap, file), snap.links(file), ide::diagnostics(&snap, file));
        let (_, _) = (ide::code_lenses(&snap, file), ide::document_links(&snap, file));
        if let Some(facts) = snap.facts(file) {
            read += 1;
            let uses = facts.uses.iter().map(|u| u.range);
            let imports = facts.imports.iter().map(|i| i.range);
            let declared = facts.exports.iter().map(|e| e.declared);
            for range in uses.chain(imports).chain(declared).chain(facts.urls.iter().map(|u| u.range)) {
                let at = FilePosition { file, offset: range.start };
                let hover = ide::hover(&snap, &Config::default(), at);
                let targets = ide::goto_definition(&snap, &Config::default(), at);
                hovers += 1;
                answers += usize::from(hover.is_some());
                // a definition and a hover agree on whether there is an endpoint
                assert!(targets.is_empty() || hover.is_some(), "{} at {}", path.display(), at.offset);
                let since = Instant::now();
                let found = ide::references(&snap, &Config::default(), at);
                references.push((since.elapsed(), found.as_ref().map_or(0, |f| f.calls.len())));
                let _ = ide::document_highlight(&snap, &Config::default(), at);
                for item in ide::prepare_call_hierarchy(&snap, at) {
                    let _ = ide::incoming_calls(&snap, item.of, &item.key);
                    let _ = ide::outgoing_calls(&snap, item.of, &item.key);
                }
            }
            // who calls an endpoint is asked at its calls, too, and finds them
            for link in snap.links(file).iter().filter(|link| link.is_call()) {
                let at = FilePosition { file, offset: link.range.start };
                let found = ide::references(&snap, &Config::default(), at).map(|f| f.calls).unwrap_or_default();
                let is_there = found.iter().any(|call| (call.file, call.range) == (file, link.range));
                lost += usize::from(!is_there);
                if !is_there {
                    println!("{} at {}: not among the references of what it calls", path.display(), at.offset);
                }
            }
        }
        slowest = slowest.max((since.elapsed(), path.clone()));
    }
    references.sort_unstable();
    let at =
        |share: usize| references.get(references.len() * share / 100).map_or(0.0, |(took, _)| took.as_secs_f64() * 1e3);
    println!(
        "references: p50 {:.3} ms, p99 {:.3} ms, slowest {:?}; {lost} calls not among those of what they call",
        at(50),
        at(99),
        references.last()
    );
    println!(
        "{} code files, {read} with facts, {hovers} places asked, {answers} with an endpoint; slowest {:.2} s: {}",
        paths.len(),
        slowest.0.as_secs_f64(),
        slowest.1.strip_prefix(&dir).unwrap_or(&slowest.1).display()
    );
}

/// Every code file, ignored or not; links are not followed.
fn code_below(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => code_below(&path, found),
            Ok(kind) if kind.is_file() => {
                let is_code = path.file_name().and_then(|n| n.to_str()).and_then(syntax::parse::Grammar::for_file);
                found.extend(is_code.map(|_| path));
            }
            _ => {}
        }
    }
}
