//! What is changed: caches, cookies, and where the caller goes next.

use super::{
    Function,
    held::{Held, Part},
    known::Known,
};
use crate::{
    effects::{Names, Revalidated, Revalidation, Target},
    flat::{Field, Kind, NodeId},
    value::{HoleKind, Piece},
};

impl Function<'_> {
    pub fn changes_of_call(&mut self, id: NodeId) {
        let flat = self.file.flat;
        let Some(callee) = flat.child(id, Field::Function).map(|f| flat.unwrapped(f)) else { return };
        match self.known.of(self.file, callee) {
            Some(Known::Revalidates(by)) => self.revalidates(id, by),
            Some(Known::Redirects(status)) => {
                self.redirects(id);
                self.status(status);
            }
            Some(Known::Ends(status)) => self.status(status),
            _ => {}
        }
        let (Some(object), Some(method)) = (flat.child(callee, Field::Object), self.property(callee)) else { return };
        if method == "redirect" && matches!(self.known.of(self.file, object), Some(Known::Response(_))) {
            self.redirects(id);
        }
        match (self.held(object), method) {
            (Held::ResponseCookies, "set") => self.cookie(id, |f| &mut f.out.sets_cookies),
            (Held::ResponseCookies, "delete") => self.cookie(id, |f| &mut f.out.deletes_cookies),
            // those of `request.cookies` change nothing that anybody gets
            (Held::Store(Part::Cookies), "set") if !self.is_of_request(object) => {
                self.cookie(id, |f| &mut f.out.sets_cookies);
            }
            (Held::Store(Part::Cookies), "delete") if !self.is_of_request(object) => {
                self.cookie(id, |f| &mut f.out.deletes_cookies);
            }
            _ => {}
        }
    }

    fn is_of_request(&self, store: NodeId) -> bool {
        let flat = self.file.flat;
        let store = flat.unwrapped(store);
        flat.kind(store) == Kind::Member
            && flat.child(store, Field::Object).is_some_and(|o| self.held(o) == Held::Request)
    }

    fn revalidates(&mut self, call: NodeId, by: Revalidation) {
        let targets = match by {
            Revalidation::Refresh => vec![None],
            _ => self.argument(call, 0).map_or_else(|| vec![None], |a| self.targets(a)),
        };
        for target in targets {
            let one = Revalidated { by, target };
            if !self.out.revalidates.contains(&one) {
                self.out.revalidates.push(one);
            }
        }
    }

    fn redirects(&mut self, call: NodeId) {
        let targets = self.argument(call, 0).map_or_else(|| vec![None], |a| self.targets(a));
        for target in targets {
            if !self.out.redirects.contains(&target) {
                self.out.redirects.push(target);
            }
        }
    }

    /// `store.set('theme', …)`, `store.set({ name: 'theme', … })`
    fn cookie(&mut self, call: NodeId, of: impl Fn(&mut Self) -> &mut Option<Names>) {
        let first = self.argument(call, 0).map(|a| self.reader.read(a));
        let named = first.as_ref().and_then(|value| value.member("name")).or(first);
        let names = of(self).get_or_insert_default();
        match named.as_ref().and_then(|value| value.as_text()) {
            Some(text) => names.add(text, false),
            None => names.more = true,
        }
    }

    /// The texts that an expression can be, with holes; an own origin in front of a path is left out.
    fn targets(&self, id: NodeId) -> Vec<Target> {
        const MOST: usize = 4;
        let value = self.reader.read(id);
        let alternatives = value.alternatives();
        if alternatives.len() > MOST {
            return vec![None];
        }
        alternatives.iter().map(|pieces| text_of(pieces)).collect()
    }
}

fn text_of(pieces: &[Piece]) -> Target {
    let pieces = match pieces {
        [Piece::Hole { kind, .. }, rest @ ..]
            if matches!(kind, HoleKind::Base | HoleKind::Named)
                && matches!(rest.first(), Some(Piece::Text(text)) if text.starts_with('/')) =>
        {
            rest
        }
        all => all,
    };
    if !pieces.iter().any(|p| matches!(p, Piece::Text(text) if text.contains(|c: char| c != '/'))) && pieces.len() != 1
    {
        return None;
    }
    if matches!(pieces, [Piece::Hole { .. }]) {
        return None;
    }
    let shown = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole { source, .. } => format!("{{{source}}}"),
    };
    Some(pieces.iter().map(shown).collect::<String>().into())
}
