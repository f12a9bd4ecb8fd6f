//! References are calls, asked the other way round: at each endpoint's declaration they are the calls
//! that reach it, and at each call that call is among them.

#![allow(clippy::unwrap_used, dead_code)]

mod project;

use std::collections::BTreeSet;

use fixture::Fixture;
use ide::{Config, FilePosition, references};
use proptest::prelude::*;
use syntax::TextRange;
use workspace::{Endpoint, FileId, Link, Snapshot, World};

use project::{BEGIN, FILES, LINES};

type Place = (FileId, TextRange);

fn asked(snap: &Snapshot, file: FileId, offset: u32) -> Option<BTreeSet<Place>> {
    let found = references(snap, &Config::default(), FilePosition { file, offset })?;
    let places: Vec<Place> = found.calls.iter().map(|call| (call.file, call.range)).collect();
    let set: BTreeSet<Place> = places.iter().copied().collect();
    assert_eq!(set.len(), places.len(), "a call is listed twice: {places:?}");
    Some(set)
}

/// Whether an endpoint is declared by the name at a place: there, or in a thin file that passes that
/// function on.
fn stands_at(snap: &Snapshot, endpoint: &Endpoint, declared: &Endpoint) -> bool {
    let behind = snap.behind(endpoint).is_some_and(|e| e.file == declared.file && Some(e.index) == declared.export);
    let name = |e: &Endpoint| {
        let facts = snap.facts(e.file)?;
        Some(facts.exports.get(e.export? as usize)?.range)
    };
    let here = endpoint.range == declared.range || name(endpoint) == Some(declared.range);
    behind || (endpoint.file == declared.file && here)
}

fn check(files: &[Vec<usize>]) -> Result<(), TestCaseError> {
    let one = |(path, lines): (&&str, &Vec<usize>)| {
        let text: String = lines.iter().map(|l| format!("{}\n", LINES[*l])).collect();
        format!("//- {path}\n{text}")
    };
    let project = Fixture::parse(&FILES.iter().zip(files).map(one).collect::<String>()).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let snap = world.snapshot();

    let all: Vec<(FileId, Link)> =
        snap.files().into_iter().flat_map(|f| snap.links(f).to_vec().into_iter().map(move |l| (f, l))).collect();
    let calls: Vec<&(FileId, Link)> =
        all.iter().filter(|(_, link)| link.is_call() && !link.is_method_missing()).collect();
    for file in snap.files() {
        for declared in snap.endpoints(file).iter().filter(|e| !e.implicit && !e.range.is_empty()) {
            let found = asked(&snap, file, declared.range.start).expect("a declaration");
            let reaches = |link: &Link| {
                let targets = link.targets.iter().filter_map(|t| snap.endpoints(t.file).get(t.index as usize).cloned());
                targets.into_iter().any(|target| stands_at(&snap, &target, declared))
            };
            let wanted: BTreeSet<Place> =
                calls.iter().filter(|(_, l)| reaches(l)).map(|(f, l)| (*f, l.range)).collect();
            prop_assert_eq!(found, wanted, "{:?} {:?}", snap.path(file), declared);
        }
    }
    for (file, link) in calls {
        let found = asked(&snap, *file, link.range.start).unwrap_or_default();
        prop_assert!(found.contains(&(*file, link.range)), "{:?} {link:?}", snap.path(*file));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn are_the_reverse_of_calls(files in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..8), FILES.len())) {
        check(&files)?;
    }
}

#[test]
fn in_the_usual_project() {
    check(&BEGIN.map(<[usize]>::to_vec)).unwrap();
}
