//! Incremental equals full (design, invariant 2): after any sequence of edits, creations, renames
//! and deletions, with and without a scan between, the index equals one built from scratch.

#![allow(clippy::unwrap_used)]

mod project;
mod relinked;

use std::fs;
use std::path::{Path, PathBuf};

use fixture::Fixture;
use proptest::prelude::*;
use syntax::{Encoding, LineCol, document::Edit};
use workspace::{Carrier, Carriers, EndpointId, EndpointKind, ExportId, Snapshot, World, shown};

use project::{BEGIN, FILES, LINES};

#[derive(Clone, Debug)]
enum Step {
    /// Opens a buffer with what is on disk, or with nothing.
    Open(usize),
    Close(usize),
    /// Inserts a line into an open buffer.
    Insert {
        file: usize,
        line: usize,
        text: usize,
    },
    /// Deletes a line of an open buffer.
    Delete {
        file: usize,
        line: usize,
    },
    /// Types half a line into an open buffer, then finishes it: the second edit mends what the
    /// first broke.
    HalfTyped {
        file: usize,
        line: usize,
        text: usize,
        cut: usize,
    },
    /// Writes a file on disk.
    Write {
        file: usize,
        lines: Vec<usize>,
    },
    Remove(usize),
    Rename(usize, usize),
    /// Changes an alias.
    Alias(bool),
    Scan,
}

/// Steps that change what files say, not which files there are: the index follows by itself.
fn edit() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    let text = 0..LINES.len();
    prop_oneof![
        3 => file.clone().prop_map(Step::Open),
        1 => file.clone().prop_map(Step::Close),
        4 => (file.clone(), 0..6_usize, text.clone()).prop_map(|(file, line, text)| Step::Insert { file, line, text }),
        // a directive that comes to the top changes most
        3 => file.clone().prop_map(|file| Step::Insert { file, line: 0, text: 0 }),
        4 => (file.clone(), 0..3_usize).prop_map(|(file, line)| Step::Delete { file, line }),
        2 => (file, 0..6_usize, text, 1..30_usize)
            .prop_map(|(file, line, text, cut)| Step::HalfTyped { file, line, text, cut }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    prop_oneof![
        12 => edit(),
        3 => (file.clone(), prop::collection::vec(0..LINES.len(), 0..6)).prop_map(|(file, lines)| Step::Write { file, lines }),
        1 => file.clone().prop_map(Step::Remove),
        1 => (file.clone(), file).prop_map(|(a, b)| Step::Rename(a, b)),
        1 => any::<bool>().prop_map(Step::Alias),
        1 => Just(Step::Scan),
    ]
}

/// What an editor and a disk hold, beside the world that is told of it.
struct Session {
    project: fixture::Project,
    world: World,
    open: Vec<(usize, String)>,
}

impl Session {
    fn new() -> Self {
        let file = |(path, lines): (&&str, &&[usize])| {
            let text: String = lines.iter().map(|l| format!("{}\n", LINES[*l])).collect();
            format!("//- {path}\n{text}")
        };
        let files: String = FILES.iter().zip(&BEGIN).map(file).collect();
        let project = Fixture::parse(&files).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let mut session = Self { project, world, open: vec![] };
        session.scan();
        session
    }

    fn path(&self, file: usize) -> PathBuf {
        self.project.path(FILES[file])
    }

    fn scan(&mut self) {
        let scanned = self.world.scan().run(1, &|_| {});
        self.world.adopt(scanned);
    }

    fn edit(&mut self, file: usize, change: impl FnOnce(&str) -> (LineCol, LineCol, String)) {
        let path = self.path(file);
        let Some((_, text)) = self.open.iter_mut().find(|(f, _)| *f == file) else { return };
        let (from, to, new) = change(text);
        let at = |p: LineCol| offset(text, p);
        let (start, end) = (at(from), at(to));
        text.replace_range(start..end, &new);
        self.world.edit(&path, &[Edit { range: Some((from, to)), text: new }], Encoding::Utf16);
    }

    fn on_disk(&mut self, paths: Vec<PathBuf>) {
        self.world.files_changed(&paths);
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Open(file) => {
                if self.open.iter().all(|(f, _)| f != file) {
                    let text = fs::read_to_string(self.path(*file)).unwrap_or_default();
                    self.world.open(&self.path(*file), &text);
                    self.open.push((*file, text));
                }
            }
            Step::Close(file) => {
                self.open.retain(|(f, _)| f != file);
                self.world.close(&self.path(*file));
            }
            Step::Insert { file, line, text } => self.edit(*file, |now| {
                let at = line_start(now, *line);
                (at, at, format!("{}\n", LINES[*text]))
            }),
            Step::Delete { file, line } => self.edit(*file, |now| {
                let at = line_start(now, *line);
                (at, line_start(now, *line + 1), String::new())
            }),
            Step::HalfTyped { file, line, text, cut } => {
                let whole = LINES[*text];
                let cut = whole.floor_char_boundary((*cut).min(whole.len()));
                let (head, tail) = whole.split_at(cut);
                self.edit(*file, |now| {
                    let at = line_start(now, *line);
                    (at, at, head.to_owned())
                });
                let col = head.encode_utf16().count() as u32;
                self.edit(*file, |now| {
                    let at = LineCol { col, ..line_start(now, *line) };
                    (at, at, format!("{tail}\n"))
                });
            }
            Step::Write { file, lines } => {
                let text: String = lines.iter().map(|l| format!("{}\n", LINES[*l])).collect();
                write(&self.path(*file), &text);
                self.on_disk(vec![self.path(*file)]);
            }
            Step::Remove(file) => {
                let _ = fs::remove_file(self.path(*file));
                self.on_disk(vec![self.path(*file)]);
            }
            Step::Rename(from, to) => {
                let (from, to) = (self.path(*from), self.path(*to));
                if from.is_file() && from != to {
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::rename(&from, &to).unwrap();
                }
                self.on_disk(vec![from, to]);
            }
            Step::Alias(other) => {
                let target = if *other { "./lib/*" } else { "./*" };
                let path = self.project.path("/tsconfig.json");
                write(&path, &format!(r#"{{ "compilerOptions": {{ "paths": {{ "@/*": ["{target}"] }} }} }}"#));
                self.on_disk(vec![path]);
            }
            Step::Scan => self.scan(),
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn line_start(text: &str, line: usize) -> LineCol {
    let last = text.matches('\n').count();
    LineCol { line: line.min(last) as u32, col: 0 }
}

fn offset(text: &str, at: LineCol) -> usize {
    let start: usize = text.split_inclusive('\n').take(at.line as usize).map(str::len).sum();
    let mut units = 0;
    let line = &text[start..];
    let within = line.char_indices().find(|(_, c)| {
        let here = units >= at.col as usize || *c == '\n';
        units += c.len_utf16();
        here
    });
    start + within.map_or(line.len(), |(i, _)| i)
}

/// Everything that others can see of an index, as text.
fn picture(snap: &Snapshot, root: &Path) -> String {
    let mut out = String::new();
    for file in snap.files() {
        let path = shown(&snap.path(file), root);
        let (endpoints, links) = (snap.endpoints(file), snap.links(file));
        for e in endpoints.iter() {
            let url = e.url.as_deref().unwrap_or("-");
            out += &format!("{path} {:?} {:?} {url} {} {:?} {}\n", e.kind, e.method, e.name, e.range, e.implicit);
        }
        for action in endpoints.iter().filter(|e| e.kind == EndpointKind::Action) {
            let Carriers { pages, handlers } = snap.carriers(action);
            let urls = |list: Vec<Carrier>| list.into_iter().map(|c| c.url).collect::<Vec<_>>();
            out += &format!("{path} {} on {:?}, run by {:?}\n", action.name, urls(pages), urls(handlers));
        }
        for l in links.iter() {
            let targets: Vec<String> = l
                .targets
                .iter()
                .map(|t| {
                    let endpoints = snap.endpoints(t.file);
                    let name = endpoints.get(t.index as usize).map_or("nothing", |e| &*e.name);
                    format!("{}#{name}", shown(&snap.path(t.file), root))
                })
                .collect();
            out += &format!("{path} {:?} {} {:?} {:?} -> {targets:?}\n", l.range, l.kind, l.method, l.certainty);
        }
    }
    out
}

/// What is kept of files that somebody asked about: as good as read anew.
fn outlines(snap: &Snapshot, session: &Session) -> Vec<String> {
    let files = (0..FILES.len()).map(|file| snap.file(&session.path(file)).and_then(|file| snap.outline(file)));
    files.map(|outline| format!("{outline:?}")).collect()
}

/// Calls by target: what `callers` has to say, made the long way round.
fn calls_of(snap: &Snapshot, endpoint: EndpointId) -> Vec<String> {
    let mut all = vec![];
    for file in snap.files() {
        let calls = snap.links(file);
        let calls = calls.iter().filter(|l| l.is_call() && !l.is_method_missing() && l.targets.contains(&endpoint));
        all.extend(calls.map(|l| format!("{:?} {:?}", snap.path(file), l.range)));
    }
    all
}

/// Callers are the reverse of calls: of each endpoint they are the calls whose targets hold it, and
/// the index that edits left behind knows them like one that was just built.
fn reversed(snap: &Snapshot) -> Result<(), TestCaseError> {
    for file in snap.files() {
        for index in 0..snap.endpoints(file).len() {
            let endpoint = EndpointId { file, index: index as u32 };
            let callers = snap.callers(endpoint);
            let callers: Vec<String> =
                callers.iter().map(|(f, l)| format!("{:?} {:?}", snap.path(*f), l.range)).collect();
            prop_assert_eq!(callers, calls_of(snap, endpoint));
        }
        // and a function knows the thin files that make an endpoint of it
        for (index, endpoint) in snap.endpoints(file).iter().enumerate() {
            let id = EndpointId { file, index: index as u32 };
            if let Some(function) = snap.behind(endpoint) {
                prop_assert!(snap.in_front_of(function).contains(&id));
            }
            for thin in endpoint.export.map(|index| snap.in_front_of(ExportId { file, index })).unwrap_or_default() {
                let thin = snap.endpoints(thin.file).get(thin.index as usize).cloned();
                prop_assert_eq!(
                    thin.and_then(|e| snap.behind(&e)),
                    endpoint.export.map(|index| ExportId { file, index })
                );
            }
        }
    }
    Ok(())
}

fn check(steps: &[Step]) -> Result<(), TestCaseError> {
    let mut session = Session::new();
    for step in steps {
        session.take(step);
        session.world.snapshot().find_carriers();
        reversed(&session.world.snapshot())?; // also so that a stale answer would be found by the next
        outlines(&session.world.snapshot(), &session);
    }
    if session.world.needs_scan() {
        session.scan();
    }
    let incremental = picture(&session.world.snapshot(), &session.project.root);

    let mut fresh = World::new();
    fresh.set_folders(vec![session.project.root.clone()]);
    for (file, text) in &session.open {
        fresh.open(&session.path(*file), text);
    }
    let scanned = fresh.scan().run(1, &|_| {});
    fresh.adopt(scanned);
    let full = picture(&fresh.snapshot(), &session.project.root);
    let only = |one: &str, other: &str| -> String {
        one.lines().filter(|l| !other.lines().any(|o| o == *l)).map(|l| format!("{l}\n")).collect()
    };
    prop_assert_eq!(outlines(&session.world.snapshot(), &session), outlines(&fresh.snapshot(), &session));
    let (kept, missed) = (only(&incremental, &full), only(&full, &incremental));
    prop_assert_eq!(&incremental, &full, "kept:\n{}missed:\n{}", kept, missed);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_edits(steps in prop::collection::vec(edit(), 1..16)) {
        check(&steps)?;
    }

    #[test]
    fn after_anything(steps in prop::collection::vec(step(), 1..24)) {
        check(&steps)?;
    }
}

/// What is read on demand, before any scan, is what a scan finds.
#[test]
fn demand_equals_scan() {
    let text: String = FILES.iter().map(|path| format!("//- {path}\n{}\n", LINES.join("\n"))).collect();
    let project = Fixture::parse(&text).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let before = world.snapshot();
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let after = world.snapshot();
    for file in after.files() {
        assert_eq!(before.endpoints(file), after.endpoints(file), "{:?}", after.path(file));
        // What flows in from other files is only known when all of them are: it is added then.
        let after = after.links(file);
        for link in before.links(file).iter() {
            let same = after.iter().find(|l| l.range == link.range).expect("a link that was there before");
            assert!(link.targets.iter().all(|t| same.targets.contains(t)), "{link:?} {same:?}");
            assert!(link.url.is_none() || link == same, "{link:?} {same:?}");
        }
    }
    assert!(after.files().len() >= FILES.len());
}
