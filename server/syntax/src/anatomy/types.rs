//! Types as they are written: whether JSON carries what is of them.

use tree_sitter::Node;

use super::{Anatomy, Statement, StatementKind, carried::Carried, range_of, walk};
use crate::text::TextRange;

/// Aliases of aliases, and members of members, end somewhere.
const DEEPEST: u32 = 24;

/// Types that JSON makes something else of; all are globals.
const NEVER: &[&str] = &[
    "Date",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "RegExp",
    "URL",
    "URLSearchParams",
    "File",
    "Blob",
    "FileList",
    "ArrayBuffer",
    "SharedArrayBuffer",
    "DataView",
    "Buffer",
    "Uint8Array",
    "Int8Array",
    "Uint16Array",
    "Int16Array",
    "Uint32Array",
    "Int32Array",
    "Float32Array",
    "Float64Array",
    "BigInt64Array",
    "BigUint64Array",
    "Uint8ClampedArray",
    "ReadableStream",
    "WritableStream",
    "TransformStream",
    "Response",
    "Request",
    "Headers",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Generator",
    "Iterable",
    "Iterator",
    "Error",
    "Symbol",
    "Function",
    "bigint",
    "JSX",
    "ReactNode",
    "ReactElement",
];

/// Generic types that hold nothing but their arguments.
const HOLDERS: &[&str] = &[
    "Array",
    "ReadonlyArray",
    "Record",
    "Partial",
    "Required",
    "Readonly",
    "Pick",
    "Omit",
    "NonNullable",
    "Promise",
    "Awaited",
    "Extract",
    "Exclude",
];

impl Anatomy<'_> {
    /// What becomes of a value of a type that stands at a range.
    #[must_use]
    pub fn carried_type(&self, written: TextRange) -> Carried {
        self.node(written).map_or(Carried::Unknown("".into()), |node| carried(self, node, &mut vec![], 0))
    }

    /// What becomes of a value of a type that this file declares under a name, or that a schema of that
    /// name describes: `None` if it declares none.
    #[must_use]
    pub fn carried_named(&self, name: &str) -> Option<Carried> {
        let statement = self.module.statements.get(self.module.declaring(name)?)?;
        match statement.kind {
            StatementKind::Type | StatementKind::Other => named(self, name, &mut vec![], 0),
            StatementKind::Variables(_) => Some(described(self, statement, 0)),
            _ => None,
        }
    }

    /// A type of which `Promise<…>` is taken off.
    #[must_use]
    pub fn awaited_type(&self, written: TextRange) -> TextRange {
        let inner = self.node(written).filter(|node| node.kind() == "generic_type").and_then(|node| {
            let is_promise = node.child_by_field_name("name").is_some_and(|n| self.slice(range_of(n)) == "Promise");
            let arguments = node.child_by_field_name("type_arguments").filter(|_| is_promise)?;
            arguments.named_child(0)
        });
        inner.map_or(written, range_of)
    }
}

/// `seen` are the types that were looked into already: what they hold is known, so each is entered once.
pub(super) fn carried(of: &Anatomy, node: Node, seen: &mut Vec<Box<str>>, depth: u32) -> Carried {
    let text = of.slice(range_of(node));
    let unknown = || Carried::Unknown(crate::extract::quote(text));
    if depth > DEEPEST {
        return unknown();
    }
    let all = |node: Node, seen: &mut Vec<Box<str>>| {
        let mut all = Carried::Nothing;
        for part in node.named_children(&mut node.walk()).filter(|c| c.kind() != "comment") {
            all = all.and(carried(of, part, seen, depth + 1));
        }
        all
    };
    match node.kind() {
        "predefined_type" => match text {
            "string" | "number" | "boolean" => Carried::Json,
            "void" | "undefined" | "never" => Carried::Nothing,
            "symbol" | "bigint" => Carried::Never(text.into()),
            _ => unknown(),
        },
        "literal_type" => match text {
            "undefined" => Carried::Nothing,
            _ if text.ends_with('n') && text.starts_with(|c: char| c.is_ascii_digit()) => {
                Carried::Never("bigint".into())
            }
            _ => Carried::Json,
        },
        "template_literal_type" => Carried::Json,
        "undefined" => Carried::Nothing,
        "null" | "string" | "number" | "true" | "false" => Carried::Json,
        "union_type" | "intersection_type" | "parenthesized_type" | "readonly_type" => all(node, seen),
        "array_type" | "tuple_type" => all(node, seen).and(Carried::Json),
        "optional_type" | "rest_type" => all(node, seen),
        "type_annotation" => all(node, seen),
        "object_type" | "interface_body" => {
            let mut whole = Carried::Json;
            for member in node.named_children(&mut node.walk()) {
                let part = match member.kind() {
                    "property_signature" | "index_signature" => {
                        member.child_by_field_name("type").map_or_else(unknown, |t| carried(of, t, seen, depth + 1))
                    }
                    "method_signature" | "call_signature" | "construct_signature" => Carried::Never("function".into()),
                    _ => Carried::Json,
                };
                whole = whole.and(part);
            }
            whole
        }
        "function_type" | "constructor_type" => Carried::Never("function".into()),
        "type_identifier" => match text {
            "FormData" => Carried::Form,
            _ if NEVER.contains(&text) && of.module.declaring(text).is_none() => Carried::Never(text.into()),
            _ => named(of, text, seen, depth).unwrap_or_else(unknown),
        },
        "generic_type" => {
            let name = node.child_by_field_name("name").map(|n| of.slice(range_of(n))).unwrap_or_default();
            let arguments = node.child_by_field_name("type_arguments");
            match (name, arguments) {
                (_, Some(arguments)) if HOLDERS.contains(&name) => {
                    // keys and names of members are text
                    let shape = all(arguments, seen);
                    if matches!(name, "Promise" | "Awaited") { shape } else { shape.and(Carried::Json) }
                }
                _ if NEVER.contains(&name) => Carried::Never(name.into()),
                (_, Some(arguments)) if name.ends_with("infer") || name.ends_with("InferOutput") => {
                    inferred(of, arguments).unwrap_or_else(unknown)
                }
                (_, Some(arguments)) => named(of, name, seen, depth).unwrap_or_else(unknown).and(all(arguments, seen)),
                _ => unknown(),
            }
        }
        _ => unknown(),
    }
}

/// A type by its name: declared here, else imported.
fn named(of: &Anatomy, name: &str, seen: &mut Vec<Box<str>>, depth: u32) -> Option<Carried> {
    let index = of.module.declaring(name)?;
    let statement = of.module.statements.get(index)?;
    match &statement.kind {
        StatementKind::Import(_) => Some(Carried::Named(name.into())),
        StatementKind::Type => {
            if seen.iter().any(|known| &**known == name) {
                return Some(Carried::Nothing);
            }
            seen.push(name.into());
            let node = of.node(statement.range)?;
            let mut found = None;
            walk(node, &mut |part| {
                if found.is_none() && matches!(part.kind(), "type_alias_declaration" | "interface_declaration") {
                    let body = part.child_by_field_name("value").or_else(|| part.child_by_field_name("body"));
                    let extends = part.children(&mut part.walk()).any(|c| c.kind().starts_with("extends"));
                    let shape = body.map(|body| carried(of, body, seen, depth + 1));
                    found = if extends { Some(Carried::Unknown(name.into())) } else { shape };
                }
                found.is_none()
            });
            found
        }
        _ if of.slice(statement.range).contains("enum ") => Some(Carried::Json),
        _ => None,
    }
}

/// `z.infer<typeof schema>`: the schema tells.
fn inferred(of: &Anatomy, arguments: Node) -> Option<Carried> {
    let query = arguments.named_child(0).filter(|node| node.kind() == "type_query")?;
    let name = of.slice(range_of(query.named_child(0)?));
    let statement = of.module.statements.get(of.module.declaring(name)?)?;
    Some(match statement.kind {
        StatementKind::Import(_) => Carried::Named(name.into()),
        _ => described(of, statement, 0),
    })
}

/// What a schema describes, if it is made of nothing but calls whose names say that they describe JSON, and
/// of other schemas of its file.
fn described(of: &Anatomy, statement: &Statement, depth: u32) -> Carried {
    let name = statement.declares.first().cloned().unwrap_or_default();
    let Some(node) = of.node(statement.range).filter(|_| depth < DEEPEST) else { return Carried::Unknown(name) };
    let mut shape = Carried::Json;
    for used in &statement.uses {
        let Some(other) = of.module.declaring(used).and_then(|index| of.module.statements.get(index)) else { continue };
        shape = shape.and(match &other.kind {
            StatementKind::Import(import) if LIBRARIES.contains(&&*import.specifier) => Carried::Json,
            StatementKind::Variables(_) => described(of, other, depth + 1),
            _ => Carried::Unknown(used.clone()),
        });
    }
    walk(node, &mut |node| {
        if node.kind() == "call_expression"
            && let Some(callee) = node.child_by_field_name("function")
        {
            let property = callee.child_by_field_name("property").map(|p| of.slice(range_of(p)));
            let part = match property {
                Some("date" | "map" | "set" | "bigint" | "instanceof" | "file" | "function" | "promise") => {
                    Carried::Never(property.unwrap_or_default().into())
                }
                Some("any" | "unknown" | "transform" | "custom" | "pipe" | "preprocess") | None => {
                    Carried::Unknown(name.clone())
                }
                Some(_) => Carried::Json,
            };
            shape = shape.clone().and(part);
        }
        true
    });
    shape
}

/// Modules whose calls describe what they are called.
const LIBRARIES: &[&str] = &["zod", "zod/v4", "zod/v3", "zod/mini", "valibot", "yup"];
