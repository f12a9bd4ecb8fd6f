//! What `routewright endpoints` lists.

use super::app::App;
use super::manifests::relative;
use crate::nextjs::release::{self, Flavour};
use anyhow::{Context, ensure};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

/// An action of our list.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// File, relative to the installation, and Next's name.
    pub place: (String, String),
    /// The ID in the application that is built, or why there is none.
    pub id: Result<String, String>,
    /// URLs of the pages that carry it; `None` where the list says nothing of pages.
    pub pages: Option<BTreeSet<String>>,
}

/// The families of our list.
#[derive(Debug, Default)]
pub struct Listed {
    /// URLs of Route Handlers and metadata files.
    pub urls: BTreeSet<String>,
    /// URLs of `pages/api`.
    pub pages_api: BTreeSet<String>,
    /// Methods by the URL of a Route Handler; `true` for those that Next adds.
    pub methods: BTreeMap<String, BTreeMap<String, bool>>,
    /// Actions.
    pub actions: Vec<Action>,
}

impl Listed {
    /// Asks `binary` about an application.
    pub fn ask(binary: &Path, app: &App, flavour: Flavour) -> anyhow::Result<Self> {
        let workspace = app.workspace(flavour.major);
        let output = Command::new(binary)
            .args(["endpoints", ".", "--format", "json"])
            .current_dir(&workspace)
            .env_remove("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY")
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        ensure!(output.status.success(), "routewright ended with {} in {}", output.status, workspace.display());
        let answer: Value = serde_json::from_slice(&output.stdout).context("routewright did not print JSON")?;
        Self::read(&answer, &relative(&workspace, &release::dir(flavour.major)), app.root())
    }

    /// Reads the answer about the folder `workspace` of the installation, as far as it is of the application
    /// `root`: one beside it isn't built.
    fn read(answer: &Value, workspace: &str, root: &str) -> anyhow::Result<Self> {
        let mut all = Self::default();
        let rows = answer["endpoints"].as_array().context("the answer has no `endpoints`")?;
        for row in rows.iter().filter(|row| row["app"].as_str().is_none_or(|app| app == root)) {
            let text =
                |key: &str| row[key].as_str().with_context(|| format!("{row} has no `{key}`")).map(str::to_owned);
            match &*text("kind")? {
                "action" => all.actions.push(Action {
                    place: (format!("{workspace}/{}", text("file")?), text("name")?),
                    id: match row["idsElsewhere"][root].as_str() {
                        Some(id) => Ok(id.to_owned()),
                        None => {
                            text("id").map_err(|_| text("idReason").unwrap_or_else(|_| "no reason given".to_owned()))
                        }
                    },
                    pages: [&row["pagesElsewhere"][root], &row["pages"]]
                        .iter()
                        .find_map(|pages| Some(texts(pages.as_array()?))),
                }),
                "pages-api" => {
                    all.pages_api.insert(text("url")?);
                }
                "metadata" => {
                    all.urls.insert(text("url")?);
                }
                "route" => {
                    let url = text("url")?;
                    all.urls.insert(url.clone());
                    let implicit = row["implicit"].as_bool().unwrap_or_default();
                    all.methods.entry(url).or_default().insert(text("method")?, implicit);
                }
                kind => anyhow::bail!("`endpoints` lists the kind {kind}, which no manifest has"),
            }
        }
        Ok(all)
    }
}

fn texts(values: &[Value]) -> BTreeSet<String> {
    values.iter().filter_map(|value| Some(value.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rows_by_kind() {
        let listed = Listed::read(
            &json!({ "endpoints": [
                { "kind": "route", "method": "GET", "url": "/api" },
                { "kind": "route", "method": "HEAD", "url": "/api", "implicit": true },
                { "kind": "metadata", "method": "GET", "url": "/icon.png" },
                { "kind": "pages-api", "method": null, "url": "/api/legacy" },
                { "kind": "action", "url": null, "file": "a.ts", "name": "f", "id": null, "idReason": "no key" },
                { "kind": "action", "url": null, "file": "b.ts", "name": "g", "id": "40ab", "pages": ["/"] },
            ] }),
            "actions",
            ".",
        )
        .unwrap();
        assert_eq!(listed.urls, texts(&[json!("/api"), json!("/icon.png")]));
        assert_eq!(listed.pages_api, texts(&[json!("/api/legacy")]));
        assert_eq!(listed.methods["/api"], BTreeMap::from([("GET".to_owned(), false), ("HEAD".to_owned(), true)]));
        let action = |file: &str, name: &str, id, pages| Action { place: (file.into(), name.into()), id, pages };
        assert_eq!(
            listed.actions,
            [
                action("actions/a.ts", "f", Err("no key".to_owned()), None),
                action("actions/b.ts", "g", Ok("40ab".to_owned()), Some(texts(&[json!("/")]))),
            ]
        );
    }

    #[test]
    fn of_two_applications_one_is_asked() {
        let both = json!({ "docs": ["/"], "web": ["/mail"] });
        let listed = Listed::read(
            &json!({ "endpoints": [
                { "kind": "route", "app": "docs", "method": "GET", "url": "/api" },
                { "kind": "action", "app": null, "file": "a.ts", "name": "f", "id": null,
                  "idReason": "of no one application", "idsElsewhere": { "docs": "40ab", "web": "40cd" },
                  "pages": [], "pagesElsewhere": both },
            ] }),
            "monorepo",
            "web",
        )
        .unwrap();
        assert_eq!(listed.urls, BTreeSet::new());
        let place = ("monorepo/a.ts".to_owned(), "f".to_owned());
        assert_eq!(
            listed.actions,
            [Action { place, id: Ok("40cd".to_owned()), pages: Some(texts(&[json!("/mail")])) }]
        );
    }
}
