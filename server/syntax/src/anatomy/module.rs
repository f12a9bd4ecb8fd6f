//! A module's statements: what each declares, and what of the module it uses.

use rustc_hash::FxHashMap;
use tree_sitter::{Node, Tree};

use super::{range_of, walk};
use crate::{
    flat::Flat,
    scope::{BindingId, Scopes},
    text::TextRange,
};

/// A file's statements, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// All of the top level; comments belong to what follows them.
    pub statements: Vec<Statement>,
}

/// A statement of a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Itself.
    pub range: TextRange,
    /// With the comments right above it.
    pub full: TextRange,
    /// What it is.
    pub kind: StatementKind,
    /// There is a syntax error in it.
    pub is_broken: bool,
    /// The word `export` (and `default`) with the space behind it.
    pub export: Option<TextRange>,
    /// It says `export default`.
    pub is_default: bool,
    /// The names that it gives to the module.
    pub declares: Vec<Box<str>>,
    /// The module's names that it uses, its own aside: once each, in order of first mention.
    pub uses: Vec<Box<str>>,
}

/// What a statement is.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// `'use server'`
    Directive,
    /// `import …`
    Import(Import),
    /// A type or interface: gone when the program runs.
    Type,
    /// A function declaration.
    Function,
    /// `const`, `let` or `var`, with the number of its variables.
    Variables(u32),
    /// `export { a, b }` without a source.
    List,
    /// `export … from '…'`
    Reexport,
    /// A class, an enum, or anything that just runs.
    Other,
}

/// An import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// Without quotes.
    pub specifier: Box<str>,
    /// The string with its quotes.
    pub specifier_range: TextRange,
    /// `import type …`
    pub type_only: bool,
    /// `import name from`
    pub default: Option<Box<str>>,
    /// `* as name`
    pub namespace: Option<Box<str>>,
    /// `{ … }`
    pub named: Vec<ImportedName>,
}

/// One name in an import's braces.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedName {
    /// What it is called there.
    pub imported: Box<str>,
    /// What it is called here.
    pub local: Box<str>,
    /// `type` in front of it.
    pub type_only: bool,
    /// All of it.
    pub range: TextRange,
}

impl Module {
    /// The statement around a range.
    #[must_use]
    pub fn around(&self, range: TextRange) -> Option<usize> {
        self.statements.iter().position(|s| s.range.covers(range))
    }

    /// The statement that declares a name.
    #[must_use]
    pub fn declaring(&self, name: &str) -> Option<usize> {
        self.statements.iter().position(|s| s.declares.iter().any(|d| &**d == name))
    }

    /// The statements that are imports.
    pub fn imports(&self) -> impl Iterator<Item = (usize, &Import)> {
        self.statements.iter().enumerate().filter_map(|(index, statement)| match &statement.kind {
            StatementKind::Import(import) => Some((index, import)),
            _ => None,
        })
    }
}

pub(super) fn read(tree: &Tree, flat: &Flat, mentions: &[(u32, &str)]) -> Module {
    let root = tree.root_node();
    let mut cursor = root.walk();
    let mut statements: Vec<Statement> = vec![];
    let mut comments: Option<u32> = None;
    let mut last_end = 0_u32;
    for node in root.children(&mut cursor) {
        let range = range_of(node);
        if node.kind() == "comment" {
            // one behind a statement on its line belongs to that
            if let Some(last) = statements.last_mut()
                && comments.is_none()
                && !flat.slice(TextRange::new(last.range.end, range.start)).contains('\n')
            {
                last_end = range.end;
                continue;
            }
            let apart = flat.slice(TextRange::new(last_end, range.start)).matches('\n').count() > 1;
            if comments.is_none() || apart {
                comments = Some(range.start);
            }
            last_end = range.end;
            continue;
        }
        let touches = flat.slice(TextRange::new(last_end, range.start)).matches('\n').count() <= 1;
        let start = comments.take().filter(|_| touches).unwrap_or(range.start);
        last_end = range.end;
        // a semicolon of its own belongs to what stands before it
        if node.kind() == "empty_statement" || node.kind() == ";" {
            if let Some(last) = statements.last_mut() {
                last.range.end = range.end;
                last.full.end = range.end;
            }
            continue;
        }
        statements.push(statement(node, flat, TextRange::new(start, range.end)));
    }
    let mut module = Module { statements };
    find_uses(&mut module, mentions);
    module
}

fn statement(node: Node, flat: &Flat, full: TextRange) -> Statement {
    let text = |node: Node| Box::<str>::from(flat.slice(range_of(node)));
    let mut statement = Statement {
        range: range_of(node),
        full,
        kind: StatementKind::Other,
        is_broken: node.has_error(),
        export: None,
        is_default: false,
        declares: vec![],
        uses: vec![],
    };
    let mut declared = node;
    if node.kind() == "export_statement" {
        if node.child_by_field_name("source").is_some() {
            statement.kind = StatementKind::Reexport;
            return statement;
        }
        let inner = node.child_by_field_name("declaration").or_else(|| node.child_by_field_name("value"));
        let Some(inner) = inner else {
            statement.kind = StatementKind::List;
            return statement;
        };
        statement.export = Some(TextRange::new(range_of(node).start, range_of(inner).start));
        statement.is_default = node.children(&mut node.walk()).any(|c| c.kind() == "default");
        declared = inner;
    }
    let name = |node: Node| node.child_by_field_name("name").map(text);
    match declared.kind() {
        "import_statement" => statement.kind = StatementKind::Import(import(declared, flat)),
        "expression_statement" if declared.named_child(0).is_some_and(|c| c.kind() == "string") => {
            statement.kind = StatementKind::Directive;
        }
        "interface_declaration" | "type_alias_declaration" => {
            statement.kind = StatementKind::Type;
            statement.declares.extend(name(declared));
        }
        "function_declaration" | "generator_function_declaration" | "function_signature" => {
            statement.kind = StatementKind::Function;
            statement.declares.extend(name(declared));
        }
        "class_declaration" | "abstract_class_declaration" | "enum_declaration" => {
            statement.declares.extend(name(declared));
        }
        "lexical_declaration" | "variable_declaration" => {
            let mut count = 0;
            for declarator in declared.children(&mut declared.walk()).filter(|c| c.kind() == "variable_declarator") {
                count += 1;
                let Some(pattern) = declarator.child_by_field_name("name") else { continue };
                walk(pattern, &mut |part| {
                    let is_name = matches!(part.kind(), "identifier" | "shorthand_property_identifier_pattern");
                    statement.declares.extend(is_name.then(|| text(part)));
                    // a default is an expression
                    part.parent().is_none_or(|p| p.child_by_field_name("right") != Some(part))
                });
            }
            statement.kind = StatementKind::Variables(count);
        }
        _ => {}
    }
    if let StatementKind::Import(import) = &statement.kind {
        let locals = import.named.iter().map(|n| n.local.clone());
        statement.declares.extend(import.default.clone().into_iter().chain(import.namespace.clone()).chain(locals));
    }
    statement
}

fn import(node: Node, flat: &Flat) -> Import {
    let text = |node: Node| Box::<str>::from(flat.slice(range_of(node)));
    let mut import = Import::default();
    if let Some(source) = node.child_by_field_name("source") {
        import.specifier_range = range_of(source);
        import.specifier = text(source).trim_matches(['"', '\'']).into();
    }
    let has_type = |node: Node| node.children(&mut node.walk()).any(|c| matches!(c.kind(), "type" | "typeof"));
    import.type_only = has_type(node);
    let Some(clause) = node.children(&mut node.walk()).find(|c| c.kind() == "import_clause") else { return import };
    for part in clause.children(&mut clause.walk()) {
        match part.kind() {
            "identifier" => import.default = Some(text(part)),
            "namespace_import" => import.namespace = part.named_child(0).map(text),
            "named_imports" => {
                for one in part.children(&mut part.walk()).filter(|c| c.kind() == "import_specifier") {
                    let Some(imported) = one.child_by_field_name("name").map(text) else { continue };
                    let local = one.child_by_field_name("alias").map_or_else(|| imported.clone(), text);
                    import.named.push(ImportedName { imported, local, type_only: has_type(one), range: range_of(one) });
                }
            }
            _ => {}
        }
    }
    import
}

/// What each statement uses of the others.
fn find_uses(module: &mut Module, mentions: &[(u32, &str)]) {
    let owners: FxHashMap<Box<str>, usize> = module
        .statements
        .iter()
        .enumerate()
        .rev()
        .flat_map(|(index, s)| s.declares.iter().map(move |name| (name.clone(), index)))
        .collect();
    for (offset, name) in mentions.iter().copied() {
        let user = module.statements.partition_point(|s| s.range.end <= offset);
        let Some(owner) = owners.get(name).filter(|owner| **owner != user) else { continue };
        debug_assert!(*owner < module.statements.len(), "owners are statements");
        if let Some(statement) = module.statements.get_mut(user).filter(|s| s.range.start <= offset)
            && !statement.uses.iter().any(|used| &**used == name)
        {
            statement.uses.push(name.into());
        }
    }
}

/// Where names stand that the module may declare, in order: values by their bindings; names in types,
/// which have no scopes here, by name.
pub(super) fn mentions<'t>(tree: &Tree, flat: &Flat<'t>, scopes: &Scopes) -> Vec<(u32, &'t str)> {
    let mut found: Vec<(u32, &str)> = vec![];
    for (node, binding) in &scopes.references {
        if is_of_module(scopes, *binding) {
            found.push((flat.range(*node).start, flat.text_of(*node)));
        }
    }
    // lists name values that are no references for who asks what runs
    walk(tree.root_node(), &mut |node| {
        let named = match node.kind() {
            "type_identifier" => Some(node),
            "identifier" => {
                let parent = node.parent();
                let role = parent.map_or("", |p| p.kind());
                let is_name = parent.and_then(|p| p.child_by_field_name("name")) == Some(node);
                let is_listed = role == "export_specifier" && is_name;
                (is_listed || matches!(role, "type_query" | "nested_type_identifier" | "nested_identifier"))
                    .then_some(node)
            }
            _ => None,
        };
        found.extend(named.map(|node| (range_of(node).start, flat.slice(range_of(node)))));
        true
    });
    found.sort_unstable();
    found.dedup();
    found
}

fn is_of_module(scopes: &Scopes, binding: BindingId) -> bool {
    scopes.binding(binding).is_some_and(|b| b.scope == 0)
}
