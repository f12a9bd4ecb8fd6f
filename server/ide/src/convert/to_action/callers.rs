//! Who sends the requests, and whether each can be a call instead.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Carried, Part, RequestSite, SentBody},
    facts::{Imported, Origin, Used},
};
use workspace::{Certainty, FileId, Link};

use super::Subject;
use crate::convert::{
    Refusal,
    draft::{Source, name_of},
};

/// A file that sends requests.
pub(super) struct Caller {
    pub source: Source,
    pub sites: Vec<CallSite>,
}

/// One request.
pub(super) struct CallSite {
    pub file: FileId,
    pub site: RequestSite,
    /// The dynamic segments, by their names.
    pub segments: Vec<(Box<str>, Vec<Part>)>,
    /// The members of the query.
    pub query: Vec<(Box<str>, Vec<Part>)>,
    /// JSON may make something else of what is sent.
    pub may_differ: bool,
    /// Values in the URL that are encoded there, and what is.
    pub encoded: Vec<(TextRange, TextRange)>,
    /// Values in the URL, and encoded ones, that are strings.
    pub texts: Vec<TextRange>,
    /// It is a form that the browser posts; with the attributes that go.
    pub form: Option<Vec<TextRange>>,
}

/// All callers, in order of their paths; refused if one of them can't be rewritten.
pub(super) fn find(subject: &Subject) -> Result<Vec<Caller>, Refusal> {
    let links = subject.snap.callers(subject.id);
    if links.is_empty() {
        let text =
            format!("nothing in the workspace asks for {} {}: somebody outside may", subject.method(), subject.url());
        return Err(subject.refusal("no-caller", text, subject.endpoint.range));
    }
    let mut callers: Vec<Caller> = vec![];
    for (file, link) in &links {
        of_link(subject, *file, link)?;
        if callers.last().is_none_or(|c| c.source.file != *file) {
            callers.push(Caller { source: Source::read(subject.snap, *file)?, sites: vec![] });
        }
        let Some(caller) = callers.last_mut() else { continue };
        let text = std::sync::Arc::clone(&caller.source.text);
        let anatomy = Anatomy::new(&text, caller.source.grammar).filter(|a| !a.is_broken());
        let Some(anatomy) = anatomy else {
            let text = format!("{} has syntax errors", name_of(&caller.source.path));
            return Err(Refusal::new("caller-broken", text).at(*file, link.range));
        };
        let site = site(subject, &caller.source, &anatomy, link)?;
        // two URLs of one request are one call
        if caller.sites.iter().all(|known| known.site.call != site.site.call) {
            caller.sites.push(site);
        }
    }
    mentioned(subject)?;
    importers(subject)?;
    Ok(callers)
}

/// Whether the caller's file, and what it does with the URL, allow for a call.
fn of_link(subject: &Subject, file: FileId, link: &Link) -> Result<(), Refusal> {
    let snap = subject.snap;
    let path = snap.path(file);
    let name = name_of(&path);
    let refuse = |reason, text: String| Err(Refusal::new(reason, text).at(file, link.range));
    if snap.is_test(file) {
        return refuse("caller-test", format!("the test {name} asks for it, and can't call an action"));
    }
    if snap.app_of(file).is_none_or(|app| app.id != subject.app.id) {
        return refuse("caller-elsewhere", format!("{name} belongs to no code of the application"));
    }
    if path.starts_with(subject.app.root.join("public")) {
        return refuse("caller-elsewhere", format!("{name} is served as it is, and can't import an action"));
    }
    let facts = snap.facts(file);
    let routes = subject.app.routes(snap.paths());
    let is_server = facts.as_ref().is_some_and(|f| f.is_server_module())
        || routes.of_file(file).is_some_and(|served| served.serves != workspace::Serves::Page)
        || ["middleware", "proxy", "instrumentation"].iter().any(|stem| path.file_stem().is_some_and(|s| s == *stem));
    if is_server {
        return refuse("caller-server", format!("{name} asks for it on the server, by HTTP"));
    }
    if subject.app.pages_dir.as_ref().is_some_and(|dir| path.starts_with(dir)) {
        return refuse("caller-pages-router", format!("{name} belongs to the Pages Router, which has no actions"));
    }
    let has_pages = || {
        let of_pages = |file| subject.app.pages_dir.as_ref().is_some_and(|dir| snap.path(file).starts_with(dir));
        let is_page = |s: &&workspace::Served| s.serves == workspace::Serves::Page && of_pages(s.file);
        let is_special = |url: &str| matches!(url, "/_app" | "/_document" | "/_error" | "/404" | "/500");
        routes.served.iter().filter(is_page).any(|s| !is_special(&s.url))
    };
    let is_of_app = subject.app.app_dir.as_ref().is_some_and(|dir| path.starts_with(dir));
    if !is_of_app && has_pages() {
        let text = format!("{name} may run on pages of the Pages Router, which has no actions");
        return refuse("caller-pages-router", text);
    }
    if !matches!(link.kind, "fetch" | "form") {
        let text = format!("{name} hands the URL on ({}) instead of fetching it", link.kind);
        return refuse("caller-kind", text);
    }
    if matches!(link.certainty, Certainty::Ambiguous | Certainty::Unresolved) || link.targets.len() != 1 {
        return refuse("caller-uncertain", format!("what {name} asks for isn't certain"));
    }
    Ok(())
}

fn site(subject: &Subject, source: &Source, anatomy: &Anatomy, link: &Link) -> Result<CallSite, Refusal> {
    let name = name_of(&source.path);
    let read = match link.kind {
        "form" => anatomy.form_site(link.range).map(|form| (form.site, Some(form.idle))),
        _ => anatomy.request_site(link.range).map(|site| (site, None)),
    };
    let (site, form) = read.map_err(|unreadable| {
        let line = line_of(&source.text, unreadable.range);
        Refusal::new("caller", format!("{name}:{line} {}", unreadable.why)).at(source.file, unreadable.range)
    })?;
    let refuse = |reason, text: String| Refusal::new(reason, text).at(source.file, link.range);
    let line = line_of(&source.text, link.range);
    let sent = site.method.as_deref().unwrap_or("GET");
    if !sent.eq_ignore_ascii_case(subject.method().as_str()) {
        return Err(refuse("caller-uncertain", format!("{name}:{line} sends {sent}")));
    }
    let (segments, query) = address(subject, &site.url)
        .ok_or_else(|| refuse("caller-url", format!("{name}:{line} has a URL that doesn't fit {}", subject.url())))?;
    let may_differ = match &site.body {
        SentBody::Json { carried: Carried::Never(what), .. } => {
            return Err(refuse(
                "caller-body",
                format!("{name}:{line} sends a {what}, of which JSON makes something else"),
            ));
        }
        SentBody::Json { carried, .. } => !matches!(carried, Carried::Json | Carried::Nothing),
        SentBody::Nothing | SentBody::Form(_) => false,
    };
    let holes = site.url.iter().filter_map(|part| if let Part::Hole(hole) = part { Some(*hole) } else { None });
    let encoded: Vec<(TextRange, TextRange)> =
        holes.clone().filter_map(|hole| Some((hole, encoded(&source.text, hole)?))).collect();
    let places = holes.chain(encoded.iter().map(|(_, inner)| *inner));
    let texts = places.filter(|place| anatomy.is_text(*place)).collect();
    Ok(CallSite { file: source.file, site, segments, query, may_differ, encoded, texts, form })
}

/// What `encodeURIComponent(…)` is given, if a place is that and nothing else.
fn encoded(text: &str, place: TextRange) -> Option<TextRange> {
    let written = text.get(place.span())?;
    let inner = written.strip_prefix("encodeURIComponent(")?.strip_suffix(')')?;
    let start = place.end - 1 - inner.len() as u32;
    (!inner.contains(['(', ')'])).then(|| TextRange::new(start, place.end - 1))
}

/// The line of a place, from 1.
pub(super) fn line_of(text: &str, range: TextRange) -> usize {
    text.get(..range.start as usize).unwrap_or_default().matches('\n').count() + 1
}

/// Files that import the method, or anything of a file that goes.
pub(super) fn importers(subject: &Subject) -> Result<(), Refusal> {
    let (snap, handler) = (subject.snap, subject.source.file);
    for file in snap.naming(handler) {
        let Some(facts) = snap.facts(file).filter(|_| file != handler) else { continue };
        let means = |specifier: u32| facts.specifier(specifier).and_then(|s| snap.resolve(file, s)) == Some(handler);
        let takes_it = |imported: &Imported| match imported {
            Imported::Name(name) => *name == subject.endpoint.name.as_ref().into(),
            Imported::Namespace => true,
        };
        let imports = facts.imports.iter().any(|i| takes_it(&i.imported) && means(i.specifier));
        let passes_on = facts.exports.iter().any(|e| match &e.origin {
            Origin::From { specifier, imported } => takes_it(imported) && means(*specifier),
            _ => false,
        });
        let all = facts.star_exports.iter().any(|s| means(*s));
        let later = facts.uses.iter().any(|u| matches!(u.used, Used::Module(s) if means(s)));
        if subject.is_alone() || imports || passes_on || all || later {
            let text = format!("{} imports from {}", name_of(&snap.path(file)), name_of(&subject.source.path));
            let at = facts.specifiers.iter().find(|s| snap.resolve(file, &s.text) == Some(handler));
            return Err(Refusal::new("imported", text).at(file, at.map(|s| s.range).unwrap_or_default()));
        }
    }
    Ok(())
}

type Named = Vec<(Box<str>, Vec<Part>)>;

/// A URL's dynamic segments and its query. It begins with `/`: what has an origin in front may be sent
/// from anywhere.
fn address(subject: &Subject, url: &[Part]) -> Option<(Named, Named)> {
    let mut segments: Vec<Vec<Part>> = vec![];
    let mut query: Option<Vec<Vec<Part>>> = None;
    for part in url {
        let Part::Text(text) = part else {
            query.as_mut().unwrap_or(&mut segments).last_mut()?.push(part.clone());
            continue;
        };
        let mut rest: &str = text;
        loop {
            let (end, next) = match (rest.find(['/', '?', '#', '&']), &query) {
                (Some(at), None) => (at, rest.as_bytes().get(at).copied()),
                (Some(_), Some(_)) => match rest.find(['&', '#']) {
                    Some(at) => (at, rest.as_bytes().get(at).copied()),
                    None => (rest.len(), None),
                },
                (None, _) => (rest.len(), None),
            };
            if end > 0 {
                let list = query.as_mut().unwrap_or(&mut segments);
                list.last_mut()?.push(Part::Text(rest.get(..end)?.into()));
            }
            match next {
                Some(b'/') => segments.push(vec![]),
                Some(b'?') => query = Some(vec![vec![]]),
                Some(b'&') => query.as_mut()?.push(vec![]),
                Some(_) => return None,
                None => break,
            }
            rest = rest.get(end + 1..)?;
        }
    }
    segments.retain(|s| !s.is_empty());
    let base = subject.app.config.base_path.clone().unwrap_or_default();
    let wanted = format!("{base}{}", subject.url());
    let wanted: Vec<&str> = wanted.split('/').filter(|s| !s.is_empty()).collect();
    if wanted.len() != segments.len() {
        return None;
    }
    let mut named = vec![];
    for (wanted, written) in wanted.into_iter().zip(segments) {
        match wanted.strip_prefix('[').and_then(|w| w.strip_suffix(']')) {
            // a text that the server would decode
            Some(_) if written.iter().any(|p| matches!(p, Part::Text(t) if t.contains('%'))) => return None,
            Some(name) => named.push((name.into(), written)),
            None => match written.as_slice() {
                [Part::Text(text)] if **text == *wanted => {}
                _ => return None,
            },
        }
    }
    let mut members = vec![];
    for member in query.unwrap_or_default() {
        let mut parts = member.into_iter();
        let Some(Part::Text(first)) = parts.next() else { return None };
        let (name, value) = first.split_once('=')?;
        let mut written: Vec<Part> = vec![];
        written.extend((!value.is_empty()).then(|| Part::Text(value.into())));
        written.extend(parts);
        // a text that the browser would decode
        if name.contains('%') || written.iter().any(|p| matches!(p, Part::Text(t) if t.contains(['%', '+']))) {
            return None;
        }
        members.push((name.into(), written));
    }
    Some((named, members))
}

/// Code that compares the URL with others does something for it, too.
fn mentioned(subject: &Subject) -> Result<(), Refusal> {
    for file in subject.snap.files() {
        let links = subject.snap.links(file);
        let compared = links.iter().find(|l| l.kind == "comparison" && l.targets.contains(&subject.id));
        if let Some(link) = compared {
            let name = name_of(&subject.snap.path(file));
            let text = format!("{name} compares URLs with {}", subject.url());
            return Err(Refusal::new("compared", text).at(file, link.range));
        }
    }
    Ok(())
}
