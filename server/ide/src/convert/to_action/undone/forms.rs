//! Forms that have the action become forms that post to the handler, and its redirects those of a handler.

use syntax::{TextRange, anatomy::Given};

use super::{Asked, Former, Role, callers::Mention};
use crate::convert::{TextEdit, draft::Draft, forms::Form};

impl Former<'_> {
    /// `<form action={rename.bind(null, id)}>`, which asks nothing of what is answered.
    pub(super) fn rewrite_form(&self, mention: &Mention, draft: &mut Draft) -> Option<Asked> {
        let Mention { source, anatomy, range, asking } = *mention;
        let bound = anatomy.bound_at(range);
        let (value, arguments) = match bound.filter(|bound| bound.held.is_none()) {
            Some(bound) => (bound.call, bound.arguments),
            None => (range, vec![]),
        };
        let form = Form::around(&source.text, value).ok().filter(Form::is_whole)?;
        let roles: Vec<&Role> = self.parameters.iter().map(|p| &p.role).filter(|role| **role != Role::Form).collect();
        (roles.len() == arguments.len()).then_some(())?;
        let given: Vec<Given> = arguments
            .iter()
            .map(|range| Given { range: *range, carried: anatomy.carried(*range), is_text: anatomy.is_text(*range) })
            .collect();
        let mut segments: Vec<(&str, &Given)> = vec![];
        for (role, given) in roles.into_iter().zip(&given) {
            let Role::Segment(segment) = role else { return None };
            segments.push((segment, given));
        }
        let (url, has_hole) = self.url(anatomy, &segments, asking)?;
        let url = if has_hole { format!("{{`{url}`}}") } else { format!("\"{url}\"") };
        // an action's form sends files, too
        let files = if self.reads(&Role::Form) { " encType=\"multipart/form-data\"" } else { "" };
        form.write(draft, source, format!("action={url} method=\"post\"{files}"));
        Some(Asked::default())
    }

    /// `return redirect('/login')` becomes `return Response.redirect(new URL('/login', request.url), 303)`: with the
    /// 307 that `redirect` means in a handler, the browser would post once more.
    pub(super) fn send(&self, class: &str, request: &str, edits: &mut Vec<TextEdit>) -> Option<()> {
        let redirects = self.anatomy.redirects_in(self.function.body)?;
        let falls = self.anatomy.handler(self.function.range).is_none_or(|handler| handler.falls_through);
        (!falls).then_some(())?;
        let is_one = |range: TextRange| redirects.iter().any(|one| one.statement == range);
        self.function.returns.iter().all(|returned| is_one(returned.range)).then_some(())?;
        for one in &redirects {
            let end = if self.anatomy.slice(one.statement).ends_with(';') { ";" } else { "" };
            let target = self.anatomy.slice(one.target);
            let text = format!("return {class}.redirect(new URL({target}, {request}.url), 303){end}");
            edits.push(TextEdit { range: one.statement, text });
        }
        Some(())
    }
}
