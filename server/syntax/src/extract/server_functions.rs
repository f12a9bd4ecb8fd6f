//! Server functions: all that Next's compiler may hoist or register by a number, and where it stands.

use rustc_hash::FxHashSet;

use super::{
    Source, captures,
    functions::{ActionNodes, Headed, function_kind, parameter_count},
};
use crate::{
    facts::{DirectiveKind, FileFacts, FunctionKind},
    flat::{Field, Flat, Kind, NodeId, ROOT},
    scope::BindingKind,
    server_functions::{FunctionPlace, PatternName, ServerFile, ServerFunction},
};

/// The mentions of variables that are looked at in one file; no one's actions have more.
const MOST_MENTIONS: u32 = 1 << 16;

/// Reads them; `None` where the file has no server directive.
pub(super) fn read(
    file: &Source,
    headed: &[Headed],
    actions: &ActionNodes,
    facts: &FileFacts,
) -> Option<Box<ServerFile>> {
    let has_directive = facts.directives.iter().any(|d| d.kind != DirectiveKind::UseClient);
    if headed.is_empty() && !has_directive {
        return None;
    }
    let flat = file.flat;
    let mut nodes: Vec<NodeId> = headed.iter().map(|h| h.function).collect();
    let mut patterns = vec![];
    if has_directive {
        nodes.extend(exported(file, facts));
        patterns = pattern_names(flat);
    }
    nodes.sort_unstable();
    nodes.dedup();
    let mut fuel = MOST_MENTIONS;
    let own_directive = |id: NodeId| {
        let at = headed.binary_search_by_key(&id, |h| h.function).ok()?;
        Some(headed.get(at)?.directive.kind)
    };
    let functions = nodes
        .into_iter()
        .map(|id| {
            let (parameters, rest) = parameter_count(flat, id);
            ServerFunction {
                full: flat.range(id),
                directive: own_directive(id),
                kind: function_kind(flat, id),
                named: flat.child(id, Field::Name).is_some(),
                parameters,
                rest,
                place: place(file, id),
                captures: captures::of_function(file, id, &mut fuel),
                inline_action: actions.get(&id).copied(),
            }
        })
        .collect();
    Some(Box::new(ServerFile { functions, patterns }))
}

/// The functions of exported values that stand in no other function: in `export` statements, and
/// the values of names that are exported apart from their declaration.
fn exported(file: &Source, facts: &FileFacts) -> Vec<NodeId> {
    let flat = file.flat;
    let apart: FxHashSet<&str> =
        facts.exports.iter().filter(|e| e.is_apart()).map(|e| e.local.as_deref().unwrap_or(&e.name)).collect();
    let mut found = vec![];
    for statement in flat.children(ROOT) {
        match flat.kind(statement) {
            Kind::Export => outermost(flat, statement, &mut found),
            Kind::FunctionDeclaration if name_is_in(flat, statement, &apart) => found.push(statement),
            Kind::Lexical => {
                for declarator in flat.children(statement).filter(|c| flat.kind(*c) == Kind::Declarator) {
                    let value = flat.child(declarator, Field::Value).filter(|v| flat.is_function(*v));
                    if name_is_in(flat, declarator, &apart) {
                        found.extend(value);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn name_is_in(flat: &Flat, id: NodeId, names: &FxHashSet<&str>) -> bool {
    flat.child(id, Field::Name).is_some_and(|n| names.contains(flat.text_of(n)))
}

fn outermost(flat: &Flat, within: NodeId, found: &mut Vec<NodeId>) {
    let (mut at, after) = (within + 1, flat.get(within).after);
    while at < after {
        if flat.is_function(at) {
            found.push(at);
            at = flat.get(at).after;
        } else if flat.kind(at) == Kind::Namespace {
            at = flat.get(at).after; // compiled to a function
        } else {
            at += 1;
        }
    }
}

/// Where a function stands. Parentheses count: the compiler doesn't look through them.
fn place(file: &Source, id: NodeId) -> FunctionPlace {
    const DEEPEST: u32 = 256;
    let flat = file.flat;
    let parent = flat.parent(id);
    let is_export = |id: NodeId| flat.kind(id) == Kind::Export && flat.parent(id) == ROOT;
    if is_export(parent) && flat.child_of_kind(parent, Kind::DefaultKeyword).is_some() {
        return FunctionPlace::Default;
    }
    let (named, statement) = match flat.kind(id) {
        Kind::FunctionDeclaration => (Some(id), id),
        _ if flat.kind(unannotated(flat, id)) == Kind::Declarator => {
            let declarator = unannotated(flat, id);
            (Some(declarator), flat.parent(declarator))
        }
        _ => (None, id),
    };
    let name = named.and_then(|n| flat.child(n, Field::Name)).filter(|n| flat.kind(*n) == Kind::Identifier);
    if let Some(name) = name {
        let exported = is_export(flat.parent(statement));
        if exported || is_module_binding(file, name) {
            return FunctionPlace::Value { local: flat.text_of(name).into(), exported };
        }
    }
    let mut at = parent;
    for _ in 0..DEEPEST {
        if flat.is_function(at) || flat.kind(at) == Kind::Namespace || at == ROOT {
            return FunctionPlace::Elsewhere;
        }
        if is_export(at) {
            let is_member = match flat.kind(parent) {
                Kind::Pair => true,
                _ => matches!(function_kind(flat, id), FunctionKind::ObjectMethod | FunctionKind::StaticMethod),
            };
            return if is_member { FunctionPlace::Member } else { FunctionPlace::Exported };
        }
        at = flat.parent(at);
    }
    FunctionPlace::Elsewhere
}

/// The parent behind `as`, `satisfies` and `!`, which are gone when the compiler looks.
fn unannotated(flat: &Flat, id: NodeId) -> NodeId {
    let mut at = flat.parent(id);
    while flat.is_wrapper(at) && flat.kind(at) != Kind::Parenthesized {
        at = flat.parent(at);
    }
    at
}

fn is_module_binding(file: &Source, name: NodeId) -> bool {
    let binding = file.scopes.module_binding(file.flat.text_of(name)).and_then(|b| file.scopes.binding(b));
    binding.is_some_and(|b| {
        // Overloads: the first declaration has the binding, the last the body.
        b.name == name || (b.kind == BindingKind::Function && file.flat.parent(file.flat.parent(name)) == ROOT)
    })
}

/// The names that exported patterns declare, as `collect_idents_in_pat` finds them: keys, too, and
/// nothing behind `key: … = default`.
fn pattern_names(flat: &Flat) -> Vec<PatternName> {
    let mut names = vec![];
    for statement in flat.children(ROOT).filter(|s| flat.kind(*s) == Kind::Export) {
        for list in flat.children(statement).filter(|c| flat.kind(*c) == Kind::Lexical) {
            for declarator in flat.children(list).filter(|c| flat.kind(*c) == Kind::Declarator) {
                let Some(pattern) = flat.child(declarator, Field::Name) else { continue };
                if matches!(flat.kind(pattern), Kind::ObjectPattern | Kind::ArrayPattern) {
                    collect(flat, pattern, &mut names);
                }
            }
        }
    }
    names
}

fn collect(flat: &Flat, pattern: NodeId, names: &mut Vec<PatternName>) {
    let (mut at, after) = (pattern + 1, flat.get(pattern).after);
    while at < after {
        let node = flat.get(at);
        let parent = flat.kind(node.parent);
        let is_default =
            node.field == Field::Right && matches!(parent, Kind::AssignmentPattern | Kind::ObjectAssignmentPattern);
        let is_hidden = node.kind == Kind::AssignmentPattern && parent == Kind::PairPattern;
        if is_default || is_hidden || node.kind == Kind::ComputedKey {
            at = node.after;
            continue;
        }
        let is_key = node.field == Field::Key && parent == Kind::PairPattern;
        if is_key && node.kind == Kind::Property {
            names.push(PatternName { name: flat.text_of(at).into(), is_key });
        } else if matches!(node.kind, Kind::Identifier | Kind::ShorthandPattern) {
            names.push(PatternName { name: flat.text_of(at).into(), is_key: false });
        }
        at += 1;
    }
}
