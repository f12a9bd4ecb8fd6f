//! Exports: every value that the module gives away, however it is written.

use rustc_hash::FxHashSet;

use super::{
    Source, callee_text,
    effects::ExportNodes,
    functions::{ActionNodes, function_inside, signature},
    imports::export_name,
    quote,
};
use crate::{
    facts::{Export, FileFacts, Form, Imported, Origin},
    flat::{Field, Flat, Kind, NodeId},
    queries::{EXPORTS, Statements},
    scope::BindingKind,
    text::TextRange,
};

/// The facts, and the names that are exported already: the first row of a name counts.
struct Rows<'f> {
    facts: &'f mut FileFacts,
    names: FxHashSet<Box<str>>,
    functions: ExportNodes,
}

impl Rows<'_> {
    /// A new row, of which only the place is known; `None` where the name has one. Overloads
    /// (`export function f(x: string): void;` before the implementation) come as several.
    fn add(&mut self, name: &str, place: Place, origin: Origin, form: Form) -> Option<&mut Export> {
        if !self.names.insert(name.into()) {
            return None;
        }
        self.facts.exports.push(Export {
            name: name.into(),
            range: place.range,
            declared: place.declared,
            full: place.full,
            origin,
            form,
            signature: None,
            literal: None,
            local: None,
            looks: false,
            wrapper: None,
            inline_action: None,
        });
        self.facts.exports.last_mut()
    }

    /// A row whose value is in another file.
    fn elsewhere(&mut self, name: &str, place: Place, origin: Origin) {
        self.add(name, place, origin, Form::Elsewhere);
    }
}

/// Fills in the rows; gives back the function inside each, where there is one.
pub(super) fn read(
    file: &Source,
    statements: &Statements,
    actions: &ActionNodes,
    facts: &mut FileFacts,
) -> ExportNodes {
    let flat = file.flat;
    let mut rows = Rows { facts, names: FxHashSet::default(), functions: ExportNodes::default() };
    let mut stars = FxHashSet::default();
    for found in statements.of(&EXPORTS) {
        let Some(id) = flat.find(found.range) else { continue };
        match found.capture {
            "declaration" => declaration(file, actions, statement_of(flat, id), &mut rows),
            "default" => default(file, actions, id, &mut rows),
            "specifier" => specifier(file, actions, id, &mut rows),
            "namespace" => namespace(flat, id, &mut rows),
            "star" => {
                let types_only = is_type_only(flat, flat.parent(id));
                let specifier = rows.facts.intern_specifier(flat.string_value(id), flat.range(id));
                if !types_only && stars.insert(specifier) {
                    rows.facts.star_exports.push(specifier);
                }
            }
            _ => {}
        }
    }
    common_js(file, actions, &mut rows);
    let functions = rows.functions;
    for export in &facts.exports {
        if let Some(action) = export.inline_action.and_then(|a| facts.inline_actions.get_mut(a as usize)) {
            action.exported.get_or_insert_with(|| export.name.clone());
        }
    }
    functions
}

/// Where a value's row begins: its name, where it is declared, and the whole of it.
struct Place {
    range: TextRange,
    declared: TextRange,
    full: TextRange,
}

fn push(
    file: &Source,
    actions: &ActionNodes,
    rows: &mut Rows,
    name: &str,
    place: Place,
    value: Option<NodeId>,
    form: Form,
) {
    let flat = file.flat;
    let value = value.map(|v| flat.unwrapped(v));
    let function = value.and_then(|v| function_inside(file, v));
    let Some(export) = rows.add(name, place, Origin::Here, form) else { return };
    export.signature = function.map(|f| signature(flat, f));
    export.literal = value.filter(|v| is_literal(flat, *v)).map(|v| quote(flat.text_of(v)));
    export.wrapper = value
        .filter(|v| flat.kind(*v) == Kind::Call)
        .and_then(|v| flat.child(v, Field::Function))
        .map(|f| callee_text(flat, f));
    export.inline_action =
        function.filter(|f| Some(*f) == value || form == Form::Call).and_then(|f| actions.get(&f)).copied();
    let index = rows.facts.exports.len() as u32 - 1;
    rows.functions.extend(function.map(|f| (index, f)));
}

/// `export const …`, `export async function …`, `export class …`
fn declaration(file: &Source, actions: &ActionNodes, id: NodeId, rows: &mut Rows) {
    let flat = file.flat;
    let node = flat.get(id);
    let is_default = flat.child_of_kind(node.parent, Kind::DefaultKeyword).is_some();
    match node.kind {
        Kind::Lexical => {
            for declarator in flat.children(id).filter(|c| flat.kind(*c) == Kind::Declarator) {
                declarator_exports(file, actions, declarator, rows);
            }
        }
        Kind::FunctionDeclaration | Kind::ClassDeclaration | Kind::Enum | Kind::Namespace => {
            // of `namespace A.B` the outer name
            let name =
                flat.child(id, Field::Name).map(|n| if node.kind == Kind::Namespace { first_leaf(flat, n) } else { n });
            let declared = name.map_or(node.range, |n| flat.range(n));
            let exported = if is_default { "default" } else { name.map_or("", |n| flat.text_of(n)) };
            let form = match node.kind {
                Kind::FunctionDeclaration => Form::Declaration,
                Kind::ClassDeclaration => Form::Class,
                Kind::Enum => Form::Enum,
                _ => Form::Other,
            };
            let value = (node.kind == Kind::FunctionDeclaration).then_some(id);
            let place = Place { range: declared, declared, full: flat.range(node.parent) };
            push(file, actions, rows, exported, place, value, form);
            if is_default && let (Some(name), Some(last)) = (name, rows.facts.exports.last_mut()) {
                last.local = Some(flat.text_of(name).into());
            }
        }
        _ => {}
    }
}

fn declarator_exports(file: &Source, actions: &ActionNodes, declarator: NodeId, rows: &mut Rows) {
    let flat = file.flat;
    let Some(name) = flat.child(declarator, Field::Name) else { return };
    let value = flat.child(declarator, Field::Value);
    let place = |n: NodeId| Place { range: flat.range(n), declared: flat.range(n), full: flat.range(declarator) };
    if flat.kind(name) == Kind::Identifier {
        // `export const ⏎ export function f() {}`: the half-typed line takes the next one's keyword for its name.
        if matches!(flat.text_of(name), "export" | "import" | "const" | "function" | "class") {
            return;
        }
        push(file, actions, rows, flat.text_of(name), place(name), value, value.map_or(Form::Other, |v| form(flat, v)));
        return;
    }
    let names: Vec<NodeId> = (name..flat.get(name).after).filter(|n| declares_in_pattern(flat, *n)).collect();
    for n in names {
        push(file, actions, rows, flat.text_of(n), place(n), value, Form::Destructured);
    }
}

/// Whether an identifier inside a destructuring pattern is one of the names that it declares.
fn declares_in_pattern(flat: &Flat, id: NodeId) -> bool {
    let node = flat.get(id);
    match node.kind {
        Kind::ShorthandPattern => true,
        Kind::Identifier => match flat.kind(node.parent) {
            Kind::PairPattern => node.field == Field::Value,
            Kind::AssignmentPattern | Kind::ObjectAssignmentPattern => node.field == Field::Left,
            Kind::ArrayPattern | Kind::RestPattern => true,
            _ => false,
        },
        _ => false,
    }
}

/// `export default <expression>`
fn default(file: &Source, actions: &ActionNodes, value: NodeId, rows: &mut Rows) {
    let flat = file.flat;
    let statement = flat.parent(value);
    let keyword = flat.child_of_kind(statement, Kind::DefaultKeyword);
    let range = keyword.map_or(flat.range(value), |k| flat.range(k));
    let own_name = flat.child(value, Field::Name).filter(|_| flat.is_function(value));
    let place = Place { range, declared: own_name.map_or(range, |n| flat.range(n)), full: flat.range(statement) };
    let named = flat.unwrapped(value);
    if flat.kind(named) == Kind::Identifier {
        local(file, actions, named, "default", place, rows);
    } else {
        push(file, actions, rows, "default", place, Some(value), form(flat, value));
    }
}

/// One of `export { a, b as c }`, with or without `from`.
fn specifier(file: &Source, actions: &ActionNodes, id: NodeId, rows: &mut Rows) {
    let flat = file.flat;
    let Some(name) = flat.child(id, Field::Name) else { return };
    let alias = flat.child(id, Field::Alias).unwrap_or(name);
    let statement = flat.parent(flat.parent(id));
    if flat.child_of_kind(id, Kind::TypeKeyword).is_some() || flat.child_of_kind(statement, Kind::TypeKeyword).is_some()
    {
        return;
    }
    let range = flat.range(alias);
    let exported = export_name(flat, alias);
    if let Some(source) = flat.child(statement, Field::Source) {
        let specifier = rows.facts.intern_specifier(flat.string_value(source), flat.range(source));
        let imported = Imported::Name(export_name(flat, name).into());
        rows.elsewhere(
            exported,
            Place { range, declared: flat.range(name), full: flat.range(id) },
            Origin::From { specifier, imported },
        );
    } else {
        local(file, actions, name, exported, Place { range, declared: flat.range(name), full: flat.range(id) }, rows);
    }
}

fn namespace(flat: &Flat, id: NodeId, rows: &mut Rows) {
    let statement = flat.parent(id);
    let (Some(name), Some(source)) = (flat.children(id).last(), flat.child(statement, Field::Source)) else { return };
    if is_type_only(flat, statement) {
        return;
    }
    let specifier = rows.facts.intern_specifier(flat.string_value(source), flat.range(source));
    let range = flat.range(name);
    let origin = Origin::From { specifier, imported: Imported::Namespace };
    rows.elsewhere(export_name(flat, name), Place { range, declared: range, full: flat.range(statement) }, origin);
}

/// `export type …`; the grammar reads `export type *` as an error over `type`.
fn is_type_only(flat: &Flat, statement: NodeId) -> bool {
    flat.children(statement).any(|c| match flat.kind(c) {
        Kind::TypeKeyword => true,
        Kind::Error => flat.text_of(c) == "type",
        _ => false,
    })
}

/// A local name that is exported apart from its declaration.
fn local(file: &Source, actions: &ActionNodes, name: NodeId, exported: &str, place: Place, rows: &mut Rows) {
    let flat = file.flat;
    let text = flat.text_of(name);
    let Some(binding) = file.scopes.module_binding(text).and_then(|b| file.scopes.binding(b)) else {
        // Not declared here as a value: a type, or broken code. Types are no exports of ours.
        return;
    };
    let binding = *binding;
    if binding.kind == BindingKind::Import {
        let range = flat.range(binding.name);
        let Some(import) = rows.facts.imports.iter().position(|i| i.range == range && !i.type_only) else { return };
        rows.elsewhere(exported, Place { declared: range, ..place }, Origin::Import(import as u32));
    } else {
        let value = match flat.kind(binding.declaration) {
            Kind::FunctionDeclaration => Some(binding.declaration),
            _ => flat.child(binding.declaration, Field::Value),
        };
        let form = match (flat.kind(binding.declaration), binding.in_pattern) {
            (_, true) => Form::Destructured,
            (Kind::FunctionDeclaration, _) => Form::Declaration,
            (Kind::ClassDeclaration, _) => Form::Class,
            (Kind::Enum, _) => Form::Enum,
            _ => value.map_or(Form::Other, |v| form(flat, v)),
        };
        let place = Place { declared: flat.range(binding.name), full: flat.range(binding.declaration), ..place };
        push(file, actions, rows, exported, place, value, form);
    }
    if text != exported
        && let Some(last) = rows.facts.exports.last_mut().filter(|e| &*e.name == exported)
    {
        last.local = Some(text.into());
    }
}

/// `module.exports = …` and `exports.name = …`, for `pages/api` files in JavaScript.
fn common_js(file: &Source, actions: &ActionNodes, rows: &mut Rows) {
    let flat = file.flat;
    if !flat.text.contains("exports") || !rows.facts.exports.is_empty() {
        return;
    }
    for (id, _) in file.nodes(Kind::Assignment) {
        let (Some(left), Some(right)) = (flat.child(id, Field::Left), flat.child(id, Field::Right)) else { continue };
        let name = match flat.text_of(left) {
            "module.exports" => "default",
            text => match text.strip_prefix("module.exports.").or_else(|| text.strip_prefix("exports.")) {
                Some(name) => name,
                None => continue,
            },
        };
        let range = flat.range(left);
        push(
            file,
            actions,
            rows,
            name,
            Place { range, declared: range, full: flat.range(id) },
            Some(right),
            form(flat, right),
        );
    }
}

fn form(flat: &Flat, value: NodeId) -> Form {
    let value = flat.unwrapped(value);
    match flat.kind(value) {
        Kind::Arrow => Form::Arrow,
        Kind::FunctionExpression => Form::FunctionExpression,
        Kind::FunctionDeclaration => Form::Declaration,
        Kind::Call => Form::Call,
        Kind::ClassExpression | Kind::ClassDeclaration => Form::Class,
        _ if is_literal(flat, value) => Form::Literal,
        _ => Form::Other,
    }
}

fn is_literal(flat: &Flat, value: NodeId) -> bool {
    matches!(
        flat.kind(value),
        Kind::String
            | Kind::Number
            | Kind::True
            | Kind::False
            | Kind::Null
            | Kind::Array
            | Kind::Object
            | Kind::Unary
            | Kind::Template
            | Kind::Regex
    )
}

fn first_leaf(flat: &Flat, id: NodeId) -> NodeId {
    let mut at = id;
    while let Some(child) = flat.children(at).next() {
        at = child;
    }
    at
}

/// `find` gives the outermost node of a range; without a semicolon a declaration can share its range.
fn statement_of(flat: &Flat, id: NodeId) -> NodeId {
    if flat.kind(id) == Kind::Export { id + 1 } else { id }
}
