//! The queries of `queries/*.scm`, compiled once per grammar. They find anchors; what surrounds an
//! anchor is read from the [`flat`](crate::flat) tree. They are built into the binary on purpose:
//! a query that users edit would be a plug-in interface without a version.

use std::cell::RefCell;
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

/// A node that a match may start at is a statement of the module.
const TOP: u32 = 1;

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

question!(DIRECTIVES, "directives.scm", Some(TOP));
question!(FUNCTION_DIRECTIVES, "function-directives.scm", None);
question!(IMPORTS, "imports.scm", Some(TOP));
question!(EXPORTS, "exports.scm", Some(TOP));

/// All questions, for the test that compiles each and runs its example.
pub static ALL: [&Question; 4] = [&DIRECTIVES, &FUNCTION_DIRECTIVES, &IMPORTS, &EXPORTS];

/// The questions that are asked of every module's statements, as one query: compiling one takes 10 ms
/// whatever is in it, because tree-sitter looks through the whole grammar for it.
static OF_MODULES: [&Question; 3] = [&DIRECTIVES, &IMPORTS, &EXPORTS];

/// What the questions about a module's statements find, asked all at once.
#[derive(Debug)]
pub struct Statements(Vec<(&'static str, Found)>);

impl Statements {
    /// Asks them.
    #[must_use]
    pub fn new(tree: &Tree, grammar: Grammar, text: &str) -> Self {
        static TYPESCRIPT: LazyLock<Option<Joined>> = LazyLock::new(|| Joined::new(Grammar::TypeScript));
        static TSX: LazyLock<Option<Joined>> = LazyLock::new(|| Joined::new(Grammar::Tsx));
        let joined = match grammar {
            Grammar::TypeScript => &TYPESCRIPT,
            Grammar::Tsx => &TSX,
        };
        let Some(joined) = joined.as_ref() else { return Self(vec![]) };
        let mut found = vec![];
        matches(&joined.query, Some(TOP), tree, text, |pattern, capture| {
            found.extend(joined.asked.get(pattern).map(|question| (*question, capture)));
        });
        found.sort_by_key(|(_, found)| found.range);
        Self(found)
    }

    /// What one of them finds, in the order of the text.
    pub fn of(&self, question: &Question) -> impl Iterator<Item = Found> {
        self.0.iter().filter(|(name, _)| *name == question.name).map(|(_, found)| *found)
    }
}

/// Several questions in one query.
struct Joined {
    query: Query,
    /// By pattern, the name of the question that it is of.
    asked: Vec<&'static str>,
}

impl Joined {
    fn new(grammar: Grammar) -> Option<Self> {
        let mut source = String::new();
        let mut ends = vec![];
        for question in OF_MODULES {
            source.push_str(question.source);
            source.push('\n');
            ends.push((source.len(), question.name));
        }
        let query = Query::new(grammar.language(), &source).ok()?;
        let of = |pattern| {
            let start = query.start_byte_for_pattern(pattern);
            ends.iter().find(|(end, _)| start < *end).map_or("", |(_, name)| name)
        };
        let asked = (0..query.pattern_count()).map(of).collect();
        Some(Self { query, asked })
    }
}

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
        let mut found = vec![];
        matches(query, self.depth, tree, text, |_, capture| found.push(capture));
        found.sort_by_key(|f| f.range);
        found
    }
}

/// Every capture with the index of its pattern, in no order.
fn matches(query: &Query, depth: Option<u32>, tree: &Tree, text: &str, mut take: impl FnMut(usize, Found)) {
    thread_local! {
        static CURSOR: RefCell<QueryCursor> = RefCell::new(QueryCursor::new());
    }
    CURSOR.with_borrow_mut(|cursor| {
        // A statement that an ERROR node wraps is still a statement of the module.
        let wrapped = u32::from(tree.root_node().has_error());
        cursor.set_max_start_depth(depth.map(|depth| depth + wrapped));
        // `matches` and a sort: `captures` keeps all states open to give the same order.
        let mut matches = cursor.matches(query, tree.root_node(), text.as_bytes());
        while let Some(matched) = matches.next() {
            for capture in matched.captures() {
                let Some(name) = query.capture_names().get(capture.index as usize) else { continue };
                let range = TextRange::new(capture.node.start_byte() as u32, capture.node.end_byte() as u32);
                take(matched.pattern_index, Found { capture: intern(name), range });
            }
        }
    });
}

/// Capture names are a closed set; this gives them a lifetime that facts can carry.
fn intern(name: &str) -> &'static str {
    const NAMES: [&str; 8] =
        ["module", "function", "default", "namespace", "named", "declaration", "specifier", "star"];
    NAMES.into_iter().find(|n| *n == name).unwrap_or("unknown")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../queries");

    /// What the header of a query file says.
    struct Header {
        question: String,
        example: String,
        /// `capture: text`, in order.
        finds: Vec<String>,
    }

    /// Reads `; Question: …`, the block under `; Example:` and the one under `; Finds:`.
    fn header(source: &str) -> Result<Header, String> {
        let block = |title: &str| -> Result<Vec<String>, String> {
            let from = source.lines().skip_while(|line| *line != format!("; {title}:"));
            let lines: Vec<_> = from.skip(1).map_while(|line| line.strip_prefix(";   ")).map(str::to_owned).collect();
            if lines.is_empty() { Err(format!("no block under `; {title}:`")) } else { Ok(lines) }
        };
        let first = source.lines().next().unwrap_or_default();
        let question = first.strip_prefix("; Question: ").ok_or("its first line is no `; Question: …`")?;
        Ok(Header { question: question.to_owned(), example: block("Example")?.join("\n"), finds: block("Finds")? })
    }

    #[test]
    fn every_file_is_a_question() {
        let files = std::fs::read_dir(FOLDER).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<String> = files.filter(|name| name.ends_with(".scm")).collect();
        let mut questions: Vec<&str> = ALL.iter().map(|question| question.name).collect();
        files.sort();
        questions.sort_unstable();
        assert_eq!(files, questions, "queries/*.scm and syntax::queries::ALL differ");
    }

    #[test]
    fn every_query_compiles_and_finds_what_its_header_says() {
        for question in ALL {
            let name = question.name;
            let header = header(question.source).unwrap_or_else(|missing| panic!("queries/{name}: {missing}"));
            assert!(header.question.ends_with('?'), "queries/{name}: {:?} asks nothing", header.question);
            for grammar in [Grammar::TypeScript, Grammar::Tsx] {
                if let Err(error) = Query::new(grammar.language(), question.source) {
                    panic!("queries/{name} does not compile for {grammar:?}: {error}");
                }
                let tree = parse(&header.example, grammar, None).unwrap();
                assert!(!tree.root_node().has_error(), "queries/{name}: its example is broken code for {grammar:?}");
                let found = question.ask(&tree, grammar, &header.example);
                let found = found.iter().map(|f| format!("{}: {}", f.capture, &header.example[f.range.span()]));
                let found: Vec<String> = found.map(|f| f.replace('\n', " ")).collect();
                assert_eq!(found, header.finds, "queries/{name}, {grammar:?}");
                if question.depth == Some(TOP) {
                    let at_once: Vec<Found> = Statements::new(&tree, grammar, &header.example).of(question).collect();
                    assert_eq!(at_once, question.ask(&tree, grammar, &header.example), "queries/{name}, {grammar:?}");
                }
            }
        }
    }

    #[test]
    fn every_capture_has_its_name() {
        for question in ALL {
            for grammar in [Grammar::TypeScript, Grammar::Tsx] {
                for name in question.query(grammar).map_or(&[][..], Query::capture_names) {
                    assert_eq!(intern(name), *name, "queries/{}: `intern` must know it", question.name);
                }
            }
        }
    }

    #[test]
    fn a_header_without_a_block_is_refused() {
        let whole = "; Question: What?\n;\n; Example:\n;   a;\n;\n; Finds:\n;   x: a\n";
        assert!(header(whole).is_ok());
        let parts = [("; Question", "`; Question"), ("; Example:", "`; Example:`"), (";   x: a", "`; Finds:`")];
        for (part, missing) in parts {
            let error = header(&whole.replace(part, ";")).err().unwrap();
            assert!(error.contains(missing), "{error}");
        }
    }
}
