//! URL sites: expressions that can name an endpoint, with who takes them and with which method.
//!
//! What this file alone tells is folded in: constants, members of constant objects and enums,
//! conditions, concatenations. The rest stays a hole.

use std::cell::{Cell, LazyCell};

use super::{Source, callee_text, quote};
use crate::{
    facts::{Consumer, UrlMethod, UrlSite},
    flat::{Field, Flat, Kind, NodeId},
    scope::BindingKind,
    sketch,
    url_expr::{HoleKind, Piece, UrlExpr},
};

pub(super) fn read(file: &Source) -> Vec<UrlSite> {
    let flat = file.flat;
    let mut sites = vec![];
    // What a scan of the bytes can't see is no site in an open file either: an answer must not
    // depend on whether a file is open (`'/' + 'api/x'`, `/${PREFIX}/x` with a constant).
    let seen = LazyCell::new(|| sketch::paths(flat.text.as_bytes()));
    let is_seen =
        |pieces: &[Piece]| first_segment(pieces).is_none_or(|s| seen.binary_search(&sketch::name_hash(s)).is_ok());
    for id in 0..flat.len() {
        let is_site = match flat.kind(id) {
            Kind::String | Kind::Template => !is_operand(flat, id) && !is_name(flat, id),
            Kind::Ternary => !is_operand(flat, id),
            Kind::Binary => !is_operand(flat, id) && is_text_operator(flat, id),
            Kind::Identifier | Kind::Member | Kind::Subscript | Kind::Call if is_plain_argument(flat, id) => {
                // what is written inside the argument is a site of its own
                let elsewhere = |path| !flat.range(id).covers(flat.range(path));
                url_path(file, id).map_or(flat.kind(id) != Kind::Call, elsewhere)
            }
            _ => false,
        };
        if !is_site || !may_hold_path(flat, id) {
            continue;
        }
        let url = expression(file, id, 0, &Cell::new(MOST_PARTS));
        let alternatives = url.alternatives();
        if !alternatives.iter().any(|pieces| names_a_path(pieces) && is_seen(pieces)) {
            continue;
        }
        let url = if alternatives.iter().all(|pieces| is_seen(pieces)) {
            url
        } else {
            UrlExpr::Either(alternatives.into_iter().filter(|pieces| is_seen(pieces)).map(joined).collect())
        };
        let consumer = consumer(flat, id);
        let method = method(file, id, &consumer);
        sites.push(UrlSite { range: flat.range(id), url, consumer, method });
    }
    sites
}

/// Nodes whose value flows into an outer expression that is looked at as a whole.
fn is_operand(flat: &Flat, id: NodeId) -> bool {
    let mut id = id;
    while flat.is_wrapper(flat.parent(id)) {
        id = flat.parent(id);
    }
    let node = flat.get(id);
    match flat.kind(node.parent) {
        Kind::Binary => is_text_operator(flat, node.parent) && !is_dropped(flat, id),
        Kind::Ternary => matches!(node.field, Field::Consequence | Field::Alternative),
        Kind::Substitution => true,
        _ => false,
    }
}

/// The left side of `&&` decides, but is never the value that is taken as a URL.
fn is_dropped(flat: &Flat, id: NodeId) -> bool {
    let node = flat.get(id);
    node.field == Field::Left && flat.child_of_kind(node.parent, Kind::And).is_some()
}

fn is_text_operator(flat: &Flat, binary: NodeId) -> bool {
    flat.children(binary).any(|c| {
        flat.get(c).field == Field::Operator
            && matches!(flat.kind(c), Kind::Plus | Kind::And | Kind::Or | Kind::Nullish)
    })
}

/// Module specifiers, directives, keys and JSX text attributes' own quotes are no values.
fn is_name(flat: &Flat, id: NodeId) -> bool {
    let node = flat.get(id);
    match flat.kind(node.parent) {
        Kind::Import
        | Kind::Export
        | Kind::ImportSpecifier
        | Kind::ExportSpecifier
        | Kind::ExpressionStatement
        | Kind::Namespace => true,
        Kind::Pair | Kind::Method | Kind::Field => matches!(node.field, Field::Key | Field::Name),
        Kind::Subscript => node.field == Field::Index,
        Kind::Arguments => super::imports::module_call(flat, flat.parent(node.parent)) == Some(id),
        _ => false,
    }
}

/// `f(url)`, `f(ROUTES.users)`: a name in the place of a URL.
fn is_plain_argument(flat: &Flat, id: NodeId) -> bool {
    let parent = flat.parent(id);
    flat.kind(parent) == Kind::Arguments
        && flat.children(parent).next() == Some(id)
        && matches!(flat.kind(flat.parent(parent)), Kind::Call | Kind::New)
}

/// Cheap look before the expression is built: names may, text must hold a slash or begin with a
/// name (`${base}?page=1`).
fn may_hold_path(flat: &Flat, id: NodeId) -> bool {
    let text = flat.text_of(id);
    matches!(flat.kind(id), Kind::Identifier | Kind::Member | Kind::Subscript | Kind::Call)
        || text.contains('/')
        || text.starts_with("`${")
        // the branches of a choice can be names: `useSWR(id ? url : null)`
        || (matches!(flat.kind(id), Kind::Ternary | Kind::Binary) && is_plain_argument(flat, id))
}

/// Whether these pieces begin like a path or like an origin with a path behind it.
fn names_a_path(pieces: &[Piece]) -> bool {
    let is_path = |t: &str| {
        t.strip_prefix('/').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphanumeric() || "_.-[~%@".contains(c))
                && !rest.contains(char::is_whitespace)
        })
    };
    match pieces {
        [Piece::Text(text), rest @ ..] => {
            match text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) {
                Some(host) => host.contains('/') || !rest.is_empty(),
                None => is_path(text) || (text == "/" && !rest.is_empty()),
            }
        }
        [Piece::Hole { .. }, Piece::Text(text), ..] => is_path(text),
        _ => false,
    }
}

/// The most parts that an expression is read in: constants made of constants can double at every step.
const MOST_PARTS: u32 = 512;

fn joined(pieces: Vec<Piece>) -> UrlExpr {
    let one = |piece| match piece {
        Piece::Text(text) => UrlExpr::Text(text.into()),
        Piece::Hole { source, kind } => UrlExpr::Hole { source, kind },
    };
    UrlExpr::Join(pieces.into_iter().map(one).collect())
}

/// The text between the slash that begins the path and the next one; `None` where it isn't known.
fn first_segment(pieces: &[Piece]) -> Option<&str> {
    let path = match pieces {
        [Piece::Text(text), ..] => match text.split_once("://") {
            Some((_, host)) => host.split_once('/')?.1,
            None => text.strip_prefix('/')?,
        },
        [Piece::Hole { .. }, Piece::Text(text), ..] => text.strip_prefix('/')?,
        _ => return None,
    };
    path.split(['/', '?', '#']).next().filter(|s| !s.is_empty())
}

/// Reads an expression as text.
fn expression(file: &Source, id: NodeId, depth: u32, fuel: &Cell<u32>) -> UrlExpr {
    const DEEPEST: u32 = 24;
    let flat = file.flat;
    let id = flat.unwrapped(id);
    let hole = |kind| UrlExpr::Hole { source: quote(flat.text_of(id)), kind };
    if depth > DEEPEST || fuel.get() == 0 {
        return hole(HoleKind::Unknown);
    }
    fuel.set(fuel.get() - 1);
    let part = |n: NodeId| expression(file, n, depth + 1, fuel);
    if let Some(path) = url_path(file, id) {
        return part(path);
    }
    match flat.kind(id) {
        Kind::String => UrlExpr::Text(flat.string_value(id).into()),
        Kind::Template => UrlExpr::Join(
            flat.children(id)
                .map(|c| match flat.kind(c) {
                    Kind::Substitution => flat.children(c).next().map_or_else(|| UrlExpr::Text("".into()), part),
                    _ => UrlExpr::Text(flat.text_of(c).into()),
                })
                .collect(),
        ),
        Kind::Ternary => UrlExpr::Either(
            [Field::Consequence, Field::Alternative].into_iter().filter_map(|f| flat.child(id, f)).map(part).collect(),
        ),
        Kind::Binary => {
            let sides = [flat.child(id, Field::Left), flat.child(id, Field::Right)];
            let operator = flat.child(id, Field::Operator).map(|o| flat.kind(o));
            match (operator, sides) {
                (Some(Kind::Plus), [Some(left), Some(right)]) => UrlExpr::Join(vec![part(left), part(right)]),
                (Some(Kind::Or | Kind::Nullish), [Some(left), Some(right)]) => {
                    UrlExpr::Either(vec![part(left), part(right)])
                }
                (Some(Kind::And), [_, Some(right)]) => part(right),
                _ => hole(HoleKind::Unknown),
            }
        }
        Kind::Await => flat.children(id).next().map_or_else(|| hole(HoleKind::Unknown), part),
        // A hole keeps its name here and its kind there: `const ORIGIN = process.env.URL`.
        Kind::Identifier => match constant(file, id).map(part) {
            Some(UrlExpr::Hole { kind, .. }) => hole(kind),
            Some(value) => value,
            None => hole(HoleKind::Unknown),
        },
        Kind::Member | Kind::Subscript => member(file, id).map(part).unwrap_or_else(|| hole(base_kind(flat, id))),
        Kind::Call => {
            let callee = flat.child(id, Field::Function).map_or("", |f| flat.text_of(f));
            hole(if matches!(callee, "encodeURIComponent" | "String" | "Number") {
                HoleKind::Encoded
            } else {
                HoleKind::Unknown
            })
        }
        Kind::Null | Kind::False => UrlExpr::Text("".into()),
        Kind::Other if flat.text_of(id) == "undefined" => UrlExpr::Text("".into()),
        _ => hole(HoleKind::Unknown),
    }
}

/// The path of a URL object: of `new URL('/api/x', base)`, of a constant that holds one, of its
/// `.href`, `.pathname` and `.toString()`.
fn url_path(file: &Source, id: NodeId) -> Option<NodeId> {
    let flat = file.flat;
    let property = |member| flat.child(member, Field::Property).map_or("", |p| flat.text_of(p));
    let object = match flat.kind(id) {
        Kind::New if is_url(flat, id) => return flat.children(flat.child(id, Field::Arguments)?).next(),
        Kind::Member if matches!(property(id), "href" | "pathname") => flat.child(id, Field::Object)?,
        Kind::Call => {
            let function = flat.child(id, Field::Function).filter(|f| flat.kind(*f) == Kind::Member)?;
            flat.child(function, Field::Object).filter(|_| property(function) == "toString")?
        }
        _ => return None,
    };
    let object = flat.unwrapped(object);
    let held = if flat.kind(object) == Kind::Identifier { flat.unwrapped(constant(file, object)?) } else { object };
    is_url(flat, held).then(|| flat.children(flat.child(held, Field::Arguments)?).next())?
}

/// What a `const` of this file was given.
fn constant(file: &Source, id: NodeId) -> Option<NodeId> {
    let binding = file.scopes.binding(file.scopes.of(id)?)?;
    if binding.kind != BindingKind::Const
        || binding.in_pattern
        || file.flat.kind(binding.declaration) != Kind::Declarator
    {
        return None;
    }
    let value = file.flat.child(binding.declaration, Field::Value)?;
    // A name can't be folded into itself.
    (!file.flat.range(value).covers(file.flat.range(id))).then_some(value)
}

/// The value of `OBJECT.key`, `OBJECT['key']` or `ENUM.key`, where the object or the enum is
/// written in this file.
fn member(file: &Source, id: NodeId) -> Option<NodeId> {
    member_within(file, id, 8)
}

fn member_within(file: &Source, id: NodeId, depth: u32) -> Option<NodeId> {
    let flat = file.flat;
    let object = flat.unwrapped(flat.child(id, Field::Object)?);
    let key = match flat.child(id, Field::Property) {
        Some(property) => flat.text_of(property),
        None => flat.string_value(flat.child(id, Field::Index).filter(|i| flat.kind(*i) == Kind::String)?),
    };
    let holder = match flat.kind(object) {
        Kind::Identifier => {
            let binding = file.scopes.binding(file.scopes.of(object)?)?;
            match flat.kind(binding.declaration) {
                Kind::Enum => flat.child(binding.declaration, Field::Body)?,
                _ => flat.unwrapped(constant(file, object)?),
            }
        }
        Kind::Member | Kind::Subscript if depth > 0 => flat.unwrapped(member_within(file, object, depth - 1)?),
        _ => return None,
    };
    flat.children(holder).find_map(|entry| {
        let name = flat.child(entry, if flat.kind(entry) == Kind::EnumMember { Field::Name } else { Field::Key })?;
        let text = if flat.kind(name) == Kind::String { flat.string_value(name) } else { flat.text_of(name) };
        if text == key { flat.child(entry, Field::Value) } else { None }
    })
}

/// `process.env.X`, `env.X`, `window.location.origin`, `request.nextUrl.origin`.
fn base_kind(flat: &Flat, member: NodeId) -> HoleKind {
    let text = flat.text_of(member);
    if text.starts_with("process.env.")
        || text.starts_with("env.")
        || text.contains("import.meta.env.")
        || text.ends_with(".origin")
    {
        HoleKind::Base
    } else {
        HoleKind::Unknown
    }
}

/// Who takes the value: the nearest call, element, member or variable around it.
fn consumer(flat: &Flat, id: NodeId) -> Consumer {
    let mut at = id;
    let mut in_array = false;
    for _ in 0..16 {
        let node = flat.get(at);
        let parent = node.parent;
        match (flat.kind(parent), node.field) {
            (Kind::Arguments, _) => {
                let call = flat.parent(parent);
                if flat.kind(call) == Kind::New {
                    let constructor =
                        flat.child(call, Field::Constructor).map(|c| callee_text(flat, c)).unwrap_or_default();
                    // `fetch(new URL('/api/x', base))`: a URL that is taken at once is its taker's.
                    let taker = is_url(flat, call).then(|| consumer(flat, call));
                    let taker = taker.filter(|t| {
                        matches!(
                            t,
                            Consumer::Call { .. }
                                | Consumer::New { .. }
                                | Consumer::Attribute { .. }
                                | Consumer::Variable
                        )
                    });
                    return taker.unwrap_or(Consumer::New { constructor });
                }
                let callee = flat.child(call, Field::Function).map(|c| callee_text(flat, c)).unwrap_or_default();
                if is_test(&callee) {
                    return key_filter(flat, call).unwrap_or(Consumer::Comparison);
                }
                let argument =
                    flat.children(parent).take(MOST_BESIDE).position(|c| c == at).unwrap_or(MOST_BESIDE) as u32;
                return Consumer::Call { callee, argument };
            }
            (Kind::JsxExpression, _) => at = parent,
            (Kind::JsxAttribute, _) => {
                let text = |n: Option<NodeId>| n.map_or("", |n| flat.text_of(n)).into();
                let element = text(flat.child(flat.parent(parent), Field::Name));
                return Consumer::Attribute { element, name: text(flat.children(parent).next()) };
            }
            (Kind::Pair, Field::Value) => {
                let key = flat.child(parent, Field::Key).map_or("", |k| flat.text_of(k));
                return Consumer::Member { key: key.trim_matches(['"', '\'']).into() };
            }
            (Kind::Declarator, Field::Value) => return Consumer::Variable,
            (Kind::Member, Field::Object)
                if in_array && is_test(flat.child(parent, Field::Property).map_or("", |p| flat.text_of(p))) =>
            {
                return Consumer::Comparison;
            }
            // `new URL('/api/x', base).href`
            (Kind::Member, Field::Object) if is_url(flat, at) => match flat.kind(flat.parent(parent)) {
                Kind::Call if flat.get(parent).field == Field::Function => at = flat.parent(parent),
                _ => at = parent,
            },
            (Kind::Array, _) => {
                in_array = true;
                at = parent;
            }
            // useSWR(() => `/api/${id}`, …): the key is what the function returns
            (Kind::Arrow, Field::Body) if flat.kind(flat.parent(parent)) == Kind::Arguments => at = parent,
            (Kind::Binary, _) if !is_text_operator(flat, parent) => return Consumer::Comparison,
            (Kind::Case, _) => return Consumer::Comparison,
            (Kind::Binary, _) | (Kind::Ternary, Field::Consequence | Field::Alternative) | (Kind::Await, _) => {
                at = parent
            }
            _ if flat.is_wrapper(parent) => at = parent,
            _ if in_array => return Consumer::Element,
            _ => return Consumer::Other,
        }
    }
    Consumer::Other
}

/// `mutate((key) => key.startsWith('/api/x'))`: a test of keys names the keys that it picks.
fn key_filter(flat: &Flat, test: NodeId) -> Option<Consumer> {
    let mut at = test;
    for _ in 0..8 {
        let parent = flat.parent(at);
        match flat.kind(parent) {
            Kind::Arguments => {
                let callee = callee_text(flat, flat.child(flat.parent(parent), Field::Function)?);
                return (&*callee == "mutate").then_some(Consumer::Call { callee, argument: 0 });
            }
            Kind::Block | Kind::Program | Kind::Declarator => return None,
            _ => at = parent,
        }
    }
    None
}

/// Methods that look at text and request nothing.
fn is_test(callee: &str) -> bool {
    matches!(
        callee.rsplit('.').next().unwrap_or_default(),
        "startsWith"
            | "endsWith"
            | "includes"
            | "indexOf"
            | "match"
            | "test"
            | "split"
            | "replace"
            | "replaceAll"
            | "has"
            | "toBe"
            | "toEqual"
            | "toContain"
    )
}

/// How many arguments, members or attributes can be a request's. Longer lists are data, and to read
/// all of one again for each path in it would take quadratic time.
const MOST_BESIDE: usize = 64;

/// The HTTP method that goes with a URL.
fn method(file: &Source, id: NodeId, consumer: &Consumer) -> UrlMethod {
    let flat = file.flat;
    let Some(holder) = enclosing(flat, id) else { return UrlMethod::Default };
    if let Consumer::Call { callee, .. } = consumer
        && let Some((_, verb)) = callee.rsplit_once('.')
        && matches!(verb, "get" | "post" | "put" | "patch" | "delete" | "head" | "options")
    {
        return UrlMethod::Known(verb.to_ascii_uppercase().into());
    }
    match flat.kind(holder) {
        Kind::Object => in_object(file, holder).unwrap_or(UrlMethod::Default),
        Kind::Arguments => flat
            .children(holder)
            .take(MOST_BESIDE)
            .find_map(|argument| {
                let mut value = flat.unwrapped(argument);
                if flat.kind(value) == Kind::Identifier && !flat.range(value).covers(flat.range(id)) {
                    // `fetch(url, init)`: an init from elsewhere can say anything
                    match constant(file, value) {
                        Some(constant) => value = flat.unwrapped(constant),
                        None => {
                            return (flat.children(holder).position(|c| c == argument) == Some(1))
                                .then_some(UrlMethod::Open);
                        }
                    }
                }
                (flat.kind(value) == Kind::Object).then(|| in_object(file, value)).flatten()
            })
            .unwrap_or(UrlMethod::Default),
        Kind::JsxOpening | Kind::JsxSelfClosing => flat
            .children(holder)
            .take(MOST_BESIDE)
            .find(|a| flat.children(*a).next().is_some_and(|n| flat.text_of(n) == "method"))
            .and_then(|a| flat.children(a).nth(1))
            .map_or(UrlMethod::Default, |v| literal(file, v)),
        _ => UrlMethod::Default,
    }
}

/// `method:` of an object; a spread without one leaves it open.
fn in_object(file: &Source, object: NodeId) -> Option<UrlMethod> {
    let flat = file.flat;
    let mut spread = false;
    for entry in flat.children(object).take(MOST_BESIDE) {
        match flat.kind(entry) {
            Kind::Pair => {
                let key = flat.child(entry, Field::Key).map_or("", |k| flat.text_of(k));
                if key.trim_matches(['"', '\'']) == "method" {
                    return flat.child(entry, Field::Value).map(|v| literal(file, v));
                }
            }
            Kind::Shorthand if flat.text_of(entry) == "method" => return Some(literal(file, entry)),
            Kind::Spread => spread = true,
            _ => {}
        }
    }
    spread.then_some(UrlMethod::Unknown)
}

fn literal(file: &Source, value: NodeId) -> UrlMethod {
    let flat = file.flat;
    let value = flat.unwrapped(value);
    let value = if matches!(flat.kind(value), Kind::Identifier | Kind::Shorthand) {
        constant(file, value).map_or(value, |v| flat.unwrapped(v))
    } else {
        value
    };
    match flat.kind(value) {
        Kind::String => UrlMethod::Known(flat.string_value(value).into()),
        Kind::Template if flat.child_of_kind(value, Kind::Substitution).is_none() => {
            UrlMethod::Known(flat.string_value(value).into())
        }
        _ => UrlMethod::Unknown,
    }
}

/// `new URL(…)`
fn is_url(flat: &Flat, id: NodeId) -> bool {
    flat.kind(id) == Kind::New && flat.child(id, Field::Constructor).is_some_and(|c| flat.text_of(c) == "URL")
}

/// The argument list, object or element that holds a URL and what is said beside it.
fn enclosing(flat: &Flat, id: NodeId) -> Option<NodeId> {
    let mut at = id;
    for _ in 0..12 {
        at = flat.parent(at);
        match flat.kind(at) {
            Kind::Arguments if is_url(flat, flat.parent(at)) => {}
            Kind::Arguments | Kind::Object | Kind::JsxOpening | Kind::JsxSelfClosing => return Some(at),
            Kind::Block | Kind::Program | Kind::Declarator => return None,
            _ => {}
        }
    }
    None
}
