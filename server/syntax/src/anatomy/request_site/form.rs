//! `<form action="/api/logout" method="post">`: a form that a browser posts by itself.

use tree_sitter::Node;

use super::{RequestSite, SentBody, Taken, UnreadableCall};
use crate::{
    anatomy::{Anatomy, range_of},
    text::TextRange,
};

/// A form taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct FormSite {
    /// The request that it makes; `call` is the value of `action`, with quotes or braces.
    pub site: RequestSite,
    /// What a form with a function has no use for, each with the space in front: `method`, `encType`.
    pub idle: Vec<TextRange>,
}

impl Anatomy<'_> {
    /// Takes the form apart whose `action` has that range.
    pub fn form_site(&self, url: TextRange) -> Result<FormSite, UnreadableCall> {
        let refuse = |range: TextRange, why: &str| Err(UnreadableCall { why: why.to_owned(), range });
        let Some(mut node) = self.node(url) else { return refuse(url, "is not there") };
        while let Some(parent) = node.parent().filter(|p| range_of(*p) == url) {
            node = parent;
        }
        let value = node.parent().filter(|p| p.kind() == "jsx_expression").unwrap_or(node);
        let attribute = value.parent().filter(|p| p.kind() == "jsx_attribute");
        let element = attribute.and_then(|a| a.parent());
        let (Some(attribute), Some(element)) = (attribute, element) else {
            return refuse(url, "hands the URL on instead of posting to it");
        };
        let tag = element.child_by_field_name("name").map(|n| self.slice(range_of(n)));
        if tag != Some("form") || self.attribute(attribute).is_none_or(|(name, _)| name != "action") {
            return refuse(range_of(element), "is no form that posts to it");
        }
        let Some(parts) = self.parts(node) else {
            return refuse(url, "makes its URL out of more than text and values");
        };
        let mut form = FormSite {
            site: RequestSite {
                call: range_of(value),
                url: parts,
                method: None,
                body: SentBody::Form(TextRange::default()),
                taken: Taken::default(),
                annotations: vec![],
                is_report: false,
            },
            idle: vec![],
        };
        let mut cursor = element.walk();
        for other in element.named_children(&mut cursor) {
            if other.kind() == "jsx_expression" {
                return refuse(range_of(other), "takes attributes from elsewhere");
            }
            let Some((name, value)) = self.attribute(other) else { continue };
            match name {
                "method" => form.site.method = Some(value.unwrap_or_default().into()),
                "encType" => {}
                "onSubmit" | "target" | "ref" => {
                    return refuse(range_of(other), "does something of its own when it is submitted");
                }
                _ => continue,
            }
            let before = self.slice(TextRange::new(0, range_of(other).start));
            let start = before.trim_end().len() as u32;
            form.idle.push(TextRange::new(start, range_of(other).end));
        }
        Ok(form)
    }

    /// An attribute's name, and its text if it is one.
    fn attribute(&self, node: Node) -> Option<(&str, Option<&str>)> {
        if node.kind() != "jsx_attribute" {
            return None;
        }
        let value = node.named_child(1).map(|v| self.slice(range_of(v)).trim_matches(['"', '\'', '{', '}']));
        Some((self.slice(range_of(node.named_child(0)?)), value))
    }
}
