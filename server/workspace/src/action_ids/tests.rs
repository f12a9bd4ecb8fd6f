//! Where IDs come from: projects with the manifests that Next's releases write.

mod packages;

use std::fs;

use expect_test::{Expect, expect};
use fixture::{Fixture, Project};
use serde_json::{Value, json};

use super::*;
use crate::{Snapshot, World};

const KEY: &str = "c2VjcmV0IGtleSBvZiAzMiBieXRlcyBpbiBiYXNlNjQ=";

/// A project, and the snapshot that a session has of it.
struct Opened {
    project: Project,
    snap: Snapshot,
}

impl Opened {
    fn new(text: &str) -> Self {
        let project = Fixture::parse(text).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        Self { project, snap: world.snapshot() }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.project.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }

    /// A manifest with these entries: the name and path that are hashed, the mask, and what the manifest
    /// says of it.
    fn manifest(&self, place: &str, release: &str, entries: &[(&str, &str, u8, Value)]) {
        let version = Version::parse(release).expect("a release");
        let mut node = serde_json::Map::new();
        for (name, path, mask, said) in entries {
            let path = path.replace("$ROOT", &self.project.root.to_string_lossy());
            node.insert(action_id(version, KEY, &path, name, Mask::from_byte(*mask)), said.clone());
        }
        let manifest = json!({ "node": node, "edge": {}, "encryptionKey": KEY });
        self.write(place, &manifest.to_string());
    }

    /// A line for each action of a file: its ID's first byte, where it is known from, and the path
    /// that is hashed in it.
    fn ids(&self, file: &str) -> String {
        let path = self.project.path(file);
        let file = self.snap.file(&path).expect("the file");
        let version = self.snap.app_of(file).map_or(Version::LATEST, |app| app.release());
        let mut out = String::new();
        for endpoint in self.snap.endpoints(file).iter() {
            let name = &endpoint.name;
            let answer = match self.snap.action_ids().id(endpoint) {
                Err(reason) => reason.as_str().to_owned(),
                Ok(ActionId { id, source, mask, .. }) => {
                    let absolute = path.to_string_lossy().into_owned();
                    let roots = path.ancestors().skip(1).take_while(|dir| dir.starts_with(&self.project.root));
                    let paths = roots.filter_map(|root| relative(&path, root)).chain([absolute]);
                    let mask_ = mask.unwrap_or(Mask::UNKNOWN);
                    let salts = [KEY, "other"];
                    let hashed = paths
                        .flat_map(|path| salts.map(|salt| (path.clone(), salt)))
                        .find(|(path, salt)| action_id(version, salt, path, &endpoint.registered[0].name, mask_) == id);
                    let hashed = hashed.map_or("as written".to_owned(), |(path, salt)| {
                        let path = path.replace(&*self.project.root.to_string_lossy(), "$ROOT");
                        if salt == KEY { path } else { format!("{path} by another key") }
                    });
                    let prefix = mask.map_or_else(String::new, |mask| format!("{:02x} ", mask.byte()));
                    format!("{prefix}{} {hashed}", source.as_str())
                }
            };
            out.push_str(&format!("{name}: {answer}\n"));
        }
        out
    }

    /// For each action the one ID, that of each application which can run it, and those by which it is found.
    /// Equal letters are equal IDs: the digits of some depend on the folder of the test.
    fn ids_by_app(&self, file: &str) -> String {
        let file = self.snap.file(&self.project.path(file)).expect("the file");
        let mut ids = self.snap.action_ids();
        let mut out = String::new();
        for endpoint in self.snap.endpoints(file).iter() {
            let every = ids.every(endpoint);
            let letter = |id: &ActionId| ["a", "b"][every.iter().position(|e| e.id == id.id).expect("found by it")];
            let told = |id: Result<ActionId, NoId>| match id {
                Ok(id) => format!("{} {}", letter(&id), id.source.as_str()),
                Err(reason) => reason.as_str().to_owned(),
            };
            out.push_str(&format!("{}: {}\n", endpoint.name, told(ids.id(endpoint))));
            for IdInApp { root, id } in ids.by_app(endpoint) {
                out.push_str(&format!("  {} {}\n", self.project.shown(&root), told(id)));
            }
            out.push_str(&format!("  found by {}\n", every.len()));
        }
        out
    }

    #[track_caller]
    fn check_by_app(&self, file: &str, expected: Expect) {
        expected.assert_eq(&self.ids_by_app(file));
    }

    #[track_caller]
    fn check(&self, file: &str, expected: Expect) {
        expected.assert_eq(&self.ids(file));
    }
}

const ACTIONS: &str = "
//- /app/actions.ts
'use server';
export async function save(id: string) {}
export const drop = async (id: string, why: string) => {};
//- /app/page.tsx
export default function Page() { async function inline() { 'use server' } return <form action={inline} /> }
";

fn release(version: &str) -> String {
    let package = json!({ "name": "shop", "dependencies": { "next": version } });
    format!("{ACTIONS}//- /package.json\n{package}\n//- /package-lock.json\n{{}}\n")
}

/// What 15.3 and later say of an entry.
fn said(file: &str, name: &str) -> Value {
    json!({ "workers": { "app/page": { "moduleId": 1, "async": false } }, "filename": file, "exportedName": name })
}

#[test]
fn nothing_is_built() {
    let opened = Opened::new(&release("16.4.6"));
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: no build yet
        drop: no build yet
    "#]],
    );
    // A folder without a key: Next was started and stopped.
    opened.write("/.next/trace", "");
    opened.check(
        "/app/page.tsx",
        expect![[r#"
            $$RSC_SERVER_ACTION_0: key unknown
        "#]],
    );
}

#[test]
fn a_build_of_turbopack() {
    let opened = Opened::new(&release("16.4.6"));
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "16.4.6",
        &[("save", "app/actions.ts", 0x40, said("app/actions.ts", "save"))],
    );
    // What isn't in the manifest is computed as what is.
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 build app/actions.ts
        drop: 60 computed app/actions.ts
    "#]],
    );
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: 00 computed app/page.tsx
    "#]],
    );
}

#[test]
fn a_build_of_webpack() {
    let opened = Opened::new(&release("16.4.6"));
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "16.4.6",
        &[("save", "$ROOT/app/actions.ts", 0x40, said("app/actions.ts", "save"))],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 build $ROOT/app/actions.ts
        drop: 60 computed $ROOT/app/actions.ts
    "#]],
    );
}

#[test]
fn what_the_manifest_says_counts() {
    let opened = Opened::new(&release("16.4.6"));
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "16.4.6",
        &[
            ("save", "app/actions.ts", 0x60, said("app/actions.ts", "save")), // a parameter was taken away since
            ("drop", "/elsewhere/app/actions.ts", 0x60, said("app/actions.ts", "drop")), // built elsewhere
        ],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 60 build app/actions.ts
        drop: 60 build as written
    "#]],
    );
}

#[test]
fn paths_of_another_machine() {
    let opened = Opened::new(&release("16.4.6"));
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "16.4.6",
        &[("save", "/ci/app/actions.ts", 0x40, said("app/actions.ts", "save"))],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 build as written
        drop: built elsewhere
    "#]],
    );
}

#[test]
fn the_development_server_of_16_writes_apart() {
    let opened = Opened::new(&release("16.4.6"));
    let entries = [("save", "app/actions.ts", 0x40, said("app/actions.ts", "save"))];
    opened.manifest("/.next/dev/server/server-reference-manifest.json", "16.4.6", &entries);
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 dev app/actions.ts
        drop: 60 computed app/actions.ts
    "#]],
    );
    let inline = [("$$RSC_SERVER_ACTION_0", "app/page.tsx", 0x00, said("app/page.tsx", "$$RSC_SERVER_ACTION_0"))];
    opened.manifest("/.next/server/server-reference-manifest.json", "16.4.6", &inline);
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 dev app/actions.ts
        drop: 60 computed app/actions.ts
    "#]],
    );
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: 00 build app/page.tsx
    "#]],
    );
}

#[test]
fn before_16_they_share_a_place() {
    let opened = Opened::new(&release("15.5.29"));
    let entries = [("save", "$ROOT/app/actions.ts", 0x40, said("app/actions.ts", "save"))];
    opened.manifest("/.next/server/server-reference-manifest.json", "15.5.29", &entries);
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 dev $ROOT/app/actions.ts
        drop: 7f computed $ROOT/app/actions.ts
    "#]],
    );
    let opened = Opened::new(&release("15.5.29"));
    opened.write("/.next/BUILD_ID", "x");
    opened.manifest("/.next/server/server-reference-manifest.json", "15.5.29", &entries);
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 build $ROOT/app/actions.ts
        drop: 7f computed $ROOT/app/actions.ts
    "#]],
    );
}

#[test]
fn workers_name_file_and_export_in_turbopack_of_15() {
    let opened = Opened::new(&release("15.5.29"));
    let worker = json!({ "moduleId": 1, "async": false, "filename": "app/actions.ts", "exportedName": "save" });
    let said = json!({ "workers": { "app/page": worker }, "layer": { "app/page": "rsc" } });
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "15.5.29",
        &[("save", "app/actions.ts", 0x40, said)],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 dev app/actions.ts
        drop: 7f computed app/actions.ts
    "#]],
    );
}

#[test]
fn older_manifests_name_neither() {
    let nothing = json!({ "workers": { "app/page": { "moduleId": "1", "async": false } }, "layer": {} });
    let opened = Opened::new(&release("15.1.12"));
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "15.1.12",
        &[("save", "$ROOT/app/actions.ts", 0x40, nothing.clone())],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 dev $ROOT/app/actions.ts
        drop: 7f computed $ROOT/app/actions.ts
    "#]],
    );
    let opened = Opened::new(&release("15.1.12"));
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "15.1.12",
        &[("save", "app/actions.ts", 0x40, nothing)],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 dev app/actions.ts
        drop: 7f computed $ROOT/app/actions.ts
    "#]],
    );
}

#[test]
fn in_14_nothing_need_be_built() {
    let opened = Opened::new(&release("14.2.35"));
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: computed $ROOT/app/actions.ts
        drop: computed $ROOT/app/actions.ts
    "#]],
    );
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$ACTION_0: computed $ROOT/app/page.tsx
    "#]],
    );
    opened.write("/.next/BUILD_ID", "x");
    let said = json!({ "workers": { "app/page": "1" }, "layer": { "app/page": "rsc" } });
    opened.manifest(
        "/.next/server/server-reference-manifest.json",
        "14.2.35",
        &[("save", "$ROOT/app/actions.ts", 0, said)],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: build $ROOT/app/actions.ts
        drop: computed $ROOT/app/actions.ts
    "#]],
    );
}

#[test]
fn keys_without_a_build() {
    let opened = Opened::new(&release("16.4.6"));
    opened.write("/.env", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=$FROM_ELSEWHERE\n");
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: no build yet
    "#]],
    );
    opened.write("/.next/cache/.rscinfo", r#"{"encryption.key":"other","encryption.expire_at":1}"#);
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: 00 computed app/page.tsx by another key
    "#]],
    );
    opened.write("/.env.local", &format!("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=\"{KEY}\"\n"));
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: 00 computed app/page.tsx
    "#]],
    );
}

#[test]
fn scripts_say_which_bundler() {
    for (version, script, expected) in [
        (
            "16.4.6",
            "next build --webpack",
            expect![[r#"
            $$RSC_SERVER_ACTION_0: 00 computed $ROOT/app/page.tsx
        "#]],
        ),
        (
            "15.5.29",
            "next build",
            expect![[r#"
            $$RSC_SERVER_ACTION_0: 00 computed $ROOT/app/page.tsx
        "#]],
        ),
        (
            "15.5.29",
            "prisma generate && next build --turbopack",
            expect![[r#"
            $$RSC_SERVER_ACTION_0: 00 computed app/page.tsx
        "#]],
        ),
    ] {
        let package = json!({ "dependencies": { "next": version }, "scripts": { "build": script } });
        let env = format!("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}");
        let opened =
            Opened::new(&format!("{ACTIONS}//- /package.json\n{package}\n//- /.env\n{env}\n//- /bun.lock\n{{}}\n"));
        opened.check("/app/page.tsx", expected);
    }
}

#[test]
fn build_output_in_another_folder() {
    let config = "//- /next.config.js\nmodule.exports = { distDir: 'build' }\n";
    let opened = Opened::new(&format!("{}{config}", release("16.4.6")));
    opened.manifest(
        "/build/server/server-reference-manifest.json",
        "16.4.6",
        &[("save", "app/actions.ts", 0x40, said("app/actions.ts", "save"))],
    );
    opened.check(
        "/app/actions.ts",
        expect![[r#"
        save: 40 build app/actions.ts
        drop: 60 computed app/actions.ts
    "#]],
    );
    let config = "//- /next.config.js\nmodule.exports = { distDir: process.env.DIST }\n";
    Opened::new(&format!("{}{config}", release("16.4.6"))).check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: distDir is computed
    "#]],
    );
}

#[test]
fn manifests_come_change_and_break() {
    let opened = Opened::new(&release("16.4.6"));
    let place = "/.next/server/server-reference-manifest.json";
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: no build yet
    "#]],
    );
    let said = said("app/page.tsx", "$$RSC_SERVER_ACTION_0");
    opened.manifest(place, "16.4.6", &[("$$RSC_SERVER_ACTION_0", "app/page.tsx", 0x00, said)]);
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: 00 build app/page.tsx
    "#]],
    );
    opened.write(place, "{ \"node\": { \"00");
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: manifest unreadable
    "#]],
    );
    fs::remove_dir_all(opened.project.path("/.next")).expect("removed");
    opened.check(
        "/app/page.tsx",
        expect![[r#"
        $$RSC_SERVER_ACTION_0: no build yet
    "#]],
    );
}

#[test]
fn a_later_name_takes_the_place_of_an_earlier() {
    let env = format!("//- /.env\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY={KEY}\n");
    let file = "//- /app/twice.ts\n'use server';\nexport async function one(a) {}\nexport { one as two };\n";
    Opened::new(&format!("{}{env}{file}", release("16.4.6"))).check(
        "/app/twice.ts",
        expect![[r#"
        one: registered under another name
        two: 40 computed app/twice.ts
    "#]],
    );
    Opened::new(&format!("{}{env}{file}", release("15.5.29"))).check(
        "/app/twice.ts",
        expect![[r#"
        one: 40 computed $ROOT/app/twice.ts
        two: 7f computed $ROOT/app/twice.ts
    "#]],
    );
}

#[test]
fn functions_that_14_registers_twice() {
    let opened = Opened::new(&release("14.2.35"));
    let file = opened.snap.file(&opened.project.path("/app/actions.ts")).expect("the file");
    let mut ids = opened.snap.action_ids();
    let counts: Vec<usize> = opened.snap.endpoints(file).iter().map(|e| ids.every(e).len()).collect();
    assert_eq!(counts, [1, 2]); // the arrow function by its number, too
}
