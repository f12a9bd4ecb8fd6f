//! A listing: what one commit of a repository holds. Paths are relative to its root, lines count
//! from 1.

use anyhow::{Context, ensure};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// Which listings, and where the checkouts lie.
#[derive(clap::Args)]
pub struct Which {
    /// The folder with the listings, one `NAME.json` a repository.
    #[arg(long, value_name = "DIR")]
    listings: PathBuf,
    /// The folder with the checkouts, each in a folder called NAME.
    #[arg(long, value_name = "DIR")]
    checkouts: PathBuf,
    /// Only this repository, as NAME or `owner/name`; without it, every listing with a checkout.
    #[arg(long = "repo", value_name = "NAME")]
    repos: Vec<String>,
}

impl Which {
    /// The folder of a listing's checkout.
    pub fn checkout(&self, listing: &Listing) -> PathBuf {
        self.checkouts.join(&listing.name)
    }

    /// The listings that are asked for and have a checkout, by name.
    pub fn listings(&self) -> anyhow::Result<Vec<Listing>> {
        let dir = &self.listings;
        let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
        files.sort();

        let mut all = Vec::new();
        for file in files {
            let listing = read(&file)?;
            let has_checkout = self.checkout(&listing).is_dir();
            let wanted = match self.repos.as_slice() {
                [] => has_checkout,
                names => names.iter().any(|name| *name == listing.name || *name == listing.repo),
            };
            if wanted {
                ensure!(has_checkout, "{} has no folder {}", self.checkouts.display(), listing.name);
                all.push(listing);
            }
        }
        for name in &self.repos {
            let known = all.iter().any(|listing| *name == listing.name || *name == listing.repo);
            ensure!(known, "{} has no listing of {name}", dir.display());
        }
        ensure!(!all.is_empty(), "no listing in {} has a checkout in {}", dir.display(), self.checkouts.display());
        Ok(all)
    }
}

fn read(file: &Path) -> anyhow::Result<Listing> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is no listing", file.display()))
}

/// One repository at one commit.
#[derive(Deserialize)]
pub struct Listing {
    /// `owner__name`, also the name of the checkout's folder.
    pub name: String,
    /// `owner/name`
    pub repo: String,
    /// The commit.
    pub commit: String,
    /// Route handlers, a row a method, and `pages/api`.
    pub routes: Vec<Route>,
    /// Server actions.
    pub actions: Vec<Action>,
    /// Where actions are used.
    #[serde(rename = "actionCalls")]
    pub uses: Vec<Use>,
    /// Where an internal URL stands in a call.
    #[serde(rename = "fetches")]
    pub sites: Vec<Site>,
}

/// A method of a route module, or a file of `pages/api`.
#[derive(Deserialize)]
pub struct Route {
    /// The file.
    pub file: String,
    /// The method; only a guess for `pages/api`.
    #[serde(default)]
    pub method: Option<String>,
    /// The URL as Next's manifests write it.
    #[serde(rename = "urlPath")]
    pub url: String,
    /// `app` or `pages`.
    pub kind: String,
}

/// A server action.
#[derive(Deserialize)]
pub struct Action {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The exported or local name.
    #[serde(default)]
    pub name: Option<String>,
    /// `module` for an export of a `"use server"` file; anything else is an inline action.
    pub scope: String,
}

/// A use of an action.
#[derive(Deserialize)]
pub struct Use {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The action's exported name.
    pub action: String,
    /// Where the action is declared, `file:line`.
    pub def: String,
    /// How it is used; `type…` and `test…` are no use at run time.
    pub kind: String,
    /// What kind of file uses it; `test` is left out.
    #[serde(default)]
    pub env: Option<String>,
}

/// A call with an internal URL.
#[derive(Deserialize)]
pub struct Site {
    /// The file.
    pub file: String,
    /// The line on which the call starts.
    pub line: u32,
    /// The URL, holes as they are written.
    pub url: String,
    /// The HTTP method.
    #[serde(default)]
    pub method: Option<String>,
    /// How the method is given; only `literal` is compared.
    #[serde(default, rename = "methodForm")]
    pub method_form: Option<String>,
    /// What is called: `fetch`, `useSWR`, …
    #[serde(rename = "con")]
    pub callee: String,
    /// How the URL is written: `literal`, `template …`, `conditional`, …
    pub form: String,
    /// The files that may answer.
    #[serde(rename = "match")]
    pub files: Vec<String>,
}

impl Use {
    /// Is this a use at run time, outside tests?
    pub fn counts(&self) -> bool {
        self.env.as_deref() != Some("test") && !self.kind.starts_with("type") && !self.kind.starts_with("test")
    }

    /// The file that declares the action.
    pub fn declared_in(&self) -> &str {
        self.def.rsplit_once(':').map_or(self.def.as_str(), |(file, _)| file)
    }
}

/// What sends a request or names one in a cache; everything else is a link or a bare string.
const REQUESTS: [&str; 8] = ["fetch", "useSWR", "wrapper", "EventSource", "sendBeacon", "axios", "new Request", "swr"];

impl Site {
    /// Is this a request?
    pub fn is_request(&self) -> bool {
        REQUESTS.iter().any(|name| self.callee.starts_with(name))
    }

    /// Does the URL stand in the call itself, as a literal or a template?
    pub fn is_plain(&self) -> bool {
        self.form == "literal" || self.form.starts_with("template")
    }
}
