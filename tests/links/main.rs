//! From every form in which code names an endpoint to the endpoint. One case is a whole project; what
//! is expected of it are all calls in it, with what they reach:
//!
//! ```text
//! lib/a.ts:1:7 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
//! ```
//!
//! `-` stands for a method that isn't known. Each case is asked for before a scan, after one, and after
//! each of its files was emptied in an editor and filled again: the answers have to be the same.

#![allow(clippy::unwrap_used)]

mod bases;
mod clients;
mod conditions;
mod consumers;
mod decided;
mod expressions;
mod hard;
mod hostile;
mod names;
mod silence;
mod values;
mod wrappers;

use std::path::Path;

use expect_test::Expect;
use fixture::{Fixture, Project};
use syntax::{Encoding, document::Edit};
use workspace::{Snapshot, World, shown};

/// What most cases reach.
const API: &str = "
//- /app/api/users/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/users/[id]/route.ts
export async function GET() {}
export async function PATCH() {}
export async function DELETE() {}
//- /app/api/users/me/route.ts
export async function GET() {}
//- /app/api/posts/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/posts/[id]/comments/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/posts/[id]/likes/route.ts
export async function GET() {}
//- /app/api/files/[...path]/route.ts
export async function GET() {}
//- /app/api/upload/route.ts
export async function POST() {}
";

/// Checks the calls of a project beside [`API`].
fn check(text: &str, expected: Expect) {
    check_alone(&format!("{text}{API}"), expected);
}

/// Checks the calls of a project.
fn check_alone(text: &str, expected: Expect) {
    expected.assert_eq(&calls_in(text));
}

/// The calls of a project, which are the same whenever one asks.
fn calls_in(text: &str) -> String {
    let fixture = Fixture::parse(text);
    let project = fixture.write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let on_demand = calls(&world.snapshot(), &fixture, &project);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let after_scan = calls(&world.snapshot(), &fixture, &project);
    // What flows in from other files is known when all files are: an action behind a property.
    let is_known = |line: &str| line.contains("-> POST ") && line.contains(" POST - exact ");
    let early: Vec<&str> = after_scan.lines().filter(|line| on_demand.contains(line) || !is_known(line)).collect();
    assert_eq!(on_demand.lines().collect::<Vec<_>>(), early, "on demand it is something else");
    for (path, text) in fixture.files.iter().filter(|(path, _)| path.ends_with(".ts") || path.ends_with(".tsx")) {
        let at = project.path(path);
        world.open(&at, text);
        for text in ["", text] {
            world.edit(&at, &[Edit { range: None, text: text.to_owned() }], Encoding::Utf8);
            let _ = calls(&world.snapshot(), &fixture, &project);
        }
        world.close(&at);
        assert_eq!(after_scan, calls(&world.snapshot(), &fixture, &project), "{path} was emptied and filled again");
    }
    after_scan
}

fn calls(snap: &Snapshot, fixture: &Fixture, project: &Project) -> String {
    let mut out = String::new();
    for (path, text) in &fixture.files {
        let Some(file) = snap.file(&project.path(path)) else { continue };
        for link in snap.links(file).iter().filter(|l| l.is_call()) {
            let targets: Vec<String> = link
                .targets
                .iter()
                .map(|id| {
                    let endpoints = snap.endpoints(id.file);
                    let endpoint = endpoints.get(id.index as usize).unwrap();
                    let method = endpoint.method.map_or("*", |m| m.as_str());
                    format!("{method} {}", short(&snap.path(id.file), &project.root))
                })
                .collect();
            let before = &text[..link.range.start as usize];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            let (method, url) = (link.method.as_deref().unwrap_or("-"), link.url.as_deref().unwrap_or("-"));
            out += &format!(
                "{}:{line}:{column} {} {method} {url} {} -> {}\n",
                path.trim_start_matches('/'),
                link.kind,
                link.certainty.as_str(),
                targets.join(", ")
            );
        }
    }
    out
}

fn short(path: &Path, root: &Path) -> String {
    let path = shown(path, root);
    path.strip_suffix("/route.ts").unwrap_or(&path).to_owned()
}
