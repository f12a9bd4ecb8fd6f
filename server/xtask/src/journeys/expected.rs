//! What is known of the sample application beforehand: what is refused and why, how an action is
//! converted if not as POST, and its ordinary handlers.

use crate::nextjs::layers::is_for;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A handler that was never an action.
#[derive(Debug, PartialEq)]
pub struct Handler {
    pub method: String,
    pub file: String,
    /// The reason for which it stays one.
    pub refused: Option<String>,
}

impl Handler {
    /// `POST app/api/votes/route.ts`
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.file)
    }
}

/// The lists, as far as they are for one release.
#[derive(Debug, Default)]
pub struct Expected {
    /// Refused actions by name, each with the reason as programs see it.
    pub refused: BTreeMap<String, String>,
    /// Options of `convert` by an action's name.
    pub ways: BTreeMap<String, Vec<String>>,
    /// Handlers that were never actions.
    pub handlers: Vec<Handler>,
    /// What isn't kept beside a new endpoint (`--to both`), an action by its name, a handler as `METHOD FILE`,
    /// each with the reason.
    pub alone: BTreeMap<String, String>,
    /// The application's `basePath`.
    pub base: String,
}

impl Expected {
    /// Reads `expected.txt`.
    pub fn read(dir: &Path, major: u8) -> anyhow::Result<Self> {
        let path = dir.join("expected.txt");
        Self::parse(&fs::read_to_string(&path).with_context(|| path.display().to_string())?, major)
    }

    fn parse(text: &str, major: u8) -> anyhow::Result<Self> {
        let mut all = Self::default();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let said = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
            let (releases, rest) = said.unwrap_or(("all", line));
            if !is_for(releases, major) {
                continue;
            }
            let (what, why) = rest.split_once(": ").unwrap_or((rest, ""));
            match *what.split(' ').collect::<Vec<_>>() {
                ["refused", name, reason] if !why.is_empty() => {
                    all.refused.insert(name.to_owned(), reason.to_owned());
                }
                ["alone", ref names @ .., reason] if !why.is_empty() => {
                    all.alone.insert(names.join(" "), reason.to_owned());
                }
                ["way", name, ref options @ ..] => {
                    all.ways.insert(name.to_owned(), options.iter().map(|&option| option.to_owned()).collect());
                }
                ["base", path] => all.base = path.to_owned(),
                ["handler", method, file, ref rest @ ..] => {
                    let refused = match *rest {
                        [] => None,
                        ["refused", reason] if !why.is_empty() => Some(reason.to_owned()),
                        _ => bail!("expected.txt: `{line}`: write `handler METHOD FILE refused REASON: WHY`"),
                    };
                    all.handlers.push(Handler { method: method.to_owned(), file: file.to_owned(), refused });
                }
                _ => bail!(
                    "expected.txt: `{line}` is neither `refused NAME REASON: WHY`, `alone NAME REASON: WHY`, `way NAME OPTIONS`, `handler METHOD FILE` nor `base PATH`"
                ),
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_be_for_some_releases() {
        let text = "# why\nrefused a inline: it stands inside\n[16] refused b update-tag: only 16 has it\nway c --method GET\nhandler POST app/x/route.ts\n";
        let (old, new) = (Expected::parse(text, 14).unwrap(), Expected::parse(text, 16).unwrap());
        assert_eq!((old.refused.len(), new.refused.len()), (1, 2));
        assert_eq!(new.ways["c"], ["--method", "GET"]);
        let handler = |refused: Option<&str>| Handler {
            method: "POST".to_owned(),
            file: "app/x/route.ts".to_owned(),
            refused: refused.map(str::to_owned),
        };
        assert_eq!(new.handlers, [handler(None)]);
        let refused = Expected::parse("handler POST app/x/route.ts refused cors: others call it\n", 14).unwrap();
        assert_eq!(refused.handlers, [handler(Some("cors"))]);
        assert!(Expected::parse("refused a inline", 14).is_err());
    }
}
