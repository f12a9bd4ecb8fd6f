//! Declarations: what stands at the module's top level under a name and can hold calls. Whoever
//! asks in which component or function a place is, asks here.

use super::Source;
use crate::{
    facts::{Declaration, FileFacts},
    flat::{Field, Flat, Kind, NodeId, ROOT},
};

pub(super) fn read(file: &Source, facts: &mut FileFacts) {
    let flat = file.flat;
    for statement in flat.children(ROOT) {
        match flat.kind(statement) {
            Kind::Export => {
                for inner in flat.children(statement) {
                    declared(flat, inner, facts);
                }
                if let Some(value) = flat.child(statement, Field::Value) {
                    by_default(flat, statement, value, facts);
                }
            }
            _ => declared(flat, statement, facts),
        }
    }
    // Overloads come before what they are overloads of; a broken tree may repeat a name.
    facts.declarations.sort_by_key(|d| d.full);
}

fn declared(flat: &Flat, id: NodeId, facts: &mut FileFacts) {
    match flat.kind(id) {
        Kind::FunctionDeclaration | Kind::ClassDeclaration => {
            facts.declarations.extend(named(flat, id, flat.child(id, Field::Name)));
        }
        Kind::Lexical => {
            for declarator in flat.children(id).filter(|c| flat.kind(*c) == Kind::Declarator) {
                let value = flat.child(declarator, Field::Value).map(|v| flat.unwrapped(v));
                if value.is_some_and(|v| may_hold_calls(flat, v)) {
                    facts.declarations.extend(named(flat, declarator, flat.child(declarator, Field::Name)));
                }
            }
        }
        _ => {}
    }
}

/// `export default …` of what has no name of its own: `default` stands for it.
fn by_default(flat: &Flat, statement: NodeId, value: NodeId, facts: &mut FileFacts) {
    let value = flat.unwrapped(value);
    if !may_hold_calls(flat, value) {
        return;
    }
    let keyword = flat.child_of_kind(statement, Kind::DefaultKeyword);
    let own = if flat.is_function(value) || flat.kind(value) == Kind::ClassExpression {
        flat.child(value, Field::Name)
    } else {
        None
    };
    let (name, range) = match (own, keyword) {
        (Some(own), _) => (flat.text_of(own), flat.range(own)),
        (None, Some(keyword)) => ("default", flat.range(keyword)),
        (None, None) => return,
    };
    facts.declarations.push(Declaration { name: name.into(), range, full: flat.range(statement) });
}

fn named(flat: &Flat, id: NodeId, name: Option<NodeId>) -> Option<Declaration> {
    // `const { a, b } = wrap(…)`: nobody calls that by one name
    let name = name.filter(|n| matches!(flat.kind(*n), Kind::Identifier | Kind::TypeIdentifier))?;
    Some(Declaration { name: flat.text_of(name).into(), range: flat.range(name), full: flat.range(id) })
}

/// Whether calls can stand inside a value: not in a text or a number, nor in a name.
fn may_hold_calls(flat: &Flat, value: NodeId) -> bool {
    !matches!(
        flat.kind(value),
        Kind::String | Kind::Number | Kind::True | Kind::False | Kind::Null | Kind::Regex | Kind::Identifier
    )
}
