//! Imports: static ones, `require` and `import()` that give a name, all as rows of one local name.

use rustc_hash::FxHashSet;

use super::Source;
use crate::{
    facts::{FileFacts, Import, Imported},
    flat::{Field, Flat, Kind, NodeId},
    queries::{IMPORTS, Statements},
    scope::BindingId,
};

pub(super) fn read(file: &Source, statements: &Statements, facts: &mut FileFacts) {
    let flat = file.flat;
    for found in statements.of(&IMPORTS) {
        let Some(id) = flat.find(found.range) else { continue };
        // `find` gives the outermost node of a range: a lone `{ a }` list never has its specifier's range.
        let (name, alias) = match found.capture {
            "named" => (flat.child(id, Field::Name), flat.child(id, Field::Alias)),
            _ => (None, Some(innermost_identifier(flat, id))),
        };
        let Some(local) = alias.or(name) else { continue };
        let Some(statement) = ancestor(flat, local, Kind::Import) else { continue };
        let Some(source) = flat.child(statement, Field::Source) else { continue };
        let imported = match found.capture {
            "named" => Imported::Name(name.map_or("", |n| export_name(flat, n)).into()),
            "namespace" => Imported::Namespace,
            _ => Imported::Name("default".into()),
        };
        let specifier = facts.intern_specifier(flat.string_value(source), flat.range(source));
        let type_only = flat.child_of_kind(statement, Kind::TypeKeyword).is_some()
            || (found.capture == "named" && flat.child_of_kind(id, Kind::TypeKeyword).is_some());
        facts.imports.push(Import {
            local: flat.text_of(local).into(),
            imported,
            specifier,
            type_only,
            range: flat.range(local),
            imported_range: name.map_or(flat.range(local), |n| flat.range(n)),
        });
    }
    dynamic(file, facts);
}

/// The import statements of which nothing is left without types: `import type`, and those whose names
/// nothing uses as a value or exports again. `import './x'` binds none and stays.
pub(super) fn erased(file: &Source) -> FxHashSet<NodeId> {
    let flat = file.flat;
    let referenced: FxHashSet<BindingId> = file.scopes.references.iter().map(|(_, binding)| *binding).collect();
    let listed: FxHashSet<&str> = file
        .nodes(Kind::ExportSpecifier)
        .filter_map(|(id, _)| flat.child(id, Field::Name))
        .map(|name| flat.text_of(name))
        .collect();
    let is_erased = |id: NodeId| {
        // Bindings are in source order.
        let from = file.scopes.bindings.partition_point(|binding| binding.name < id);
        let own = file.scopes.bindings.iter().skip(from).take_while(|binding| binding.name < flat.get(id).after);
        let mut own = own.enumerate().peekable();
        let is_type = flat.child_of_kind(id, Kind::TypeKeyword).is_some();
        let is_used = |at: usize, name: NodeId| {
            referenced.contains(&((from + at) as BindingId)) || listed.contains(flat.text_of(name))
        };
        is_type || (own.peek().is_some() && own.all(|(at, binding)| !is_used(at, binding.name)))
    };
    file.nodes(Kind::Import).map(|(id, _)| id).filter(|id| is_erased(*id)).collect()
}

/// `const { a: b } = await import('…')`, `const ns = await import('…')`, the same with `require`,
/// `import('…').then(({ a: b }) => …)`, `import('…').then((ns) => …)`, and `import ns = require('…')`.
fn dynamic(file: &Source, facts: &mut FileFacts) {
    let flat = file.flat;
    for (id, _) in file.nodes(Kind::Declarator) {
        let (Some(value), Some(name)) = (flat.child(id, Field::Value), flat.child(id, Field::Name)) else { continue };
        let mut value = flat.unwrapped(value);
        // `require('…').name`, `(await import('…')).name`
        let member = flat.child(value, Field::Property).filter(|_| flat.kind(value) == Kind::Member);
        if let Some(object) = member.and_then(|_| flat.child(value, Field::Object)) {
            value = flat.unwrapped(object);
        }
        let is_awaited = flat.kind(value) == Kind::Await;
        if is_awaited {
            value = flat.children(value).next().map_or(value, |v| flat.unwrapped(v));
        }
        let Some(source) = module_call(flat, value) else { continue };
        if !is_awaited && flat.kind(value + 1) == Kind::ImportKeyword {
            continue; // a promise, not the module
        }
        let specifier = facts.intern_specifier(flat.string_value(source), flat.range(source));
        let mut bind = |local: NodeId, name: Option<NodeId>, imported: Imported| {
            facts.imports.push(Import {
                local: flat.text_of(local).into(),
                imported,
                specifier,
                type_only: false,
                range: flat.range(local),
                imported_range: flat.range(name.unwrap_or(local)),
            });
        };
        match (flat.kind(name), member) {
            (Kind::Identifier, Some(member)) => bind(name, Some(member), Imported::Name(flat.text_of(member).into())),
            (_, None) => named_by(flat, name, &mut bind),
            _ => {}
        }
    }
    for (id, _) in file.nodes(Kind::Call) {
        let Some((source, name)) = taken_by_callback(flat, id) else { continue };
        let specifier = facts.intern_specifier(flat.string_value(source), flat.range(source));
        named_by(flat, name, &mut |local, name, imported| {
            facts.imports.push(Import {
                local: flat.text_of(local).into(),
                imported,
                specifier,
                type_only: false,
                range: flat.range(local),
                imported_range: flat.range(name.unwrap_or(local)),
            });
        });
    }
    for (id, _) in file.nodes(Kind::ImportRequire) {
        // `import fs = require('fs')`
        let (local, source) = (flat.child_of_kind(id, Kind::Identifier), flat.child_of_kind(id, Kind::String));
        let (Some(local), Some(source)) = (local, source) else { continue };
        let range = flat.range(local);
        let specifier = facts.intern_specifier(flat.string_value(source), flat.range(source));
        facts.imports.push(Import {
            local: flat.text_of(local).into(),
            imported: Imported::Namespace,
            specifier,
            type_only: false,
            range,
            imported_range: range,
        });
    }
}

/// The names that a module is bound to: `ns`, `{ a, b: c }`.
fn named_by(flat: &Flat, name: NodeId, bind: &mut dyn FnMut(NodeId, Option<NodeId>, Imported)) {
    match flat.kind(name) {
        Kind::Identifier => bind(name, None, Imported::Namespace),
        Kind::ObjectPattern => {
            for part in flat.children(name) {
                let (key, local) = match flat.kind(part) {
                    Kind::PairPattern => (flat.child(part, Field::Key), flat.child(part, Field::Value)),
                    Kind::ShorthandPattern | Kind::ObjectAssignmentPattern => (None, Some(part)),
                    _ => continue,
                };
                // `{ a = 1 }`, `{ a: b = 1 }`
                let Some(local) = local.map(|l| flat.child(l, Field::Left).unwrap_or(l)) else { continue };
                if matches!(flat.kind(local), Kind::Identifier | Kind::ShorthandPattern) {
                    bind(local, key, Imported::Name(export_name(flat, key.unwrap_or(local)).into()));
                }
            }
        }
        _ => {}
    }
}

/// The specifier, and the first parameter's name, of `import('…').then((name) => …)`.
fn taken_by_callback(flat: &Flat, then: NodeId) -> Option<(NodeId, NodeId)> {
    let function = flat.child(then, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
    let load = flat.child(function, Field::Object).filter(|o| flat.kind(*o) == Kind::Call)?;
    flat.child(function, Field::Property).filter(|p| flat.text_of(*p) == "then")?;
    let source = module_call(flat, load)?;
    let callback = flat.children(flat.child(then, Field::Arguments)?).next().filter(|c| flat.is_function(*c))?;
    let single = flat.child(callback, Field::Parameter);
    let parameter = single.or_else(|| flat.children(flat.child(callback, Field::Parameters)?).next())?;
    Some((source, flat.child(parameter, Field::Pattern).unwrap_or(parameter)))
}

/// The specifier of `import('…')` or `require('…')`.
pub(super) fn module_call(flat: &Flat, call: NodeId) -> Option<NodeId> {
    if flat.kind(call) != Kind::Call {
        return None;
    }
    let function = flat.child(call, Field::Function)?;
    let loads = flat.kind(function) == Kind::ImportKeyword
        || (flat.kind(function) == Kind::Identifier && flat.text_of(function) == "require");
    let argument = flat.children(flat.child(call, Field::Arguments)?).next()?;
    (loads && flat.kind(argument) == Kind::String).then_some(argument)
}

/// A name in an import or export list: an identifier or a string.
pub(super) fn export_name<'t>(flat: &Flat<'t>, id: NodeId) -> &'t str {
    if flat.kind(id) == Kind::String { flat.string_value(id) } else { flat.text_of(id) }
}

fn innermost_identifier(flat: &Flat, id: NodeId) -> NodeId {
    let range = flat.range(id);
    let mut at = id;
    while at + 1 < flat.get(at).after && flat.range(at + 1) == range {
        at += 1;
    }
    at
}

fn ancestor(flat: &Flat, id: NodeId, kind: Kind) -> Option<NodeId> {
    let mut at = flat.parent(id);
    for _ in 0..6 {
        if flat.kind(at) == kind {
            return Some(at);
        }
        at = flat.parent(at);
    }
    None
}

impl Source<'_> {
    /// All nodes of a kind, in source order.
    pub(super) fn nodes(&self, kind: Kind) -> impl Iterator<Item = (NodeId, &crate::flat::FlatNode)> {
        (0..self.flat.len()).map(|id| (id, self.flat.get(id))).filter(move |(_, node)| node.kind == kind)
    }
}
