//! What is kept of a file's anatomy: its statements, without the tree.

use super::{
    Anatomy,
    module::{self, Module},
};
use crate::{
    flat::{Field, Flat, Kind, NodeId},
    parse::{Grammar, parse},
    scope::Scopes,
};

/// A file's statements with what each declares, uses and calls: small enough to be kept for every file that
/// somebody asked about, where an [`Anatomy`] holds a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its statements.
    pub module: Module,
    /// For each statement, its callees as [`Anatomy::calls_within`] tells them, with what stands in calls.
    pub calls: Vec<Vec<Box<str>>>,
}

/// A callee of more letters is code of its own: of such a one only the last name counts.
const LONGEST: u32 = 80;

impl Outline {
    /// Of a whole file; `None` if it can't be parsed in time.
    #[must_use]
    pub fn new(text: &str, grammar: Grammar) -> Option<Self> {
        let tree = parse(text, grammar, None)?;
        let flat = Flat::new(&tree, grammar, text);
        let scopes = Scopes::new(&flat);
        let module = module::read(&tree, &flat, &module::mentions(&tree, &flat, &scopes));
        let calls = calls(&flat, &module);
        Some(Self { module, calls })
    }

    /// The callees in the statement that declares a name.
    #[must_use]
    pub fn calls_of(&self, name: &str) -> &[Box<str>] {
        self.module.declaring(name).and_then(|index| self.calls.get(index)).map_or(&[], Vec::as_slice)
    }
}

impl Anatomy<'_> {
    /// What is kept of it.
    #[must_use]
    pub fn outline(&self) -> Outline {
        Outline { calls: calls(&self.flat, &self.module), module: self.module.clone() }
    }
}

fn calls(flat: &Flat, module: &Module) -> Vec<Vec<Box<str>>> {
    let mut calls = vec![vec![]; module.statements.len()];
    for id in 0..flat.len() {
        let node = flat.get(id);
        if node.field != Field::Function || flat.kind(node.parent) != Kind::Call {
            continue;
        }
        let statement = module.statements.partition_point(|s| s.range.end <= node.range.start);
        let Some(known) = calls.get_mut(statement) else { continue };
        known.push(callee(flat, id).into());
    }
    calls
}

/// Of a chain the end of it: what stands before is a call of its own.
fn callee<'t>(flat: &Flat<'t>, callee: NodeId) -> &'t str {
    let is_chain = flat.child(callee, Field::Object).is_some_and(|object| flat.kind(object) == Kind::Call);
    let is_short = flat.range(callee).end - flat.range(callee).start <= LONGEST;
    match flat.child(callee, Field::Property) {
        Some(property) if is_chain || !is_short => flat.text_of(property),
        _ if is_short => flat.text_of(callee),
        _ => "",
    }
}
