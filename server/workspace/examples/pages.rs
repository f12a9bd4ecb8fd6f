//! `pages DIR [FILE]`: which pages carry the actions of a workspace, and how long it takes to find out.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use workspace::{EndpointKind, World, shown};

fn main() {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap()).canonicalize().unwrap();
    let mut world = World::new();
    world.set_folders(vec![dir.clone()]);
    let start = Instant::now();
    let scanned = world.scan().run(2, &|_| {});
    world.adopt(scanned);
    let indexed = start.elapsed();
    let snap = world.snapshot();
    let all = snap.files().into_iter().flat_map(|file| snap.endpoints(file).to_vec());
    let actions: Vec<_> = all.filter(|e| e.kind == EndpointKind::Action).collect();
    let start = Instant::now();
    snap.find_carriers();
    let built = start.elapsed();
    let start = Instant::now();
    let mut none = 0;
    let mut most = 0;
    for action in &actions {
        let carriers = snap.carriers(action);
        none += usize::from(carriers.pages.is_empty());
        most = most.max(carriers.pages.len());
        if std::env::args().nth(2).is_some() {
            let pages: Vec<&str> = carriers.pages.iter().map(|c| &*c.url).collect();
            println!(
                "{} {}: {} [{}]",
                shown(&snap.path(action.file), &dir),
                action.name,
                pages.join(" "),
                carriers.handlers.len()
            );
        }
    }
    println!(
        "indexed in {indexed:?}, imports above actions in {built:?}; {} actions asked in {:?}: {none} in no page, one in {most}",
        actions.len(),
        start.elapsed()
    );
}
