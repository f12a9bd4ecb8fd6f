//! Facts about the functions that Next's compiler may register under a name of its own: what the
//! numbering of `$$RSC_SERVER_ACTION_n` and the parameters in an action's ID depend on.
//!
//! Only files with `"use server"` or `"use cache"` have any. What each release makes of them is not
//! said here.

use crate::{
    facts::{DirectiveKind, FunctionKind},
    text::TextRange,
};

/// What a file with a server directive holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerFile {
    /// Functions with a directive of their own, and those of exported values where the file has one.
    /// In source order of their beginnings.
    pub functions: Vec<ServerFunction>,
    /// The names in exported patterns (`export const { a, b: c } = …`) as the compiler collects them.
    pub patterns: Vec<PatternName>,
}

/// One such function.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerFunction {
    /// The whole function.
    pub full: TextRange,
    /// The directive that heads its body.
    pub directive: Option<DirectiveKind>,
    /// How it is written.
    pub kind: FunctionKind,
    /// It has a name of its own (`function save() {}`), not only one that it is given to.
    pub named: bool,
    /// How many parameters it declares; a type for `this` is none. At most 255.
    pub parameters: u8,
    /// The last of them is `...rest`.
    pub rest: bool,
    /// Where it stands.
    pub place: FunctionPlace,
    /// The variables of functions around it that it mentions, each once, by first mention.
    pub captures: Vec<Capture>,
    /// The same function among [`FileFacts::inline_actions`](crate::facts::FileFacts::inline_actions).
    pub inline_action: Option<u32>,
}

impl ServerFunction {
    /// Whether Next's compiler hands any variable to it; with those of `accessors` or without.
    #[must_use]
    pub fn captures_any(&self, accessors: bool) -> bool {
        self.captures.iter().any(|c| match c.how {
            CaptureKind::Captured => true,
            CaptureKind::Accessor => accessors,
            _ => false,
        })
    }
}

/// Where a function stands, seen from the module's exports.
#[derive(Clone, Debug, PartialEq)]
pub enum FunctionPlace {
    /// It is the value of a module-level name: declared so, or what a variable starts with.
    Value {
        /// The name in this file.
        local: Box<str>,
        /// The declaration itself says `export`.
        exported: bool,
    },
    /// `export default async () => {}`
    Default,
    /// Somewhere in an exported value, not inside another function: `export const x = wrap(async () => {})`.
    Exported,
    /// The like, as a member of an object or class: `export const x = { save: async () => {} }`.
    Member,
    /// Anywhere else.
    Elsewhere,
}

/// A name in an exported pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternName {
    /// The name.
    pub name: Box<str>,
    /// It is a key, whose value has another name: `b` in `{ b: c }`.
    pub is_key: bool,
}

/// A variable of a function around a server function.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// Its name.
    pub name: Box<str>,
    /// The first mention in the function.
    pub range: TextRange,
    /// Whether Next's compiler sees it, or why it doesn't.
    pub how: CaptureKind,
}

/// What Next's compiler makes of a variable that a server function mentions. What it doesn't capture
/// compiles all the same, and means something else or nothing when the function runs
/// (`collect_decl_idents_in_stmt`, `visit_mut_param` of `server_actions.rs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaptureKind {
    /// Its value travels encrypted from where the function is made.
    Captured,
    /// Not captured: a variable of a `for` loop's head.
    Loop,
    /// Not captured: the binding of a `catch`.
    Catch,
    /// Not captured: a class, an enum, or a function expression's own name.
    Class,
    /// Not captured: declared after the function, or by the statement around it.
    Later,
    /// Not captured: taken out of an object under another name with a default, `{ a: b = 1 }`.
    Defaulted,
    /// Not captured: only a component's name, `<Item />`.
    Element,
    /// Not captured: only written to.
    Assigned,
    /// Not captured: declared in a block of the module, outside of any function.
    ModuleBlock,
    /// Declared in an accessor of an object: captured from 16.4 on.
    Accessor,
}
