//! The handler goes back among the other methods of its file: behind the one that comes before it in the order
//! that Next lists them in, with its imports among the file's own and what only it uses at the end.

use next::Method;
use syntax::{
    TextRange,
    anatomy::{Anatomy, Import, Statement, StatementKind},
};
use workspace::FileId;

use super::Former;
use crate::convert::{
    draft::{Draft, Source},
    joined::{has_room, keeps_get},
    moved::{import_place, whole_lines},
    thin::bare,
    to_action::get_stays::said,
};

impl Former<'_> {
    /// Writes a handler's file into the one that is there; `None` where they don't go together.
    pub(super) fn rejoin(&self, host: FileId, handler: &str, draft: &mut Draft) -> Option<()> {
        let facts = self.snap.facts(host)?;
        (has_room(&facts, self.method) && keeps_get(self.snap, self.app, host, self.method)).then_some(())?;
        let source = Source::read(self.snap, host).ok()?;
        let there = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken())?;
        let new = Anatomy::new(handler, self.source.grammar).filter(|a| !a.is_broken())?;
        self.bring_imports(&source, &there, &new, draft)?;
        let stays = said(self.method);
        let is_ours =
            |s: &&Statement| s.declares.iter().any(|n| **n == *"dynamic") && there.slice(s.full).contains(&stays);
        if let Some(statement) = there.module.statements.iter().find(is_ours) {
            draft.edit(&source, whole_lines(&source.text, statement.full), "");
        }
        let (mut of_method, mut others) = (String::new(), String::new());
        for statement in &new.module.statements {
            if matches!(statement.kind, StatementKind::Import(_)) || is_there(&there, &new, statement)? {
                continue;
            }
            let is_method = statement.declares.iter().any(|name| **name == *self.method.as_str());
            let text = new.slice(statement.full).trim();
            (if is_method { &mut of_method } else { &mut others }).push_str(&format!("\n\n{text}"));
        }
        let before = |statement: &&Statement| {
            let mut methods = statement.declares.iter().filter_map(|name| Method::parse(name));
            methods.any(|method| method < self.method)
        };
        let end = source.text.trim_end().len() as u32;
        let behind = there.module.statements.iter().rev().find(before).map(|s| s.range.end);
        let first = || there.module.statements.iter().find(|s| !matches!(s.kind, StatementKind::Import(_)));
        match behind {
            Some(at) => draft.edit(&source, TextRange::new(at, at), of_method),
            None => {
                let at = first()?.full.start;
                draft.edit(&source, TextRange::new(at, at), format!("{}\n\n", of_method.trim_start()));
            }
        }
        draft.edit(&source, TextRange::new(end, end), others);
        Some(())
    }

    /// The imports that the file hasn't got.
    fn bring_imports(&self, source: &Source, there: &Anatomy, new: &Anatomy, draft: &mut Draft) -> Option<()> {
        for (index, import) in new.module.imports() {
            let statement = new.module.statements.get(index)?;
            let own = |specifier: &str, of_types: bool| {
                let mut all = there.module.imports().map(|(_, own)| own);
                all.find(|own| *own.specifier == *specifier && own.type_only == of_types && !own.named.is_empty())
            };
            let missing = missing(there, statement, import)?;
            if missing.is_empty() && !statement.declares.is_empty() {
                continue;
            }
            let is_all_named = import.default.is_none() && import.namespace.is_none();
            match own(&import.specifier, import.type_only).filter(|_| is_all_named) {
                Some(own) => {
                    let at = own.named.last()?.range.end;
                    let names: Vec<&str> = import
                        .named
                        .iter()
                        .filter(|n| missing.contains(&&*n.local))
                        .map(|n| new.slice(n.range))
                        .collect();
                    draft.edit(source, TextRange::new(at, at), format!(", {}", names.join(", ")));
                }
                // one for its effects alone may be there as well
                None if missing.is_empty()
                    && there.module.imports().any(|(_, own)| own.specifier == import.specifier) => {}
                None => {
                    (missing.len() == statement.declares.len()).then_some(())?;
                    draft.edit(source, import_place(source, there), format!("{}\n", new.slice(statement.range)));
                }
            }
        }
        Some(())
    }
}

/// The names that an import brings and the file hasn't; `None` where one means something else there.
fn missing<'n>(there: &Anatomy, statement: &'n Statement, import: &Import) -> Option<Vec<&'n str>> {
    let mut missing = vec![];
    for local in &statement.declares {
        if there.module.declaring(local).is_none() {
            missing.push(&**local);
            continue;
        }
        let named = import.named.iter().find(|one| one.local == *local)?;
        let mut same = there.module.imports().filter(|(_, own)| own.specifier == import.specifier);
        let is_same = same.any(|(_, own)| {
            let is_type = |of: &Import, one: &syntax::anatomy::ImportedName| of.type_only || one.type_only;
            own.named.iter().any(|one| {
                one.local == *local && one.imported == named.imported && is_type(own, one) == is_type(import, named)
            })
        });
        is_same.then_some(())?;
    }
    Some(missing)
}

/// Whether a statement stands there, word for word; `None` if its names mean something else there.
fn is_there(there: &Anatomy, new: &Anatomy, statement: &Statement) -> Option<bool> {
    let own = statement.declares.iter().find_map(|name| there.module.declaring(name));
    let Some(own) = own.and_then(|index| there.module.statements.get(index)) else { return Some(false) };
    (bare(there.slice(own.range)) == bare(new.slice(statement.range))).then_some(true)
}
