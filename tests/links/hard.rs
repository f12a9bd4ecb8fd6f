//! The hardest places seen in real applications, each as a small project of our own with the same
//! shape. A case shows the endpoints of the project and every call in it, or that there is none; what
//! is answered has to hold both ways: from the call to the endpoint, and from the endpoint back.

mod actions;
mod definitions;
mod http;
mod traps;
mod variants;

use expect_test::Expect;
use fixture::{Fixture, Project};
use ide::{Config, FilePosition, goto_definition, references};
use syntax::TextRange;
use workspace::{Endpoint, FileId, Link, Snapshot, World, shown};

/// Checks the endpoints and calls of a project, and the ways between them.
fn check(text: &str, expected: Expect) {
    // Asked for in every order that an editor can ask in.
    let _ = crate::calls_in(text);
    let fixture = Fixture::parse(text);
    let project = fixture.write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let snap = world.snapshot();
    let mut out = String::new();
    let mut called = String::new();
    for (path, _) in &fixture.files {
        let Some(file) = snap.file(&project.path(path)) else { continue };
        for endpoint in snap.endpoints(file).iter().filter(|e| !e.implicit) {
            out += &format!("{} at {}\n", name(endpoint), at(&snap, &project, file, endpoint.range));
        }
        for link in snap.links(file).iter().filter(|link| link.is_call()) {
            called += &call(&snap, &project, file, link);
            both_ways(&snap, file, link);
        }
    }
    expected.assert_eq(&(out + "--\n" + &called));
}

fn call(snap: &Snapshot, project: &Project, file: FileId, link: &Link) -> String {
    let mut targets = vec![];
    for id in &link.targets {
        let endpoints = snap.endpoints(id.file);
        let endpoint = endpoints.get(id.index as usize).unwrap();
        targets.push(format!("{} in {}", name(endpoint), shown(&snap.path(id.file), &project.root)));
    }
    let text = snap.text(file).unwrap();
    let what = text[link.range.span()].split_whitespace().collect::<Vec<_>>().join(" ");
    let url = link.url.as_deref().map_or(String::new(), |url| format!(" {url}"));
    format!(
        "{} `{what}` {} {}{url} {} -> {}\n",
        at(snap, project, file, link.range),
        link.kind,
        link.method.as_deref().unwrap_or("-"),
        link.certainty.as_str(),
        targets.join(", ")
    )
}

/// `GET /api/users/[id]`, `POST save`; Next's name for an action that has none of its own.
fn name(endpoint: &Endpoint) -> String {
    let method = endpoint.method.map_or("*", |m| m.as_str());
    let name = endpoint.url.as_ref().or(endpoint.label.as_ref()).unwrap_or(&endpoint.name);
    format!("{method} {name}")
}

fn at(snap: &Snapshot, project: &Project, file: FileId, range: TextRange) -> String {
    let text = snap.text(file).unwrap();
    let before = &text[..range.start as usize];
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{}:{}:{column}", shown(&snap.path(file), &project.root), before.matches('\n').count() + 1)
}

/// Definition leads from the call to each of its targets; references of each lists the call.
fn both_ways(snap: &Snapshot, file: FileId, link: &Link) {
    let config = Config::default();
    let there = goto_definition(snap, &config, FilePosition { file, offset: link.range.start });
    for id in &link.targets {
        let endpoint = snap.endpoints(id.file).get(id.index as usize).unwrap().clone();
        let behind = snap.behind(&endpoint).map_or(endpoint.file, |export| export.file);
        assert!(there.iter().any(|t| t.file == behind), "definition from {link:?} finds no {endpoint:?}: {there:?}");
        let at = FilePosition { file: endpoint.file, offset: endpoint.range.start };
        let back = references(snap, &config, at).unwrap_or_else(|| panic!("no references of {endpoint:?}"));
        let listed = back.calls.iter().any(|c| c.file == file && c.range == link.range && c.kind == link.kind);
        assert!(listed, "references of {endpoint:?} don't list {link:?}");
    }
}
