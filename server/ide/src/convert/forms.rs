//! Forms on pages of the server: what gave them an action gives them a URL.

use syntax::TextRange;

use super::draft::{Draft, Source};

/// `action={…}` of a form, or `formAction={…}` of a button.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    /// The attribute, with its value.
    attribute: TextRange,
    /// It is a button's.
    of_button: bool,
}

impl Form {
    /// The one whose value is all that stands at `value`; why there is none.
    pub fn around(text: &str, value: TextRange) -> Result<Self, &'static str> {
        let (before, after) = (text.get(..value.start as usize), text.get(value.end as usize..));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let name = ["formAction", "action"].into_iter().find_map(|name| {
            let front = before.trim_end().strip_suffix('{')?.trim_end().strip_suffix('=')?.trim_end();
            front.strip_suffix(name).map(|front| (name, front.len()))
        });
        let end = after.trim_start().strip_prefix('}').map(|rest| text.len() - rest.len());
        let (Some((name, start)), Some(end)) = (name, end) else {
            return Err("a form gets the action together with something else: only action={name} becomes a post");
        };
        let tag_start = text.get(..start).and_then(|t| t.rfind('<')).unwrap_or(start);
        let tag = text.get(tag_start..start).unwrap_or_default();
        let element = tag.trim_start_matches('<').split_whitespace().next().unwrap_or_default();
        let rest = text.get(end..).unwrap_or_default();
        let head = format!("{tag}{}", rest.split_once('>').map_or("", |(head, _)| head));
        let of_button = name == "formAction";
        let fits = if of_button { matches!(element, "button" | "input") } else { element == "form" };
        if !fits || head.to_ascii_lowercase().contains("method=") || head.to_ascii_lowercase().contains("enctype=") {
            return Err("only a plain <form> becomes a post: this one is a component, or says how it is sent");
        }
        Ok(Self { attribute: TextRange::new(start as u32, end as u32), of_button })
    }

    /// It is a form's, and not a button's.
    pub fn is_whole(&self) -> bool {
        !self.of_button
    }

    /// Whether a part of the file stands in it.
    pub fn holds(&self, part: TextRange) -> bool {
        self.attribute.covers(part)
    }

    /// It gets other attributes in place of that one.
    pub fn write(&self, draft: &mut Draft, source: &Source, attributes: String) {
        draft.edit(source, self.attribute, attributes);
    }

    /// It posts to a URL.
    pub fn post(&self, draft: &mut Draft, source: &Source, url: &str) {
        draft.edit(source, self.attribute, attributes(url, self.of_button));
    }
}

/// The attributes of a form, or of a button, that posts to a URL.
pub(super) fn attributes(url: &str, of_button: bool) -> String {
    if of_button {
        format!("formAction=\"{url}\" formMethod=\"post\" formEncType=\"multipart/form-data\"")
    } else {
        format!("action=\"{url}\" method=\"post\" encType=\"multipart/form-data\"")
    }
}
