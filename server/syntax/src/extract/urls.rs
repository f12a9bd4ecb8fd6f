//! URL sites: expressions that can name an endpoint, with who takes them and with which method.

use std::cell::LazyCell;

use super::{
    Source, callee_text,
    consumer::{consumer, is_definition, is_test, is_verb, method},
    expected::is_expected,
    imports::module_call,
    values::{Reader, list_of_join, takes_urls},
};
use crate::{
    facts::{Callee, Consumer, FileFacts, Imported, SiteCall, UrlSite},
    flat::{Field, Flat, Kind, NodeId},
    sketch,
    value::{Call, Entry, Hole, HoleKind, Lead, Piece, Value},
};

pub(super) fn read(file: &Source, facts: &FileFacts) -> Vec<UrlSite> {
    let flat = file.flat;
    let reader = Reader::new(file, facts);
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
                reader.url_path(id).is_none_or(elsewhere)
            }
            Kind::Identifier | Kind::Member | Kind::Call => is_url_attribute(flat, id),
            _ => false,
        };
        if !is_site || is_definition(file, id) {
            continue;
        }
        let may_be_weak = may_be_weak(file, id);
        if !may_be_weak && !may_hold_path(flat, id) {
            continue;
        }
        let url = reader.under_base(id, reader.read(id), 0);
        let alternatives = url.alternatives();
        let is_path = |pieces: &Vec<Piece>| names_a_path(pieces) && is_seen(pieces);
        let weak = !alternatives.iter().any(is_path);
        if weak {
            if may_be_weak
                && !is_expected(file, id)
                && let Some(site) = weak_site(file, &reader, id, url)
            {
                sites.push(site);
            }
            continue;
        }
        if flat.kind(id) == Kind::Call && is_written_inside(flat, id) && list_of_join(flat, id).is_none() {
            continue;
        }
        let url = if alternatives.iter().all(|pieces| is_seen(pieces)) {
            url
        } else {
            Value::Either(alternatives.into_iter().filter(|pieces| is_seen(pieces)).map(joined).collect())
        };
        let is_expected = is_expected(file, id);
        let consumer = if is_expected { Consumer::Comparison } else { consumer(flat, id) };
        let method = method(file, &reader, id, &consumer);
        let call = || call_around(file, &reader, id).or_else(|| element_around(&reader, id, &url));
        let call = if is_expected { None } else { call() };
        sites.push(UrlSite { range: flat.range(id), url, consumer, method, call, weak });
    }
    sites
}

/// A call's value can hold a path that is written in its arguments: that is a site of its own.
fn is_written_inside(flat: &Flat, call: NodeId) -> bool {
    (call..flat.get(call).after).any(|n| matches!(flat.kind(n), Kind::String | Kind::Template))
}

/// Whether other files can make a URL of this: an argument of what no scope binds (`fetch(X)`), of a
/// hook or a package's default export (`useSWR(KEY)`, `axios(X)`), a plain name or a plain word for an
/// imported function (`requestJson(contract)`, `get('parameters')`), an attribute that holds a URL.
fn may_be_weak(file: &Source, id: NodeId) -> bool {
    let flat = file.flat;
    if is_url_attribute(flat, id) {
        return true;
    }
    let Some(call) = argument_of(flat, id) else { return false };
    let callee = flat.child(call, Field::Function).or_else(|| flat.child(call, Field::Constructor));
    let Some(callee) = callee.map(|c| flat.unwrapped(c)) else { return false };
    let is_word = |text: &str| {
        !text.is_empty()
            && text.len() <= 128
            && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '$')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "/_-.${}[]?=&:".contains(c))
    };
    let root = root_of(flat, callee);
    let bound = root.and_then(|r| file.scopes.of(r)).and_then(|b| file.scopes.binding(b));
    match (flat.kind(id), bound) {
        (Kind::String | Kind::Template, Some(binding)) => {
            let word = flat.string_value(id);
            // `get('users')`, and for clients `api.get('users')`, `api.load('users/me')`
            let is_client = || {
                let name = flat.child(callee, Field::Property).map_or("", |p| flat.text_of(p));
                is_verb(name) || (word.contains('/') && !is_test(name))
            };
            binding.scope == 0 && is_word(word) && (root == Some(callee) || is_client())
        }
        (Kind::String | Kind::Template, None) => {
            flat.text_of(id).starts_with("`${") && takes_urls(flat.text_of(callee))
        }
        (_, None) => root.is_some() && takes_urls(flat.text_of(callee)),
        (kind, Some(binding)) => {
            let is_hook = flat.text_of(callee).rsplit('.').next().is_some_and(|n| n.starts_with("use"));
            let is_default = flat.kind(binding.declaration) == Kind::ImportClause;
            let is_of_module = |id: NodeId| {
                let binding = file.scopes.of(id).and_then(|b| file.scopes.binding(b));
                binding.is_some_and(|b| b.scope == 0)
            };
            let is_plain = kind == Kind::Identifier && binding.scope == 0 && root == Some(callee);
            is_hook || is_default || (is_plain && is_of_module(id))
        }
    }
}

fn weak_site(file: &Source, reader: &Reader, id: NodeId, url: Value) -> Option<UrlSite> {
    let flat = file.flat;
    if is_url_attribute(flat, id) {
        leads_elsewhere(&url).then_some(())?;
        let consumer = consumer(flat, id);
        let method = method(file, reader, id, &consumer);
        return Some(UrlSite { range: flat.range(id), url, consumer, method, call: None, weak: true });
    }
    let call = call_around(file, reader, id);
    if url.as_text().is_some() || matches!(url, Value::Join(_) | Value::Object(_)) && call.is_some() {
        call.as_ref()?;
    } else if !leads_elsewhere(&url) {
        return None;
    }
    let consumer = consumer(flat, id);
    let method = method(file, reader, id, &consumer);
    Some(UrlSite { range: flat.range(id), url, consumer, method, call, weak: true })
}

/// Whether a value, or what it begins with, is an import's or a module name's.
fn leads_elsewhere(value: &Value) -> bool {
    match value {
        Value::Hole(hole) => leads(hole),
        Value::Join(parts) => parts.first().is_some_and(leads_elsewhere),
        Value::Either(parts) => parts.iter().any(leads_elsewhere),
        Value::Choice(choice) => leads_elsewhere(&choice.yes) || leads_elsewhere(&choice.no),
        Value::List(items) => items.first().is_some_and(leads_elsewhere),
        Value::Text(_) | Value::Object(_) | Value::Function(_) => false,
    }
}

fn leads(hole: &Hole) -> bool {
    match &hole.lead {
        Some(Lead::Import { imported, .. }) => *imported != Imported::Namespace,
        Some(Lead::Module(_)) => true,
        Some(Lead::Member(of, _)) => match of {
            Value::Hole(hole) => matches!(hole.lead, Some(Lead::Import { .. })) || leads(hole),
            _ => false,
        },
        Some(Lead::Lookup(lookup)) => leads_elsewhere(&lookup.of),
        Some(Lead::Defaulted(a, b)) => leads_elsewhere(a) || leads_elsewhere(b),
        Some(Lead::Call(call)) => leads_elsewhere(&call.callee) || matches!(&call.callee, Value::Function(_)),
        Some(Lead::Global(_) | Lead::Parameter { .. } | Lead::This { .. }) | None => false,
    }
}

/// The call whose argument this is, through what only dresses it, and objects and arrays around it.
fn argument_of(flat: &Flat, id: NodeId) -> Option<NodeId> {
    let mut at = id;
    while flat.is_wrapper(flat.parent(at)) {
        at = flat.parent(at);
    }
    let parent = flat.parent(at);
    (flat.kind(parent) == Kind::Arguments).then(|| flat.parent(parent))
}

/// `href={X}`: HTML's attributes that hold a URL.
fn is_url_attribute(flat: &Flat, id: NodeId) -> bool {
    let expression = flat.parent(id);
    let attribute = flat.parent(expression);
    flat.kind(expression) == Kind::JsxExpression
        && flat.kind(attribute) == Kind::JsxAttribute
        && flat
            .children(attribute)
            .next()
            .is_some_and(|n| matches!(flat.text_of(n), "href" | "src" | "action" | "formAction"))
}

/// The name that a callee begins with: `api` of `api.users.get`.
fn root_of(flat: &Flat, callee: NodeId) -> Option<NodeId> {
    let mut at = callee;
    for _ in 0..8 {
        at = flat.unwrapped(at);
        match flat.kind(at) {
            Kind::Identifier => return Some(at),
            Kind::Other if flat.text_of(at) == "this" => return Some(at),
            Kind::Member => at = flat.child(at, Field::Object)?,
            _ => return None,
        }
    }
    None
}

/// Like [`root_of`], and `Api` of `new Api('/x').get`, `make` of `make('/x').get`.
fn root_through_calls(flat: &Flat, callee: NodeId) -> Option<NodeId> {
    let mut at = callee;
    for _ in 0..8 {
        at = flat.unwrapped(at);
        match flat.kind(at) {
            Kind::Member => at = flat.child(at, Field::Object)?,
            Kind::New => at = flat.child(at, Field::Constructor)?,
            Kind::Call => at = flat.child(at, Field::Function)?,
            _ => return root_of(flat, at),
        }
    }
    None
}

/// The call that takes a site, where its callee is bound in some file.
fn call_around(file: &Source, reader: &Reader, id: NodeId) -> Option<Box<SiteCall>> {
    let flat = file.flat;
    let (mut at, mut is_later_element) = (id, false);
    for _ in 0..8 {
        let parent = flat.parent(at);
        match flat.kind(parent) {
            Kind::Arguments => {
                let call = flat.parent(parent);
                let callee = flat.child(call, Field::Function).or_else(|| flat.child(call, Field::Constructor))?;
                let root = root_through_calls(flat, callee)?;
                let is_parameter = match flat.text_of(root) {
                    "this" => false,
                    _ => {
                        let binding = file.scopes.binding(file.scopes.of(root)?)?;
                        binding.kind == crate::scope::BindingKind::Parameter
                    }
                };
                if is_parameter
                    || super::consumer::is_test(&callee_text(flat, callee))
                    || module_call(flat, call).is_some()
                {
                    return None;
                }
                let argument = flat.children(parent).take(8).position(|c| c == at)?;
                let mut call = reader.call_of(call, argument)?;
                // `refresh(['/api/x', '/api/y'])`: each of them as if it were alone
                if is_later_element
                    && flat.kind(flat.unwrapped(at)) == Kind::Array
                    && let Some(list) = call.arguments.get_mut(argument)
                {
                    *list = Value::List([reader.read(id)].into());
                }
                let whose = if root == flat.unwrapped(callee) { reader.whose(root) } else { Callee::Any };
                return Some(Box::new(SiteCall { call, argument: argument as u32, callee: whose }));
            }
            Kind::Array => {
                is_later_element |= flat.children(parent).next() != Some(at);
                at = parent;
            }
            Kind::Pair | Kind::Object => at = parent,
            _ if flat.is_wrapper(parent) => at = parent,
            _ => return None,
        }
    }
    None
}

/// `<Upload url="/api/x"/>` as a call of the component with that one property.
fn element_around(reader: &Reader, id: NodeId, url: &Value) -> Option<Box<SiteCall>> {
    let flat = reader.file.flat;
    let mut at = id;
    while flat.is_wrapper(flat.parent(at)) || flat.kind(flat.parent(at)) == Kind::JsxExpression {
        at = flat.parent(at);
    }
    let attribute = flat.parent(at);
    if flat.kind(attribute) != Kind::JsxAttribute {
        return None;
    }
    let element = flat.child(flat.parent(attribute), Field::Name)?;
    if !flat.text_of(element).starts_with(char::is_uppercase) {
        return None;
    }
    let callee = reader.read(element);
    let key = flat.children(attribute).next().map(|n| flat.text_of(n))?;
    let others = Entry::Spread(Value::hole("…", HoleKind::Unknown));
    let properties = Value::Object([Entry::Member(key.into(), url.clone()), others].into());
    let call = Call { callee, arguments: [properties].into(), is_new: false, open: false };
    leads_elsewhere(&call.callee).then(|| Box::new(SiteCall { call, argument: 0, callee: Callee::Any }))
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
        // `['/api', 'users', id].join('/')`
        Kind::Array if list_of_join(flat, flat.parent(flat.parent(node.parent))) == Some(node.parent) => true,
        // `id ? ['/api/x', id] : null`: a list is told by its first element
        Kind::Array if flat.children(node.parent).next() == Some(id) => {
            let list = flat.get(node.parent);
            match flat.kind(list.parent) {
                Kind::Ternary => matches!(list.field, Field::Consequence | Field::Alternative),
                Kind::Binary => list.field == Field::Right && is_text_operator(flat, list.parent),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The left side of `&&` decides, but is never the value that is taken as a URL.
fn is_dropped(flat: &Flat, id: NodeId) -> bool {
    let node = flat.get(id);
    node.field == Field::Left && flat.child_of_kind(node.parent, Kind::And).is_some()
}

pub(super) fn is_text_operator(flat: &Flat, binary: NodeId) -> bool {
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
        Kind::Arguments => module_call(flat, flat.parent(node.parent)) == Some(id),
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
        // `${location.protocol}//${location.host}/x`
        [Piece::Hole { kind: HoleKind::Base, .. }, Piece::Text(text), Piece::Hole { .. }, Piece::Text(path), ..]
            if matches!(&**text, "//" | "://") =>
        {
            is_path(path)
        }
        [Piece::Hole { .. }, Piece::Text(text), ..] => is_path(text),
        _ => false,
    }
}

fn joined(pieces: Vec<Piece>) -> Value {
    let one = |piece| match piece {
        Piece::Text(text) => Value::Text(text.into()),
        Piece::Hole { source, kind } => Value::hole(&source, kind),
    };
    Value::Join(pieces.into_iter().map(one).collect())
}

/// The text between the slash that begins the path and the next one; `None` where it isn't known.
fn first_segment(pieces: &[Piece]) -> Option<&str> {
    let path = match pieces {
        [Piece::Hole { kind: HoleKind::Base, .. }, Piece::Text(text), Piece::Hole { .. }, Piece::Text(path), ..]
            if matches!(&**text, "//" | "://") =>
        {
            path.strip_prefix('/')?
        }
        [Piece::Text(text), ..] => match text.split_once("://") {
            Some((_, host)) => host.split_once('/')?.1,
            None => text.strip_prefix('/')?,
        },
        [Piece::Hole { .. }, Piece::Text(text), ..] => text.strip_prefix('/')?,
        _ => return None,
    };
    path.split(['/', '?', '#']).next().filter(|s| !s.is_empty())
}
