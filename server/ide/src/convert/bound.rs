//! Arguments that a page of the server binds to an action for a form: `<form action={save.bind(null, id)}>`.
//! They stand in the page as text, for all to see and to change (Next encrypts only what functions capture),
//! and so they do in a hidden field of a form that posts.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Opened},
};
use workspace::Link;

use super::{
    carry::{ArgumentKind, Carry},
    draft::{Draft, Source},
    forms::Form,
    moved::whole_lines,
    written::BESIDE,
};

/// The forms of one file.
#[derive(Default)]
pub(super) struct BoundForms {
    forms: Vec<BoundForm>,
    /// Declarations that hold what is bound, and whose name only forms mention.
    held: Vec<TextRange>,
    /// The uses of the action that come to these forms.
    uses: Vec<TextRange>,
}

struct BoundForm {
    form: Form,
    opened: Opened,
    /// What is bound, as it is written.
    values: Vec<String>,
}

impl BoundForms {
    /// Those among the uses of an action in a file; others stay what they are.
    pub fn find(source: &Source, uses: &[Link]) -> Self {
        let mut found = Self::default();
        let bound = uses.iter().filter(|link| link.kind == "bind");
        let Some(anatomy) = bound.clone().next().and_then(|_| Anatomy::new(&source.text, source.grammar)) else {
            return found;
        };
        for link in bound {
            let Some(bound) = anatomy.bound_at(link.range) else { continue };
            let values: Vec<String> = bound.arguments.iter().map(|a| anatomy.slice(*a).to_owned()).collect();
            let places = bound.held.as_ref().map_or_else(|| vec![bound.call], |held| held.mentions.clone());
            let form = |place: &TextRange| {
                let form = Form::around(&source.text, *place).ok().filter(Form::is_whole)?;
                let opened = anatomy.opened_around(*place)?;
                // a button that sends the form elsewhere would send the field, too
                let is_alone = !anatomy.slice(opened.element).contains("formAction");
                is_alone.then(|| BoundForm { form, opened, values: values.clone() })
            };
            let forms: Option<Vec<BoundForm>> = places.iter().map(form).collect();
            let Some(forms) = forms.filter(|forms| !forms.is_empty()) else { continue };
            found.forms.extend(forms);
            found.uses.push(link.range);
            if let Some(held) = bound.held {
                found.uses.extend(held.mentions);
                found.held.push(held.declaration);
            }
        }
        found
    }

    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Whether a use of the action is one of theirs.
    pub fn holds(&self, link: &Link) -> bool {
        self.uses.contains(&link.range)
    }

    /// Whether what each binds are all arguments but the form, in their order.
    pub fn fit(&self, carry: &Carry) -> bool {
        let members = carry.members().count();
        let (first, rest) = carry.arguments.split_at(members.min(carry.arguments.len()));
        first.iter().all(|a| a.kind == ArgumentKind::Json && !a.rest)
            && rest.iter().all(|a| a.kind != ArgumentKind::Json)
            && self.forms.iter().all(|form| form.values.len() == members)
    }

    /// They post, with what was bound in a field.
    pub fn post(&self, draft: &mut Draft, source: &Source, url: &str, carry: &Carry) {
        for BoundForm { form, opened, values } in &self.forms {
            form.post(draft, source, url);
            let member = |(key, value): (&String, &String)| {
                if key == value { value.clone() } else { format!("{key}: {value}") }
            };
            let keys: Vec<String> = carry.members().map(|argument| argument.key.clone()).collect();
            let object: Vec<String> = keys.iter().zip(values).map(member).collect();
            let value = format!("JSON.stringify({{ {} }})", object.join(", "));
            let field = format!("<input type=\"hidden\" name=\"{BESIDE}\" value={{{value}}} />");
            let inside = source.text.get(opened.tag.end as usize..).unwrap_or_default();
            let white = inside.get(..inside.len() - inside.trim_start().len()).unwrap_or_default();
            let before = white.rfind('\n').and_then(|at| white.get(at..)).unwrap_or_default();
            draft.edit(source, TextRange::new(opened.tag.end, opened.tag.end), format!("{before}{field}"));
        }
        for held in &self.held {
            draft.edit(source, whole_lines(&source.text, *held), "");
        }
    }
}
