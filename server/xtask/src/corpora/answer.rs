//! What the binary answers about a checkout.

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Both answers, and how they were given.
pub struct Answer {
    /// `endpoints`
    pub endpoints: Vec<Endpoint>,
    /// `calls`
    pub calls: Vec<Call>,
    /// How the two processes ended.
    pub asked: Asked,
}

/// How the processes ended.
#[derive(Clone, Default)]
pub struct Asked {
    /// Exit codes other than 0.
    pub exits: Vec<i32>,
    /// Lines on standard error.
    pub stderr: usize,
    /// How long `endpoints` and `calls` took.
    pub wall: [Duration; 2],
}

/// An endpoint of the answer.
#[derive(Deserialize)]
pub struct Endpoint {
    /// `route`, `action`, `pages-api`, `metadata`
    pub kind: String,
    /// Null means any.
    pub method: Option<String>,
    /// Null for an action.
    pub url: Option<String>,
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The exported name.
    pub name: String,
    /// `module` or `inline`, of an action.
    pub scope: Option<String>,
    /// A method that Next.js adds.
    #[serde(default)]
    pub implicit: bool,
}

/// A call of the answer.
#[derive(Deserialize, Default)]
pub struct Call {
    /// The file.
    pub file: String,
    /// The line on which the URL or the action's name stands.
    pub line: u32,
    /// Its first character, from 1.
    pub column: u32,
    /// How the endpoint is reached: `fetch`, `swr`, `link`, …
    pub kind: String,
    /// The HTTP method, where it is known.
    pub method: Option<String>,
    /// The URL with holes as `{expression}`; none for actions.
    #[serde(default)]
    pub url: Option<String>,
    /// `exact`, `pattern`, `ambiguous`, `unresolved`
    #[serde(default)]
    pub certainty: String,
    /// What it may reach, best first.
    pub targets: Vec<Target>,
}

/// A target of a call.
#[derive(Deserialize, Default)]
pub struct Target {
    /// The kind of endpoint.
    pub kind: String,
    /// The file.
    pub file: String,
    /// The line of its declaration.
    pub line: u32,
    /// The name.
    pub name: String,
    /// The method that it answers; none means any.
    #[serde(default)]
    pub method: Option<String>,
}

#[derive(Deserialize, Default)]
struct Document {
    #[serde(default)]
    endpoints: Vec<Endpoint>,
    #[serde(default)]
    calls: Vec<Call>,
}

/// Asks for both lists. An answer that can't be read counts as an empty one, and shows in `asked`.
pub fn ask(binary: &Path, dir: &Path) -> anyhow::Result<Answer> {
    let mut asked = Asked::default();
    let endpoints = one::<Document>(binary, "endpoints", dir, 0, &mut asked)?.endpoints;
    let calls = one::<Document>(binary, "calls", dir, 1, &mut asked)?.calls;
    Ok(Answer { endpoints, calls, asked })
}

fn one<T: DeserializeOwned + Default>(
    binary: &Path,
    verb: &str,
    dir: &Path,
    at: usize,
    asked: &mut Asked,
) -> anyhow::Result<T> {
    let started = Instant::now();
    let output = Command::new(binary)
        .arg(verb)
        .arg(dir)
        .args(["--format", "json"])
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    asked.wall[at] = started.elapsed();
    asked.stderr += String::from_utf8_lossy(&output.stderr).lines().count();
    if !output.status.success() {
        asked.exits.push(output.status.code().unwrap_or(-1));
        return Ok(T::default());
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("`{verb}` did not print the JSON of its contract"))
}
