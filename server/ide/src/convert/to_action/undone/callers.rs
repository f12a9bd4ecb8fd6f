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
