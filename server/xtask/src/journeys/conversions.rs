//! Conversions by the real binary, written to disk, one after the other.

use super::expected::{Expected, Handler};
use super::types::Alone;
use anyhow::{Context, bail, ensure};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The application on disk.
pub struct Workspace {
    /// Its folder.
    pub dir: PathBuf,
    /// `routewright`.
    pub binary: PathBuf,
}

/// What became of all conversions of one way.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was converted, and what it became, each by name and file: an action and its handler.
    pub converted: Vec<(String, String)>,
    /// How many were refused, as expected.
    pub refused: usize,
    /// What is not as expected, a line each.
    pub problems: Vec<String>,
}

/// One row of `routewright endpoints`.
struct Endpoint {
    name: String,
    file: String,
    place: String,
}

/// What `routewright convert` said.
enum Said {
    /// Created, edited and deleted files; what was created first.
    Done(Vec<(String, String)>),
    Refused {
        reason: String,
        text: String,
    },
    /// There is no such conversion.
    Nothing,
}

impl Outcome {
    /// What a conversion changed, if it was to be made and was; `refused` is the reason that is expected.
    fn take(&mut self, name: &str, said: Said, refused: Option<&String>) -> Option<Vec<(String, String)>> {
        match (said, refused) {
            (Said::Done(changes), None) => return Some(changes),
            (Said::Refused { reason, .. }, Some(known)) if reason == *known => self.refused += 1,
            (Said::Done(_), Some(known)) => self.problems.push(format!("{name} is not refused as {known}")),
            (Said::Refused { reason, text }, _) => {
                self.problems.push(format!("{name} is refused ({reason}): {text}"));
            }
            (Said::Nothing, _) => self.problems.push(format!("{name} is nothing for `convert`")),
        }
        None
    }
}

/// Sources by their path from the application's root.
pub type Sources = BTreeMap<String, String>;

impl Workspace {
    /// Converts all actions, whatever is left of them.
    pub fn all_to_routes(&self, expected: &Expected) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        let mut tried = BTreeSet::new();
        while let Some(action) = self.endpoints("action")?.into_iter().find(|e| !tried.contains(&e.name)) {
            tried.insert(action.name.clone());
            let said = self.convert(&action, &to_route(expected, &action.name, true))?;
            let Some(changes) = outcome.take(&action.name, said, expected.refused.get(&action.name)) else { continue };
            // a new file, or a method in one that is there
            let of = |wanted: &str| changes.iter().find(|(kind, file)| kind == wanted && is_handler(file));
            let route = of("create").or_else(|| of("edit"));
            let (_, file) = route.with_context(|| format!("{} became no handler", action.name))?;
            outcome.converted.push((action.name, file.clone()));
        }
        let left = expected.refused.keys().chain(expected.ways.keys()).filter(|name| !tried.contains(*name));
        outcome.problems.extend(left.map(|name| format!("expected.txt names {name}, which isn't there")));
        Ok(outcome)
    }

    /// Converts the handlers that were actions back.
    pub fn all_to_actions(&self, expected: &Expected, there: &Outcome) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        for (name, file) in &there.converted {
            let options = expected.ways.get(name).map_or(&[][..], Vec::as_slice);
            let method = options.iter().skip_while(|option| *option != "--method").nth(1).map_or("POST", |m| m);
            let said = self.convert(&self.handler(method, file)?, &written("action", &[]))?;
            if outcome.take(&format!("{method} {file}, which was {name},"), said, None).is_some() {
                outcome.converted.push((name.clone(), file.clone()));
            }
        }
        Ok(outcome)
    }

    /// Converts handlers that were never actions: each with the file that its action is in.
    pub fn handlers(&self, expected: &Expected) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        for handler in &expected.handlers {
            let name = handler.name();
            let said = self.convert(&self.handler(&handler.method, &handler.file)?, &written("action", &[]))?;
            let Some(changes) = outcome.take(&name, said, handler.refused.as_ref()) else { continue };
            let created = changes.iter().find(|(kind, file)| kind == "create" && is_actions(file));
            let (_, home) = created.with_context(|| format!("{name} became no action"))?;
            outcome.converted.push((name, home.clone()));
        }
        Ok(outcome)
    }

    /// Converts the actions that were such handlers back: each has to be where it was.
    pub fn handlers_again(&self, there: &Outcome) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        for (name, home) in &there.converted {
            let (method, file) = name.split_once(' ').context("a method and a file")?;
            let action = self.endpoints("action")?.into_iter().find(|e| e.file == *home);
            let action = action.with_context(|| format!("{home} has no action"))?;
            // they take requests from anywhere: nobody had written a guard
            let said = self.convert(&action, &written("route", &["--public", "--method", method]))?;
            match outcome.take(home, said, None) {
                Some(changes) if changes.iter().any(|(_, changed)| changed == file) => {
                    outcome.converted.push((name.clone(), file.to_owned()));
                }
                Some(_) => outcome.problems.push(format!("{home} doesn't become {name} again")),
                None => {}
            }
        }
        Ok(outcome)
    }

    /// Gives every action a handler, and every handler that was never one an action, on top of one function.
    pub fn all_kept(&self, expected: &Expected) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        let actions: Vec<String> = self.endpoints("action")?.into_iter().map(|e| e.name).collect();
        let handlers = expected.handlers.iter().map(Handler::name);
        for name in actions.into_iter().chain(handlers) {
            let is_it = |e: &Endpoint| name == e.name || name == format!("{} {}", e.name, e.file);
            let all = self.endpoints("action")?.into_iter().chain(self.endpoints("route")?);
            let endpoint = all.into_iter().find(is_it).with_context(|| format!("{name} isn't there any more"))?;
            let said = self.convert(&endpoint, &written("both", &[]))?;
            if outcome.take(&name, said, expected.alone.get(&name)).is_some() {
                outcome.converted.push((name, endpoint.file));
            }
        }
        Ok(outcome)
    }

    fn handler(&self, method: &str, file: &str) -> anyhow::Result<Endpoint> {
        let mut all = self.endpoints("route")?.into_iter();
        all.find(|e| e.file == file && e.name == method).with_context(|| format!("{file} has no {method}"))
    }

    /// Each action's conversion on its own; the sources are as before afterwards.
    pub fn each_alone(&self, expected: &Expected) -> anyhow::Result<Vec<Alone>> {
        let before = sources(&self.dir)?;
        let mut all = vec![];
        for action in self.endpoints("action")? {
            let Said::Done(changes) = self.convert(&action, &to_route(expected, &action.name, true))? else { continue };
            let mut files = BTreeMap::new();
            for (_, file) in changes {
                let path = self.dir.join(&file);
                let text = fs::read_to_string(&path).ok();
                match before.get(&file) {
                    Some(then) => fs::write(&path, then)?,
                    None => fs::remove_file(&path)?,
                }
                files.insert(file, text);
            }
            all.push(Alone { name: action.name, files });
        }
        remove_empty(&self.dir.join("app"))?;
        ensure!(sources(&self.dir)? == before, "a conversion changed more than it said");
        Ok(all)
    }

    fn endpoints(&self, kind: &str) -> anyhow::Result<Vec<Endpoint>> {
        let answer = self.ask(&["endpoints".to_owned(), ".".to_owned()])?.1;
        let rows = answer["endpoints"].as_array().context("the answer has no `endpoints`")?;
        let text = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
        let is_asked = |row: &&Value| row["kind"] == kind && row["implicit"] != true;
        let read = |row: &Value| {
            let file = text(row, "file")?;
            let place = format!("{file}:{}:{}", row["line"], row["column"]);
            Some(Endpoint { name: text(row, "label").or_else(|| text(row, "name"))?, file, place })
        };
        rows.iter().filter(is_asked).map(|row| read(row).with_context(|| format!("{row}"))).collect()
    }

    fn convert(&self, endpoint: &Endpoint, options: &[String]) -> anyhow::Result<Said> {
        let mut arguments = vec!["convert".to_owned(), endpoint.place.clone()];
        arguments.extend_from_slice(options);
        let (code, answer) = self.ask(&arguments)?;
        let refused = &answer["refused"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match code {
            0 => {
                let rows = answer["changes"].as_array().context("the answer has no `changes`")?;
                Ok(Said::Done(rows.iter().map(|row| (text(&row["kind"]), text(&row["file"]))).collect()))
            }
            1 => Ok(Said::Refused { reason: text(&refused["reason"]), text: text(&refused["text"]) }),
            2 => Ok(Said::Nothing),
            _ => bail!("routewright {} ended with {code}", arguments.join(" ")),
        }
    }

    /// The exit code and the document.
    fn ask(&self, arguments: &[String]) -> anyhow::Result<(i32, Value)> {
        let output = Command::new(&self.binary)
            .args(arguments)
            .args(["--format", "json"])
            .current_dir(&self.dir)
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start {}", self.binary.display()))?;
        let code = output.status.code().context("routewright was ended")?;
        Ok((code, serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)))
    }
}

fn to_route(expected: &Expected, name: &str, write: bool) -> Vec<String> {
    let mut options = vec!["--to".to_owned(), "route".to_owned()];
    options.extend(expected.ways.get(name).into_iter().flatten().cloned());
    options.extend(write.then(|| "--write".to_owned()));
    options
}

/// Options of a conversion that is written to disk.
fn written(to: &str, more: &[&str]) -> Vec<String> {
    [&["--to", to, "--write"], more].concat().into_iter().map(str::to_owned).collect()
}

fn is_actions(file: &str) -> bool {
    file.rsplit('/').next().is_some_and(|name| name.starts_with("actions"))
}

fn is_handler(file: &str) -> bool {
    file.ends_with("/route.ts") || file.ends_with("/route.tsx")
}

/// All sources of the application.
pub fn sources(dir: &Path) -> anyhow::Result<Sources> {
    let mut found = Sources::new();
    for folder in ["app", "lib"] {
        collect(dir, &dir.join(folder), &mut found)?;
    }
    Ok(found)
}

fn collect(root: &Path, dir: &Path, found: &mut Sources) -> anyhow::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// Folders in which nothing is left.
fn remove_empty(dir: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_empty(&path)?;
            fs::remove_dir(&path).ok();
        }
    }
    Ok(())
}

/// Converted functions whose text isn't there any more after the way back, and handlers that are other than
/// before; in which order files import isn't asked.
pub fn lost(before: &Sources, after: &Sources, there: &Outcome) -> Vec<String> {
    let mut lost = vec![];
    for (name, _) in &there.converted {
        let text = before.values().find_map(|text| declaration(text, name));
        match text {
            Some(text) if after.values().any(|now| now.starts_with("'use server'") && now.contains(&text)) => {}
            Some(text) => lost.push(format!("the function of {name} isn't as it was:\n{text}")),
            None => lost.push(format!("{name} isn't declared in a way that is understood here")),
        }
    }
    let routes = before.iter().filter(|(file, _)| is_handler(file));
    for (file, text) in routes {
        let now = after.get(file).map(String::as_str).unwrap_or_default();
        let (then, now) = (in_order(text), in_order(now));
        if then != now {
            let only = |these: &[String], those: &[String]| -> String {
                these.iter().filter(|line| !those.contains(line)).map(|line| format!("\n    {line}")).collect()
            };
            lost.push(format!("{file} isn't as it was; was{}\n  is{}", only(&then, &now), only(&now, &then)));
        }
    }
    lost
}

/// A file's lines, its imports sorted, without empty ones.
fn in_order(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.is_empty());
    let (mut imports, rest): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("import "));
    imports.sort_unstable();
    imports.into_iter().chain(rest).map(str::to_owned).collect()
}

/// The lines of a function, to the bracket that closes it: without `export`, its directive and what it is
/// indented by, which differ between a function in a component and one of a file of its own.
fn declaration(text: &str, name: &str) -> Option<String> {
    let starts = ["export async function ", "export default async function ", "async function ", "export const "];
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_start = |line: &str| {
        let rest = starts.iter().find_map(|start| line.trim_start().strip_prefix(start));
        rest.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let mut lines: Vec<&str> = vec![];
    let mut depth = 0;
    for line in text.lines().skip_while(|line| !is_start(line)) {
        if lines.is_empty() {
            depth = indent(line);
        }
        let bare = line.get(depth.min(indent(line))..).unwrap_or(line);
        if bare.trim() != "'use server';" {
            lines.push(bare);
        }
        if bare.starts_with('}') {
            break;
        }
    }
    let start = |line: &str| line.trim_start_matches("export ").trim_start_matches("default ").to_owned();
    let (first, rest) = lines.split_first()?;
    Some([vec![start(first)], rest.iter().map(|&line| line.to_owned()).collect()].concat().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let text = "const a = 1;\nexport async function add(x: string) {\n  if (x) {\n  }\n}\nexport const b = async () => {\n};\n";
        assert_eq!(declaration(text, "add").unwrap(), "async function add(x: string) {\n  if (x) {\n  }\n}");
        assert_eq!(declaration(text, "b").unwrap(), "const b = async () => {\n};");
        assert_eq!(declaration(text, "ad"), None);
        let inside = "function Page() {\n  async function save() {\n    'use server';\n    go();\n  }\n}\n";
        assert_eq!(declaration(inside, "save").unwrap(), "async function save() {\n  go();\n}");
    }
}
