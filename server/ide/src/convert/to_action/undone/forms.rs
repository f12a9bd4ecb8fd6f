//! Forms that have the action become forms that post to the handler, and its redirects those of a handler.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Given},
};

use super::{Asked, Former, Role, asking::Asking};
use crate::convert::{
    TextEdit,
    callers::named_in,
    draft::{Draft, Source},
    forms::Form,
    moved::drop_imports,
};

impl Former<'_> {
    /// What forms ask, which is nothing; `None` where somebody else calls the action.
    pub(super) fn rewrite_forms(&self, draft: &mut Draft) -> Option<Asked> {
        let is_post = self.method == next::Method::Post && self.app.config.base_path.is_none();
        is_post.then_some(())?;
        let mut asked = Asked::default();
        for file in self.snap.naming(self.source.file).into_iter().filter(|file| *file != self.source.file) {
            if self.snap.is_test(file) || self.snap.app_of(file).is_none_or(|of| of.id != self.app.id) {
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
                self.rewrite_form(&source, &anatomy, mention, &asking, draft)?;
            }
            asked.leaves_plain |= !asking.encodes;
            drop_imports(draft, &source, &anatomy, &[&*one.local]);
        }
        Some(asked)
    }

    /// `<form action={rename.bind(null, id)}>`
    fn rewrite_form(
        &self,
        source: &Source,
        anatomy: &Anatomy,
        mention: TextRange,
        asking: &Asking,
        draft: &mut Draft,
    ) -> Option<()> {
        let bound = anatomy.bound_at(mention);
        let (value, arguments) = match bound.filter(|bound| bound.held.is_none()) {
            Some(bound) => (bound.call, bound.arguments),
            None => (mention, vec![]),
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
        Some(())
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
