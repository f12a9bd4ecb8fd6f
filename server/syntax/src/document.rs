//! An open buffer: a rope that takes edits in O(log n), the text as one string for everything that
//! reads, the tree that is parsed again incrementally, and the facts.

use std::sync::Arc;

use ropey::Rope;
use tree_sitter::{InputEdit, Node, Point, Tree};

use crate::{
    extract,
    facts::{Directive, DirectiveKind, FileFacts, Origin},
    parse::{Grammar, parse},
    text::{Encoding, LineCol, TextRange},
};

/// One change as editors send it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What is replaced; `None` means the whole text.
    pub range: Option<(LineCol, LineCol)>,
    /// What stands there afterwards.
    pub text: String,
}

/// An open buffer.
#[derive(Clone, Debug)]
pub struct Document {
    grammar: Option<Grammar>,
    rope: Rope,
    text: Arc<str>,
    tree: Option<Tree>,
    facts: Arc<FileFacts>,
}

impl Document {
    /// Opens a buffer. `grammar` is `None` for files that are no code (`tsconfig.json`).
    #[must_use]
    pub fn new(text: &str, grammar: Option<Grammar>) -> Self {
        let tree = grammar.and_then(|g| parse(text, g, None));
        let facts = match (&tree, grammar) {
            (Some(tree), Some(grammar)) => extract::facts(tree, grammar, text),
            _ => FileFacts::default(),
        };
        Self { grammar, rope: Rope::from_str(text), text: text.into(), tree, facts: Arc::new(facts) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The facts of the text as it is now; what a syntax error swallowed is kept from before.
    #[must_use]
    pub fn facts(&self) -> &Arc<FileFacts> {
        &self.facts
    }

    /// Applies changes in order and reads the facts anew, once.
    pub fn edit(&mut self, edits: &[Edit], encoding: Encoding) {
        for edit in edits {
            self.apply(edit, encoding);
        }
        self.text = Arc::from(String::from(&self.rope));
        let Some(grammar) = self.grammar else { return };
        let Some(tree) = parse(&self.text, grammar, self.tree.as_ref()) else { return };
        let facts = extract::facts(&tree, grammar, &self.text);
        self.facts = Arc::new(keep_swallowed(&self.facts, facts, &self.text, &tree));
        self.tree = Some(tree);
    }

    fn apply(&mut self, edit: &Edit, encoding: Encoding) {
        let Some((from, to)) = edit.range else {
            self.rope = Rope::from_str(&edit.text);
            self.tree = None;
            return;
        };
        let start = self.char_at(from, encoding);
        let end = self.char_at(to, encoding).max(start);
        let (start_byte, end_byte) = (self.rope.char_to_byte(start), self.rope.char_to_byte(end));
        let (start_position, old_end_position) = (self.point(start_byte), self.point(end_byte));
        self.rope.remove(start..end);
        self.rope.insert(start, &edit.text);
        let new_end_byte = start_byte + edit.text.len();
        let new_end_position = self.point(new_end_byte);
        if let Some(tree) = &mut self.tree {
            tree.edit(&InputEdit {
                start_byte,
                old_end_byte: end_byte,
                new_end_byte,
                start_position,
                old_end_position,
                new_end_position,
            });
        }
    }

    /// Positions past a line's end mean its end, past the last line the text's (LSP 3.17).
    /// Lines end at `\n`, also inside `\r\n`; ropey's other line breaks are switched off.
    fn char_at(&self, at: LineCol, encoding: Encoding) -> usize {
        let Ok(line) = self.rope.try_line_to_char(at.line as usize) else { return self.rope.len_chars() };
        if at.line as usize >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let content = self.rope.line(at.line as usize);
        let mut length = content.len_chars();
        // A lone `\r` ends no line, so it can be passed.
        for ending in ['\n', '\r'] {
            if length == 0 || content.get_char(length - 1) != Some(ending) {
                break;
            }
            length -= 1;
        }
        let col = at.col as usize;
        let within = match encoding {
            Encoding::Utf8 => content.try_byte_to_char(col).unwrap_or(length),
            Encoding::Utf16 => content.try_utf16_cu_to_char(col).unwrap_or(length),
            Encoding::Utf32 => col,
        };
        line + within.min(length)
    }

    fn point(&self, byte: usize) -> Point {
        let byte = byte.min(self.rope.len_bytes());
        let row = self.rope.byte_to_line(byte);
        Point::new(row, byte - self.rope.line_to_byte(row))
    }
}

/// A half-typed line can wrap most of a file in an ERROR node. Exports that stood there a moment
/// ago are kept while their names still stand in code that the error reaches (design, invariant 6);
/// their places are found anew. What stands in whole statements is taken as it is.
fn keep_swallowed(old: &FileFacts, mut new: FileFacts, text: &str, tree: &Tree) -> FileFacts {
    if !new.broken {
        return new;
    }
    if new.directives.is_empty() && !old.directives.is_empty() {
        // only where nothing before or in the directive changed
        let stands = |d: &&Directive| {
            let written = text.get(d.range.span()).and_then(|t| t.strip_prefix(['"', '\''])?.strip_suffix(['"', '\'']));
            written.and_then(DirectiveKind::parse) == Some(d.kind)
        };
        new.directives = old.directives.iter().filter(stands).cloned().collect();
    }
    let damaged = damaged_statements(tree);
    for export in &old.exports {
        if new.export(&export.name).is_some() || export.origin != Origin::Here {
            continue;
        }
        let name = export.local.as_deref().unwrap_or(&export.name);
        if let Some(range) = place_of(text, name, export.declared, &damaged) {
            let mut export = export.clone();
            (export.range, export.declared, export.full) = (range, range, range);
            export.inline_action = None;
            new.exports.push(export);
        }
    }
    new
}

/// The statements of the module that hold an error, each with the one behind it, whose head the
/// error may have taken.
fn damaged_statements(tree: &Tree) -> Vec<TextRange> {
    let root = tree.root_node();
    let range = |node: Node| TextRange::new(node.start_byte() as u32, node.end_byte() as u32);
    if root.is_error() {
        return vec![range(root)];
    }
    let mut is_behind = false;
    let mut damaged = vec![];
    for statement in root.children(&mut root.walk()) {
        if statement.has_error() || is_behind {
            damaged.push(range(statement));
        }
        is_behind = statement.has_error();
    }
    damaged
}

/// The place nearest to `near` where `name` stands as a whole word inside one of these ranges,
/// which are in order.
fn place_of(text: &str, name: &str, near: TextRange, inside: &[TextRange]) -> Option<TextRange> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
    memchr::memmem::find_iter(text.as_bytes(), name.as_bytes())
        .filter(|at| {
            let (before, after) = (text.get(..*at), text.get(at + name.len()..));
            !is_word(before.and_then(|t| t.chars().next_back())) && !is_word(after.and_then(|t| t.chars().next()))
        })
        .map(|at| TextRange::new(at as u32, (at + name.len()) as u32))
        .filter(|place| {
            let next = inside.partition_point(|range| range.end < place.end);
            inside.get(next).is_some_and(|range| range.covers(*place))
        })
        .min_by_key(|place| place.start.abs_diff(near.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "'use server';\nexport async function save() {}\nexport const drop = async () => {};\n";

    /// The exports, and whether the module is the server's, after `from` is replaced by `to`.
    fn after(text: &str, edits: &[(&str, &str)]) -> (Vec<String>, bool) {
        let mut document = Document::new(text, Some(Grammar::TypeScript));
        for (from, to) in edits {
            let text = document.text().clone();
            let start = text.find(from).unwrap();
            let at = |byte: usize| {
                let before = &text[..byte];
                let line_start = before.rfind('\n').map_or(0, |n| n + 1);
                LineCol { line: before.matches('\n').count() as u32, col: (byte - line_start) as u32 }
            };
            let range = Some((at(start), at(start + from.len())));
            document.edit(&[Edit { range, text: (*to).to_owned() }], Encoding::Utf8);
        }
        let facts = document.facts();
        let mut names: Vec<String> = facts.exports.iter().map(|e| e.name.to_string()).collect();
        names.sort();
        (names, facts.is_server_module())
    }

    fn both() -> (Vec<String>, bool) {
        (vec!["drop".into(), "save".into()], true)
    }

    #[test]
    fn half_typed_lines_swallow_nothing() {
        for typed in ["{\n", "foo(\n", "`\n", "const x = {\n", "if (\n", "/*\n", "\"\n"] {
            let before = format!("{typed}export async function save");
            assert_eq!(after(WHOLE, &[("export async function save", &before)]), both(), "{typed:?}");
        }
    }

    #[test]
    fn what_stands_whole_is_taken_as_it_is() {
        // The file is broken by the last line; the export above it is taken back all the same.
        let text = "'use server';\nexport async function save() {}\nexport async function drop() {}\nconst a = ;\n";
        assert_eq!(after(text, &[("export async function save", "async function save")]), (vec!["drop".into()], true));
        assert_eq!(after(text, &[("export async function save() {}", "save();")]), (vec!["drop".into()], true));
        assert_eq!(after(text, &[("export async function save() {}\n", "")]), (vec!["drop".into()], true));
    }

    #[test]
    fn a_directive_is_kept_only_where_it_stood() {
        assert!(after(WHOLE, &[("save() {", "save() {{ `")]).1);
        assert!(!after(WHOLE, &[("'use server';", "'use serve';"), ("save() {", "save() {{ `")]).1);
        // No character may be cut in two.
        assert!(!after(WHOLE, &[("'use server'", "é'use server'"), ("é", "{é")]).1);
    }
}
