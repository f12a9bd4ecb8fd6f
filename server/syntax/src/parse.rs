//! Trees: which grammar a file takes, parsing from scratch and again after an edit.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tree_sitter::{ParseOptions, Parser, Tree};

/// Which of the two grammars reads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grammar {
    /// `.ts`, `.mts`, `.cts`: `<T>x` is a type assertion.
    TypeScript,
    /// `.tsx` and all JavaScript: `<T>` opens an element.
    Tsx,
}

impl Grammar {
    /// The grammar for a file's name; `None` when it isn't JavaScript or TypeScript code.
    #[must_use]
    pub fn for_file(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension {
            "ts" | "mts" | "cts" => Some(Self::TypeScript),
            "tsx" | "js" | "jsx" | "mjs" | "cjs" => Some(Self::Tsx),
            _ => None,
        }
    }

    /// tree-sitter's own handle.
    #[must_use]
    pub fn language(self) -> &'static tree_sitter::Language {
        static TYPESCRIPT: LazyLock<tree_sitter::Language> =
            LazyLock::new(|| tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into());
        static TSX: LazyLock<tree_sitter::Language> = LazyLock::new(|| tree_sitter_typescript::LANGUAGE_TSX.into());
        match self {
            Self::TypeScript => &TYPESCRIPT,
            Self::Tsx => &TSX,
        }
    }
}

/// Error recovery can thrash on hostile input; no file may hold a thread for longer.
/// (1 MB of minified code takes about 0.5 s.)
const PARSE_DEADLINE: Duration = Duration::from_secs(4);
/// A keystroke must not hold the state for longer; the worst real one measured took 0.13 s, and
/// what isn't parsed now is parsed with the next keystroke.
const REPARSE_DEADLINE: Duration = Duration::from_millis(400);

/// Parses a file, reusing what `old` (the tree before, already told of the edits) still holds.
/// `None` when the deadline passes: the caller keeps what it has.
#[must_use]
pub fn parse(text: &str, grammar: Grammar, old: Option<&Tree>) -> Option<Tree> {
    thread_local! {
        static PARSER: RefCell<Parser> = RefCell::new(Parser::new());
    }
    PARSER.with_borrow_mut(|parser| {
        parser.set_language(grammar.language()).ok()?;
        let started = Instant::now();
        let deadline = if old.is_some() { REPARSE_DEADLINE } else { PARSE_DEADLINE };
        let mut overdue = |_: &tree_sitter::ParseState| {
            if started.elapsed() > deadline { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let bytes = text.as_bytes();
        let tree = parser.parse_with_options(
            &mut |offset, _| bytes.get(offset..).unwrap_or_default(),
            old,
            Some(ParseOptions::new().progress_callback(&mut overdue)),
        );
        if tree.is_none() {
            parser.reset(); // otherwise the next parse would go on where this one stopped
        }
        tree
    })
}
