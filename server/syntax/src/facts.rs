//! What one file alone yields. Plain data: facts outlive the tree that they came from, cross
//! threads and are compared with `==`. All ranges are UTF-8 byte offsets in the file's text.
//!
//! Facts say what is written, not what it means: whether an export of a `"use server"` file is an
//! endpoint, and under which URL a `GET` answers, is for the crates to the right.

use crate::{
    effects::Effects,
    flow::Flow,
    server_functions::ServerFile,
    text::TextRange,
    value::{Call, Value},
};

/// Everything that Routewright remembers about one source file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileFacts {
    /// The directives of the file's prologue, in order (`"use server"`, `"use client"`, `"use cache"`).
    pub directives: Vec<Directive>,
    /// Module specifiers, each once; imports and re-exports point into this list.
    pub specifiers: Vec<Specifier>,
    /// Value and type imports, one row a local name.
    pub imports: Vec<Import>,
    /// Value exports by name; exports that are certainly types are left out.
    pub exports: Vec<Export>,
    /// `export * from '…'`: indexes into [`specifiers`](Self::specifiers).
    pub star_exports: Vec<u32>,
    /// Functions that carry their own `"use server"`.
    pub inline_actions: Vec<InlineAction>,
    /// What Next's compiler may register, in a file with a server directive.
    pub server: Option<Box<ServerFile>>,
    /// Places that mention an imported value, an exported one or an inline action by its binding.
    pub uses: Vec<Use>,
    /// What becomes of those values: derived bindings, parameters, what is handed on.
    pub flow: Flow,
    /// Expressions that can name an endpoint's URL.
    pub urls: Vec<UrlSite>,
    /// What the module's names are, as far as it can be of use to a URL, in source order.
    pub values: Vec<ModuleValue>,
    /// The modules that come along when this file is bundled, sorted, each once a way. Imports of
    /// types bring nothing.
    pub bundled: Box<[Bundled]>,
    /// What is declared at the module's top level and can hold calls, in source order.
    pub declarations: Vec<Declaration>,
    /// What the functions that can answer HTTP read, answer and change.
    pub effects: Vec<Effects>,
    /// The tree holds ERROR or MISSING nodes: what is here is right, more may be missing.
    pub broken: bool,
}

impl FileFacts {
    /// Whether the prologue holds `"use server"`.
    #[must_use]
    pub fn is_server_module(&self) -> bool {
        self.directives.iter().any(|d| d.kind == DirectiveKind::UseServer)
    }

    /// Whether the prologue holds `"use client"`.
    #[must_use]
    pub fn is_client_module(&self) -> bool {
        self.directives.iter().any(|d| d.kind == DirectiveKind::UseClient)
    }

    /// The export of that name.
    #[must_use]
    pub fn export(&self, name: &str) -> Option<&Export> {
        self.exports.iter().find(|e| &*e.name == name)
    }

    /// What is known of a module-level name; `default` for the value of `export default …`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|v| &*v.name == name).map(|v| &v.value)
    }

    /// The top-level declaration that holds a byte offset; the innermost, should two overlap.
    #[must_use]
    pub fn enclosing(&self, offset: u32) -> Option<&Declaration> {
        self.declarations.iter().rev().find(|d| d.full.start <= offset && offset < d.full.end)
    }

    /// A module specifier's text, by its index.
    #[must_use]
    pub fn specifier(&self, index: u32) -> Option<&str> {
        self.specifiers.get(index as usize).map(|s| &*s.text)
    }

    /// Whether it brings along the same modules as `other`, and declares actions if that does.
    #[must_use]
    pub fn same_bundle(&self, other: &Self) -> bool {
        let bundled = |f: &'_ Self| -> Vec<(Brings, Box<str>)> {
            f.bundled.iter().filter_map(|b| Some((b.by, f.specifier(b.specifier)?.into()))).collect()
        };
        let declares = |f: &Self| f.is_server_module() || !f.inline_actions.is_empty();
        declares(self) == declares(other) && bundled(self) == bundled(other)
    }

    /// Whether everything that another file can see of this one is the same in `other`, positions
    /// aside: if so, no other file has to be linked again.
    #[must_use]
    pub fn same_public_face(&self, other: &Self) -> bool {
        let kinds = |f: &Self| f.directives.iter().map(|d| d.kind).collect::<Vec<_>>();
        let stars = |f: &Self| f.star_exports.iter().map(|s| f.specifier(*s).map(str::to_owned)).collect::<Vec<_>>();
        let origin = |f: &Self, e: &Export| match &e.origin {
            Origin::Here => None,
            Origin::Import(i) => {
                f.imports.get(*i as usize).map(|i| (f.specifier(i.specifier).map(str::to_owned), i.imported.clone()))
            }
            Origin::From { specifier, imported } => {
                Some((f.specifier(*specifier).map(str::to_owned), imported.clone()))
            }
        };
        let actions =
            |f: &Self| f.inline_actions.iter().map(|a| (a.label.clone(), a.exported.clone())).collect::<Vec<_>>();
        // Which of them are endpoints, and so the places of all others in that list.
        let functions = |f: &Self| {
            let functions = f.server.iter().flat_map(|s| &s.functions);
            functions.map(|f| (f.directive, f.kind, f.place.clone())).collect::<Vec<_>>()
        };
        kinds(self) == kinds(other)
            && functions(self) == functions(other)
            && stars(self) == stars(other)
            && actions(self) == actions(other)
            && self.values == other.values
            && self.flow.face().eq(other.flow.face())
            && self.exports.len() == other.exports.len()
            && self.exports.iter().zip(&other.exports).all(|(a, b)| {
                a.name == b.name && a.form == b.form && a.literal == b.literal && origin(self, a) == origin(other, b)
            })
    }
}

/// A module that comes along when a file is bundled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundled {
    /// An index into [`FileFacts::specifiers`].
    pub specifier: u32,
    /// What brings it along.
    pub by: Brings,
}

/// What brings a module along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Brings {
    /// Names that are used or passed on.
    Names,
    /// `import './x'`
    Effect,
    /// `import('./x')`, `require('./x')`: all of it, now or later.
    Call,
    /// Names that nothing uses: TypeScript leaves such an import out, JavaScript keeps it.
    Unused,
}

/// A function, class or variable at the module's top level: a component, a hook, a helper.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// Its name; `default` for a default export without one.
    pub name: Box<str>,
    /// The name's place, or that of the word `default`.
    pub range: TextRange,
    /// The whole declaration.
    pub full: TextRange,
}

/// Which directive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DirectiveKind {
    /// `"use server"`
    UseServer,
    /// `"use client"`
    UseClient,
    /// `"use cache"` and `"use cache: …"`
    UseCache,
}

impl DirectiveKind {
    /// Reads the text between the quotes. Only the exact spelling counts, as in Next's compiler.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "use server" => Some(Self::UseServer),
            "use client" => Some(Self::UseClient),
            "use cache" => Some(Self::UseCache),
            _ if text.starts_with("use cache: ") => Some(Self::UseCache),
            _ => None,
        }
    }
}

/// A directive and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Directive {
    /// Which one.
    pub kind: DirectiveKind,
    /// The string with its quotes.
    pub range: TextRange,
}

/// A module specifier as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Specifier {
    /// Without quotes.
    pub text: Box<str>,
    /// The first place that names it, with quotes.
    pub range: TextRange,
}

/// What is taken from a module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Imported {
    /// One export by name; `default` for the default export.
    Name(Box<str>),
    /// The whole module (`* as ns`, `await import('…')`).
    Namespace,
}

/// One local name that an import binds.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// What it is called here.
    pub local: Box<str>,
    /// What it is called there.
    pub imported: Imported,
    /// From where: an index into [`FileFacts::specifiers`].
    pub specifier: u32,
    /// `import type` or `{ type X }`: carries no value.
    pub type_only: bool,
    /// The local name.
    pub range: TextRange,
    /// The name in the other module, where it is written apart (`a` in `a as b`); else as `range`.
    pub imported_range: TextRange,
}

/// How an exported value is written, as far as its syntax tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `function f() {}`, `export default function () {}`
    Declaration,
    /// `= () => …`
    Arrow,
    /// `= function () {}`
    FunctionExpression,
    /// `= wrapper(…)`
    Call,
    /// `const { GET, POST } = …`
    Destructured,
    /// `class C {}`
    Class,
    /// `enum E {}`
    Enum,
    /// A string, number, boolean, array or object.
    Literal,
    /// Anything else: an identifier, a member, a conditional …
    Other,
    /// Named in a list or re-export; the value is elsewhere.
    Elsewhere,
}

impl Form {
    /// A function that can be called as it stands.
    #[must_use]
    pub const fn is_function(self) -> bool {
        matches!(self, Self::Declaration | Self::Arrow | Self::FunctionExpression)
    }
}

/// Where an exported name's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Declared in this file.
    Here,
    /// An import that is exported again: an index into [`FileFacts::imports`].
    Import(u32),
    /// `export { a as b } from '…'`
    From {
        /// An index into [`FileFacts::specifiers`].
        specifier: u32,
        /// The name there.
        imported: Imported,
    },
}

/// One exported value.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The name that others import; `default` for the default export.
    pub name: Box<str>,
    /// Where the exported name is written (`default` or the value's start where it has none).
    pub range: TextRange,
    /// Where the value is declared in this file: the local name. As `range` where there is none.
    pub declared: TextRange,
    /// The whole declaration, for symbols and peek windows.
    pub full: TextRange,
    /// This file, or which other.
    pub origin: Origin,
    /// How the value is written.
    pub form: Form,
    /// The function inside the value: itself, or the callback that a wrapper takes.
    pub signature: Option<Signature>,
    /// The source of a short literal (segment config).
    pub literal: Option<Box<str>>,
    /// The local name, where it is another.
    pub local: Option<Box<str>>,
    /// A function that hands nothing on of what it gets.
    pub looks: bool,
    /// What wraps the value (`authActionClient.action`), as short text.
    pub wrapper: Option<Box<str>>,
    /// Index into [`FileFacts::inline_actions`] where the exported function has a directive of its own.
    pub inline_action: Option<u32>,
}

impl Export {
    /// Exported apart from its declaration: in a list, or by `export default name`.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        self.origin == Origin::Here && !(self.full.start <= self.range.start && self.range.end <= self.full.end)
    }
}

/// A function's head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// Each parameter as it is written, white space folded, long ones shortened with `…`.
    pub parameters: Vec<Box<str>>,
    /// Where they stand, with the parentheses; the identifier of `id => …`.
    pub list: TextRange,
    /// The last parameter is `...rest`.
    pub rest: bool,
    /// `async`
    pub is_async: bool,
    /// `function*`
    pub is_generator: bool,
    /// The written return type, folded.
    pub returns: Option<Box<str>>,
}

/// What kind of function carries an inline directive; Next's releases treat them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionKind {
    /// `async function f() {}`
    Declaration,
    /// `async function () {}`
    Expression,
    /// `async () => {}`
    Arrow,
    /// `{ async f() {} }`
    ObjectMethod,
    /// `class { static async f() {} }`
    StaticMethod,
    /// `class { async f() {} }`: not allowed by Next.
    InstanceMethod,
    /// `class { async #f() {} }`
    PrivateMethod,
    /// `get f() {}` and `set f(value) {}`, of objects and classes.
    Accessor,
}

/// A function whose body starts with `"use server"`.
#[derive(Clone, Debug, PartialEq)]
pub struct InlineAction {
    /// Its name, or the name that it is given to: a variable, a property, a JSX attribute.
    pub label: Option<Box<str>>,
    /// The name's place, or the function's first token.
    pub range: TextRange,
    /// The whole function.
    pub full: TextRange,
    /// The directive, with quotes.
    pub directive: TextRange,
    /// Its head.
    pub signature: Signature,
    /// How it is written.
    pub kind: FunctionKind,
    /// The name it is exported under, if it is.
    pub exported: Option<Box<str>>,
}

/// What a use points at.
#[derive(Clone, Debug, PartialEq)]
pub enum Used {
    /// An import: an index into [`FileFacts::imports`].
    Import(u32),
    /// An export of this same file: an index into [`FileFacts::exports`].
    Export(u32),
    /// An inline action of this file: an index into [`FileFacts::inline_actions`].
    InlineAction(u32),
    /// `import('…')`: an index into [`FileFacts::specifiers`].
    Module(u32),
    /// What a function of this file is given: an index into [`Flow::parameters`]. Only in [`Flow`].
    Parameter(u32),
}

/// How a value is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UseKind {
    /// `f(…)`
    Call,
    /// `f.bind(…)`
    Bind,
    /// `useX(f)`
    Hook,
    /// `g(f)`
    Argument,
    /// `<form action={f}>`, `formAction={f}`
    FormAction,
    /// `<C onSave={f}/>`
    Prop,
    /// `<F/>`
    Element,
    /// `{ key: f }`
    Member,
    /// `const g = f`
    Alias,
    /// Anything else.
    Mention,
}

/// One place that uses a binding.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The identifier; of `ns.member` the member.
    pub range: TextRange,
    /// The identifier itself: `ns` in `ns.member`.
    pub head: TextRange,
    /// Its binding.
    pub used: Used,
    /// The member taken of an import.
    pub member: Option<Box<str>>,
    /// How.
    pub kind: UseKind,
    /// The callee of a hook or argument, the attribute of a prop.
    pub via: Option<Box<str>>,
}

/// Who takes the URL.
#[derive(Clone, Debug, PartialEq)]
pub enum Consumer {
    /// An argument of a call: the callee as written, shortened (`fetch`, `api.get`), and which argument.
    Call {
        /// The callee's text.
        callee: Box<str>,
        /// From 0.
        argument: u32,
    },
    /// A test of keys: `mutate((key) => key.startsWith('…'))` means all that begin so.
    KeyTest {
        /// Who takes the test.
        callee: Box<str>,
    },
    /// `new URL('…')`, `new Request('…')`
    New {
        /// The constructor's text.
        constructor: Box<str>,
    },
    /// A JSX attribute.
    Attribute {
        /// The element's name.
        element: Box<str>,
        /// The attribute's name.
        name: Box<str>,
    },
    /// An object's member: `{ url: '…' }`.
    Member {
        /// The key.
        key: Box<str>,
    },
    /// An array's element: `['/api/x', id]`, often an SWR key.
    Element,
    /// The value of a variable that a later expression takes.
    Variable,
    /// Assigned to a member: `location.href = '…'`.
    Assigned {
        /// The member's text.
        target: Box<str>,
    },
    /// Compared, matched or tested: no request.
    Comparison,
    /// Anything else.
    Other,
}

/// What the source says about the HTTP method.
#[derive(Clone, Debug, PartialEq)]
pub enum UrlMethod {
    /// Written out; as it is written.
    Known(Box<str>),
    /// Nothing said: the consumer's default holds.
    Default,
    /// Said, but not as a literal.
    Computed(Value),
    /// It may be said by what is spread into the options.
    Unknown,
    /// Nothing said here, but a second argument comes from elsewhere: it may be an `init`.
    Open(Value),
}

/// An expression that can name an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct UrlSite {
    /// The whole expression.
    pub range: TextRange,
    /// What it evaluates to, as far as this file tells.
    pub url: Value,
    /// Who takes it.
    pub consumer: Consumer,
    /// With which method.
    pub method: UrlMethod,
    /// The call that takes it, where more can be found out about its callee.
    pub call: Option<Box<SiteCall>>,
    /// Nothing here looks like a path: only what other files tell can make it one.
    pub weak: bool,
}

/// A call of a function of this or another file, with a URL in it.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteCall {
    /// The call; of `<Upload url="…"/>` the component with its one attribute.
    pub call: Call,
    /// Which argument holds the URL, from 0.
    pub argument: u32,
    /// Whose the callee is.
    pub callee: Callee,
}

/// Whose a callee is: a name that is declared in the file isn't the well-known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// An import's, a member, what a call made.
    Any,
    /// A function or class that this file declares.
    Own,
    /// Such a function, which hands nothing on of what it gets.
    OwnAndLooks,
}

/// What a module-level name is.
#[derive(Clone, Debug, PartialEq)]
pub struct ModuleValue {
    /// The local name; `default` for the value of `export default …`.
    pub name: Box<str>,
    /// Its value.
    pub value: Value,
}
