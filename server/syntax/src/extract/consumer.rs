//! Who takes a URL, and with which method.

use super::{
    Source, callee_text,
    urls::is_text_operator,
    values::{Reader, is_url},
};
use crate::{
    facts::{Consumer, UrlMethod},
    flat::{Field, Flat, Kind, NodeId},
    scope::BindingKind,
    value::{Lead, Value},
};

/// Who takes the value: the nearest call, element, member or variable around it.
pub(super) fn consumer(flat: &Flat, id: NodeId) -> Consumer {
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
                    if &*constructor == "RegExp" {
                        return Consumer::Comparison;
                    }
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
                // `fetch(String(new URL('/api/x', base)))`: the text is taken further out.
                if &*callee == "String" {
                    at = call;
                    continue;
                }
                if is_test(&callee) && !is_navigation(flat, call, &callee) {
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
            // A constant, or an enum's: linked where it is read.
            (Kind::Declarator | Kind::EnumMember, Field::Value) => return Consumer::Variable,
            (Kind::Assignment, Field::Right) => {
                let target = flat.child(parent, Field::Left).map(|l| flat.unwrapped(l));
                return match target.map(|t| (t, flat.kind(t))) {
                    // `url = '/api/x'`: linked where the variable is read
                    Some((_, Kind::Identifier)) => Consumer::Variable,
                    Some((target, Kind::Member)) => Consumer::Assigned { target: callee_text(flat, target) },
                    _ => Consumer::Other,
                };
            }
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
            (Kind::Arrow, Field::Body) if is_given(flat, parent) => at = parent,
            (Kind::Return, _) => match function_of(flat, parent).filter(|f| is_given(flat, *f)) {
                Some(function) => at = function,
                None if in_array => return Consumer::Element,
                None => return Consumer::Other,
            },
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

/// A function that is an argument, or a member: `f(() => …)`, `{ url: () => … }`.
fn is_given(flat: &Flat, function: NodeId) -> bool {
    let node = flat.get(function);
    match flat.kind(node.parent) {
        Kind::Arguments => true,
        Kind::Pair => node.field == Field::Value,
        _ => false,
    }
}

/// The function that a `return` leaves.
fn function_of(flat: &Flat, id: NodeId) -> Option<NodeId> {
    const FARTHEST: u32 = 32;
    let mut at = id;
    for _ in 0..FARTHEST {
        at = flat.parent(at);
        if flat.is_function(at) {
            return Some(at);
        }
    }
    None
}

/// `router.replace('/x')`, `location.replace('/x')`: a text's `replace` takes two texts.
fn is_navigation(flat: &Flat, call: NodeId, callee: &str) -> bool {
    let arguments = flat.child(call, Field::Arguments);
    let second = arguments.and_then(|a| flat.children(a).nth(1));
    callee.ends_with(".replace") && second.is_none_or(|s| flat.kind(flat.unwrapped(s)) == Kind::Object)
}

/// HTTP's methods as clients name theirs.
pub(super) fn is_verb(name: &str) -> bool {
    matches!(name, "get" | "post" | "put" | "patch" | "delete" | "head" | "options")
}

/// `mutate((key) => key.startsWith('/api/x'))`: a test of keys names the keys that it picks, where it
/// looks at how they begin, isn't turned around, and no second test narrows them.
fn key_filter(flat: &Flat, test: NodeId) -> Option<Consumer> {
    let callee = flat.child(test, Field::Function).map(|c| callee_text(flat, c))?;
    if !matches!(callee.rsplit('.').next(), Some("startsWith" | "includes")) {
        return None;
    }
    let mut at = test;
    for _ in 0..8 {
        let parent = flat.parent(at);
        match flat.kind(parent) {
            Kind::Arguments => {
                let callee = callee_text(flat, flat.child(flat.parent(parent), Field::Function)?);
                return (&*callee == "mutate").then_some(Consumer::KeyTest { callee });
            }
            Kind::Block | Kind::Program | Kind::Declarator | Kind::Unary => return None,
            Kind::Binary if !picks_by(flat, parent, at) => return None,
            _ => at = parent,
        }
    }
    None
}

/// Whether what a condition picks is told by one side of it: `typeof key === 'string' && …` and
/// `… || …` do, `… && key.includes('/x')` and `… === false` don't.
fn picks_by(flat: &Flat, binary: NodeId, side: NodeId) -> bool {
    let operator = flat.children(binary).find(|c| flat.get(*c).field == Field::Operator).map(|c| flat.kind(c));
    match operator {
        Some(Kind::Or | Kind::Nullish) => true,
        Some(Kind::And) => !flat.children(binary).filter(|c| *c != side).any(|other| looks_at_text(flat, other)),
        _ => false,
    }
}

/// Whether a condition has a test of text in it.
fn looks_at_text(flat: &Flat, condition: NodeId) -> bool {
    let at = flat.unwrapped(condition);
    match flat.kind(at) {
        Kind::Call => flat
            .child(at, Field::Function)
            .is_some_and(|f| flat.kind(flat.unwrapped(f)) == Kind::Member && is_test(&callee_text(flat, f))),
        Kind::Binary | Kind::Unary => flat.children(at).any(|part| looks_at_text(flat, part)),
        _ => false,
    }
}

/// Methods that look at text and request nothing.
pub(super) fn is_test(callee: &str) -> bool {
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
            | "RegExp"
    )
}

/// A route that another program's server defines, or a test's title: no request, and no name of one.
/// `app.get('/users', (c) => …)`, `fastify.route({ url: '/users', handler })`, `describe('/api/users', () => …)`
pub(super) fn is_definition(file: &Source, id: NodeId) -> bool {
    let flat = file.flat;
    let mut at = id;
    while flat.is_wrapper(flat.parent(at)) {
        at = flat.parent(at);
    }
    let mut holder = flat.parent(at);
    let in_object = flat.kind(holder) == Kind::Pair && flat.get(at).field == Field::Value;
    if in_object {
        let object = flat.parent(holder);
        let is_handler = |entry: NodeId| {
            let name = flat.child(entry, Field::Key).or_else(|| flat.child(entry, Field::Name)).unwrap_or(entry);
            flat.text_of(name) == "handler"
        };
        if !flat.children(object).take(MOST_BESIDE).any(is_handler) {
            return false;
        }
        holder = flat.parent(object);
    }
    if flat.kind(holder) != Kind::Arguments {
        return false;
    }
    let Some(function) = flat.child(flat.parent(holder), Field::Function).map(|f| flat.unwrapped(f)) else {
        return false;
    };
    let callee = callee_text(flat, function);
    let (root, last) = (callee.split(['.', '(']).next().unwrap_or_default(), callee.rsplit('.').next());
    let is_of_server = flat.kind(function) == Kind::Member
        && matches!(last, Some("get" | "post" | "put" | "patch" | "delete" | "head" | "options" | "all" | "use" | "on" | "route" | "mount"))
        // clients whose requests take a callback
        && !matches!(root, "$" | "jQuery" | "axios" | "superagent" | "request" | "needle");
    if in_object {
        return is_of_server && last == Some("route");
    }
    if !is_of_server && !matches!(root, "describe" | "it" | "test") {
        return false;
    }
    let mut later = flat.children(holder).take(MOST_BESIDE).skip_while(|argument| *argument != at).skip(1);
    // `app.route('/users', users)`: no client has a method of that name that takes something behind a path
    if is_of_server && matches!(last, Some("route" | "mount" | "use" | "all")) {
        return later.next().is_some();
    }
    later.any(|argument| is_handler(file, argument))
}

/// A function, the name of one, or a call that takes one (`asyncHandler(async (req, res) => …)`).
fn is_handler(file: &Source, argument: NodeId) -> bool {
    let flat = file.flat;
    let at = flat.unwrapped(argument);
    match flat.kind(at) {
        Kind::Identifier => {
            let binding = file.scopes.of(at).and_then(|b| file.scopes.binding(b));
            binding.is_some_and(|binding| match binding.kind {
                BindingKind::Function => true,
                BindingKind::Const => flat
                    .child(binding.declaration, Field::Value)
                    .is_some_and(|value| !binding.in_pattern && flat.is_function(flat.unwrapped(value))),
                _ => false,
            })
        }
        Kind::Call => {
            let is_named = flat.child(at, Field::Function).is_some_and(|f| flat.kind(f) == Kind::Identifier);
            let arguments = flat.child(at, Field::Arguments).into_iter().flat_map(|a| flat.children(a));
            is_named && arguments.take(MOST_BESIDE).any(|a| flat.is_function(flat.unwrapped(a)))
        }
        _ => flat.is_function(at),
    }
}

/// How many arguments, members or attributes can be a request's. Longer lists are data, and to read
/// all of one again for each path in it would take quadratic time.
const MOST_BESIDE: usize = 64;

/// The HTTP method that goes with a URL.
pub(super) fn method(file: &Source, reader: &Reader, id: NodeId, consumer: &Consumer) -> UrlMethod {
    let flat = file.flat;
    let Some(holder) = enclosing(flat, id) else { return UrlMethod::Default };
    if let Consumer::Call { callee, .. } = consumer
        && let Some((_, verb)) = callee.rsplit_once('.')
        && is_verb(verb)
    {
        return UrlMethod::Known(verb.to_ascii_uppercase().into());
    }
    let key = match consumer {
        Consumer::Attribute { name, .. } if &**name == "formAction" => "formMethod",
        _ => "method",
    };
    let said = match flat.kind(holder) {
        Kind::Object => in_object(reader, holder),
        Kind::Arguments => in_arguments(reader, holder, id),
        Kind::JsxOpening | Kind::JsxSelfClosing => flat
            .children(holder)
            .take(MOST_BESIDE)
            .find(|a| flat.children(*a).next().is_some_and(|n| flat.text_of(n) == key))
            .and_then(|a| flat.children(a).nth(1))
            .map(|v| said(reader, v)),
        _ => None,
    };
    said.unwrap_or(UrlMethod::Default)
}

fn in_arguments(reader: &Reader, holder: NodeId, id: NodeId) -> Option<UrlMethod> {
    let flat = reader.file.flat;
    // `xhr.open('POST', url)`
    let first = flat.children(holder).next()?;
    if flat.kind(first) == Kind::String && flat.range(first).end < flat.range(id).start {
        let verb = flat.string_value(first);
        let is_verb = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&verb);
        if is_verb {
            return Some(UrlMethod::Known(verb.into()));
        }
    }
    for (position, argument) in flat.children(holder).take(MOST_BESIDE).enumerate() {
        let mut value = flat.unwrapped(argument);
        if flat.range(value).covers(flat.range(id)) && flat.kind(value) != Kind::Object {
            continue;
        }
        if flat.kind(value) == Kind::Identifier {
            match reader.constant(value) {
                Some(constant) => value = flat.unwrapped(constant),
                // `fetch(url, init)`: an init from elsewhere can say anything
                None if position == 1 => return Some(UrlMethod::Open(reader.read(value))),
                None => continue,
            }
        }
        if flat.kind(value) == Kind::Object
            && let Some(said) = in_object(reader, value)
        {
            return Some(said);
        }
        if position == 1 && matches!(flat.kind(value), Kind::Call | Kind::Member | Kind::Ternary) {
            return Some(UrlMethod::Open(reader.read(value)));
        }
    }
    None
}

/// `method:` of an object; a spread without one leaves it open.
fn in_object(reader: &Reader, object: NodeId) -> Option<UrlMethod> {
    let flat = reader.file.flat;
    let mut spread = false;
    for entry in flat.children(object).take(MOST_BESIDE) {
        match flat.kind(entry) {
            Kind::Pair => {
                let key = flat.child(entry, Field::Key).map_or("", |k| flat.text_of(k));
                if key.trim_matches(['"', '\'']) == "method" {
                    return flat.child(entry, Field::Value).map(|v| said(reader, v));
                }
            }
            Kind::Shorthand if flat.text_of(entry) == "method" => return Some(said(reader, entry)),
            Kind::Spread => spread = true,
            _ => {}
        }
    }
    spread.then_some(UrlMethod::Unknown)
}

fn said(reader: &Reader, value: NodeId) -> UrlMethod {
    match reader.read(value) {
        Value::Text(text) => UrlMethod::Known(text),
        Value::Join(parts) if parts.iter().all(|p| p.as_text().is_some()) => {
            UrlMethod::Known(parts.iter().filter_map(Value::as_text).collect::<String>().into())
        }
        Value::Hole(hole) if !hole.lead.as_ref().is_some_and(|l| !matches!(l, Lead::Global(_))) => UrlMethod::Unknown,
        value => UrlMethod::Computed(value),
    }
}

/// The argument list, object or element that holds a URL and what is said beside it.
fn enclosing(flat: &Flat, id: NodeId) -> Option<NodeId> {
    let mut at = id;
    for _ in 0..12 {
        at = flat.parent(at);
        match flat.kind(at) {
            Kind::Arguments if is_url(flat, flat.parent(at)) => {}
            Kind::Arguments | Kind::Object | Kind::JsxOpening | Kind::JsxSelfClosing => return Some(at),
            // `{ url: () => { return '/api/x' }, method: 'POST' }`
            Kind::Return => at = function_of(flat, at).filter(|f| is_given(flat, *f))?,
            Kind::Block | Kind::Program | Kind::Declarator => return None,
            _ => {}
        }
    }
    None
}
