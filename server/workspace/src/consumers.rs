//! The one list of names in this crate: what well-known functions do with a URL. Everything that
//! isn't here is an `argument` with an unknown method, unless its shape says more (`api.get(…)`).

use syntax::facts::{Consumer, UrlMethod};

/// What a consumer does with a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Consumption {
    /// As the JSON contract names it.
    pub kind: &'static str,
    /// The method where the source names none; `None` means unknown.
    pub default_method: Option<&'static str>,
}

const fn takes(kind: &'static str, default_method: Option<&'static str>) -> Consumption {
    Consumption { kind, default_method }
}

/// By the last name of the callee.
const CALLS: &[(&str, Consumption)] = &[
    ("fetch", takes("fetch", Some("GET"))),
    ("$fetch", takes("fetch", Some("GET"))),
    ("useSWR", takes("swr", Some("GET"))),
    ("useSWRMutation", takes("swr", None)),
    ("useSWRImmutable", takes("swr", Some("GET"))),
    ("useSWRInfinite", takes("swr", Some("GET"))),
    ("preload", takes("swr", Some("GET"))),
    ("mutate", takes("cache-key", Some("GET"))),
    ("sendBeacon", takes("beacon", Some("POST"))),
    ("ofetch", takes("fetch", Some("GET"))),
    ("axios", takes("fetch", Some("GET"))),
    ("ky", takes("fetch", Some("GET"))),
    ("redirect", takes("navigation", Some("GET"))),
    ("permanentRedirect", takes("navigation", Some("GET"))),
    ("push", takes("navigation", Some("GET"))),
    ("replace", takes("navigation", Some("GET"))),
    ("prefetch", takes("navigation", Some("GET"))),
    ("open", takes("navigation", Some("GET"))),
    ("assign", takes("navigation", Some("GET"))),
    ("revalidatePath", takes("revalidation", Some("GET"))),
];

/// Packages that are clients as a whole: their methods are HTTP's (`axios.get`, `ky.post`).
const CLIENTS: &[&str] = &["axios", "ky", "$fetch", "ofetch", "got", "superagent"];

/// The options under which clients take what goes in front of every URL: `baseURL` (axios, ofetch,
/// better-fetch), `prefixUrl` and `prefix` (ky), `baseUrl` (openapi-fetch and many a hand-made one).
pub(crate) const BASES: [&str; 4] = ["baseURL", "prefixUrl", "baseUrl", "prefix"];

/// By the constructor's name.
const CONSTRUCTORS: &[(&str, Consumption)] = &[
    ("Request", takes("fetch", Some("GET"))),
    ("NextRequest", takes("fetch", Some("GET"))),
    ("EventSource", takes("event-source", Some("GET"))),
    ("URL", takes("url", None)),
];

/// By the attribute's name.
const ATTRIBUTES: &[(&str, Consumption)] = &[
    ("href", takes("link", Some("GET"))),
    ("src", takes("source", Some("GET"))),
    ("poster", takes("source", Some("GET"))),
    ("action", takes("form", Some("GET"))),
    ("formAction", takes("form", Some("GET"))),
];

/// By the member's name that a URL is given to.
const MEMBERS: &[(&str, Consumption)] = &[("queryKey", takes("cache-key", Some("GET")))];

/// By what a URL is assigned to: its last name, or its whole text.
const ASSIGNED: &[(&str, Consumption)] = &[
    ("location.href", takes("navigation", Some("GET"))),
    ("location", takes("navigation", Some("GET"))),
    ("href", takes("link", Some("GET"))),
    ("src", takes("source", Some("GET"))),
];

/// What becomes of a URL.
pub(crate) fn consumption(consumer: &Consumer) -> Consumption {
    let look_up = |table: &[(&str, Consumption)], name: &str| table.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
    match consumer {
        // `xhr.open('POST', url)`
        Consumer::Call { callee, argument: 1 } if callee.ends_with(".open") => takes("fetch", None),
        Consumer::Call { callee, .. } => {
            let callee = callee.trim_end_matches("()");
            let last = callee.rsplit('.').next().unwrap_or(callee);
            let is_verb = callee.contains('.') && next::Method::parse_any_case(last).is_some();
            look_up(CALLS, last).unwrap_or(if is_verb { takes("request", None) } else { takes("argument", None) })
        }
        Consumer::KeyTest { callee } => look_up(CALLS, callee).unwrap_or(takes("comparison", None)),
        Consumer::New { constructor } => look_up(CONSTRUCTORS, constructor).unwrap_or(takes("mention", None)),
        Consumer::Attribute { name, .. } => look_up(ATTRIBUTES, name).unwrap_or(takes("prop", None)),
        Consumer::Member { key } => look_up(MEMBERS, key).unwrap_or(takes("member", None)),
        Consumer::Assigned { target } => {
            let is_target = |name: &str| target.strip_suffix(name).is_some_and(|t| t.is_empty() || t.ends_with('.'));
            ASSIGNED.iter().find(|(name, _)| is_target(name)).map_or(takes("mention", None), |(_, c)| *c)
        }
        Consumer::Element => takes("element", None),
        Consumer::Variable => takes("constant", None),
        Consumer::Comparison => takes("comparison", None),
        Consumer::Other => takes("mention", None),
    }
}

/// A function that no file of the workspace holds and that sends a request, names one, or goes to a URL.
pub(crate) struct Request {
    /// The method that its name says.
    pub verb: Option<&'static str>,
}

/// What a function sends that can't be looked into: `fetch`, `axios.get`, `xhr.open`, `EventSource`.
pub(crate) fn request(name: &str) -> Option<Request> {
    let (root, last) = (name.split('.').next().unwrap_or(name), name.rsplit('.').next().unwrap_or(name));
    if CLIENTS.contains(&root) && root != last {
        return Some(Request { verb: next::Method::parse_any_case(last).map(next::Method::as_str) });
    }
    // `redirect(url)`, `location.assign(url)`; a method `push` of anything else is hardly a router's
    let may_navigate = root == last || matches!(root, "window" | "location");
    let counts = |c: &Consumption| c.kind != "url" && (c.kind != "navigation" || may_navigate);
    let known = CALLS.iter().chain(CONSTRUCTORS).any(|(n, c)| *n == last && counts(c));
    (known || (last == "open" && root != "window" && root != last)).then_some(Request { verb: None })
}

/// Whether a callee sends a request to its first argument, or to the `url` in it, by its name alone.
pub(crate) fn sends(callee: &str, is_new: bool) -> bool {
    let (root, last) = (callee.split('.').next().unwrap_or(callee), callee.rsplit('.').next().unwrap_or(callee));
    let is_listed = |table: &[(&str, Consumption)]| table.iter().any(|(n, c)| *n == last && is_request(c.kind));
    if is_new {
        return is_listed(CONSTRUCTORS);
    }
    let is_global = root == last || matches!(root, "window" | "globalThis" | "self" | "navigator" | "global");
    let is_verb = CLIENTS.contains(&root) && next::Method::parse_any_case(last).is_some();
    is_verb || (is_global && is_listed(CALLS))
}

/// Whether a callee makes a request that somebody else sends, or handles: `new Request(url)`.
pub(crate) fn makes_request(callee: &str) -> bool {
    matches!(callee.rsplit('.').next(), Some("Request" | "NextRequest"))
}

/// Whether a kind of consumption sends a request.
pub(crate) fn is_request(kind: &str) -> bool {
    matches!(kind, "fetch" | "request" | "swr" | "beacon" | "event-source" | "form")
}

/// Where the source says nothing of a method that is known by its text.
pub(crate) fn default_method(said: &UrlMethod, consumption: Consumption) -> Option<&'static str> {
    match said {
        UrlMethod::Default => consumption.default_method,
        // The second argument of `fetch` is an init; SWR's is a fetcher, a router's are options.
        UrlMethod::Open(_) if matches!(consumption.kind, "fetch" | "request" | "argument") => None,
        UrlMethod::Open(_) => consumption.default_method,
        UrlMethod::Known(_) | UrlMethod::Computed(_) | UrlMethod::Unknown => None,
    }
}

/// What becomes of a URL that a function takes, by its name.
pub(crate) fn by_name(callee: &str) -> Consumption {
    let last = callee.rsplit('.').next().unwrap_or(callee);
    if last == "open" && !matches!(callee, "open" | "window.open") {
        return takes("fetch", None); // `xhr.open('POST', url)`
    }
    let known = CALLS.iter().chain(CONSTRUCTORS).find(|(n, _)| *n == last).map(|(_, c)| *c);
    known.unwrap_or(takes("fetch", Some("GET")))
}
