//! HTTP call sites. The listing's line is where the call starts, ours is where the URL stands: a
//! site is found when one of our calls in the same file reaches one of the listing's files, at most
//! [`BEFORE`] lines before the listing's line or at most [`AFTER`] after it and inside that call.

use super::answer::{Answer, Call};
use super::listing::{Listing, Site};
use super::{Notes, Score, call_end};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

/// How many lines before the listing's our call may stand.
const BEFORE: u32 = 2;
/// How many lines after the listing's our call may stand.
const AFTER: u32 = 25;

/// What the sites of one repository scored.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sites {
    /// Those whose URL is a literal or a template in the call itself.
    pub plain: Score,
    /// All of them.
    pub all: Score,
    /// Found more than two lines away.
    pub far: usize,
    /// Only other files are reached there.
    pub otherwise: usize,
    /// Of those found whose method is written out: with that method.
    pub method: Score,
}

impl Sites {
    /// Where we say nothing, or nothing near enough.
    pub fn silent(&self) -> usize {
        self.all.want - self.all.hit - self.otherwise
    }
}

/// Compares all sites that send a request or name one in a cache.
pub fn compare(listing: &Listing, answer: &Answer, dir: &Path, notes: &mut Notes) -> Sites {
    let mut calls: HashMap<&str, Vec<(&Call, Vec<&str>)>> = HashMap::new();
    for call in &answer.calls {
        let files: Vec<&str> = call.targets.iter().filter(|t| t.kind != "action").map(|t| t.file.as_str()).collect();
        if !files.is_empty() {
            calls.entry(&call.file).or_default().push((call, files));
        }
    }
    let mut by_file: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
    for site in &listing.sites {
        by_file.entry(&site.file).or_default().push(site);
    }

    let mut all = Sites::default();
    for (file, sites) in &by_file {
        let text = fs::read_to_string(dir.join(file)).unwrap_or_default();
        let mut sites: Vec<&Site> = sites.iter().copied().filter(|site| site.is_request()).collect();
        sites.sort_by_key(|site| site.line);
        let ours = calls.get(file).map_or(&[][..], Vec::as_slice);
        in_file(&text, &sites, ours, &mut all, notes);
    }
    for (file, ours) in calls {
        let sites = by_file.get(file).map_or(&[][..], Vec::as_slice);
        for (call, files) in ours.into_iter().filter(|(call, _)| is_sent(call) && !is_test(file)) {
            if !sites.iter().any(|site| is_near(site, call, u32::MAX) && reaches(site, &files)) {
                all.all.more += 1;
                let line = call.line;
                notes.push(format!("MORE site  {file}:{line} {} {}", call.kind, files.join(" ")));
            }
        }
    }
    all
}

/// A call of ours belongs to the sites of one line only, the nearest first, so that two requests to
/// one handler need two calls.
fn in_file(text: &str, sites: &[&Site], ours: &[(&Call, Vec<&str>)], all: &mut Sites, notes: &mut Notes) {
    let mut owner: HashMap<usize, u32> = HashMap::new();
    let mut found: Vec<Option<usize>> = vec![None; sites.len()];
    for most in [0, 2, AFTER] {
        for (at, site) in sites.iter().enumerate().filter(|(at, _)| found[*at].is_none()).collect::<Vec<_>>() {
            let start = site.line.saturating_sub(1) as usize;
            let last = call_end::last_line(text, start, AFTER as usize) as u32 + 1;
            let fits = |(index, (call, files)): &(usize, &(&Call, Vec<&str>))| {
                call.line.abs_diff(site.line) <= most
                    && is_near(site, call, last)
                    && reaches(site, files)
                    && owner.get(index).is_none_or(|line| *line == site.line)
            };
            let best = ours.iter().enumerate().filter(fits).min_by_key(|(_, (call, _))| call.line.abs_diff(site.line));
            if let Some((index, _)) = best {
                owner.insert(index, site.line);
                found[at] = Some(index);
            }
        }
    }
    for (site, found) in sites.iter().zip(found) {
        judge(site, found.map(|index| ours[index].0), ours, all, notes);
    }
}

fn judge(site: &Site, found: Option<&Call>, ours: &[(&Call, Vec<&str>)], all: &mut Sites, notes: &mut Notes) {
    let place = format!("{}:{}", site.file, site.line);
    for score in [Some(&mut all.all), site.is_plain().then_some(&mut all.plain)].into_iter().flatten() {
        score.want += 1;
        score.hit += usize::from(found.is_some());
    }
    match found {
        Some(call) => {
            all.far += usize::from(call.line.abs_diff(site.line) > 2);
            if site.method_form.as_deref() != Some("literal") {
                return;
            }
            all.method.want += 1;
            all.method.hit += usize::from(call.method == site.method);
            if call.method != site.method {
                let [want, got] = [&site.method, &call.method].map(|method| method.as_deref().unwrap_or("none"));
                notes.push(format!("METHOD site  {place} {want}, not {got}"));
            }
        }
        None => {
            let near = ours.iter().find(|(call, _)| call.line.abs_diff(site.line) <= 2);
            all.otherwise += usize::from(near.is_some());
            let tag = if near.is_some() { "OTHER" } else { "MISS" };
            let got = near.map(|(_, files)| format!(", not {}", files.join(" "))).unwrap_or_default();
            let Site { callee, form, url, files, .. } = site;
            notes.push(format!("{tag} site  {place} {callee} ({form}) {url} → {}{got}", files.join(" ")));
        }
    }
}

/// Does the call send a request or name one in a cache? Links and bare strings are listed only here
/// and there, so that more of them means nothing.
fn is_sent(call: &Call) -> bool {
    ["fetch", "swr", "cache-key", "request", "beacon", "event-source"].contains(&call.kind.as_str())
}

/// Is this a test's file? No listing has requests of tests.
fn is_test(file: &str) -> bool {
    let folders = ["test", "tests", "__tests__", "__mocks__", "e2e", "playwright", "cypress"];
    file.split('/').any(|part| folders.contains(&part) || part.contains(".test.") || part.contains(".spec."))
}

/// Are the lines close enough? `last` is the last line of the call.
fn is_near(site: &Site, call: &Call, last: u32) -> bool {
    call.line + BEFORE >= site.line && call.line <= site.line + AFTER && call.line <= last.max(site.line + BEFORE)
}

fn reaches(site: &Site, files: &[&str]) -> bool {
    site.files.iter().any(|file| files.contains(&file.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(line: u32, form: &str) -> Site {
        let text = |text: &str| text.to_owned();
        Site {
            file: text("a.tsx"),
            line,
            url: text("/api/x"),
            method: Some(text("POST")),
            method_form: Some(text("literal")),
            callee: text("fetch"),
            form: text(form),
            files: vec![text("x/route.ts")],
        }
    }

    fn call(line: u32) -> Call {
        Call { file: "a.tsx".into(), line, kind: "fetch".into(), method: Some("POST".into()), ..Call::default() }
    }

    fn score(text: &str, sites: &[Site], calls: &[Call]) -> Sites {
        let ours: Vec<_> = calls.iter().map(|call| (call, vec!["x/route.ts"])).collect();
        let mut all = Sites::default();
        in_file(text, &sites.iter().collect::<Vec<_>>(), &ours, &mut all, &mut Notes::new());
        all
    }

    #[test]
    fn the_url_may_stand_further_down_but_inside_the_call() {
        let text = "await fetch(\n  a\n    ? b\n    : c\n    + '/api/x',\n);\n\nfoo();\n";
        let far = score(text, &[site(1, "literal")], &[call(5)]);
        assert_eq!((far.all.hit, far.plain.hit, far.far), (1, 1, 1));
        assert_eq!(score(text, &[site(1, "literal")], &[call(8)]).all.hit, 0);
    }

    #[test]
    fn two_requests_need_two_calls_and_two_rows_of_one_line_one() {
        let text = "fetch('/api/x');\nfetch('/api/x');\n";
        assert_eq!(score(text, &[site(1, "literal"), site(2, "literal")], &[call(2)]).all.hit, 1);
        assert_eq!(score(text, &[site(1, "conditional"), site(1, "conditional")], &[call(1)]).all.hit, 2);
    }
}
