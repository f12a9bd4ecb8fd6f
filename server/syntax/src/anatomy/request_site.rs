//! The dance around a `fetch`: what is sent, and what is read of the response.

mod form;
mod response;

pub use form::FormSite;

use tree_sitter::Node;

use super::{
    Anatomy, Carried,
    bindings::{arguments_of, inside_parentheses},
    range_of,
};
use crate::text::TextRange;

/// A `fetch` taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestSite {
    /// `fetch(…)`
    pub call: TextRange,
    /// Its URL.
    pub url: Vec<Part>,
    /// The method, as it is written.
    pub method: Option<Box<str>>,
    /// What it sends.
    pub body: SentBody,
    /// What becomes of the response.
    pub taken: Taken,
    /// Annotations that say `Response`, with their colons: they hold no longer.
    pub annotations: Vec<TextRange>,
    /// It is the call of an action that answers `{ ok, status, data }`: the body is read by `data`.
    pub is_report: bool,
}

/// A part of a URL.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As it is written.
    Text(Box<str>),
    /// An expression's value.
    Hole(TextRange),
}

/// What a request sends.
#[derive(Clone, Debug, PartialEq)]
pub enum SentBody {
    /// No body.
    Nothing,
    /// `JSON.stringify(value)`
    Json {
        /// The value.
        value: TextRange,
        /// What JSON makes of it.
        carried: Carried,
    },
    /// A `FormData`.
    Form(TextRange),
}

/// What becomes of a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// What is read of it, by place; nothing, where nobody looks at it.
    pub reads: Vec<ResponseRead>,
    /// Its members are taken by a pattern (`const { ok } = await fetch(…)`).
    pub by_pattern: bool,
}

/// A place that reads something of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseRead {
    /// `res.ok`, `await res.json()`
    pub range: TextRange,
    /// The response in it: `res`, `(await fetch(…))`.
    pub of: TextRange,
    /// What is read.
    pub what: ResponsePart,
    /// A `.catch(…)` stands behind it.
    pub has_fallback: bool,
    /// What that gives, if it is `{}`, `null` or `undefined`.
    pub otherwise: Option<&'static str>,
    /// What goes away if the call yields the value itself: the statement that keeps the response, up to
    /// the next one, in which this is all that is read of it; or the `.then(…)` that does nothing else.
    pub detour: Option<Detour>,
}

/// A way to a value that is no longer needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detour {
    /// From the statement that keeps the response to the one that reads it.
    Statement(TextRange),
    /// `.then((res) => res.json())`
    Then(TextRange),
}

/// What is read of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponsePart {
    /// `.ok`
    Ok,
    /// `.status`
    Status,
    /// `.json()`
    Json,
    /// `.text()`
    Text,
}

/// Why a request can't be taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct UnreadableCall {
    /// What stands in the way, as the end of a sentence that begins with the place.
    pub why: String,
    /// Where.
    pub range: TextRange,
}

/// Fields of `init` that change nothing for a request to the same origin that no cache keeps.
fn is_idle(field: &str, value: &str) -> bool {
    matches!(
        (field, value),
        ("credentials", "same-origin" | "include")
            | ("cache", "no-store" | "no-cache")
            | ("mode", "cors" | "same-origin")
    )
}

impl Anatomy<'_> {
    /// Takes the request apart whose URL has that range.
    pub fn request_site(&self, url: TextRange) -> Result<RequestSite, UnreadableCall> {
        let refuse = |range: TextRange, why: &str| Err(UnreadableCall { why: why.to_owned(), range });
        let Some(mut node) = self.node(url) else { return refuse(url, "is not there") };
        while let Some(parent) = node.parent().filter(|p| range_of(*p) == url) {
            node = parent;
        }
        let call = node.parent().filter(|p| p.kind() == "arguments").and_then(|list| list.parent());
        let Some(call) = call.filter(|c| c.kind() == "call_expression" && arguments_of(*c).first() == Some(&node))
        else {
            return refuse(url, "hands the URL on instead of fetching it");
        };
        if !call.child_by_field_name("function").is_some_and(|f| self.is_fetch(f)) {
            return refuse(range_of(call), "asks by something else than `fetch`");
        }
        let Some(parts) = self.parts(node) else {
            return refuse(url, "makes its URL out of more than text and values");
        };
        let mut site = RequestSite {
            call: range_of(call),
            url: parts,
            method: None,
            body: SentBody::Nothing,
            taken: Taken::default(),
            annotations: vec![],
            is_report: false,
        };
        match arguments_of(call).as_slice() {
            [_] => {}
            [_, init] => self.init_of_request(&mut site, *init)?,
            _ => return refuse(range_of(call), "gives `fetch` more than it takes"),
        }
        self.response(&mut site, call)?;
        site.taken.reads.sort_by_key(|read| read.range.start);
        Ok(site)
    }

    fn is_fetch(&self, callee: Node) -> bool {
        let of_window = || {
            let object = callee.child_by_field_name("object").filter(|_| callee.kind() == "member_expression")?;
            let name = callee.child_by_field_name("property")?;
            let is_global = ["window", "globalThis", "self"].iter().any(|global| self.is_global(object, global));
            Some(is_global && self.slice(range_of(name)) == "fetch")
        };
        self.is_global(callee, "fetch") || of_window() == Some(true)
    }

    /// Text and values of a string, a template or a sum of them.
    fn parts(&self, node: Node) -> Option<Vec<Part>> {
        let mut parts = vec![];
        let mut open = vec![inside_parentheses(node)];
        while let Some(node) = open.pop() {
            let range = range_of(node);
            match node.kind() {
                "string" => {
                    let text = self.slice(range);
                    parts.push(Part::Text(text.get(1..text.len().saturating_sub(1))?.into()));
                }
                "template_string" => {
                    let mut at = range.start + 1;
                    for hole in node.named_children(&mut node.walk()).filter(|c| c.kind() == "template_substitution") {
                        parts.push(Part::Text(self.slice(TextRange::new(at, range_of(hole).start)).into()));
                        parts.push(Part::Hole(range_of(hole.named_child(0)?)));
                        at = range_of(hole).end;
                    }
                    parts.push(Part::Text(self.slice(TextRange::new(at, range.end - 1)).into()));
                }
                "binary_expression" if node.child_by_field_name("operator").is_some_and(|o| o.kind() == "+") => {
                    open.push(node.child_by_field_name("right")?);
                    open.push(node.child_by_field_name("left")?);
                }
                _ if parts.is_empty() => return None,
                _ => parts.push(Part::Hole(range)),
            }
        }
        parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        Some(parts)
    }

    fn init_of_request(&self, site: &mut RequestSite, init: Node) -> Result<(), UnreadableCall> {
        let refuse = |node: Node, why: String| Err(UnreadableCall { why, range: range_of(node) });
        if init.kind() != "object" {
            return refuse(init, "doesn't write its options out".to_owned());
        }
        let mut json = None;
        for member in init.named_children(&mut init.walk()).filter(|c| c.kind() != "comment") {
            let key = match member.kind() {
                "pair" => member.child_by_field_name("key"),
                "shorthand_property_identifier" => Some(member),
                _ => None,
            };
            let value = member.child_by_field_name("value").unwrap_or(member);
            let Some(key) = key else { return refuse(member, "takes options from elsewhere".to_owned()) };
            let text = self.slice(range_of(value));
            match self.slice(range_of(key)).trim_matches(['"', '\'']) {
                "method" if value.kind() == "string" => site.method = Some(text.trim_matches(['"', '\'']).into()),
                "method" => return refuse(member, "computes its method".to_owned()),
                "headers" => json = Some(self.is_json_header(value)?),
                "body" => site.body = self.sent(value)?,
                field if is_idle(field, text.trim_matches(['"', '\''])) => {}
                field => return refuse(member, format!("sets `{field}`, which an action's call doesn't have")),
            }
        }
        if json == Some(true) && matches!(site.body, SentBody::Form(_)) {
            return refuse(init, "sends a form as JSON".to_owned());
        }
        Ok(())
    }

    /// Whether headers say that the body is JSON; others mean something that is lost.
    fn is_json_header(&self, headers: Node) -> Result<bool, UnreadableCall> {
        let mut is_json = false;
        let refuse = |node: Node| {
            let why = format!("sends headers ({})", crate::extract::quote(self.slice(range_of(node))));
            Err(UnreadableCall { why, range: range_of(node) })
        };
        if headers.kind() != "object" {
            return refuse(headers);
        }
        for member in headers.named_children(&mut headers.walk()).filter(|c| c.kind() != "comment") {
            let part = |field| member.child_by_field_name(field).map(|n| self.slice(range_of(n)).to_ascii_lowercase());
            let (key, value) = (part("key").unwrap_or_default(), part("value").unwrap_or_default());
            match (key.trim_matches(['"', '\'']), value.trim_matches(['"', '\''])) {
                ("content-type", value) if value.starts_with("application/json") => is_json = true,
                ("accept", value) if value.starts_with("application/json") || value == "*/*" => {}
                _ => return refuse(member),
            }
        }
        Ok(is_json)
    }

    fn sent(&self, value: Node) -> Result<SentBody, UnreadableCall> {
        let value = inside_parentheses(value);
        if let Some(inner) = self.stringified(value) {
            return Ok(SentBody::Json { value: range_of(inner), carried: self.carried(range_of(inner)) });
        }
        match self.carried(range_of(value)) {
            Carried::Form => Ok(SentBody::Form(range_of(value))),
            Carried::Nothing => Ok(SentBody::Nothing),
            _ if value.kind() == "null" => Ok(SentBody::Nothing),
            _ => {
                let why = format!("sends {}", crate::extract::quote(self.slice(range_of(value))));
                Err(UnreadableCall { why, range: range_of(value) })
            }
        }
    }
}
