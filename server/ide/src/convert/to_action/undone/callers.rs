//! Calls become the requests that they stand for.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Reading, ResponsePart},
};

use super::{Asked, Former, Role, Shape, asking::Asking};
use crate::convert::{
    callers::named_in,
    draft::{Draft, Source},
    moved::drop_imports,
    to_action::{input::indent_at, name::has_word},
};

/// A place that names the action, and how requests are written there.
pub(super) struct Mention<'m, 'a> {
    pub source: &'m Source,
    pub anatomy: &'m Anatomy<'a>,
    pub range: TextRange,
    pub asking: &'m Asking,
}

impl Former<'_> {
    /// Rewrites every mention of the action in other files, and takes its imports out. What is asked there;
    /// `None` where a mention can't be rewritten, or a file names the action otherwise than by one import.
    pub(super) fn rewrite_mentions(&self, draft: &mut Draft) -> Option<Asked> {
        let mut asked = Asked::default();
        for file in self.snap.naming(self.source.file).into_iter().filter(|file| *file != self.source.file) {
            if self.snap.is_test(file) || self.snap.app_of(file).is_none_or(|of| of.id != self.app.id) {
                return None;
            }
            // forms are the browser's wherever they are written; on the server there is no URL to ask
            if self.shape != Shape::Redirect && self.snap.sides(file).server {
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
            for range in anatomy.mentions_of(&one.local) {
                let mention = Mention { source: &source, anatomy: &anatomy, range, asking: &asking };
                asked = asked.and(match self.shape {
                    Shape::Redirect => self.rewrite_form(&mention, draft)?,
                    _ => self.rewrite_call(&mention, draft)?,
                });
            }
            asked.leaves_plain |= !asking.encodes;
            drop_imports(draft, &source, &anatomy, &[&*one.local]);
        }
        Some(asked)
    }

    /// One call.
    fn rewrite_call(&self, mention: &Mention, draft: &mut Draft) -> Option<Asked> {
        let Mention { source, anatomy, range, asking } = *mention;
        let site = anatomy.report_site(range)?;
        if self.writes && !anatomy.is_refreshed_after(site.call) {
            return None;
        }
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
}

/// `.catch(() => ({}))`
pub(super) fn caught(otherwise: &str) -> String {
    if otherwise == "{}" { ".catch(() => ({}))".to_owned() } else { format!(".catch(() => {otherwise})") }
}
