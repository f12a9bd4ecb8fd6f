//! Which functions of a file the compiler registers: under which names, and with which arguments.
//!
//! Exports of a `"use server"` file go by the exported name. Functions with a directive of their own
//! are hoisted out of the file as `$$RSC_SERVER_ACTION_n` and `$$RSC_SERVER_CACHE_n` (`$$ACTION_n` in
//! 14), with one counter for the file. The compiler numbers a function as it leaves it, so that inner
//! ones come first. What is exported how, what is hoisted and what else takes a number has changed
//! with 15.0, 15.1, 15.4 and 16.1.
//!
//! Source: `server_actions.rs` (`visit_mut_module_items`, `visit_mut_function`,
//! `visit_mut_arrow_expr`), read at 14.1, 15.3, 16.0 and 16.1; measured on the compilers of 14.2.35 to
//! 16.4.6, release by release (`tests/actions`).

use syntax::{
    facts::{DirectiveKind, Export, FileFacts, Form, FunctionKind},
    server_functions::{FunctionPlace, ServerFile, ServerFunction},
};

use crate::{Mask, Version};

mod rules_14;
mod rules_15;
mod rules_16;

/// One name that a file registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The name that is hashed.
    pub name: Box<str>,
    /// Which arguments count. 14 doesn't write it into its IDs.
    pub mask: Mask,
    /// The first of these arguments holds what the function captures.
    pub captures: bool,
    /// The export: an index into [`FileFacts::exports`]. None for what isn't exported, and for the keys
    /// in patterns that releases before 16.1 take for names.
    pub export: Option<u32>,
    /// The function, where there is one in this file: an index into [`ServerFile::functions`].
    pub function: Option<u32>,
}

/// Everything that a file registers when it is compiled for the server. A file that doesn't compile
/// registers nothing; that isn't asked here, so that a missing `async` doesn't move the numbers.
#[must_use]
pub fn registered(facts: &FileFacts, version: Version) -> Vec<Registered> {
    // On the server, a client module is a list of references and nothing else.
    let Some(server) = facts.server.as_deref().filter(|_| !facts.is_client_module()) else { return vec![] };
    let mut numbering = Numbering::new(facts, server, version);
    if version < Version::new(15, 0, 0) {
        rules_14::register(&mut numbering);
    } else if version < Version::new(16, 1, 0) {
        rules_15::register(&mut numbering);
    } else {
        rules_16::register(&mut numbering);
    }
    numbering.registered
}

/// Whether a `"use server"` file that only `pages/` imports registers anything: from 15 on it is
/// compiled as any other module there.
#[must_use]
pub fn registers_for_pages(version: Version) -> bool {
    version < Version::new(15, 0, 0)
}

/// The directive at the head of a file, as far as a release knows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Plain,
    Actions,
    Cache,
}

impl FileKind {
    /// What exported functions inherit.
    fn directive(self) -> Option<DirectiveKind> {
        match self {
            Self::Plain => None,
            Self::Actions => Some(DirectiveKind::UseServer),
            Self::Cache => Some(DirectiveKind::UseCache),
        }
    }
}

/// The compiler's walk through one file.
struct Numbering<'f> {
    facts: &'f FileFacts,
    server: &'f ServerFile,
    version: Version,
    kind: FileKind,
    /// The next number.
    next: u32,
    registered: Vec<Registered>,
}

impl<'f> Numbering<'f> {
    fn new(facts: &'f FileFacts, server: &'f ServerFile, version: Version) -> Self {
        let has = |kind| facts.directives.iter().any(|d| d.kind == kind);
        let kind = if has(DirectiveKind::UseServer) {
            FileKind::Actions
        } else if has(DirectiveKind::UseCache) && version >= Version::new(15, 0, 0) {
            FileKind::Cache
        } else {
            FileKind::Plain
        };
        Self { facts, server, version, kind, next: 0, registered: vec![] }
    }

    fn is_before(&self, major: u16, minor: u16) -> bool {
        self.version < Version::new(major, minor, 0)
    }

    /// The functions in the order in which the compiler leaves them; between them, the default
    /// export that takes a number of its own, at the place that `default` names.
    fn steps(&self, default: Option<u32>) -> Vec<Step<'f>> {
        let mut steps: Vec<(u32, Step)> = self
            .server
            .functions
            .iter()
            .enumerate()
            .map(|(index, function)| (function.full.end, Step::Leave(index as u32, function)))
            .collect();
        // What ends at the same place ends from the inside out: the outer one begins earlier.
        steps.reverse();
        steps.sort_by_key(|(at, _)| *at);
        if let Some(at) = default {
            steps.insert(steps.partition_point(|(end, _)| *end <= at), (at, Step::Default));
        }
        steps.into_iter().map(|(_, step)| step).collect()
    }

    /// `export default` of a function without a name, or of a call.
    fn nameless_default(&self) -> Option<(u32, &'f Export)> {
        let (index, export) = self.facts.exports.iter().enumerate().find(|(_, e)| &*e.name == "default")?;
        let is_nameless = export.local.is_none() && !export.is_apart();
        let named = || self.default_function().is_some_and(|(_, f)| f.named);
        (is_nameless && (export.form == Form::Call || (export.form.is_function() && !named())))
            .then_some((index as u32, export))
    }

    /// The function that stands right behind `export default`.
    fn default_function(&self) -> Option<(u32, &'f ServerFunction)> {
        self.function(|f| f.place == FunctionPlace::Default)
    }

    /// The function that an export's declaration is.
    fn function_of(&self, export: &Export) -> Option<(u32, &'f ServerFunction)> {
        if &*export.name == "default" {
            return self.default_function();
        }
        self.function(|f| matches!(&f.place, FunctionPlace::Value { local, exported: true } if *local == export.name))
    }

    fn function(&self, is: impl Fn(&ServerFunction) -> bool) -> Option<(u32, &'f ServerFunction)> {
        // Of overloads the last has the body; the facts hold no others.
        let index = self.server.functions.iter().rposition(is)?;
        Some((index as u32, self.server.functions.get(index)?))
    }

    /// Gives a function its number.
    fn hoist(&mut self, index: u32, function: &ServerFunction, directive: DirectiveKind) {
        let is_cache = directive == DirectiveKind::UseCache;
        let prefix = match (self.version.major < 15, is_cache) {
            (true, _) => "$$ACTION_",
            (false, false) => "$$RSC_SERVER_ACTION_",
            (false, true) => "$$RSC_SERVER_CACHE_",
        };
        // 15.0 doesn't count the argument that captured values travel in.
        let captures = self.captures(function) && !self.is_before(15, 1);
        let mask = Mask::of(function.parameters.saturating_add(u8::from(captures)), function.rest);
        let name = format!("{prefix}{}", self.next).into();
        self.next += 1;
        self.registered.push(Registered {
            name,
            mask: if is_cache { mask.cached() } else { mask },
            captures,
            export: self.export_of(function),
            function: Some(index),
        });
    }

    fn captures(&self, function: &ServerFunction) -> bool {
        function.captures_any(!self.is_before(16, 4))
    }

    /// The export whose value a function is.
    fn export_of(&self, function: &ServerFunction) -> Option<u32> {
        let is = |e: &Export| match &function.place {
            FunctionPlace::Value { local, .. } => local_name(e) == &**local,
            FunctionPlace::Default => &*e.name == "default",
            _ => false,
        };
        self.facts.exports.iter().position(is).map(|at| at as u32)
    }

    fn name(&mut self, name: &str, mask: Mask, export: Option<u32>, function: Option<u32>) {
        if !self.is_registered(name) {
            self.registered.push(Registered { name: name.into(), mask, captures: false, export, function });
        }
    }

    fn is_registered(&self, name: &str) -> bool {
        self.registered.iter().any(|r| &*r.name == name)
    }
}

/// One step of the walk.
enum Step<'f> {
    /// A function was visited, with all that is in it.
    Leave(u32, &'f ServerFunction),
    /// The default export without a name.
    Default,
}

/// What an export is called in its file.
fn local_name(export: &Export) -> &str {
    export.local.as_deref().unwrap_or(&export.name)
}

/// Names that a pattern declares are collected apart ([`ServerFile::patterns`]).
fn is_in_pattern(export: &Export) -> bool {
    export.form == Form::Destructured && !export.is_apart()
}

fn mask_of(function: &ServerFunction) -> Mask {
    Mask::of(function.parameters, function.rest)
}

fn is_method(kind: FunctionKind) -> bool {
    !matches!(kind, FunctionKind::Declaration | FunctionKind::Expression | FunctionKind::Arrow)
}

/// Methods that no release hoists, whatever directive they carry.
fn is_never_hoisted(kind: FunctionKind) -> bool {
    matches!(kind, FunctionKind::InstanceMethod | FunctionKind::Accessor)
}
