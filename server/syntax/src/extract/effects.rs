//! Effects: what the functions that answer HTTP read, answer and change ([`crate::effects`]).
//!
//! One function's body is read with the closures in it, and the functions of the file that it calls
//! by their names, one step far. Files without such functions cost nothing.

mod answers;
mod changes;
mod held;
mod known;
mod reads;
mod takes;

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Source, functions::ActionNodes, values::Reader};
use crate::{
    effects::Effects,
    facts::{FileFacts, Form},
    flat::{Field, Kind, NodeId},
    scope::{Binding, BindingId, BindingKind},
};
use held::Held;
use known::KnownNames;

/// The functions of a file's exports, by index: what `exports` found inside each value.
pub(super) type ExportNodes = FxHashMap<u32, NodeId>;

/// The names under which a module answers a method.
const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"];

/// What a function is called by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// `GET(request, context)`
    Handler,
    /// The callback of `withAuth(…)`: what it is given is for the wrapper to say.
    WrappedHandler,
    Action,
    WrappedAction,
}

/// A function that answers, and the names under which it does.
struct Answering {
    node: NodeId,
    role: Role,
    exports: Vec<u32>,
    inline_action: Option<u32>,
}

pub(super) fn read(file: &Source, actions: &ActionNodes, exports: &ExportNodes, facts: &FileFacts) -> Vec<Effects> {
    let answering = answering(file, actions, exports, facts);
    if answering.is_empty() {
        return vec![];
    }
    let (reader, known) = (Reader::new(file, facts), KnownNames::new(facts));
    let mut rows = vec![];
    for one in answering {
        let mut function = Function {
            file,
            reader: &reader,
            known: &known,
            actions,
            node: one.node,
            range: one.node,
            given: FxHashMap::default(),
            names: RefCell::default(),
            looked_into: FxHashSet::default(),
            returned: 0,
            out: Effects { exports: one.exports, inline_action: one.inline_action, ..Effects::default() },
        };
        function.take_parameters(one.role);
        function.out.opaque = matches!(one.role, Role::WrappedHandler | Role::WrappedAction);
        function.walk(true);
        function.answers();
        if !function.out.is_nothing() {
            rows.push(function.out);
        }
    }
    rows
}

fn answering(file: &Source, actions: &ActionNodes, exports: &ExportNodes, facts: &FileFacts) -> Vec<Answering> {
    let flat = file.flat;
    let mut all: Vec<Answering> = vec![];
    let mut by_node: FxHashMap<NodeId, usize> = FxHashMap::default();
    let is_module = facts.is_server_module();
    for (index, export) in facts.exports.iter().enumerate() {
        let is_handler = METHODS.contains(&&*export.name) && !is_module;
        if !is_handler && !is_module {
            continue;
        }
        let Some(node) = exports.get(&(index as u32)).copied() else { continue };
        let wrapped = export.form == Form::Call || flat.kind(above(file, node)) == Kind::Arguments;
        let role = match (is_handler, wrapped) {
            (true, false) => Role::Handler,
            (true, true) => Role::WrappedHandler,
            (false, false) => Role::Action,
            (false, true) => Role::WrappedAction,
        };
        match by_node.get(&node).and_then(|at| all.get_mut(*at)) {
            Some(same) => same.exports.push(index as u32),
            None => {
                by_node.insert(node, all.len());
                all.push(Answering { node, role, exports: vec![index as u32], inline_action: None });
            }
        }
    }
    let mut inline: Vec<(NodeId, u32)> = actions.iter().map(|(node, index)| (*node, *index)).collect();
    inline.sort_unstable();
    for (node, index) in inline {
        match by_node.get(&node).and_then(|at| all.get_mut(*at)) {
            Some(same) => same.inline_action = Some(index),
            None => {
                all.push(Answering { node, role: Role::Action, exports: vec![], inline_action: Some(index) });
            }
        }
    }
    all
}

/// What stands around a function, beside parentheses and the like.
fn above(file: &Source, node: NodeId) -> NodeId {
    let mut at = file.flat.parent(node);
    while file.flat.is_wrapper(at) {
        at = file.flat.parent(at);
    }
    at
}

/// One function while it is read.
struct Function<'a> {
    file: &'a Source<'a>,
    reader: &'a Reader<'a>,
    known: &'a KnownNames,
    actions: &'a ActionNodes,
    /// The function that answers.
    node: NodeId,
    /// The function that is being walked: itself, or one that it calls.
    range: NodeId,
    /// What parameters hold, by the node that declares them.
    given: FxHashMap<NodeId, Held>,
    /// What names hold: asked at every mention, and names of names could double at every step.
    names: RefCell<FxHashMap<BindingId, Held>>,
    looked_into: FxHashSet<NodeId>,
    /// How many returned values were looked at.
    returned: u32,
    out: Effects,
}

impl<'a> Function<'a> {
    /// Reads one function's nodes in order; `follow`: also those of functions that it calls.
    fn walk(&mut self, follow: bool) {
        let flat = self.file.flat;
        self.patterns();
        let (start, after) = (self.range, flat.get(self.range).after);
        let mut id = start + 1;
        while id < after {
            if flat.is_function(id) && self.actions.contains_key(&id) {
                id = flat.get(id).after; // an action of its own answers for itself
                continue;
            }
            match flat.kind(id) {
                Kind::Call => {
                    self.reads_of_call(id);
                    self.changes_of_call(id);
                    self.call(id, follow);
                }
                Kind::Member => self.reads_of_member(id),
                Kind::Identifier | Kind::Shorthand => self.reads_of_name(id),
                _ => {}
            }
            id += 1;
        }
    }

    /// Where a call leads: into a function of this file, or out of sight.
    fn call(&mut self, id: NodeId, follow: bool) {
        let Some(callee) = self.file.flat.child(id, Field::Function) else { return };
        if self.known.of(self.file, callee).is_some() {
            return;
        }
        let Some(function) = self.local_function(callee) else {
            self.out.opaque |= self.known.is_foreign(self.file, callee) || self.hands_request_on(id, callee);
            return;
        };
        if self.is_inside(function) || function == self.node || !self.looked_into.insert(function) {
            return;
        }
        if !follow {
            self.out.opaque = true;
            return;
        }
        self.hand_over(function, id);
        let here = self.enter(function);
        self.walk(false);
        self.enter(here);
    }

    /// Walks another function from here on; the one before comes back.
    fn enter(&mut self, function: NodeId) -> NodeId {
        self.names.borrow_mut().clear();
        std::mem::replace(&mut self.range, function)
    }

    /// `helper(request)`, where nobody looks into the helper.
    fn hands_request_on(&self, call: NodeId, callee: NodeId) -> bool {
        let arguments = self.file.flat.child(call, Field::Arguments);
        let mut arguments = arguments.into_iter().flat_map(|a| self.file.flat.children(a));
        // `new URL(request.url)` hands on a text
        arguments.any(|a| self.held(a) == Held::Request)
            && self.file.flat.child(callee, Field::Object).is_none_or(|o| !self.is_global(o, "console"))
    }

    /// The function of this file that a callee names.
    fn local_function(&self, callee: NodeId) -> Option<NodeId> {
        let flat = self.file.flat;
        let callee = flat.unwrapped(callee);
        let binding = self.file.scopes.binding(self.file.scopes.of(callee)?).filter(|b| !b.in_pattern)?;
        let function = match binding.kind {
            BindingKind::Function => binding.declaration,
            BindingKind::Const => flat.unwrapped(flat.child(binding.declaration, Field::Value)?),
            _ => return None,
        };
        flat.is_function(function).then_some(function)
    }

    /// Whether a node lies in the function that is being walked.
    fn is_inside(&self, id: NodeId) -> bool {
        self.range <= id && id < self.file.flat.get(self.range).after
    }

    /// The names that are declared in the function that is being walked; they are in source order.
    fn declared(&self) -> &'a [Binding] {
        let all = &self.file.scopes.bindings;
        let (start, after) = (self.range, self.file.flat.get(self.range).after);
        let from = all.partition_point(|b| b.name < start);
        let until = all.partition_point(|b| b.name < after);
        all.get(from..until).unwrap_or_default()
    }

    /// What an identifier declares.
    fn declared_by(&self, name: NodeId) -> Option<BindingId> {
        let all = &self.file.scopes.bindings;
        let at = all.partition_point(|b| b.name < name);
        all.get(at).filter(|b| b.name == name).map(|_| at as BindingId)
    }

    /// The identifiers in the function that is being walked, with what they mean.
    fn references(&self) -> impl Iterator<Item = (NodeId, BindingId)> + use<'a> {
        let (start, after) = (self.range, self.file.flat.get(self.range).after);
        let all = &self.file.scopes.references;
        let from = all.partition_point(|(id, _)| *id < start);
        all.iter().skip(from).take_while(move |(id, _)| *id < after).copied()
    }

    fn property(&self, member: NodeId) -> Option<&'a str> {
        self.file.flat.child(member, Field::Property).map(|p| self.file.flat.text_of(p))
    }

    fn argument(&self, call: NodeId, index: usize) -> Option<NodeId> {
        let arguments = self.file.flat.child(call, Field::Arguments)?;
        self.file.flat.children(arguments).nth(index)
    }

    /// Whether a node is that name, and nobody in the file binds it.
    fn is_global(&self, id: NodeId, name: &str) -> bool {
        let flat = self.file.flat;
        flat.kind(id) == Kind::Identifier && flat.text_of(id) == name && self.file.scopes.of(id).is_none()
    }
}
