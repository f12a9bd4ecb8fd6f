//! Where a listing is wrong. `tests/corpora/errata.json` says so row by row, each read in the source:
//! the row's files are replaced by the right ones, or it is left out where nothing of the
//! repository's applications answers there.

use super::listing::{Listing, Site};
use crate::tree;
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

/// An HTTP call site that a listing has wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    /// `owner/name`
    repo: String,
    /// The file.
    file: String,
    /// The listing's line.
    line: u32,
    /// Which of the file's reasons.
    class: String,
    /// What the source says, in a few words.
    why: String,
    /// The files that do answer; none where the row is to be left out.
    #[serde(default)]
    files: Vec<String>,
}

/// The file: the reasons, and the rows.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errata {
    /// What is wrong with the rows of a class.
    classes: BTreeMap<String, String>,
    rows: Vec<Erratum>,
}

impl Errata {
    /// Reads the file. A row says why, and its class is one of those that the file explains.
    pub fn read() -> anyhow::Result<Self> {
        let file = tree::root().join("tests/corpora/errata.json");
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let errata: Self =
            serde_json::from_slice(&text).with_context(|| format!("{} is no list of errata", file.display()))?;
        for Erratum { file, line, class, why, .. } in &errata.rows {
            ensure!(errata.classes.contains_key(class), "{file}:{line} is of class {class}, which nothing explains");
            ensure!(!why.is_empty(), "{file}:{line} does not say why");
        }
        Ok(errata)
    }

    /// Corrects a listing. Gives back how many of its rows were wrong, and what became of the errata
    /// that change nothing: no such row, or one that says the same by now.
    pub fn correct(&self, listing: &mut Listing) -> (usize, Vec<String>) {
        let mut wrong = 0;
        let mut idle = Vec::new();
        for erratum in self.rows.iter().filter(|erratum| erratum.repo == listing.repo) {
            let Erratum { file, line, files, .. } = erratum;
            let is_meant =
                |site: &Site| site.is_request() && site.file == *file && site.line == *line && site.files != *files;
            let meant = listing.sites.iter().filter(|site| is_meant(site)).count();
            if meant == 0 {
                idle.push(format!("IDLE erratum  {}: no row at {file}:{line} says otherwise", listing.repo));
            }
            wrong += meant;
            if files.is_empty() {
                listing.sites.retain(|site| !is_meant(site));
            } else {
                let sites = listing.sites.iter_mut().filter(|site| is_meant(site));
                sites.for_each(|site| site.files.clone_from(files));
            }
        }
        (wrong, idle)
    }

    /// The rows of each class over some repositories, with how many are left out rather than corrected.
    pub fn counts(&self, repos: &[&str]) -> Vec<(&str, usize, usize)> {
        let of = |class: &str, repo: &str| {
            self.rows.iter().filter(|row| row.class == class && row.repo == repo).collect::<Vec<_>>()
        };
        let count = |class: &str| {
            let rows: Vec<&Erratum> = repos.iter().flat_map(|repo| of(class, repo)).collect();
            (rows.len(), rows.iter().filter(|row| row.files.is_empty()).count())
        };
        let counted = self.classes.keys().map(|class| (class.as_str(), count(class)));
        counted.filter(|(_, (rows, _))| *rows > 0).map(|(class, (rows, out))| (class, rows, out)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(rows: &[(u32, &str)]) -> Listing {
        let text = |text: &str| text.to_owned();
        let site = |(line, file): &(u32, &str)| Site {
            file: text("a.ts"),
            line: *line,
            url: text("/api/x"),
            method: None,
            method_form: None,
            callee: text("fetch"),
            form: text("literal"),
            files: vec![text(file)],
        };
        let sites = rows.iter().map(site).collect();
        let [name, repo, commit] = ["o__n", "o/n", "c"].map(text);
        Listing { name, repo, commit, routes: vec![], actions: vec![], uses: vec![], sites }
    }

    fn errata(rows: &str) -> Errata {
        serde_json::from_str(&format!(r#"{{ "classes": {{ "host": "another host" }}, "rows": [{rows}] }}"#)).unwrap()
    }

    #[test]
    fn rows_are_left_out_or_get_the_right_files() {
        let errata = errata(
            r#"{ "repo": "o/n", "file": "a.ts", "line": 1, "class": "host", "why": "a vendor's" },
               { "repo": "o/n", "file": "a.ts", "line": 2, "class": "host", "why": "below", "files": ["y"] },
               { "repo": "o/m", "file": "a.ts", "line": 3, "class": "host", "why": "elsewhere" }"#,
        );
        let mut listing = listing(&[(1, "x"), (2, "x"), (3, "x")]);
        assert_eq!(errata.correct(&mut listing), (2, vec![]));
        let left: Vec<_> = listing.sites.iter().map(|site| (site.line, site.files.join(" "))).collect();
        assert_eq!(left, [(2, "y".to_owned()), (3, "x".to_owned())]);
        assert_eq!(errata.counts(&["o/n", "o/m"]), [("host", 3, 2)]);
    }

    #[test]
    fn an_erratum_that_changes_nothing_is_told() {
        let errata = errata(
            r#"{ "repo": "o/n", "file": "a.ts", "line": 1, "class": "host", "why": "is so by now", "files": ["x"] },
               { "repo": "o/n", "file": "b.ts", "line": 1, "class": "host", "why": "is gone" }"#,
        );
        let (wrong, idle) = errata.correct(&mut listing(&[(1, "x")]));
        assert_eq!(wrong, 0);
        assert_eq!(
            idle,
            [
                "IDLE erratum  o/n: no row at a.ts:1 says otherwise",
                "IDLE erratum  o/n: no row at b.ts:1 says otherwise"
            ]
        );
    }

    #[test]
    fn the_file_can_be_read() {
        assert!(!Errata::read().unwrap().rows.is_empty());
    }
}
