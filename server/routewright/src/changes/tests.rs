use super::*;
use std::fs;
use std::sync::Arc;

use syntax::TextRange;
use workspace::World;

fn edit(start: u32, end: u32, text: &str) -> TextEdit {
    TextEdit { range: TextRange::new(start, end), text: text.to_owned() }
}

fn create(path: impl Into<PathBuf>, text: &str) -> Change {
    Change::Create { path: path.into(), text: text.to_owned() }
}

fn plan(changes: Vec<Change>) -> Conversion {
    Conversion { changes, notes: vec![] }
}

/// A workspace with two files, scanned.
fn workspace() -> (tempfile::TempDir, PathBuf, Snapshot) {
    let dir = tempfile::tempdir().unwrap();
    let root = dunce::canonicalize(dir.path()).unwrap();
    for (name, text) in [
        ("app/actions.ts", "'use server';\nexport async function save() {}\n"),
        ("node_modules/dep/a.ts", "export {};\n"),
        ("package.json", r#"{ "dependencies": { "next": "16.0.0" } }"#),
    ] {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut world = World::new();
    world.set_folders(vec![root.clone()]);
    let scanned = world.scan().run(1, &|_| ());
    world.adopt(scanned);
    (dir, root, world.snapshot())
}

#[test]
fn line_endings_of_the_file() {
    let file = workspace().2.paths().id(Path::new("/a.ts"));
    let shown = |befores: &[&str]| {
        let changes = befores.iter().map(|before| Change::Edit {
            file,
            before: Arc::from(*before),
            edits: vec![edit(0, 1, "x\ny\r\n")],
        });
        let fitted = fitted(plan([create("/new.ts", "x\ny\r\n")].into_iter().chain(changes).collect()));
        let text = |change: &Change| match change {
            Change::Create { text, .. } => text.clone(),
            Change::Edit { edits, .. } => edits[0].text.clone(),
            Change::Delete { .. } => String::new(),
        };
        fitted.changes.iter().map(text).collect::<Vec<_>>()
    };
    let (lf, crlf) = ("x\ny\n", "x\r\ny\r\n");
    assert_eq!(shown(&[]), [lf]);
    assert_eq!(shown(&["a\nb\n"]), [lf, lf]);
    assert_eq!(shown(&["a\r\nb\r\n"]), [crlf, crlf]);
    assert_eq!(shown(&["a\r\nb\r\nc\n"]), [crlf, crlf]);
    assert_eq!(shown(&["a\r\nb\r\n", "a\n", "no end"]), [lf, crlf, lf, lf]);
}

#[test]
fn texts_after_their_edits() {
    for (edits, after) in [
        (vec![], Some("héllo")),
        (vec![edit(0, 1, "J"), edit(6, 6, "!")], Some("Jéllo!")),
        (vec![edit(0, 1, "a"), edit(1, 3, "b")], Some("abllo")),
        (vec![edit(1, 3, "b"), edit(0, 1, "a")], None),
        (vec![edit(0, 3, "a"), edit(2, 4, "b")], None),
        (vec![edit(2, 3, "inside a letter")], None),
        (vec![edit(0, 99, "beyond")], None),
    ] {
        assert_eq!(edited("héllo", &edits).as_deref(), after, "{edits:?}");
    }
}

#[test]
fn what_stands_in_the_way() {
    let (_dir, root, snap) = workspace();
    let actions = root.join("app/actions.ts");
    let of = |path: &Path| snap.file(path).unwrap();
    let change = |path: &Path, edits| {
        let before = snap.text(of(path)).unwrap();
        Change::Edit { file: of(path), before, edits }
    };
    let open = root.join("app/api/open/route.ts");
    let found = |changes| obstacle(&snap, &plan(changes), &|path| path == open).map(|found| (found.reason, found.text));
    let route = || create(root.join("app/api/save/route.ts"), "");
    assert_eq!(found(vec![route(), change(&actions, vec![edit(0, 1, "x")])]), None);
    let cases = [
        (vec![create(&actions, "")], "taken", "app/actions.ts is there already: move it, or rename the endpoint"),
        (
            vec![create(&open, "")],
            "taken",
            "app/api/open/route.ts is open and not saved yet: save or close it, or rename the endpoint",
        ),
        (
            vec![create(actions.join("route.ts"), "")],
            "taken",
            "app/actions.ts is a file where app/actions.ts/route.ts needs a folder: move it",
        ),
        (vec![route(), route()], "unsound", "the plan names app/api/save/route.ts twice: please report this"),
        (
            vec![change(&actions, vec![edit(5, 999, "")])],
            "unsound",
            "the edits of app/actions.ts don't fit it: please report this",
        ),
        (
            vec![change(&root.join("node_modules/dep/a.ts"), vec![edit(0, 1, "")])],
            "dependency",
            "node_modules/dep/a.ts would have to change, and it is a dependency's: it calls what would go away",
        ),
        (
            vec![Change::Delete { file: of(&actions), before: Arc::from("another") }],
            "changed",
            "app/actions.ts has changed in the meantime: try again",
        ),
    ];
    for (changes, reason, text) in cases {
        assert_eq!(found(changes), Some((reason, text.to_owned())));
    }
    let (reason, text) = found(vec![create("/elsewhere/route.ts", "")]).unwrap();
    assert_eq!(
        (reason, &*text),
        ("outside-workspace", "/elsewhere/route.ts would have to change, and it is outside the workspace")
    );
}

/// A file that nobody watches has another text by now: places in it mean nothing.
#[test]
fn what_was_known_before_it_changed() {
    let (_dir, root, snap) = workspace();
    let path = root.join("app/actions.ts");
    let file = snap.file(&path).unwrap();
    assert!(snap.facts(file).is_some());
    fs::write(&path, "'use server';\n\nexport async function save() {}\n").unwrap();
    let changes = vec![Change::Edit { file, before: snap.text(file).unwrap(), edits: vec![] }];
    let found = obstacle(&snap, &plan(changes), &|_| false);
    assert_eq!(found.map(|found| found.reason), Some("changed"));
}
