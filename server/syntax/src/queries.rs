//! The queries of `queries/*.scm`, compiled once per grammar. They find anchors; what surrounds an
//! anchor is read from the [`flat`](crate::flat) tree. They are built into the binary on purpose:
//! a query that users edit would be a plug-in interface without a version.

use std::sync::LazyLock;

use tree_sitter::{Query, QueryCursor, StreamingIterator, Tree};

use crate::{parse::Grammar, text::TextRange};

/// One question, for both grammars.
pub struct Question {
    /// The file's name, for messages.
    pub name: &'static str,
    /// The file's text.
    pub source: &'static str,
    /// How deep a match may start; top-level questions need not visit function bodies.
    depth: Option<u32>,
    typescript: LazyLock<Option<Query>>,
    tsx: LazyLock<Option<Query>>,
}

macro_rules! question {
    ($name:ident, $file:literal, $depth:expr) => {
        #[doc = concat!("`queries/", $file, "`")]
        pub static $name: Question = {
            const SOURCE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../queries/", $file));
            Question {
                name: $file,
                source: SOURCE,
                depth: $depth,
                typescript: LazyLock::new(|| Query::new(Grammar::TypeScript.language(), SOURCE).ok()),
                tsx: LazyLock::new(|| Query::new(Grammar::Tsx.language(), SOURCE).ok()),
            }
        };
    };
}

// Two levels, not one: a statement that an ERROR node wraps is still a statement of the module.
question!(DIRECTIVES, "directives.scm", None);
question!(IMPORTS, "imports.scm", Some(2));
question!(EXPORTS, "exports.scm", Some(2));

/// All questions, for the test that compiles each and runs its example.
pub static ALL: [&Question; 3] = [&DIRECTIVES, &IMPORTS, &EXPORTS];

/// One capture of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The capture's name in the query file.
    pub capture: &'static str,
    /// The node's bytes.
    pub range: TextRange,
}

impl Question {
    fn query(&self, grammar: Grammar) -> Option<&Query> {
        match grammar {
            Grammar::TypeScript => self.typescript.as_ref(),
            Grammar::Tsx => self.tsx.as_ref(),
        }
    }

    /// Every capture, in the order of the text.
    pub fn ask(&'static self, tree: &Tree, grammar: Grammar, text: &str) -> Vec<Found> {
        let Some(query) = self.query(grammar) else { return vec![] };
        let mut cursor = QueryCursor::new();
        cursor.set_max_start_depth(self.depth);
        let mut found = vec![];
        let mut captures = cursor.captures(query, tree.root_node(), text.as_bytes());
        while let Some((matched, index)) = captures.next() {
            let Some(capture) = matched.captures().get(*index) else { continue };
            let Some(name) = query.capture_names().get(capture.index as usize) else { continue };
            found.push(Found {
                capture: intern(name),
                range: TextRange::new(capture.node.start_byte() as u32, capture.node.end_byte() as u32),
            });
        }
        found
    }
}

/// Capture names are a closed set; this gives them a lifetime that facts can carry.
fn intern(name: &str) -> &'static str {
    const NAMES: [&str; 8] =
        ["module", "function", "default", "namespace", "named", "declaration", "specifier", "star"];
    NAMES.into_iter().find(|n| *n == name).unwrap_or("unknown")
}
