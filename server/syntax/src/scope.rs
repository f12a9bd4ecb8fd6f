//! Scopes and bindings: which declaration an identifier means. Calls are linked by binding, never
//! by name, so everything that asks "who is this?" asks here.
//!
//! The rules are ECMAScript's, without the temporal dead zone: `var` and parameters belong to the
//! function, `let`, `const`, `class`, `function` and `catch` to the block, and a declaration is
//! seen in its whole scope.

use rustc_hash::FxHashMap;

use crate::flat::{Field, Flat, Kind, NodeId, ROOT};

/// An index into [`Scopes::bindings`].
pub type BindingId = u32;

/// How a name came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingKind {
    /// By an import.
    Import,
    /// `const`
    Const,
    /// `let` or `var`
    Variable,
    /// A function's parameter.
    Parameter,
    /// A function's name.
    Function,
    /// A class, an enum or a namespace.
    Other,
    /// `catch (e)`
    Catch,
}

/// One declared name.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// How.
    pub kind: BindingKind,
    /// The identifier that declares it.
    pub name: NodeId,
    /// The declarator, function, class, import specifier … that holds it.
    pub declaration: NodeId,
    /// It stands inside a pattern: the declaration's value is not its value.
    pub in_pattern: bool,
    /// Its scope's index; 0 is the module.
    pub scope: u32,
}

/// All bindings of a file and what each identifier means.
#[derive(Debug, Default)]
pub struct Scopes {
    /// In source order.
    pub bindings: Vec<Binding>,
    /// Every identifier that is read or written, with its binding; globals are left out.
    pub references: Vec<(NodeId, BindingId)>,
    by_name: FxHashMap<(u32, u64), BindingId>,
}

/// No one nests scopes or patterns deeper; without a bound, hostile nesting takes quadratic time.
const DEEPEST: u32 = 256;

struct Scope {
    parent: u32,
    after: NodeId,
    function: u32,
}

impl Scopes {
    /// Reads a file's scopes in one pass.
    #[must_use]
    pub fn new(flat: &Flat) -> Self {
        let mut all = Self::default();
        let mut scopes = vec![Scope { parent: 0, after: flat.len(), function: 0 }];
        let mut current = 0_u32;
        let mut unresolved: Vec<(NodeId, u32)> = vec![];
        for id in 0..flat.len() {
            while current != 0 && scopes.get(current as usize).is_some_and(|s| id >= s.after) {
                current = scopes.get(current as usize).map_or(0, |s| s.parent);
            }
            let node = flat.get(id);
            match node.kind {
                Kind::FunctionDeclaration => {
                    all.declare_child(flat, id, Field::Name, BindingKind::Function, current);
                    current = open(&mut scopes, current, node.after, true);
                }
                Kind::FunctionExpression => {
                    current = open(&mut scopes, current, node.after, true);
                    all.declare_child(flat, id, Field::Name, BindingKind::Function, current);
                }
                Kind::ClassExpression => {
                    current = open(&mut scopes, current, node.after, false);
                    all.declare_child(flat, id, Field::Name, BindingKind::Other, current);
                }
                Kind::Arrow | Kind::Method => current = open(&mut scopes, current, node.after, true),
                Kind::ClassDeclaration | Kind::Enum | Kind::Namespace => {
                    all.declare_child(flat, id, Field::Name, BindingKind::Other, current);
                    if node.kind == Kind::Namespace {
                        current = open(&mut scopes, current, node.after, true);
                    }
                }
                Kind::Block | Kind::For | Kind::ForIn | Kind::Catch | Kind::Switch => {
                    current = open(&mut scopes, current, node.after, false);
                }
                Kind::Identifier | Kind::ShorthandPattern => match role(flat, id) {
                    Role::Declares { kind, declaration, in_pattern } => {
                        // The keyword stands in the loop's head itself, or before all declarators.
                        let list =
                            if flat.kind(declaration) == Kind::ForIn { declaration } else { flat.parent(declaration) };
                        let hoisted = kind == BindingKind::Variable && first_is(flat, list, Kind::VarKeyword);
                        let function = scopes.get(current as usize).map_or(0, |s| s.function);
                        let scope = if hoisted { function } else { current };
                        all.declare(flat, Binding { kind, name: id, declaration, in_pattern, scope });
                    }
                    Role::Refers => unresolved.push((id, current)),
                    Role::Neither => {}
                },
                Kind::Shorthand => unresolved.push((id, current)),
                _ => {}
            }
        }
        for (id, scope) in unresolved {
            if let Some(binding) = all.lookup(&scopes, scope, flat.text_of(id)) {
                all.references.push((id, binding));
            }
        }
        all
    }

    /// The module-level binding of that name.
    #[must_use]
    pub fn module_binding(&self, name: &str) -> Option<BindingId> {
        self.by_name.get(&(0, hash(name))).copied()
    }

    /// A binding.
    #[must_use]
    pub fn binding(&self, id: BindingId) -> Option<&Binding> {
        self.bindings.get(id as usize)
    }

    /// What an identifier means; `None` for globals and for anything that is no reference.
    #[must_use]
    pub fn of(&self, id: NodeId) -> Option<BindingId> {
        // `references` is in source order, for identifiers were met in that order.
        let at = self.references.binary_search_by_key(&id, |(node, _)| *node).ok()?;
        self.references.get(at).map(|(_, binding)| *binding)
    }

    fn declare_child(&mut self, flat: &Flat, id: NodeId, field: Field, kind: BindingKind, scope: u32) {
        if let Some(name) = flat.child(id, field) {
            self.declare(flat, Binding { kind, name, declaration: id, in_pattern: false, scope });
        }
    }

    fn declare(&mut self, flat: &Flat, binding: Binding) {
        let id = self.bindings.len() as BindingId;
        // The first wins: overloads and `var` twice name the same thing.
        self.by_name.entry((binding.scope, hash(flat.text_of(binding.name)))).or_insert(id);
        self.bindings.push(binding);
    }

    fn lookup(&self, scopes: &[Scope], from: u32, name: &str) -> Option<BindingId> {
        let name = hash(name);
        let mut scope = from;
        for _ in 0..DEEPEST {
            if scope == 0 {
                break;
            }
            if let Some(binding) = self.by_name.get(&(scope, name)) {
                return Some(*binding);
            }
            scope = scopes.get(scope as usize)?.parent;
        }
        self.by_name.get(&(0, name)).copied()
    }
}

/// Whether a declaration begins with that keyword; only its head is looked at, for lists can be long.
fn first_is(flat: &Flat, declaration: NodeId, keyword: Kind) -> bool {
    flat.children(declaration).next().is_some_and(|c| flat.kind(c) == keyword)
}

fn open(scopes: &mut Vec<Scope>, parent: u32, after: NodeId, is_function: bool) -> u32 {
    let id = scopes.len() as u32;
    let function = if is_function { id } else { scopes.get(parent as usize).map_or(0, |s| s.function) };
    scopes.push(Scope { parent, after, function });
    id
}

fn hash(name: &str) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault};
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(name)
}

enum Role {
    Declares { kind: BindingKind, declaration: NodeId, in_pattern: bool },
    Refers,
    Neither,
}

/// What an identifier does where it stands, told by its place alone.
fn role(flat: &Flat, id: NodeId) -> Role {
    let mut at = id;
    let mut in_pattern = false;
    for _ in 0..DEEPEST {
        let node = flat.get(at);
        let parent = node.parent;
        let declares = |kind| Role::Declares { kind, declaration: parent, in_pattern };
        match (flat.kind(parent), node.field) {
            (Kind::ObjectPattern | Kind::ArrayPattern | Kind::RestPattern, _)
            | (Kind::PairPattern, Field::Value)
            | (Kind::AssignmentPattern | Kind::ObjectAssignmentPattern, Field::Left) => {
                in_pattern = true;
                at = parent;
            }
            (Kind::Declarator, Field::Name) => {
                let list = flat.parent(parent);
                return declares(if first_is(flat, list, Kind::ConstKeyword) {
                    BindingKind::Const
                } else {
                    BindingKind::Variable
                });
            }
            (Kind::Parameter, Field::Pattern) | (Kind::Arrow, Field::Parameter) | (Kind::Parameters, _) => {
                return declares(BindingKind::Parameter);
            }
            (Kind::Catch, Field::Parameter) => return declares(BindingKind::Catch),
            (Kind::ForIn, Field::Left) => {
                let declared = flat
                    .children(parent)
                    .any(|c| matches!(flat.kind(c), Kind::ConstKeyword | Kind::LetKeyword | Kind::VarKeyword));
                return if declared { declares(BindingKind::Variable) } else { Role::Refers };
            }
            (Kind::ImportClause | Kind::NamespaceImport | Kind::ImportRequire | Kind::ImportAlias, _)
            | (Kind::ImportSpecifier, Field::Alias) => return declares(BindingKind::Import),
            (Kind::ImportSpecifier, _) => {
                return if flat.child(parent, Field::Alias).is_some() {
                    Role::Neither
                } else {
                    declares(BindingKind::Import)
                };
            }
            (Kind::ExportSpecifier | Kind::NamespaceExport | Kind::JsxClosing, _) => return Role::Neither,
            (
                Kind::FunctionDeclaration
                | Kind::FunctionExpression
                | Kind::ClassDeclaration
                | Kind::Enum
                | Kind::Namespace
                | Kind::FunctionSignature,
                Field::Name,
            ) => return Role::Neither,
            (Kind::JsxOpening | Kind::JsxSelfClosing, Field::Name) => {
                let tag = flat.text_of(id);
                return if tag.starts_with(|c: char| c.is_ascii_lowercase()) { Role::Neither } else { Role::Refers };
            }
            _ => return Role::Refers,
        }
        if parent == ROOT {
            break;
        }
    }
    Role::Refers
}
