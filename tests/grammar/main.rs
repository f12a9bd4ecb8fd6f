//! What tree-sitter's grammars make of TypeScript's constructs today, and what facts survive it.
//!
//! The constructs stand in `*.txt`, each under `//- name`, with `[ts]` or `[tsx]` where only one
//! of the grammars can read it. A line `//! …` says that the tree is wrong and what TypeScript
//! reads; such rows are FIXMEs, and so is every one whose tree holds ERROR or MISSING. What the
//! grammars and the extractors yield is pinned beside it in `*.expected`, so that an upgrade of
//! the grammar shows its effect: `UPDATE_EXPECT=1 cargo test -p syntax --test grammar`.

#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../facts/render.rs"]
mod render;

use std::fmt::Write;

use expect_test::{ExpectFile, expect_file};
use render::Facts;
use syntax::parse::{Grammar, parse};
use tree_sitter::{Node, Tree};

struct Construct {
    name: String,
    grammars: Vec<(&'static str, Grammar)>,
    /// What is wrong with its tree, in words.
    wrong: Option<String>,
    code: String,
}

const TS: (&str, Grammar) = ("ts", Grammar::TypeScript);
const TSX: (&str, Grammar) = ("tsx", Grammar::Tsx);

fn constructs(text: &str) -> Vec<Construct> {
    let mut all: Vec<Construct> = vec![];
    for line in text.lines() {
        if let Some(header) = line.strip_prefix("//- ") {
            let (name, grammars) = match header.split_once(" [") {
                Some((name, "ts]")) => (name, vec![TS]),
                Some((name, "tsx]")) => (name, vec![TSX]),
                Some((_, other)) => panic!("{header}: no grammar is called [{other}"),
                None => (header, vec![TS, TSX]),
            };
            all.push(Construct { name: name.to_owned(), grammars, wrong: None, code: String::new() });
        } else if let Some(wrong) = line.strip_prefix("//! ") {
            all.last_mut().unwrap().wrong = Some(wrong.to_owned());
        } else {
            let code = &mut all.last_mut().unwrap().code;
            code.push_str(line);
            code.push('\n');
        }
    }
    all
}

/// Every ERROR and MISSING of a tree, outermost ones first.
fn damage(tree: &Tree, text: &str) -> Vec<String> {
    let mut found = vec![];
    let mut open = vec![tree.root_node()];
    while let Some(node) = open.pop() {
        let at = node.start_position();
        let place = format!("{}:{}", at.row + 1, at.column + 1);
        if node.is_missing() {
            found.push(format!("MISSING `{}` {place}", node.kind()));
        } else if node.is_error() {
            found.push(format!("ERROR `{}` {place}", text[node.byte_range()].replace('\n', "⏎")));
        }
        let mut children: Vec<Node> = node.children(&mut node.walk()).filter(Node::has_error).collect();
        children.reverse();
        open.extend(children);
    }
    found
}

/// The facts that other files can see.
fn facts(text: &str, grammar: Grammar) -> String {
    let facts = Facts::new(text, grammar);
    let mut out = String::new();
    for (title, rows) in [
        ("directive", facts.directives()),
        ("import", facts.imports()),
        ("export", facts.exports()),
        ("action", facts.actions()),
    ] {
        for row in rows.lines().filter(|row| *row != "nothing") {
            writeln!(out, "    {title} {row}").unwrap();
        }
    }
    out
}

/// What is lost of `before` and `after` when the construct stands between them.
fn lost(code: &str, grammar: Grammar) -> Vec<&'static str> {
    let text =
        format!("'use server';\nexport async function before() {{}}\n{code}export async function after() {{}}\n");
    let facts = Facts::new(&text, grammar).facts;
    let mut lost: Vec<_> = ["before", "after"].into_iter().filter(|name| facts.export(name).is_none()).collect();
    if !facts.is_server_module() {
        lost.push("'use server'");
    }
    lost
}

fn check(text: &str, expected: &ExpectFile) {
    let mut out = String::new();
    for construct in constructs(text) {
        writeln!(out, "{}", construct.name).unwrap();
        let mut answers = vec![];
        for (name, grammar) in &construct.grammars {
            let tree = parse(&construct.code, *grammar, None).unwrap();
            let damage = damage(&tree, &construct.code);
            assert!(
                damage.is_empty() || construct.wrong.is_some(),
                "{} [{name}]: {damage:?} without a `//!` line that says what TypeScript reads",
                construct.name
            );
            let mut answer = String::new();
            if let Some(wrong) = &construct.wrong {
                writeln!(answer, "    FIXME {wrong}").unwrap();
                // Wrong trees are shown, for nothing else would tell when they come right.
                if damage.is_empty() {
                    writeln!(answer, "    {}", tree.root_node().to_sexp()).unwrap();
                }
            }
            for row in damage {
                writeln!(answer, "    {row}").unwrap();
            }
            for name in lost(&construct.code, *grammar) {
                writeln!(answer, "    FIXME its neighbour is lost: {name}").unwrap();
            }
            answer.push_str(&facts(&construct.code, *grammar));
            answers.push((*name, answer));
        }
        match &answers[..] {
            [(_, one), (_, other)] if one == other => write!(out, "  ts tsx\n{one}").unwrap(),
            _ => answers.iter().for_each(|(name, answer)| write!(out, "  {name}\n{answer}").unwrap()),
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn modules() {
    check(include_str!("modules.txt"), &expect_file!["./modules.expected"]);
}

#[test]
fn statements() {
    check(include_str!("statements.txt"), &expect_file!["./statements.expected"]);
}

#[test]
fn expressions() {
    check(include_str!("expressions.txt"), &expect_file!["./expressions.expected"]);
}

#[test]
fn classes() {
    check(include_str!("classes.txt"), &expect_file!["./classes.expected"]);
}

#[test]
fn types() {
    check(include_str!("types.txt"), &expect_file!["./types.expected"]);
}

#[test]
fn jsx() {
    check(include_str!("jsx.txt"), &expect_file!["./jsx.expected"]);
}
