//! The lines of a hover about what happens: what an endpoint answers and reads, what it changes, when
//! it runs. Told by the syntax alone (`syntax::effects`) and the segment config; what isn't known is
//! left out.

use next::{Get, Method, Rendering, rendering};
use syntax::{
    effects::{Effects, Names, Reads, Revalidated, Revalidation, Target},
    facts::FileFacts,
};
use workspace::{App, Endpoint, EndpointKind, Snapshot, segment_config};

/// So many names are read at a glance.
const MOST_NAMES: usize = 6;
/// So many targets are.
const MOST_TARGETS: usize = 3;
/// A line that is longer wraps in every editor.
const LONGEST_LINE: usize = 100;
/// A longer expression in a hole is no more than a hole.
const LONGEST_HOLE: usize = 24;

/// The lines about one endpoint, or about several methods of one URL.
pub(super) fn lines(snap: &Snapshot, same: &[&Endpoint], app: Option<&App>) -> Vec<String> {
    let Some(&endpoint) = same.first() else { return vec![] };
    let one = (same.len() == 1 && !endpoint.implicit).then(|| effects(snap, endpoint)).flatten();
    let mut parts = one.as_ref().map(|e| of_function(e, endpoint.kind)).unwrap_or_default();
    if endpoint.kind == EndpointKind::Route {
        parts.extend(of_module(snap, same, app));
    }
    folded(parts)
}

/// What is known of the function that answers, wherever it stands.
pub(crate) fn effects(snap: &Snapshot, endpoint: &Endpoint) -> Option<Effects> {
    let found = |facts: &FileFacts, export: Option<u32>| {
        let inline = endpoint.inline_action.filter(|_| endpoint.kind == EndpointKind::Action);
        let is_it = |e: &&Effects| {
            export.is_some_and(|x| e.exports.contains(&x)) || (inline.is_some() && e.inline_action == inline)
        };
        facts.effects.iter().find(is_it).cloned()
    };
    match snap.behind(endpoint) {
        Some(export) => found(&*snap.facts(export.file)?, Some(export.index)),
        None => found(&*snap.facts(endpoint.file)?, endpoint.export),
    }
}

fn of_function(effects: &Effects, kind: EndpointKind) -> Vec<String> {
    let mut parts = vec![];
    parts.extend(answers(effects, kind));
    parts.extend(reads(&effects.reads));
    parts.extend(revalidates(&effects.revalidates));
    parts.extend(effects.sets_cookies.as_ref().map(|names| format!("sets {}", cookies(names))));
    parts.extend(effects.deletes_cookies.as_ref().map(|names| format!("deletes {}", cookies(names))));
    parts.extend(redirects(&effects.redirects));
    parts
}

/// `answers 200, 404`. An action's redirects travel in a header, and what it returns is always 200.
fn answers(effects: &Effects, kind: EndpointKind) -> Option<String> {
    let is_action = kind == EndpointKind::Action;
    let counts = |status: &&u16| !is_action || **status >= 400;
    let mut statuses: Vec<String> = effects.answers.statuses.iter().filter(counts).map(u16::to_string).collect();
    if statuses.is_empty() {
        return None;
    }
    if is_action {
        return Some(format!("can answer {}", statuses.join(", ")));
    }
    statuses.extend(effects.answers.others.then(|| "others".to_owned()));
    Some(format!("answers {}", statuses.join(", ")))
}

/// ``reads `params`, `?q&page`, JSON `{ title, tags }` ``
fn reads(reads: &Reads) -> Option<String> {
    let mut all = vec![];
    all.extend(reads.params.as_ref().map(|_| "`params`".to_owned()));
    all.extend(reads.query.as_ref().map(|names| match listed(names, "&") {
        Some(names) => format!("`?{names}`"),
        None => "the query".to_owned(),
    }));
    all.extend(reads.json.as_ref().map(|names| match listed(names, ", ") {
        Some(names) => format!("JSON `{{ {names} }}`"),
        None => "JSON".to_owned(),
    }));
    all.extend(reads.form.as_ref().map(|names| match listed(names, ", ") {
        Some(names) => format!("form `{names}`"),
        None => "a form".to_owned(),
    }));
    all.extend(reads.body.then(|| "the raw body".to_owned()));
    all.extend(reads.cookies.as_ref().map(|names| named(names, "cookie", "cookies")));
    all.extend(reads.headers.as_ref().map(|names| named(names, "header", "headers")));
    (!all.is_empty()).then(|| format!("reads {}", all.join(", ")))
}

/// ``cookie `a` ``, ``cookies `a, b` ``, `cookies`
fn named(names: &Names, one: &str, many: &str) -> String {
    match listed(names, ", ") {
        Some(list) if names.fields.len() == 1 && !names.more => format!("{one} `{list}`"),
        Some(list) => format!("{many} `{list}`"),
        None => many.to_owned(),
    }
}

/// ``a cookie``, ``cookie `a` ``
fn cookies(names: &Names) -> String {
    if names.fields.is_empty() { "a cookie".to_owned() } else { named(names, "cookie", "cookies") }
}

/// The names, and `…` where there are more; `None` where none is known.
fn listed(names: &Names, between: &str) -> Option<String> {
    let mut shown: Vec<&str> = names.fields.iter().take(MOST_NAMES).map(|f| &*f.name).collect();
    if shown.is_empty() {
        return None;
    }
    shown.extend((names.more || names.fields.len() > MOST_NAMES).then_some("…"));
    Some(shown.join(between))
}

fn revalidates(all: &[Revalidated]) -> Vec<String> {
    let targets = |by: Revalidation, one: &str, before: &str| {
        let of_kind: Vec<&Target> = all.iter().filter(|r| r.by == by).map(|r| &r.target).collect();
        targets(&of_kind, one).map(|list| if list == one { list } else { format!("{before}{list}") })
    };
    let stale: Vec<String> = targets(Revalidation::Path, "a path", "")
        .into_iter()
        .chain(targets(Revalidation::Tag, "a tag", "tag "))
        .collect();
    let mut parts = vec![];
    parts.extend((!stale.is_empty()).then(|| format!("revalidates {}", stale.join(", "))));
    parts.extend(targets(Revalidation::Update, "a tag", "tag ").map(|tags| format!("updates {tags}")));
    parts.extend(all.iter().any(|r| r.by == Revalidation::Refresh).then(|| "refreshes the page".to_owned()));
    parts
}

fn redirects(all: &[Target]) -> Option<String> {
    let known: Vec<&Target> = all.iter().filter(|t| t.is_some()).collect();
    match (targets(&known, ""), all) {
        (_, []) => None,
        (Some(list), _) => Some(format!("redirects to {list}")),
        (None, _) => Some("redirects".to_owned()),
    }
}

/// ``  `/posts`, `/posts/{id}`  ``; `unknown` where no target is known; `None` where there is none.
fn targets(all: &[&Target], unknown: &str) -> Option<String> {
    let known: Vec<&str> = all.iter().filter_map(|t| t.as_deref()).collect();
    if all.is_empty() {
        return None;
    }
    if known.is_empty() {
        return Some(unknown.to_owned());
    }
    let mut shown: Vec<String> =
        known.iter().take(MOST_TARGETS).map(|t| format!("`{}`", with_short_holes(t))).collect();
    let more = all.len() - shown.len();
    shown.extend((more > 0).then(|| format!("{more} more")));
    Some(shown.join(", "))
}

/// `/posts/{a.very.long(expression)}` says no more than `/posts/{…}`.
fn with_short_holes(target: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    let mut hole = String::new();
    for c in target.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => {
                let long = hole.chars().count() > LONGEST_HOLE || hole.contains('`');
                out.push_str(&if long { "{…}".to_owned() } else { format!("{{{}}}", hole.trim_start_matches('{')) });
                hole.clear();
                depth = 0;
                continue;
            }
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 { out.push(c) } else { hole.push(c) }
    }
    if depth > 0 {
        out.push_str("{…}");
    }
    out
}

/// What the segment config and the release make of it.
fn of_module(snap: &Snapshot, same: &[&Endpoint], app: Option<&App>) -> Vec<String> {
    let Some(&endpoint) = same.first() else { return vec![] };
    let Some(facts) = snap.facts(endpoint.file) else { return vec![] };
    let config = segment_config(&facts);
    let forced = config.dynamic_value() == Some("force-dynamic");
    let is_get = same.len() == 1 && !endpoint.implicit && endpoint.method == Some(Method::Get);
    let mut parts = vec![];
    if forced {
        parts.push("dynamic".to_owned());
    } else if is_get && let Some(app) = app {
        parts.extend(when(snap, endpoint, app).map(Rendering::words));
    }
    for (name, value) in [("runtime", &config.runtime), ("maxDuration", &config.max_duration)] {
        parts.extend(value.as_ref().map(|value| format!("`{name} = {value}`")));
    }
    parts
}

/// When a GET runs; `None` where that isn't known.
pub(crate) fn when(snap: &Snapshot, endpoint: &Endpoint, app: &App) -> Option<Rendering> {
    when_without(snap, endpoint, app, None)
}

/// The same, once its file has a method less.
pub(crate) fn when_without(snap: &Snapshot, endpoint: &Endpoint, app: &App, gone: Option<Method>) -> Option<Rendering> {
    let facts = snap.facts(endpoint.file)?;
    let effects = effects(snap, endpoint);
    // Next refuses what it can't read, and so nothing is known.
    let unread = |name: &str| facts.export(name).is_some_and(|e| e.literal.is_none());
    if unread("dynamic") || unread("revalidate") || unread("runtime") {
        return None;
    }
    let exported: Vec<Method> =
        snap.endpoints(endpoint.file).iter().filter(|e| !e.implicit).filter_map(|e| e.method).collect();
    let exported: Vec<Method> = exported.into_iter().filter(|method| Some(*method) != gone).collect();
    let elsewhere = snap.behind(endpoint).is_some();
    let get = Get {
        exported: &exported,
        config: &segment_config(&facts),
        needs_request: effects.as_ref().is_some_and(|e| e.reads.needs_request()),
        opaque: effects.as_ref().map_or(elsewhere, |e| e.opaque),
        has_params: endpoint.url.as_deref().is_some_and(|url| url.contains("/[")),
        cache_components: app.config.cache_components,
    };
    rendering(get, app.release())
}

/// One line, or as many as it takes.
fn folded(parts: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for part in parts {
        let width = |text: &str| text.chars().filter(|c| *c != '`').count();
        match lines.last_mut() {
            Some(line) if width(line) + width(&part) + 3 <= LONGEST_LINE => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
