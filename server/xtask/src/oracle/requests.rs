//! `endpoints --curl`: each request that it prints is sent to `next start`, its `<placeholders>` filled
//! in by their own names, and has to bring back what the source promises above the function:
//! `// -> ["plain","id",0]`. `// -> refused` stands where no request can be made. `// form -> last: x`
//! promises what the page says that comes back when the same action is posted by `--form`, as a browser
//! without JavaScript does.

use super::app::App;
use super::compare::Verdict;
use crate::differences::Differences;
use crate::nextjs::process::Server;
use crate::nextjs::release::Flavour;
use anyhow::Context;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Sends every promised request.
pub fn check(
    binary: &Path,
    app: &App,
    flavour: Flavour,
    named: &mut Differences,
    verdict: &mut Verdict,
) -> anyhow::Result<()> {
    let dir = app.dir(flavour.major);
    let mut promises = vec![];
    collect(&dir, &mut promises)?;
    let server = Server::start("start", flavour, &dir, &app.workspace(flavour.major).join("requests.log"))?;
    let (mut promised, mut got) = (BTreeSet::new(), BTreeSet::new());
    for Promise { place, name, form, answer } in promises {
        let file = Path::new(&place).file_name().map(|f| f.to_string_lossy().into_owned()).unwrap_or_default();
        let brought = ask(binary, &dir, server.port, &place, form, &answer).with_context(|| place.clone())?;
        let how = if form { ", by its form" } else { "" };
        let who = format!("{name} of {}{how}", file.split(':').next().unwrap_or_default());
        promised.insert(format!("{who}: {answer}"));
        got.insert(format!("{who}: {brought}"));
    }
    verdict.add(named.judge("requests", "requests that were printed and sent", &promised, &got));
    Ok(())
}

/// A function and what it says that it answers.
struct Promise {
    place: String,
    name: String,
    /// Posted as a form, without JavaScript.
    form: bool,
    answer: String,
}

fn collect(dir: &Path, promises: &mut Vec<Promise>) -> anyhow::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && !name.starts_with('.') && name != "node_modules" {
            collect(&path, promises)?;
        } else if name.ends_with(".ts") || name.ends_with(".tsx") {
            let text = fs::read_to_string(&path)?;
            let lines: Vec<&str> = text.lines().collect();
            for (number, line) in lines.iter().enumerate() {
                let said = line.trim();
                let form = said.strip_prefix("// form -> ");
                let Some(answer) = form.or_else(|| said.strip_prefix("// -> ")) else { continue };
                let below = (number + 1..lines.len()).find(|at| !lines[*at].trim().starts_with("//"));
                let declared = below.and_then(|at| {
                    let start = ["function ", "const "].iter().find_map(|w| Some(lines[at].find(w)? + w.len()))?;
                    Some((at, start))
                });
                let (at, column) = declared.with_context(|| format!("nothing is declared under `{said}`"))?;
                let rest = &lines[at][column..];
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                promises.push(Promise {
                    place: format!("{}:{}:{}", path.display(), at + 1, column + 1),
                    name: rest[..end].to_owned(),
                    form: form.is_some(),
                    answer: answer.to_owned(),
                });
            }
        }
    }
    Ok(())
}

/// What the printed request brings back: the promised line, if it is there.
fn ask(binary: &Path, dir: &Path, port: u16, place: &str, form: bool, promised: &str) -> anyhow::Result<String> {
    let option = if form { "--form" } else { "--curl" };
    let printed = Command::new(binary).args(["endpoints", option, place]).current_dir(dir).output()?;
    let command = text(&printed.stdout);
    if !printed.status.success() {
        let said = text(&printed.stderr);
        return Ok(if said.contains(" captures ") { "refused".to_owned() } else { said });
    }
    let Output { stdout, stderr, .. } = Command::new("sh")
        .args(["-c", &filled(&command)])
        .current_dir(dir)
        .env("BASE", format!("http://127.0.0.1:{port}"))
        .output()
        .context("sh and curl are needed")?;
    let answer = text(&stdout);
    // an action's result is a row of its own in what React reads
    let is_promised = |line: &&str| line.trim().strip_prefix("1:").unwrap_or(line.trim()) == promised;
    let is_kept = if form { answer.contains(promised) } else { answer.lines().any(|line| is_promised(&line)) };
    Ok(match is_kept {
        true => promised.to_owned(),
        false => format!("{} {} from {command}", answer.trim(), text(&stderr).trim()).replace('\n', " "),
    })
}

/// `<title>` is sent as `title`.
fn filled(command: &str) -> String {
    command.replace(['<', '>'], "")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
