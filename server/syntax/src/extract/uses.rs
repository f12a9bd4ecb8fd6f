//! Uses: where imported values, this file's exports and its inline actions are mentioned, and how.

use rustc_hash::FxHashMap;

use super::{Source, callee_text, functions::ActionNodes, imports::module_call, quote};
use crate::{
    facts::{FileFacts, Origin, Use, UseKind, Used},
    flat::{Field, Flat, Kind, NodeId},
    scope::{BindingId, BindingKind},
};

/// What bindings stand for.
pub(super) type Targets = FxHashMap<BindingId, Used>;

pub(super) fn read(file: &Source, actions: &ActionNodes, facts: &mut FileFacts) -> Targets {
    let targets = targets(file, actions, facts);
    let flat = file.flat;
    let mut uses = vec![];
    for (id, binding) in &file.scopes.references {
        let Some(used) = targets.get(binding) else { continue };
        // `{ a } from` lists and the declaration itself are no uses; they never get here.
        let member = member_of(flat, *id).filter(|_| matches!(used, Used::Import(_)));
        uses.push(one(flat, *id, used.clone(), member));
    }
    for (id, _) in file.nodes(Kind::Call) {
        if let Some(source) = module_call(flat, id).filter(|_| flat.kind(id + 1) == Kind::ImportKeyword) {
            let specifier = facts.intern_specifier(flat.string_value(source), flat.range(source));
            // `const a = (await import('…')).a` is an import already.
            let is_import = |m: NodeId| facts.imports.iter().any(|i| i.imported_range == flat.range(m));
            let members = dynamic_members(flat, id).into_iter().filter(|m| !is_import(*m));
            uses.extend(members.map(|m| one(flat, id, Used::Module(specifier), Some(m))));
        }
    }
    uses.sort_by_key(|u: &Use| u.range);
    facts.uses = uses;
    targets
}

/// What each binding of interest stands for.
fn targets(file: &Source, actions: &ActionNodes, facts: &FileFacts) -> Targets {
    let flat = file.flat;
    let imports: FxHashMap<_, _> = facts
        .imports
        .iter()
        .enumerate()
        .filter(|(_, import)| !import.type_only)
        .map(|(index, import)| (import.range, index as u32))
        .collect();
    let exports: FxHashMap<_, _> = facts
        .exports
        .iter()
        .enumerate()
        .filter(|(_, e)| e.origin == Origin::Here)
        .map(|(index, e)| (e.declared, index as u32))
        .collect();
    let mut targets = Targets::default();
    for (id, binding) in file.scopes.bindings.iter().enumerate() {
        let id = id as BindingId;
        let range = flat.range(binding.name);
        if let Some(import) = imports.get(&range) {
            targets.insert(id, Used::Import(*import));
        } else if let Some(export) = exports.get(&range).filter(|_| binding.scope == 0) {
            targets.insert(id, Used::Export(*export));
        } else if let Some(action) = inline_action(file, actions, binding.declaration, binding.kind) {
            targets.insert(id, Used::InlineAction(action));
        }
    }
    targets
}

fn inline_action(file: &Source, actions: &ActionNodes, declaration: NodeId, kind: BindingKind) -> Option<u32> {
    let flat = file.flat;
    match kind {
        BindingKind::Function => actions.get(&declaration).copied(),
        BindingKind::Const | BindingKind::Variable => {
            let value = flat.unwrapped(flat.child(declaration, Field::Value)?);
            actions.get(&value).copied()
        }
        _ => None,
    }
}

fn one(flat: &Flat, id: NodeId, used: Used, member: Option<NodeId>) -> Use {
    // From here on the whole `ns.member` is the value.
    let value = match member {
        Some(m) if flat.kind(flat.parent(m)) == Kind::Member => flat.parent(m),
        _ => id,
    };
    let (kind, via) = kind(flat, value);
    Use {
        range: flat.range(member.unwrap_or(id)),
        head: flat.range(id),
        used,
        member: member.map(|m| flat.text_of(m).into()),
        kind,
        via,
    }
}

/// The member taken of an identifier: `m` in `id.m`. What functions themselves have is left alone.
fn member_of(flat: &Flat, id: NodeId) -> Option<NodeId> {
    let node = flat.get(id);
    if flat.kind(node.parent) != Kind::Member || node.field != Field::Object {
        return None;
    }
    let property = flat.child(node.parent, Field::Property)?;
    (!is_own_member(flat.text_of(property))).then_some(property)
}

/// What functions and promises have themselves.
pub(super) fn is_own_member(name: &str) -> bool {
    matches!(name, "bind" | "call" | "apply" | "then" | "catch" | "finally" | "name" | "length")
}

/// The members taken of a dynamic import: `(await import('…')).m`. What the callback of a `.then(…)`
/// gets is an import already.
fn dynamic_members(flat: &Flat, call: NodeId) -> Vec<NodeId> {
    let mut at = call;
    loop {
        let parent = flat.parent(at);
        match flat.kind(parent) {
            Kind::Await => at = parent,
            _ if flat.is_wrapper(parent) => at = parent,
            Kind::Member if flat.get(at).field == Field::Object => {
                let property = flat.child(parent, Field::Property);
                return property.filter(|p| !is_own_member(flat.text_of(*p))).into_iter().collect();
            }
            _ => return vec![],
        }
    }
}

/// How a value is used, read from what surrounds it.
pub(super) fn kind(flat: &Flat, value: NodeId) -> (UseKind, Option<Box<str>>) {
    let mut at = value;
    for _ in 0..12 {
        let node = flat.get(at);
        let parent = node.parent;
        match (flat.kind(parent), node.field) {
            (Kind::Call, Field::Function) => return (UseKind::Call, None),
            (Kind::Member, Field::Object) => {
                let property = flat.child(parent, Field::Property).map_or("", |p| flat.text_of(p));
                let is_called =
                    flat.kind(flat.parent(parent)) == Kind::Call && flat.get(parent).field == Field::Function;
                return match property {
                    "bind" => (UseKind::Bind, None),
                    "call" | "apply" if is_called => (UseKind::Call, None),
                    _ => (UseKind::Mention, None),
                };
            }
            (Kind::Arguments, _) => {
                let call = flat.parent(parent);
                let callee = flat.child(call, Field::Function).or_else(|| flat.child(call, Field::Constructor));
                let callee = callee.map(|c| callee_text(flat, c)).unwrap_or_default();
                let is_hook = callee
                    .rsplit('.')
                    .next()
                    .and_then(|c| c.strip_prefix("use"))
                    .is_some_and(|r| r.starts_with(char::is_uppercase));
                return (if is_hook { UseKind::Hook } else { UseKind::Argument }, Some(callee));
            }
            (Kind::JsxOpening | Kind::JsxSelfClosing, Field::Name) => return (UseKind::Element, None),
            (Kind::JsxExpression, _) => {
                let attribute = flat.parent(parent);
                if flat.kind(attribute) != Kind::JsxAttribute {
                    return (UseKind::Mention, None);
                }
                let name = flat.children(attribute).next().map_or("", |n| flat.text_of(n));
                let element = flat.child(flat.parent(attribute), Field::Name).map_or("", |n| flat.text_of(n));
                let is_form =
                    matches!(name, "action" | "formAction") && element.starts_with(|c: char| c.is_ascii_lowercase());
                return (if is_form { UseKind::FormAction } else { UseKind::Prop }, Some(name.into()));
            }
            (Kind::Pair, Field::Value) => {
                return (UseKind::Member, flat.child(parent, Field::Key).map(|k| quote(flat.text_of(k))));
            }
            (Kind::Object, _) if node.kind == Kind::Shorthand => {
                return (UseKind::Member, Some(flat.text_of(at).into()));
            }
            (Kind::Declarator, Field::Value) => {
                return (UseKind::Alias, flat.child(parent, Field::Name).map(|n| quote(flat.text_of(n))));
            }
            (Kind::Ternary, Field::Consequence | Field::Alternative) | (Kind::Binary, _) => at = parent,
            _ if flat.is_wrapper(parent) => at = parent,
            _ => return (UseKind::Mention, None),
        }
    }
    (UseKind::Mention, None)
}
