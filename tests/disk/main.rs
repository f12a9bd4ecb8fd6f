//! What lies on real disks: ignored folders, link loops, wrong encodings, huge files, broken
//! configuration, folders that aren't there. Each case says what the index holds afterwards.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use fixture::{Fixture, Project};
use workspace::{Snapshot, World, shown};

const ROUTE: &str = "export async function GET() {}\n";
const ACTION: &str = "'use server';\nexport async function save() {}\n";

fn scan(folders: Vec<PathBuf>) -> Snapshot {
    let mut world = World::new();
    world.set_folders(folders);
    let scanned = world.scan().run(2, &|_| {});
    world.adopt(scanned);
    world.snapshot()
}

/// `METHOD what` of every explicit endpoint, by file and place.
fn endpoints(snap: &Snapshot, project: &Project) -> Vec<String> {
    snap.files()
        .into_iter()
        .flat_map(|file| snap.endpoints(file).to_vec())
        .filter(|e| !e.implicit)
        .map(|e| {
            let what = e.url.as_deref().unwrap_or(&e.name).to_owned();
            format!("{what} in {}", shown(&snap.path(e.file), &project.root))
        })
        .collect()
}

fn check(fixture: &str, prepare: impl FnOnce(&Project), expected: &[&str]) {
    let project = Fixture::parse(fixture).write();
    prepare(&project);
    assert_eq!(endpoints(&scan(vec![project.root.clone()]), &project), expected);
}

#[test]
fn ignored_folders() {
    check(
        &format!(
            "//- /.gitignore\ngenerated/\n//- /generated/actions.ts\n{ACTION}//- /node_modules/x/actions.ts\n{ACTION}\
             //- /.next/server/actions.js\n{ACTION}//- /dist/actions.js\n{ACTION}//- /lib/actions.ts\n{ACTION}\
             //- /app/api/build/route.ts\n{ROUTE}//- /app/.well-known/x/route.ts\n{ROUTE}"
        ),
        |_| {},
        &[
            "/.well-known/x in app/.well-known/x/route.ts",
            "/api/build in app/api/build/route.ts",
            "save in lib/actions.ts",
        ],
    );
}

#[test]
fn what_next_serves_counts_though_git_ignores_it() {
    check(
        &format!("//- /.gitignore\n/app/api/local/\n//- /app/api/local/route.ts\n{ROUTE}"),
        |_| {},
        &["/api/local in app/api/local/route.ts"],
    );
}

#[test]
fn encodings() {
    check(
        &format!("//- /app/a/route.ts\n{ROUTE}"),
        |project| {
            let with_mark = [b"\xEF\xBB\xBF".as_slice(), ACTION.as_bytes()].concat();
            fs::write(project.path("/mark.ts"), with_mark).unwrap();
            fs::write(project.path("/latin1.ts"), b"'use server';\nexport async function caf\xE9() {}\n").unwrap();
            let utf16: Vec<u8> = ACTION.encode_utf16().flat_map(u16::to_le_bytes).collect();
            fs::write(project.path("/utf16.ts"), [b"\xFF\xFE".as_slice(), &utf16].concat()).unwrap();
            fs::write(project.path("/zeros.ts"), [0_u8; 4096]).unwrap();
            fs::write(project.path("/empty.ts"), "").unwrap();
        },
        &["/a in app/a/route.ts", "save in mark.ts"],
    );
}

#[test]
fn huge_and_minified_files() {
    check(
        "//- /app/page.tsx\nexport default () => null;\n",
        |project| {
            let huge = format!("{ACTION}{}", "// filler\n".repeat(120_000));
            fs::write(project.path("/huge.ts"), huge).unwrap();
            let minified = format!("'use server';export async function tiny(){{}}var a=[{}];", "{b:1},".repeat(40_000));
            fs::write(project.path("/minified.js"), minified).unwrap();
        },
        &["tiny in minified.js"],
    );
}

#[cfg(unix)]
#[test]
fn link_loops() {
    use std::os::unix::fs::symlink;
    check(
        &format!("//- /app/api/x/route.ts\n{ROUTE}//- /lib/actions.ts\n{ACTION}"),
        |project| {
            symlink(project.path("/lib"), project.path("/lib/again")).unwrap();
            symlink(project.path("/app"), project.path("/app/api/round")).unwrap();
            symlink(project.path("/nowhere"), project.path("/lib/dangling.ts")).unwrap();
            symlink(project.path("/self.ts"), project.path("/self.ts")).unwrap();
        },
        &["/api/x in app/api/x/route.ts", "save in lib/actions.ts"],
    );
}

#[test]
fn broken_configuration() {
    let files = format!(
        "//- /tsconfig.json\n{{ \"compilerOptions\": {{ \"paths\": \n//- /package.json\n{{ not json\n\
         //- /next.config.js\nmodule.exports = {{ basePath: '/base', pageExtensions: [\n//- /app/api/x/route.ts\n{ROUTE}"
    );
    check(&files, |_| {}, &["/api/x in app/api/x/route.ts"]);
}

#[test]
fn no_application() {
    check("//- /package.json\n{}\n//- /src/index.ts\nfetch('/api/x');\n", |_| {}, &[]);
}

#[test]
fn folders_that_are_not_there_or_inside_another() {
    let project = Fixture::parse(&format!("//- /app/api/x/route.ts\n{ROUTE}//- /lib/actions.ts\n{ACTION}")).write();
    let snap = scan(vec![project.path("/lib"), project.path("/gone"), project.root.clone(), project.root.clone()]);
    assert_eq!(endpoints(&snap, &project), ["/api/x in app/api/x/route.ts", "save in lib/actions.ts"]);
    assert!(endpoints(&scan(vec![project.path("/gone")]), &project).is_empty());
    assert!(endpoints(&scan(vec![]), &project).is_empty());
}

#[test]
fn a_folder_that_vanishes_between_two_scans() {
    let project = Fixture::parse(&format!("//- /app/api/x/route.ts\n{ROUTE}//- /lib/actions.ts\n{ACTION}")).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    fs::remove_dir_all(project.path("/app")).unwrap();
    world.files_changed(&[project.path("/app")]);
    assert!(world.needs_scan());
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    assert_eq!(endpoints(&world.snapshot(), &project), ["save in lib/actions.ts"]);
}

#[test]
fn which_changes_on_disk_are_worth_a_scan() {
    let fixture = format!("//- /app/api/x/route.ts\n{ROUTE}//- /lib/actions.ts\n{ACTION}");
    for (made, worth) in [
        ("app/api/new/", true),
        ("features/new/", true),
        ("app/api/gone", true),
        ("app/icon.png", true),
        ("lib/new.ts", true),
        ("lib/notes.md", false),
        ("npm-debug.log", false),
        (".next/server/app/page.js", false),
        (".next/server/app/new/", false),
        ("node_modules/x/index.js", false),
        (".git/index.lock", false),
        ("dist/index.js", false),
        ("app/api/dist/", true),
    ] {
        let project = Fixture::parse(&fixture).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        assert!(!world.needs_scan());
        let path = project.root.join(made);
        if made.ends_with('/') {
            fs::create_dir_all(&path).unwrap();
        } else if made.contains('.') {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
        }
        world.files_changed(&[path]);
        assert_eq!(world.needs_scan(), worth, "{made}");
    }
}

#[test]
fn a_scan_that_fails_is_still_wanted() {
    let project = Fixture::parse(&format!("//- /lib/actions.ts\n{ACTION}")).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    drop(world.scan());
    assert!(!world.needs_scan());
    world.scan_failed();
    assert!(world.needs_scan());
}

#[test]
fn versions_come_from_what_is_installed_then_from_what_is_asked_for() {
    let version = |files: &str| {
        let project = Fixture::parse(files).write();
        let snap = scan(vec![project.root.clone()]);
        snap.apps().first().and_then(|a| a.version).map(|v| v.to_string())
    };
    let app = "//- /app/page.tsx\nexport default () => null;\n";
    assert_eq!(version(app).as_deref(), Some("16.4.6"));
    let installed = format!("{app}//- /node_modules/next/package.json\n{{ \"version\": \"15.5.2\" }}\n");
    assert_eq!(version(&installed).as_deref(), Some("15.5.2"));
    let catalog = format!(
        "{app}//- /package.json\n{{ \"dependencies\": {{ \"next\": \"catalog:\" }} }}\n//- /pnpm-workspace.yaml\ncatalog:\n  next: ^14.2.3\n"
    );
    assert_eq!(version(&catalog).as_deref(), Some("14.2.3"));
}
