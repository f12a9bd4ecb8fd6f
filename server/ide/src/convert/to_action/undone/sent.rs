//! A request as it is written: its URL and what goes along.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Carried, Given, ReportSite},
};

use super::{Former, Role, asking::Asking};
use crate::{
    convert::{draft::Source, to_action::input::indent_at},
    hover::full_url,
};

impl Former<'_> {
    /// `fetch('/api/posts', { method: 'POST', … })`
    pub(super) fn fetch(
        &self,
        source: &Source,
        anatomy: &Anatomy,
        site: &ReportSite,
        asking: &Asking,
    ) -> Option<String> {
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
        let (mut url, in_path) = self.url(anatomy, &segments, asking)?;
        if !query.is_empty() {
            url.push_str(&format!("?{}", query.join("&")));
        }
        let url = if has_hole || in_path { format!("`{url}`") } else { style.quoted(&url) };
        let mut init = vec![format!("method: {}", style.quoted(self.method.as_str()))];
        let headers = init.len();
        if self.reads(&Role::Json) && asking.says_json {
            let (name, json) = (style.quoted("Content-Type"), style.quoted("application/json"));
            init.push(format!("headers: {{ {name}: {json} }}"));
        }
        if asking.says_credentials {
            let at = if asking.credentials_last { init.len() } else { headers };
            init.insert(at, format!("credentials: {}", style.quoted("include")));
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

    /// Its URL with the segments that are given, and whether any of them is computed.
    pub(super) fn url(
        &self,
        anatomy: &Anatomy,
        segments: &[(&str, &Given)],
        asking: &Asking,
    ) -> Option<(String, bool)> {
        let mut has_hole = false;
        let mut url = self.app.config.base_path.clone().unwrap_or_default().to_string();
        for part in self.url.split('/').filter(|part| !part.is_empty()) {
            url.push('/');
            match part.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
                Some(name) => {
                    let (_, given) = segments.iter().find(|(segment, _)| *segment == name)?;
                    let (value, hole) = said(anatomy.slice(given.range), asking.encodes)?;
                    has_hole |= hole;
                    url.push_str(&value);
                }
                None => url.push_str(part),
            }
        }
        let has_slash = full_url(&self.url, Some(self.app)).ends_with('/');
        url.push_str(if has_slash { "/" } else { "" });
        Some((url, has_hole))
    }
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
