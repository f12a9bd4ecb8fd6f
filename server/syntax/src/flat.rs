//! A tree-sitter tree laid out flat: one array in source order, parents by index, no lifetimes.
//!
//! Facts are read in several passes that look up and down all the time; `Node::parent` walks from
//! the root on each call, and recursion has no bound on hostile input. One cursor walk copies what
//! matters (types, comments and punctuation stay behind), and every pass is then a plain loop.

mod mended;

use std::sync::LazyLock;

use tree_sitter::Tree;

use crate::{parse::Grammar, text::TextRange};

/// An index into [`Flat`].
pub type NodeId = u32;

/// The root's index.
pub const ROOT: NodeId = 0;

macro_rules! kinds {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($variant:ident = $($text:literal)|+),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        $vis enum $name {
            $(#[allow(missing_docs)] $variant),*,
            /// Anything that no pass looks at.
            Other,
        }
        impl $name {
            fn named(text: &str) -> Self {
                match text { $($($text)|+ => Self::$variant,)* _ => Self::Other }
            }
        }
    };
}

kinds! {
    /// The node kinds that facts are made from.
    pub enum Kind {
        Program = "program",
        Error = "ERROR",
        Identifier = "identifier",
        TypeIdentifier = "type_identifier",
        Property = "property_identifier" | "private_property_identifier",
        Shorthand = "shorthand_property_identifier",
        ShorthandPattern = "shorthand_property_identifier_pattern",
        ComputedKey = "computed_property_name",
        String = "string",
        Fragment = "string_fragment",
        Escape = "escape_sequence",
        Template = "template_string",
        Substitution = "template_substitution",
        Number = "number",
        True = "true",
        False = "false",
        Null = "null",
        Regex = "regex",
        Object = "object",
        Pair = "pair",
        Array = "array",
        Spread = "spread_element",
        Call = "call_expression",
        New = "new_expression",
        Arguments = "arguments",
        Member = "member_expression",
        Subscript = "subscript_expression",
        Await = "await_expression",
        Parenthesized = "parenthesized_expression",
        As = "as_expression",
        Satisfies = "satisfies_expression",
        NonNull = "non_null_expression",
        Assertion = "type_assertion",
        Instantiation = "instantiation_expression",
        Ternary = "ternary_expression",
        Binary = "binary_expression",
        Unary = "unary_expression",
        Sequence = "sequence_expression",
        Assignment = "assignment_expression",
        AugmentedAssignment = "augmented_assignment_expression",
        Update = "update_expression",
        Arrow = "arrow_function",
        FunctionExpression = "function_expression" | "generator_function",
        FunctionDeclaration = "function_declaration" | "generator_function_declaration",
        FunctionSignature = "function_signature",
        Method = "method_definition",
        Parameters = "formal_parameters",
        Parameter = "required_parameter" | "optional_parameter",
        ObjectPattern = "object_pattern",
        ArrayPattern = "array_pattern",
        PairPattern = "pair_pattern",
        RestPattern = "rest_pattern",
        AssignmentPattern = "assignment_pattern",
        ObjectAssignmentPattern = "object_assignment_pattern",
        Lexical = "lexical_declaration" | "variable_declaration",
        Declarator = "variable_declarator",
        ClassDeclaration = "class_declaration" | "abstract_class_declaration",
        ClassExpression = "class",
        ClassBody = "class_body",
        Field = "public_field_definition",
        Enum = "enum_declaration",
        EnumBody = "enum_body",
        EnumMember = "enum_assignment",
        Namespace = "internal_module" | "module",
        Import = "import_statement",
        ImportClause = "import_clause",
        NamedImports = "named_imports",
        ImportSpecifier = "import_specifier",
        NamespaceImport = "namespace_import",
        ImportAlias = "import_alias",
        ImportRequire = "import_require_clause",
        Export = "export_statement",
        ExportClause = "export_clause",
        ExportSpecifier = "export_specifier",
        NamespaceExport = "namespace_export",
        ExpressionStatement = "expression_statement",
        Return = "return_statement",
        If = "if_statement",
        Loop = "while_statement" | "do_statement",
        Block = "statement_block",
        For = "for_statement",
        ForIn = "for_in_statement",
        Switch = "switch_body",
        Case = "switch_case",
        Catch = "catch_clause",
        Ambient = "ambient_declaration",
        Label = "statement_identifier",
        JsxElement = "jsx_element",
        JsxOpening = "jsx_opening_element",
        JsxClosing = "jsx_closing_element",
        JsxSelfClosing = "jsx_self_closing_element",
        JsxAttribute = "jsx_attribute",
        JsxExpression = "jsx_expression",
        // tokens that decide something
        ImportKeyword = "import",
        TypeKeyword = "type",
        TypeofKeyword = "typeof",
        AsyncKeyword = "async",
        StaticKeyword = "static",
        DefaultKeyword = "default",
        ConstKeyword = "const",
        LetKeyword = "let",
        VarKeyword = "var",
        Star = "*",
        Plus = "+",
        And = "&&",
        Or = "||",
        Nullish = "??",
        TypeAnnotation = "type_annotation",
    }
}

kinds! {
    /// The field that a node fills in its parent.
    pub enum Field {
        Name = "name",
        Value = "value",
        Function = "function",
        Constructor = "constructor",
        Arguments = "arguments",
        Object = "object",
        Property = "property",
        Index = "index",
        Left = "left",
        Right = "right",
        Operator = "operator",
        Condition = "condition",
        Consequence = "consequence",
        Alternative = "alternative",
        Body = "body",
        Parameter = "parameter",
        Parameters = "parameters",
        Pattern = "pattern",
        Type = "type",
        ReturnType = "return_type",
        Key = "key",
        Source = "source",
        Alias = "alias",
        Declaration = "declaration",
        Attribute = "attribute",
        OpenTag = "open_tag",
    }
}

/// One node.
#[derive(Clone, Copy, Debug)]
pub struct FlatNode {
    /// What it is.
    pub kind: Kind,
    /// Which field of its parent it fills.
    pub field: Field,
    /// Its parent; the root is its own.
    pub parent: NodeId,
    /// One past its last descendant.
    pub after: NodeId,
    /// Its bytes.
    pub range: TextRange,
}

/// A whole file, in source order.
#[derive(Debug)]
pub struct Flat<'t> {
    nodes: Vec<FlatNode>,
    /// The file's text.
    pub text: &'t str,
    /// The tree held ERROR or MISSING nodes.
    pub broken: bool,
}

/// What the walk does with a node kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// Neither it nor what is in it.
    Skip,
    /// It, but not what is in it.
    Leaf,
    /// It and what is in it.
    Enter,
}

struct Tables {
    kinds: Vec<(Kind, Visit)>,
    fields: Vec<Field>,
}

fn tables(grammar: Grammar) -> &'static Tables {
    static TYPESCRIPT: LazyLock<Tables> = LazyLock::new(|| make_tables(Grammar::TypeScript));
    static TSX: LazyLock<Tables> = LazyLock::new(|| make_tables(Grammar::Tsx));
    match grammar {
        Grammar::TypeScript => &TYPESCRIPT,
        Grammar::Tsx => &TSX,
    }
}

fn make_tables(grammar: Grammar) -> Tables {
    let language = grammar.language();
    let kinds = (0..language.node_kind_count())
        .map(|id| {
            let id = id as u16;
            let name = language.node_kind_for_id(id).unwrap_or_default();
            let named = language.node_kind_is_named(id);
            let kind = Kind::named(name);
            (kind, visit(name, kind, named))
        })
        .collect();
    let fields = (0..=language.field_count())
        .map(|id| language.field_name_for_id(id as u16).map_or(Field::Other, Field::named))
        .collect();
    Tables { kinds, fields }
}

fn visit(name: &str, kind: Kind, named: bool) -> Visit {
    use Kind as K;
    match name {
        "comment"
        | "html_comment"
        | "hash_bang_line"
        | "jsx_text"
        | "type_arguments"
        | "type_parameters"
        | "interface_declaration"
        | "type_alias_declaration"
        | "type_predicate_annotation"
        | "asserts_annotation"
        | "implements_clause"
        | "accessibility_modifier"
        | "override_modifier"
        | "optional_chain" => return Visit::Skip,
        _ => {}
    }
    match (kind, named) {
        (K::TypeAnnotation | K::Fragment | K::Escape | K::Regex | K::Number, _) => Visit::Leaf,
        // Single tokens: asking a cursor for children that can't be there is half of their cost.
        (K::Identifier | K::TypeIdentifier | K::Property | K::Shorthand | K::ShorthandPattern | K::Label, true) => {
            Visit::Leaf
        }
        // A named node and a token can share a name ("import", "default", "module"): the named one is entered.
        (_, false) if is_token(kind) => Visit::Leaf,
        (_, false) => Visit::Skip,
        (K::Other, true) if is_type(name) => Visit::Skip,
        _ => Visit::Enter,
    }
}

/// The tokens that decide something; all other punctuation and keywords stay behind.
fn is_token(kind: Kind) -> bool {
    use Kind as K;
    matches!(
        kind,
        K::TypeKeyword
            | K::TypeofKeyword
            | K::AsyncKeyword
            | K::StaticKeyword
            | K::DefaultKeyword
            | K::ConstKeyword
            | K::LetKeyword
            | K::VarKeyword
            | K::Star
            | K::Plus
            | K::And
            | K::Or
            | K::Nullish
    )
}

/// Nodes that only ever stand in types: nothing in them is a value.
fn is_type(name: &str) -> bool {
    name.ends_with("_type")
        || matches!(name, "type_query" | "nested_type_identifier" | "index_signature" | "type_predicate")
}

impl<'t> Flat<'t> {
    /// Copies a tree. A file has less than 4 GiB and less than 2³² nodes (the workspace reads none
    /// over 1 MiB).
    #[must_use]
    pub fn new(tree: &Tree, grammar: Grammar, text: &'t str) -> Self {
        let tables = tables(grammar);
        let mut nodes: Vec<FlatNode> = Vec::with_capacity(text.len() / 6);
        let mut open: Vec<NodeId> = Vec::with_capacity(64);
        let mut cursor = tree.walk();
        let broken = tree.root_node().has_error();
        loop {
            let node = cursor.node();
            let (kind, visit) = match tables.kinds.get(node.kind_id() as usize) {
                _ if broken && node.is_error() => (Kind::Error, Visit::Enter),
                _ if broken && node.is_missing() => (Kind::Other, Visit::Skip),
                Some(known) => *known,
                None => (Kind::Other, Visit::Enter),
            };
            if visit != Visit::Skip {
                let id = nodes.len() as NodeId;
                let field = cursor.field_id().and_then(|f| tables.fields.get(f.get() as usize)).copied();
                nodes.push(FlatNode {
                    kind,
                    field: field.unwrap_or(Field::Other),
                    parent: open.last().copied().unwrap_or(ROOT),
                    after: id + 1,
                    range: TextRange::new(node.start_byte() as u32, node.end_byte() as u32),
                });
                if visit == Visit::Enter && cursor.goto_first_child() {
                    open.push(id);
                    continue;
                }
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    if nodes.is_empty() {
                        nodes.push(FlatNode {
                            kind: Kind::Program,
                            field: Field::Other,
                            parent: ROOT,
                            after: 1,
                            range: TextRange::default(),
                        });
                    }
                    return Self { nodes, text, broken };
                }
                if let Some(closed) = open.pop() {
                    let after = nodes.len() as NodeId;
                    if let Some(node) = nodes.get_mut(closed as usize) {
                        node.after = after;
                    }
                    mended::call_behind_operator(&mut nodes, closed);
                }
            }
        }
    }

    /// How many nodes there are; ids run from 0.
    #[must_use]
    pub fn len(&self) -> NodeId {
        self.nodes.len() as NodeId
    }

    /// Never: the root is always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A node; the root for an id that is not there.
    #[must_use]
    pub fn get(&self, id: NodeId) -> &FlatNode {
        #[expect(clippy::indexing_slicing, reason = "the root is always there")]
        self.nodes.get(id as usize).unwrap_or(&self.nodes[0])
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.get(id).kind
    }

    /// Its bytes.
    #[must_use]
    pub fn range(&self, id: NodeId) -> TextRange {
        self.get(id).range
    }

    /// Its parent.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> NodeId {
        self.get(id).parent
    }

    /// Its source text.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> &'t str {
        self.slice(self.range(id))
    }

    /// The text of a range.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &'t str {
        self.text.get(range.span()).unwrap_or_default()
    }

    /// Its children, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let after = self.get(id).after;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            if next >= after {
                return None;
            }
            let child = next;
            next = self.get(child).after.max(child + 1);
            Some(child)
        })
    }

    /// Its first child in that field.
    #[must_use]
    pub fn child(&self, id: NodeId, field: Field) -> Option<NodeId> {
        self.children(id).find(|c| self.get(*c).field == field)
    }

    /// Its first child of that kind.
    #[must_use]
    pub fn child_of_kind(&self, id: NodeId, kind: Kind) -> Option<NodeId> {
        self.children(id).find(|c| self.kind(*c) == kind)
    }

    /// The outermost node with exactly that range.
    #[must_use]
    pub fn find(&self, range: TextRange) -> Option<NodeId> {
        let key = |n: &FlatNode| (n.range.start, std::cmp::Reverse(n.range.end));
        let wanted = (range.start, std::cmp::Reverse(range.end));
        let at = self.nodes.partition_point(|n| key(n) < wanted);
        (self.nodes.get(at)?.range == range).then_some(at as NodeId)
    }

    /// What is inside parentheses, `as`, `satisfies`, `!` and `<T>`: the value itself.
    #[must_use]
    pub fn unwrapped(&self, id: NodeId) -> NodeId {
        let mut id = id;
        while self.is_wrapper(id) {
            match self.children(id).find(|c| !matches!(self.kind(*c), Kind::TypeIdentifier | Kind::TypeAnnotation)) {
                Some(inner) => id = inner,
                None => break,
            }
        }
        id
    }

    /// Whether the node only dresses its one value.
    #[must_use]
    pub fn is_wrapper(&self, id: NodeId) -> bool {
        matches!(
            self.kind(id),
            Kind::Parenthesized | Kind::As | Kind::Satisfies | Kind::NonNull | Kind::Assertion | Kind::Instantiation
        )
    }

    /// A string's text without its quotes; escapes are kept as written, which suffices for paths.
    /// An unclosed string ends with its line, whatever the parser made of what follows.
    #[must_use]
    pub fn string_value(&self, id: NodeId) -> &'t str {
        let text = self.text_of(id);
        let inside = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        inside.split('\n').next().unwrap_or_default()
    }

    /// Whether a node is a function of any form.
    #[must_use]
    pub fn is_function(&self, id: NodeId) -> bool {
        matches!(self.kind(id), Kind::Arrow | Kind::FunctionExpression | Kind::FunctionDeclaration | Kind::Method)
    }
}
