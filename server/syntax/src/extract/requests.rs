//! Requests about which a file's facts say nothing: `fetch(url)`, `` new EventSource(`${host}${path}`) ``.

use rustc_hash::FxHashSet;

use super::{
    Source, callee_text,
    consumer::{consumer, is_definition, method},
    imports::export_name,
    values::Reader,
};
use crate::{
    facts::{FileFacts, UrlSite},
    flat::{Field, Kind, NodeId},
    scope::BindingKind,
    text::TextRange,
};

pub(super) fn read(file: &Source, facts: &FileFacts, sends: &dyn Fn(&str, bool) -> bool) -> Vec<UrlSite> {
    let flat = file.flat;
    let reader = Reader::new(file, facts);
    let again = |site: &UrlSite| {
        let url = flat
            .find(site.range)
            .map_or_else(|| site.url.clone(), |id| reader.under_base(id, reader.read_inside(id), 0));
        UrlSite { url, ..site.clone() }
    };
    let known: FxHashSet<TextRange> = facts.urls.iter().map(|site| site.range).collect();
    let mut sites: Vec<UrlSite> = facts.urls.iter().map(again).collect();
    for call in 0..flat.len() {
        let is_new = match flat.kind(call) {
            Kind::Call => false,
            Kind::New => true,
            _ => continue,
        };
        let Some(id) = url_of(file, call, is_new, sends) else { continue };
        if known.contains(&flat.range(id)) || is_definition(file, id) {
            continue;
        }
        let consumer = consumer(flat, id);
        let method = method(file, &reader, id, &consumer);
        let url = reader.read_inside(id);
        sites.push(UrlSite { range: flat.range(id), url, consumer, method, call: None, weak: true });
    }
    sites
}

/// The argument of a call that holds the URL, where the callee sends and isn't this file's own.
fn url_of(file: &Source, call: NodeId, is_new: bool, sends: &dyn Fn(&str, bool) -> bool) -> Option<NodeId> {
    let flat = file.flat;
    let callee = flat.child(call, if is_new { Field::Constructor } else { Field::Function })?;
    let text = callee_text(flat, callee);
    let is_open = !is_new && text.ends_with(".open") && !text.starts_with("window");
    if !is_open && !sends(&text, is_new) {
        return None;
    }
    let mut root = flat.unwrapped(callee);
    while flat.kind(root) == Kind::Member {
        root = flat.unwrapped(flat.child(root, Field::Object)?);
    }
    let binding = file.scopes.of(root).and_then(|b| file.scopes.binding(b));
    if !is_open && binding.is_some_and(|b| b.kind != BindingKind::Import) {
        return None;
    }
    let mut arguments = flat.children(flat.child(call, Field::Arguments)?);
    let first = flat.unwrapped(arguments.next()?);
    if is_open {
        // `xhr.open('GET', url)`
        let verb = flat.string_value(first);
        let is_verb =
            flat.kind(first) == Kind::String && ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(&verb);
        return arguments.next().filter(|_| is_verb);
    }
    if flat.kind(first) != Kind::Object {
        return Some(first);
    }
    // `axios({ url })`
    flat.children(first).find_map(|entry| match flat.kind(entry) {
        Kind::Pair => {
            let key = flat.child(entry, Field::Key)?;
            if export_name(flat, key) == "url" { flat.child(entry, Field::Value) } else { None }
        }
        Kind::Shorthand => (flat.text_of(entry) == "url").then_some(entry),
        _ => None,
    })
}
