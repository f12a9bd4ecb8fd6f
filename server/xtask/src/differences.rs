//! Named differences: what one side lists and the other doesn't, on purpose, each with its reason.
//!
//! A file of them has one a line, `KIND FAMILY WHAT: REASON`, where `KIND` is `more` (only we list
//! it) or `less` (only the other side does). A line that nothing needs any longer is an error, so
//! the list stays as short as the truth.

use anyhow::{Context, bail};
use std::collections::BTreeSet;

/// The named differences of a file.
#[derive(Debug, Default)]
pub struct Differences {
    lines: Vec<(String, String)>,
    used: BTreeSet<usize>,
}

impl Differences {
    /// Reads the file's text; `#` begins a comment line.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut lines = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (what, why) = line
                .split_once(": ")
                .filter(|(_, why)| !why.trim().is_empty())
                .with_context(|| format!("line {}: no reason; write `KIND FAMILY WHAT: REASON`", number + 1))?;
            if !what.starts_with("more ") && !what.starts_with("less ") {
                bail!("line {}: begin it with `more` (only we list it) or `less`", number + 1);
            }
            lines.push((what.to_owned(), why.to_owned()));
        }
        Ok(Self { lines, used: BTreeSet::new() })
    }

    /// The reason for a difference, if it has one.
    pub fn reason(&mut self, kind: &str, family: &str, what: &str) -> Option<&str> {
        let wanted = format!("{kind} {family} {what}");
        let at = self.lines.iter().position(|(line, _)| *line == wanted)?;
        self.used.insert(at);
        Some(&self.lines[at].1)
    }

    /// A line that says how many of a `family` are the same, one for each difference, and how many
    /// of them are wrong.
    pub fn judge(
        &mut self,
        family: &str,
        title: &str,
        theirs: &BTreeSet<String>,
        ours: &BTreeSet<String>,
    ) -> (String, usize) {
        let equal = theirs.intersection(ours).count();
        let mut text = format!("{title}: Next built {}, we list {}, {equal} are the same\n", theirs.len(), ours.len());
        let mut wrong = 0;
        let more = ours.difference(theirs).map(|what| ("more", "only we list", what));
        let less = theirs.difference(ours).map(|what| ("less", "we lack", what));
        for (kind, words, what) in more.chain(less) {
            match self.reason(kind, family, what) {
                Some(why) => text += &format!("  {words} {what}: {why}\n"),
                None => {
                    wrong += 1;
                    text += &format!("  WRONG {words} {what}\n");
                }
            }
        }
        (text, wrong)
    }

    /// A line for each that no difference has asked for, and how many these are.
    pub fn leftover(&self, file: &str) -> (String, usize) {
        let text: String = self
            .idle()
            .map(|line| format!("  WRONG {file} names `{line}`, which is no difference any longer: take it out\n"))
            .collect();
        (text, self.idle().count())
    }

    /// Lines that no difference has asked for.
    fn idle(&self) -> impl Iterator<Item = &str> {
        let idle = |at: &usize| !self.used.contains(at);
        (0..self.lines.len()).filter(idle).map(|at| self.lines[at].0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_kind_and_a_reason() {
        let mut read =
            Differences::parse("# why\n\nmore actions a.ts b: nobody uses it\nless urls /x: Next's own\n").unwrap();
        assert_eq!(read.reason("more", "actions", "a.ts b"), Some("nobody uses it"));
        assert_eq!(read.reason("less", "actions", "a.ts b"), None);
        assert_eq!(read.idle().collect::<Vec<_>>(), ["less urls /x"]);
        assert!(Differences::parse("more actions a.ts b").unwrap_err().to_string().starts_with("line 1: no reason"));
        assert!(Differences::parse("actions a: b").is_err());
    }
}
