//! `next dev`: its manifests hold what has been asked for, and have a place of their own.

use super::app::App;
use super::compare::{self, Verdict};
use super::http;
use super::listed::Listed;
use super::manifests;
use crate::nextjs::process::Server;
use crate::nextjs::release::Flavour;
use anyhow::ensure;
use serde_json::Map;
use std::collections::BTreeSet;

/// Asks `next dev` for each of `pages`, so that it compiles them, and compares its actions with
/// ours.
pub fn check(app: &App, flavour: Flavour, pages: &BTreeSet<String>, ours: &Listed) -> anyhow::Result<Verdict> {
    let log = app.workspace(flavour.major).join("dev.log");
    let server = Server::start("dev", flavour, &app.dir(flavour.major), &log)?;
    // neither Next's own pages nor those that stand in for another
    let is_own = |url: &&String| !url.starts_with("/_") && !["/404", "/500"].contains(&url.as_str());
    let asked = pages.iter().filter(is_own).filter(|url| !url.contains("/("));
    for url in asked {
        // Some fail when they are rendered, which says nothing about what was compiled.
        let answer = http::ask(server.port, "GET", &http::path(url))?;
        ensure!(answer.status != 404, "`next dev` does not know {url}:\n{}", server.last_words());
    }
    // 16 keeps what a build has made apart from what it makes while developing
    let inside = if flavour.major >= 16 { "dev" } else { "" };
    let mut built = manifests::actions(&app.dist(flavour.major).join(inside), &Map::new(), app, flavour)?;
    drop(server);

    // `/_not-found` is compiled when something isn't found, and everything was.
    let addressed = |pages: &BTreeSet<String>| pages.iter().filter(|url| !url.starts_with("/_")).cloned().collect();
    built.iter_mut().for_each(|action| action.pages = addressed(&action.pages));
    let mut ours = ours.actions.clone();
    ours.iter_mut().for_each(|action| action.pages = action.pages.as_ref().map(addressed));

    let mut named = compare::differences(&app.differences(), &compare::dev(flavour))?;
    let mut verdict = Verdict::default();
    compare::actions(&built, &ours, &mut named, &mut verdict);
    verdict.add(named.leftover(&app.differences()));
    Ok(verdict)
}
