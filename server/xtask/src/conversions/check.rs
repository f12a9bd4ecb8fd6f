//! What TypeScript says of a copy of a repository before and after each conversion.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Row;
use crate::npm;

/// What is installed beside the copies: the compiler, and the types that conversions speak of.
const PACKAGES: &[&str] = &[
    "typescript@7.0.2",
    "next@16.4.6",
    "react@19.2.0",
    "react-dom@19.2.0",
    "@types/react@19.2.0",
    "@types/react-dom@19.2.0",
    "@types/node@24.9.1",
    "zod@4.1.12",
    "next-safe-action@8.7.3",
];

/// Messages by how often they come.
type Messages = BTreeMap<String, usize>;

/// Installs the compiler, once.
pub fn install(work: &Path) -> Result<()> {
    fs::create_dir_all(work)?;
    let wanted = serde_json::json!({ "private": true, "description": PACKAGES.join(" ") }).to_string();
    let manifest = work.join("package.json");
    if work.join("node_modules/.bin/tsc").exists()
        && fs::read_to_string(&manifest).is_ok_and(|m| m.contains(&PACKAGES.join(" ")))
    {
        return Ok(());
    }
    fs::write(&manifest, wanted)?;
    npm::run(work, &[&["install", "--no-save"], &npm::QUIET[..], PACKAGES].concat())
}

/// Converts in a copy and puts everything back. What got worse, a line each.
///
/// A compiler run takes seconds, so conversions of one project that change no file of each other are made
/// together; where anything is said, each is made again alone.
pub fn types(work: &Path, checkout: &Path, rows: &[&Row]) -> Result<Vec<String>> {
    let copy = copied(work, checkout)?;
    let mut projects: BTreeMap<PathBuf, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let first = row.changes.first();
        if let Some(config) = first.and_then(|first| config_of(&copy, &copy.join(&first.file))) {
            projects.entry(config).or_default().push(row);
        }
    }
    let mut wrong = vec![];
    for (config, rows) in projects {
        let before = messages(work, &config)?;
        for batch in apart(&rows) {
            if !new_in(work, &copy, &config, &batch, &before)?.is_empty() {
                for row in batch {
                    let mut said = new_in(work, &copy, &config, &[row], &before)?;
                    if !said.is_empty() {
                        let before = with_its_file(work, &copy, &config, row)?;
                        said = new_in(work, &copy, &config, &[row], &before)?;
                    }
                    if !said.is_empty() {
                        wrong.push(format!("{}:{} {}: {}", row.file, row.line, row.name, said.join(" | ")));
                    }
                }
            }
        }
    }
    fs::remove_dir_all(&copy)?;
    Ok(wrong)
}

/// What is said before, if the endpoint's file belongs to the project where the new files will stand. A
/// `tsconfig.json` may leave it out: then the code that moves brings along what nobody had been asked about.
fn with_its_file(work: &Path, copy: &Path, config: &Path, row: &Row) -> Result<Messages> {
    let Some(first) = row.changes.first().filter(|change| !copy.join(&change.file).exists()) else {
        return messages(work, config);
    };
    let folder = copy.join(&first.file).parent().context("a folder")?.to_owned();
    let up = Path::new(&first.file).parent().map_or(0, |folder| folder.components().count());
    let missing: Vec<PathBuf> = folder.ancestors().take_while(|f| !f.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(&folder)?;
    let probe = folder.join("drawn-in.ts");
    fs::write(&probe, format!("import '{}{}';\n", "../".repeat(up), row.file))?;
    let said = messages(work, config);
    fs::remove_file(&probe)?;
    for folder in missing {
        fs::remove_dir(folder)?;
    }
    said
}

/// Batches in which no two change the same file.
fn apart<'r>(rows: &[&'r Row]) -> Vec<Vec<&'r Row>> {
    let mut batches: Vec<(HashSet<&str>, Vec<&Row>)> = vec![];
    for row in rows {
        let files: Vec<&str> = row.changes.iter().map(|change| change.file.as_str()).collect();
        let free = batches.iter_mut().find(|(taken, _)| files.iter().all(|file| !taken.contains(file)));
        match free {
            Some((taken, batch)) => {
                taken.extend(files);
                batch.push(row);
            }
            None => batches.push((files.into_iter().collect(), vec![row])),
        }
    }
    batches.into_iter().map(|(_, batch)| batch).collect()
}

/// The messages that come more often once these are converted.
fn new_in(work: &Path, copy: &Path, config: &Path, rows: &[&Row], before: &Messages) -> Result<Vec<String>> {
    let mut undo = vec![];
    for row in rows {
        undo.extend(apply(copy, row)?);
    }
    let after = messages(work, config);
    for (path, text) in undo {
        match text {
            Some(text) => fs::write(path, text)?,
            None => fs::remove_file(path)?,
        }
    }
    let more = |(message, count): &(String, usize)| before.get(message).copied().unwrap_or(0) < *count;
    Ok(after?.into_iter().filter(more).map(|(message, _)| message).collect())
}

/// Writes the files of a conversion; what was there before.
fn apply(copy: &Path, row: &Row) -> Result<Vec<(PathBuf, Option<Vec<u8>>)>> {
    let mut undo = vec![];
    for change in &row.changes {
        let path = copy.join(&change.file);
        undo.push((path.clone(), fs::read(&path).ok()));
        match &change.text {
            Some(text) => {
                fs::create_dir_all(path.parent().context("a folder")?)?;
                fs::write(&path, text)?;
            }
            None => fs::remove_file(&path)?,
        }
    }
    Ok(undo)
}

/// The nearest `tsconfig.json` above a file.
fn config_of(copy: &Path, file: &Path) -> Option<PathBuf> {
    let folders = file.ancestors().skip(1).take_while(|folder| folder.starts_with(copy));
    folders.map(|folder| folder.join("tsconfig.json")).find(|config| config.is_file())
}

fn messages(work: &Path, config: &Path) -> Result<Messages> {
    let output = Command::new(work.join("node_modules/.bin/tsc"))
        .args(["--noEmit", "--pretty", "false", "--skipLibCheck", "--incremental", "false", "-p"])
        .arg(config)
        .output()
        .context("tsc")?;
    let mut messages = Messages::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Some((_, message)) = line.split_once("error TS") else { continue };
        // of packages that aren't installed it is said once that they are missing, by their names: who
        // imports one more of their modules says nothing new
        let is_missing = ["2307", "2792", "7016", "2882"].iter().any(|code| message.starts_with(code));
        // and of a client that is generated, that a name is missing: `'"@db"' has no exported member …`
        let lacks_name = message.starts_with("2305");
        let module = message.split('\'').nth(1).unwrap_or_default().trim_matches('"');
        if is_missing && !module.starts_with('.') {
            let package: Vec<&str> = module.split('/').take(2).collect();
            messages.insert(format!("no {}", package.join("/")), 1);
        } else if lacks_name && !module.starts_with('.') {
            messages.insert(steady(message), 1);
        } else {
            *messages.entry(steady(message)).or_default() += 1;
        }
    }
    Ok(messages)
}

/// A message without what differs from run to run: the order of a union's members and of an object's, and
/// the way from the file to a module, which is another one from where the code goes.
fn steady(message: &str) -> String {
    let mut words: Vec<&str> = message
        .split(|c: char| c.is_whitespace() || c == ';')
        .map(|word| word.trim_start_matches(['\'', '.', '/']))
        .collect();
    let code = words.first().copied().unwrap_or_default().to_owned();
    words.sort_unstable();
    words.dedup();
    format!("{code} {}", words.join(" "))
}

/// A fresh copy of a checkout.
pub fn copied(work: &Path, checkout: &Path) -> Result<PathBuf> {
    let copy = work.join("copies").join(checkout.file_name().unwrap_or_default());
    let _ = fs::remove_dir_all(&copy);
    copy_sources(checkout, &copy)?;
    Ok(copy)
}

/// Copies what a compiler reads.
fn copy_sources(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let name = name.to_string_lossy();
        if kind.is_dir() {
            if !matches!(&*name, "node_modules" | ".git" | ".next") {
                copy_sources(&entry.path(), &to.join(&*name))?;
            }
        } else if kind.is_file() {
            // a lock file says which release it is
            let counts = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".json", "-lock.yaml", ".lock"];
            if counts.iter().any(|end| name.ends_with(end)) {
                fs::create_dir_all(to)?;
                fs::copy(entry.path(), to.join(&*name))?;
            }
        }
    }
    Ok(())
}
