//! Calls become the requests that they stand for.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Carried, Given, Reading, ReportSite, ResponsePart},
};

use super::{Asked, Former, Role, Shape, asking::Asking};
use crate::convert::{
    callers::named_in,
    draft::{Draft, Source},
    moved::drop_imports,
    to_action::{input::indent_at, name::has_word},
};

impl Former<'_> {
    /// What callers ask; `None` where one can't send a request.
    pub(super) fn rewrite_callers(&self, draft: &mut Draft) -> Option<Asked> {
        let mut asked = Asked::default();
        for file in self.snap.naming(self.source.file).into_iter().filter(|file| *file != self.source.file) {
            let sides = self.snap.sides(file);
            if sides.server || self.snap.is_test(file) || self.snap.app_of(file).is_none_or(|of| of.id != self.app.id) {
                return None;
            }
            let source = Source::read(self.snap, file).ok()?;
            let anatomy = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken())?;
            let named = named_in(self.snap, &source, &anatomy, self.source.file);
            let [(_, import, one)] = named.as_slice() else { return None };
            if *one.imported != *self.name || import.type_only || one.type_only {
                return None;
            }
            let asking = Asking::of(self.snap, self.app, &source);
            for mention in anatomy.mentions_of(&one.local) {
                let more = self.rewrite(&source, &anatomy, mention, &asking, draft)?;
                asked = asked.and(more);
            }
            asked.leaves_plain |= !asking.encodes;
            drop_imports(draft, &source, &anatomy, &[&*one.local]);
        }
        Some(asked)
    }

    /// One call.
    fn rewrite(
        &self,
        source: &Source,
        anatomy: &Anatomy,
        mention: TextRange,
        asking: &Asking,
        draft: &mut Draft,
    ) -> Option<Asked> {
        let site = anatomy.report_site(mention)?;
        let fetch = self.fetch(source, anatomy, &site, asking)?;
        let last = site.arguments.last().filter(|_| self.reads(&Role::Json));
        let gives_null = last.is_some_and(|given| !anatomy.is_made_here(given.range));
        let how = if self.says_text { "text" } else { "json" };
        if site.is_dropped || self.shape == Shape::Nothing {
            draft.edit(source, site.call, fetch);
            return Some(Asked { how: self.shape == Shape::Result, body: false, gives_null, ..Asked::default() });
        }
        if self.shape == Shape::Value {
            let names = [asking.response, "response", "res", "answered"];
            let free = names.into_iter().find(|name| !has_word(&source.text, name));
            match (site.kept, free) {
                (Some((statement, awaited)), Some(name)) => {
                    let indent = indent_at(&source.text, statement.start);
                    let line = format!(
                        "const {name} = await {fetch}{}\n{indent}",
                        if anatomy.style.semicolons { ";" } else { "" }
                    );
                    draft.edit(source, TextRange::new(statement.start, statement.start), line);
                    draft.edit(source, awaited, format!("await {name}.{how}()"));
                }
                _ => {
                    let name = asking.response;
                    draft.edit(source, site.call, format!("{fetch}.then(({name}) => {name}.{how}())"));
                }
            }
            return Some(Asked { how: false, body: true, gives_null, ..Asked::default() });
        }
        let taken = anatomy.report_taken(site.call).ok()?;
        let reads = &taken.taken.reads;
        let bodies: Vec<TextRange> = reads.iter().filter(|r| r.what == ResponsePart::Json).map(|r| r.range).collect();
        anatomy.are_exclusive(site.call, &bodies).then_some(())?;
        draft.edit(source, site.call, fetch);
        for read in reads.iter().filter(|read| read.what == ResponsePart::Json) {
            let otherwise = anatomy.otherwise(read.range).filter(|(_, o)| *o != "{}" || self.is_never_null());
            let (whole, caught) = match otherwise {
                Some((whole, otherwise)) => (whole, caught(otherwise)),
                None => (read.range, String::new()),
            };
            let json = format!("{}{how}(){caught}", anatomy.slice(read.range).strip_suffix("data")?);
            // the call stands in it
            let inner = read.range.covers(site.call);
            let reading = anatomy.reading(whole)?;
            let (open, close) = match reading {
                Reading::Awaited => ("await ", ""),
                Reading::AwaitedInside => ("(await ", ")"),
                Reading::Promise => ("", ""),
            };
            if inner {
                draft.edit(source, TextRange::new(read.range.start, read.range.start), open);
                let back = TextRange::new(read.range.end - 4, whole.end);
                draft.edit(source, back, format!("{how}(){caught}{close}"));
            } else {
                draft.edit(source, whole, format!("{open}{json}{close}"));
            }
        }
        let how = reads.iter().any(|r| r.what != ResponsePart::Json);
        Some(Asked { how, body: !bodies.is_empty(), gives_null, ..Asked::default() })
    }

    /// `fetch('/api/posts', { method: 'POST', … })`
    fn fetch(&self, source: &Source, anatomy: &Anatomy, site: &ReportSite, asking: &Asking) -> Option<String> {
        if site.arguments.len() != self.parameters.len() || !anatomy.is_free_within(whole(source), "fetch") {
            return None;
        }
        let style = anatomy.style;
        let text = |given: &Given| anatomy.slice(given.range);
        let mut segments: Vec<(&str, &Given)> = vec![];
        let mut query: Vec<String> = vec![];
        let mut has_hole = false;
        let mut body = None;
        for (parameter, given) in self.parameters.iter().zip(&site.arguments) {
            match &parameter.role {
                Role::Segment(segment) => segments.push((segment, given)),
                Role::Query if text(given) == "null" => {}
                Role::Query if given.is_text => {
                    let (value, hole) = said(text(given), true)?;
                    has_hole |= hole;
                    query.push(format!("{}={value}", parameter.name.as_deref()?));
                }
                Role::Query => return None,
                Role::Json => match given.carried {
                    Carried::Never(_) | Carried::Form | Carried::Nothing => return None,
                    _ => body = Some(format!("JSON.stringify({})", text(given))),
                },
                Role::Form => body = Some(text(given).to_owned()),
            }
        }
        let mut url = self.app.config.base_path.clone().unwrap_or_default().to_string();
        for part in self.url.split('/').filter(|part| !part.is_empty()) {
            url.push('/');
            match part.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
                Some(name) => {
                    let (_, given) = segments.iter().find(|(segment, _)| *segment == name)?;
                    let (value, hole) = said(text(given), asking.encodes)?;
                    has_hole |= hole;
                    url.push_str(&value);
                }
                None => url.push_str(part),
            }
        }
        if !query.is_empty() {
            url.push_str(&format!("?{}", query.join("&")));
        }
        let url = if has_hole { format!("`{url}`") } else { style.quoted(&url) };
        let mut init = vec![format!("method: {}", style.quoted(self.method.as_str()))];
        if asking.says_credentials {
            init.push(format!("credentials: {}", style.quoted("include")));
        }
        if self.reads(&Role::Json) && asking.says_json {
            let (name, json) = (style.quoted("Content-Type"), style.quoted("application/json"));
            init.push(format!("headers: {{ {name}: {json} }}"));
        }
        init.extend(body.map(|body| format!("body: {body}")));
        if init.len() == 1 {
            return Some(format!("fetch({url}, {{ {} }})", init.concat()));
        }
        let (indent, step) = (indent_at(&source.text, site.call.start), style.step());
        let lines: String =
            init.iter().map(|line| format!("{indent}{step}{},\n", line.replace('\n', &format!("\n{step}")))).collect();
        Some(format!("fetch({url}, {{\n{lines}{indent}}})"))
    }
}

/// `.catch(() => ({}))`
pub(super) fn caught(otherwise: &str) -> String {
    if otherwise == "{}" { ".catch(() => ({}))".to_owned() } else { format!(".catch(() => {otherwise})") }
}

fn whole(source: &Source) -> TextRange {
    TextRange::new(0, source.text.len() as u32)
}

/// An argument as a part of a URL, and whether it is computed.
fn said(written: &str, encodes: bool) -> Option<(String, bool)> {
    let literal = written.strip_prefix(['\'', '"']).and_then(|rest| rest.strip_suffix(['\'', '"']));
    if let Some(text) = literal {
        let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'));
        return (is_plain && !text.is_empty()).then(|| (text.to_owned(), false));
    }
    let inner = written.strip_prefix("String(").and_then(|w| w.strip_suffix(')'));
    let inner = inner.filter(|i| !i.contains(['(', ')'])).unwrap_or(written);
    let hole = if encodes { format!("${{encodeURIComponent({inner})}}") } else { format!("${{{inner}}}") };
    (!inner.contains('\n')).then_some((hole, true))
}
