//! Ours beside Next's, family by family.

use super::listed::{self, Listed};
use super::manifests::{Action, Built};
use crate::differences::Differences;
use crate::nextjs::release::Flavour;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};

/// Lines for people, and how many of them are wrong.
#[derive(Debug, Default)]
pub struct Verdict {
    /// The lines.
    pub text: String,
    /// How many are wrong.
    pub wrong: usize,
}

impl Verdict {
    /// Adds the lines of a family.
    pub fn add(&mut self, (text, wrong): (String, usize)) {
        self.text += &text;
        self.wrong += wrong;
    }

    /// Adds one line that is wrong.
    pub fn wrong(&mut self, line: &str) {
        self.add((format!("  WRONG {line}\n"), 1));
    }
}

/// The lines of a file of differences that count for a flavour. One that begins with `[16-webpack
/// 15-webpack]` counts for these only, `dev-16` is `next dev`.
pub fn named(text: &str, flavour: &str) -> anyhow::Result<Differences> {
    let counts = |line: &str| match line.strip_prefix('[').and_then(|line| line.split_once("] ")) {
        Some((flavours, line)) => flavours.split(' ').any(|one| one == flavour).then(|| line.to_owned()),
        None => Some(line.to_owned()),
    };
    let lines: Vec<_> = text.lines().map(|line| counts(line).unwrap_or_default()).collect();
    Differences::parse(&lines.join("\n"))
}

/// Everything that the manifests of a build say.
pub fn build(built: &Built, ours: &Listed, named: &mut Differences) -> Verdict {
    let mut verdict = Verdict::default();
    verdict.add(named.judge("urls", "route handlers and metadata", &built.urls, &ours.urls));
    verdict.add(named.judge("pages-api", "pages/api", &built.pages_api, &ours.pages_api));
    let listed: BTreeSet<&String> = built.pages.iter().chain(&ours.urls).chain(&ours.pages_api).collect();
    for url in built.routed.iter().filter(|url| !listed.contains(url)) {
        verdict.wrong(&format!("routes-manifest.json has {url}, which is neither a page nor in our list"));
    }
    actions(&built.actions, &ours.actions, named, &mut verdict);
    verdict
}

/// The actions of a build, or of `next dev` after a request for each page.
pub fn actions(built: &[Action], ours: &[listed::Action], named: &mut Differences, verdict: &mut Verdict) {
    let by_place: BTreeMap<_, _> = ours.iter().map(|action| (&action.place, action)).collect();
    let by_id: BTreeMap<_, _> = ours.iter().filter_map(|action| Some((action.id.as_ref().ok()?, action))).collect();
    let found: Vec<_> = built
        .iter()
        .map(|action| match &action.place {
            Some(place) => (action, by_place.get(place)),
            None => (action, by_id.get(&action.id)),
        })
        .collect();

    let label = |place: &(String, String)| format!("{} {}", place.0, place.1);
    let theirs: BTreeSet<_> = found
        .iter()
        .map(|(action, ours)| match (&action.place, ours) {
            (Some(place), _) => label(place),
            (None, Some(ours)) => label(&ours.place),
            (None, None) => format!("{} of {:?}", action.id, action.pages),
        })
        .collect();
    // What no page carries is in no manifest.
    let is_carried = |action: &&listed::Action| action.pages.as_ref().is_none_or(|pages| !pages.is_empty());
    let mut listed: BTreeSet<_> = ours.iter().filter(is_carried).map(|action| label(&action.place)).collect();
    listed.extend(found.iter().filter_map(|(_, ours)| Some(label(&ours.as_ref()?.place))));
    verdict.add(named.judge("actions", "actions", &theirs, &listed));

    let (mut ids, mut our_ids) = (BTreeSet::new(), BTreeSet::new());
    let (mut pages, mut our_pages) = (BTreeSet::new(), BTreeSet::new());
    for (action, ours) in found {
        let Some(ours) = ours else { continue };
        let label = label(&ours.place);
        ids.insert(format!("{label} {}", action.id));
        our_ids.insert(match &ours.id {
            Ok(id) => format!("{label} {id}"),
            Err(reason) => format!("{label}, no ID ({reason})"),
        });
        pages.extend(action.pages.iter().map(|url| format!("{label} {url}")));
        match &ours.pages {
            Some(urls) => our_pages.extend(urls.iter().map(|url| format!("{label} {url}"))),
            None => our_pages.extend([format!("{label}, no pages")]),
        }
    }
    verdict.add(named.judge("ids", "their IDs", &ids, &our_ids));
    verdict.add(named.judge("pages", "pages of actions", &pages, &our_pages));
}

/// What was said of IDs before there was a build holds after it. Where it was a named difference,
/// the build's manifest is believed.
pub fn again(built: &Built, before: &Listed, after: &Listed, verdict: &mut Verdict) {
    let ids = |listed: &Listed| -> BTreeMap<_, _> {
        listed.actions.iter().map(|action| (action.place.clone(), action.id.clone())).collect()
    };
    let (before, after) = (ids(before), ids(after));
    let is_built = |id: &Result<String, String>| built.actions.iter().any(|action| Ok(&action.id) == id.as_ref());
    for ((file, name), id) in before {
        let now = after.get(&(file.clone(), name.clone()));
        if now.is_none_or(|now| *now != id && !is_built(now)) {
            verdict.wrong(&format!("{file} {name} was {id:?} before the build and is {now:?} after it"));
        }
    }
}

/// Reads the differences of an application for a flavour.
pub fn differences(file: &str, flavour: &str) -> anyhow::Result<Differences> {
    let path = crate::tree::root().join(file);
    // An application need not have any.
    let text = if path.exists() { std::fs::read_to_string(&path).context(file.to_owned())? } else { String::new() };
    named(&text, flavour).with_context(|| file.to_owned())
}

/// The name of `next dev` in lists of differences.
pub fn dev(flavour: Flavour) -> String {
    format!("dev-{}", flavour.major)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn theirs(name: Option<&str>, id: &str, pages: &[&str]) -> Action {
        Action { id: id.to_owned(), place: name.map(|name| ("a.ts".to_owned(), name.to_owned())), pages: set(pages) }
    }

    fn ours(name: &str, id: Option<&str>, pages: Option<&[&str]>) -> listed::Action {
        listed::Action {
            place: ("a.ts".to_owned(), name.to_owned()),
            id: id.map(str::to_owned).ok_or_else(|| "no key".to_owned()),
            pages: pages.map(set),
        }
    }

    fn wrong(built: &[Action], listed: &[listed::Action]) -> (usize, String) {
        let mut verdict = Verdict::default();
        actions(built, listed, &mut Differences::default(), &mut verdict);
        (verdict.wrong, verdict.text)
    }

    #[test]
    fn equal_by_name_or_by_id() {
        let ours = [ours("f", Some("40ab"), Some(&["/x"]))];
        assert_eq!(wrong(&[theirs(Some("f"), "40ab", &["/x"])], &ours).0, 0);
        assert_eq!(wrong(&[theirs(None, "40ab", &["/x"])], &ours).0, 0);
    }

    #[test]
    fn what_is_missing_counts() {
        let (count, text) = wrong(&[theirs(Some("f"), "40ab", &["/x"])], &[ours("f", None, None)]);
        assert_eq!(count, 4, "{text}");
        assert!(text.contains("only we list a.ts f, no ID (no key)"), "{text}");
        assert!(text.contains("we lack a.ts f /x"), "{text}");
    }

    #[test]
    fn only_what_a_page_carries_has_to_be_built() {
        let spare = |pages| [ours("spare", Some("00"), Some(pages))];
        assert_eq!(wrong(&[], &spare(&[])).0, 0);
        assert_eq!(wrong(&[], &spare(&["/x"])).0, 1);
    }

    #[test]
    fn a_build_changes_no_id_but_by_its_manifest() {
        let listed = |id| Listed { actions: vec![ours("f", id, None)], ..Listed::default() };
        for (after, expected) in [(Some("40ab"), 0), (Some("60ab"), 0), (Some("70ab"), 1), (None, 1)] {
            let built = Built { actions: vec![theirs(Some("f"), "60ab", &[])], ..Built::default() };
            let mut verdict = Verdict::default();
            again(&built, &listed(Some("40ab")), &listed(after), &mut verdict);
            assert_eq!(verdict.wrong, expected, "{after:?}");
        }
    }

    #[test]
    fn a_difference_may_be_of_some_flavours() {
        let list = "[15-turbopack 16-turbopack] more actions a.ts f: shaken out\nless urls /x: everywhere\n";
        for (flavour, shaken) in [("16-turbopack", Some("shaken out")), ("16-webpack", None)] {
            let mut named = named(list, flavour).unwrap();
            assert_eq!(named.reason("more", "actions", "a.ts f"), shaken, "{flavour}");
            assert_eq!(named.reason("less", "urls", "/x"), Some("everywhere"), "{flavour}");
        }
    }
}
