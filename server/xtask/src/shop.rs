//! `cargo xtask shop`: the sample application's real build decides. Next.js builds it, its
//! manifests list what it serves, and `routewright endpoints` has to list the same.

use crate::differences::Differences;
use crate::tree;
use anyhow::{Context, bail, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `cargo xtask shop …`.
#[derive(clap::Args)]
pub struct Args {
    /// Ask this binary; without it, `cargo build --package routewright` builds one.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Read the manifests of the last build instead of building again.
    #[arg(long)]
    no_build: bool,
}

/// Where the application and the named differences are.
const APP: &str = "tests/apps/shop";
const DIFFERENCES: &str = "tests/shop/differences.txt";

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    check(&tree::binary(args.binary.as_deref(), false)?, !args.no_build)
}

/// Compares the answers of `binary` with the application's build.
pub fn check(binary: &Path, build: bool) -> anyhow::Result<()> {
    let app = tree::root().join(APP);
    let mut script = Command::new("node");
    script.arg("check-build.mjs").args((!build).then_some("--no-build"));
    let manifests = json(&mut script, &app).context("the sample application's build")?;
    let mut ask = Command::new(binary);
    let ours = json(ask.args(["endpoints", ".", "--format", "json"]), &app)?;

    let list = fs::read_to_string(tree::root().join(DIFFERENCES)).context(DIFFERENCES)?;
    let mut differences = Differences::parse(&list).context(DIFFERENCES)?;
    let (text, wrong) = compare(&built(&manifests)?, &listed(&ours)?, &mut differences);
    print!("{text}");
    ensure!(wrong == 0, "{wrong} of these lines are wrong: mend the answer, or name the difference in {DIFFERENCES}");
    Ok(())
}

/// What a command prints, as JSON; what it says on standard error is shown as it comes.
fn json(command: &mut Command, dir: &Path) -> anyhow::Result<Value> {
    let name = Path::new(command.get_program()).display().to_string();
    let output = command
        .current_dir(dir)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    ensure!(output.status.success(), "{name} ended with {}", output.status);
    serde_json::from_slice(&output.stdout).with_context(|| format!("{name} did not print JSON"))
}

/// The three families that both sides list, as lines for people.
#[derive(Debug, Default, PartialEq)]
struct Families {
    /// URLs of route handlers and metadata files.
    urls: BTreeSet<String>,
    /// URLs of `pages/api`.
    pages_api: BTreeSet<String>,
    /// File and name of actions.
    actions: BTreeSet<String>,
}

/// What the build's manifests list. A row whose key ends with `/page` is a page: no endpoint.
fn built(manifests: &Value) -> anyhow::Result<Families> {
    let mut all = Families::default();
    for row in rows(manifests, "routes")? {
        let (key, url) = (text(&row[0])?, text(&row[1])?);
        if key.ends_with("/route") {
            all.urls.insert(url.to_owned());
        } else if !key.ends_with("/page") {
            bail!("the manifest's key {key} is neither a page nor a route");
        }
    }
    for url in rows(manifests, "pagesApi")? {
        all.pages_api.insert(text(url)?.to_owned());
    }
    for action in rows(manifests, "actions")? {
        all.actions.insert(format!("{} {}", text(&action["file"])?, text(&action["name"])?));
    }
    Ok(all)
}

/// What `routewright endpoints` lists.
fn listed(ours: &Value) -> anyhow::Result<Families> {
    let mut all = Families::default();
    for endpoint in rows(ours, "endpoints")? {
        match text(&endpoint["kind"])? {
            "route" | "metadata" => all.urls.insert(text(&endpoint["url"])?.to_owned()),
            "pages-api" => all.pages_api.insert(text(&endpoint["url"])?.to_owned()),
            "action" => all.actions.insert(format!("{} {}", text(&endpoint["file"])?, text(&endpoint["name"])?)),
            kind => bail!("`endpoints` lists the kind {kind}, which no manifest has"),
        };
    }
    Ok(all)
}

fn rows<'a>(value: &'a Value, key: &str) -> anyhow::Result<&'a Vec<Value>> {
    value[key].as_array().with_context(|| format!("there is no list `{key}`"))
}

fn text(value: &Value) -> anyhow::Result<&str> {
    value.as_str().with_context(|| format!("{value} is no text"))
}

/// A line for each family and each difference, and how many of them are wrong.
fn compare(built: &Families, ours: &Families, named: &mut Differences) -> (String, usize) {
    let mut out = String::new();
    let mut wrong = 0;
    let families = [
        ("urls", "route handlers and metadata", &built.urls, &ours.urls),
        ("pages-api", "pages/api", &built.pages_api, &ours.pages_api),
        ("actions", "actions", &built.actions, &ours.actions),
    ];
    for (family, title, built, ours) in families {
        let (text, count) = named.judge(family, title, built, ours);
        out += &text;
        wrong += count;
    }
    let (text, count) = named.leftover(DIFFERENCES);
    out += &text;
    wrong += count;
    (out, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifests() -> Value {
        json!({
            "routes": [["/(shop)/page", "/"], ["/api/cart/route", "/api/cart"]],
            "pagesApi": ["/api/legacy"],
            "actions": [{ "file": "a.ts", "name": "$$RSC_SERVER_ACTION_0" }],
        })
    }

    fn ours(actions: &[&str]) -> Value {
        let mut endpoints = vec![
            json!({ "kind": "route", "url": "/api/cart", "method": "GET" }),
            json!({ "kind": "route", "url": "/api/cart", "method": "HEAD", "implicit": true }),
            json!({ "kind": "pages-api", "url": "/api/legacy" }),
        ];
        endpoints.extend(actions.iter().map(|name| json!({ "kind": "action", "file": "a.ts", "name": name })));
        json!({ "endpoints": endpoints })
    }

    fn wrong(actions: &[&str], differences: &str) -> (String, usize) {
        let mut named = Differences::parse(differences).unwrap();
        compare(&built(&manifests()).unwrap(), &listed(&ours(actions)).unwrap(), &mut named)
    }

    #[test]
    fn pages_and_implicit_methods_make_no_difference() {
        assert_eq!(wrong(&["$$RSC_SERVER_ACTION_0"], "").1, 0);
    }

    #[test]
    fn both_directions_count() {
        let (text, count) = wrong(&["spare"], "");
        assert_eq!(count, 2, "{text}");
        assert!(text.contains("only we list a.ts spare"), "{text}");
        assert!(text.contains("we lack a.ts $$RSC_SERVER_ACTION_0"), "{text}");
    }

    #[test]
    fn a_named_difference_is_none_until_it_is_gone() {
        let list = "more actions a.ts spare: nobody uses it\n";
        assert_eq!(wrong(&["$$RSC_SERVER_ACTION_0", "spare"], list).1, 0);
        assert_eq!(wrong(&["$$RSC_SERVER_ACTION_0"], list).1, 1);
    }
}
