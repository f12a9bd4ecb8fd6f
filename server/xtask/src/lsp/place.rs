//! `FILE:LINE:COL` as people and compilers write it: 1-based, columns in characters.

use serde_json::{Value, json};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A place in a file of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Relative to the workspace folder.
    pub file: PathBuf,
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}” is not FILE:LINE:COL, with both counted from 1");
        let number = |digits: &str| digits.parse().ok().filter(|&number: &usize| number > 0);
        let mut parts = text.rsplitn(3, ':');
        let column = parts.next().and_then(number).ok_or_else(wrong)?;
        let line = parts.next().and_then(number).ok_or_else(wrong)?;
        let file = parts.next().filter(|file| !file.is_empty());
        Ok(Self { file: file.ok_or_else(wrong)?.into(), line, column })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

/// What one unit of `character` is, as the two sides agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// What LSP says when nothing is agreed.
    Utf16,
}

/// The protocol's position of a 1-based line and column in characters. A place behind the end of
/// its line is the end of the line.
pub fn position(text: &str, line: usize, column: usize, encoding: Encoding) -> Value {
    let content = text.lines().nth(line - 1).unwrap_or_default();
    let character: usize = content
        .chars()
        .take(column - 1)
        .map(|c| match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        })
        .sum();
    json!({ "line": line - 1, "character": character })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_keeps_the_colons_of_its_file() {
        let place = Place { file: "C:/app/page.tsx".into(), line: 3, column: 14 };
        assert_eq!("C:/app/page.tsx:3:14".parse(), Ok(place));
    }

    #[test]
    fn a_place_needs_both_numbers_counted_from_1() {
        for wrong in ["a.ts", "a.ts:1", "a.ts:0:1", "a.ts:1:x", ":1:1"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn columns_count_characters() {
        let text = "x\né💡a";
        assert_eq!(position(text, 2, 3, Encoding::Utf8)["character"], 6);
        assert_eq!(position(text, 2, 3, Encoding::Utf16)["character"], 3);
        assert_eq!(position(text, 2, 99, Encoding::Utf16)["character"], 4);
    }
}
