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
    let with_actions: Vec<_> = snap
        .files()
        .into_iter()
        .filter(|f| snap.endpoints(*f).iter().any(|e| e.kind == EndpointKind::Action))
        .collect();
    let start = Instant::now();
    let _ = with_actions.first().map(|f| snap.carriers(*f));
    let built = start.elapsed();
    let start = Instant::now();
    let mut none = 0;
    let mut most = 0;
    for file in &with_actions {
        let carriers = snap.carriers(*file);
        none += usize::from(carriers.pages.is_empty());
        most = most.max(carriers.pages.len());
        if std::env::args().nth(2).is_some() {
            let pages: Vec<&str> = carriers.pages.iter().map(|c| &*c.url).collect();
            println!("{}: {} [{}]", shown(&snap.path(*file), &dir), pages.join(" "), carriers.handlers.len());
        }
    }
    println!(
        "indexed in {indexed:?}, imports above actions in {built:?}; {} files with actions asked in {:?}: {none} in no page, one in {most}",
        with_actions.len(),
        start.elapsed()
    );
}
