//! What a call puts into the parameters of a route: ``  `id` ← `${id}`  ``.

use workspace::{App, Endpoint, FileId, Link, Snapshot};

/// The holes of a call's URL by the parameters that they fill. Empty where the URL is one of
/// several, or doesn't meet the route segment by segment.
pub(super) fn parameters(
    snap: &Snapshot,
    from: FileId,
    link: &Link,
    endpoint: &Endpoint,
    app: Option<&App>,
) -> Vec<(String, String)> {
    let (Some(sent), Some(route)) = (link.url.as_deref(), endpoint.url.as_deref()) else { return vec![] };
    let facts = snap.facts(from);
    let site = facts.as_deref().and_then(|facts| facts.urls.iter().find(|site| site.range == link.range));
    // only the first alternative is in the link
    if site.is_some_and(|site| site.url.alternatives().len() > 1) {
        return vec![];
    }
    let base = app.and_then(|a| a.config.base_path.as_deref()).unwrap_or_default();
    let sent = sent.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(sent);
    met(&segments(sent), &segments(route)).unwrap_or_default()
}

fn met(sent: &[String], route: &[String]) -> Option<Vec<(String, String)>> {
    let mut found = vec![];
    for (index, segment) in route.iter().enumerate() {
        let parameter = segment.trim_start_matches('[').trim_end_matches(']');
        if let Some(rest) = parameter.strip_prefix("...").filter(|_| segment.starts_with('[')) {
            let taken = sent.get(index..)?.join("/");
            // how much a catch-all takes isn't seen at once, text or not
            found.extend((!taken.is_empty()).then(|| (rest.to_owned(), source(&taken))));
            return Some(found);
        }
        let taken = sent.get(index)?;
        if segment.starts_with('[') {
            found.extend(taken.contains('{').then(|| (parameter.to_owned(), source(taken))));
        } else if taken != segment && !taken.contains('{') {
            return None;
        }
    }
    (sent.len() == route.len()).then_some(found)
}

/// Between the slashes that stand outside of holes.
fn segments(url: &str) -> Vec<String> {
    let mut all = vec![];
    let mut depth = 0_u32;
    for letter in url.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if letter == '/' && depth == 0 {
            all.push(String::new());
        } else if let Some(last) = all.last_mut() {
            last.push(letter);
        }
    }
    all
}

/// `{id}` as code writes it, `${id}`.
fn source(segment: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for letter in segment.chars() {
        if letter == '{' {
            out.push_str(if depth == 0 { "$" } else { "" });
            depth += 1;
        } else if letter == '}' {
            depth = depth.saturating_sub(1);
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{met, segments};

    fn shown(sent: &str, route: &str) -> Option<String> {
        let found = met(&segments(sent), &segments(route))?;
        Some(found.iter().map(|(name, value)| format!("{name}={value};")).collect())
    }

    #[test]
    fn holes_meet_parameters() {
        for (sent, route, expected) in [
            ("/api/users/{id}", "/api/users/[id]", Some("id=${id};")),
            ("/api/users/7", "/api/users/[id]", Some("")),
            ("/api/{a}/x/{b.c}", "/api/[one]/x/[two]", Some("one=${a};two=${b.c};")),
            ("/api/{f({ a: '/' })}/x", "/api/[one]/x", Some("one=${f({ a: '/' })};")),
            ("/api/files/{a}/b/{c}", "/api/files/[...path]", Some("path=${a}/b/${c};")),
            ("/api/files/a/b", "/api/files/[...path]", Some("path=a/b;")),
            ("/api/files", "/api/files/[[...path]]", Some("")),
            ("/api/v-{id}", "/api/[version]", Some("version=v-${id};")),
            ("/api/users{query}", "/api/users", Some("")),
            ("/api/{kind}", "/api/users", Some("")),
            ("/api/users/{id}", "/api/posts/[id]", None),
            ("/api/users", "/api/users/[id]", None),
            ("/api/users/{id}/x", "/api/users/[id]", None),
        ] {
            assert_eq!(shown(sent, route).as_deref(), expected, "{sent} {route}");
        }
    }
}
