//! What an action does through the functions that it calls, in its own file and in others: a page has to be
//! shown anew, and a redirect has to be sent on, whoever asked for it.
//!
//! Functions are followed by the names that they mention, a few imports far, so what is found may not run
//! each time; that costs a refresh too many. Packages aren't looked into, nor the clients that make actions
//! (`client.use(…).action(…)`): they see to who may call them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use syntax::{
    TextRange,
    anatomy::{Import, Module, StatementKind},
    effects::{Effects, Names, Revalidated, Revalidation},
    facts::Imported,
};
use workspace::{FileId, Followed, Snapshot};

use super::{action::Action, tags, wrapped};

/// So many files are read: a conversion is made while somebody waits.
const MOST_FILES: usize = 16;
/// So many imports are followed in a row.
const FARTHEST: usize = 3;
/// A larger one is data, or generated.
const LONGEST: usize = 32 << 10;

/// Where code calls `updateTag`: a file, and a part of it.
pub(super) type Updates = Vec<(FileId, TextRange)>;

/// Adds what is reached to what the body itself does.
pub(super) fn add(snap: &Snapshot, action: &Action, effects: &mut Effects) -> Updates {
    let mut walk = Walk { snap, effects, seen: BTreeSet::new(), open: BTreeSet::new(), files: 0, updates: vec![] };
    let part = action.function.range;
    let names = action.anatomy.names_within(part);
    walk.part(action.source.file, &action.source.text, &action.anatomy.module, part, &names);
    walk.open.extend(wrapped::maker(snap, action.source, &action.anatomy, action.taken));
    for hop in 1..=FARTHEST {
        // by path: numbers of files differ from run to run, and not all may be read
        let mut open: BTreeMap<Arc<Path>, (FileId, Vec<u32>)> = BTreeMap::new();
        for (file, export) in std::mem::take(&mut walk.open) {
            open.entry(snap.path(file)).or_insert_with(|| (file, vec![])).1.push(export);
        }
        for (file, exports) in open.into_values() {
            if walk.files < MOST_FILES {
                walk.file(file, &exports, hop == FARTHEST);
            }
        }
    }
    walk.updates
}

struct Walk<'a> {
    snap: &'a Snapshot,
    effects: &'a mut Effects,
    /// Statements that were looked at, by where they start.
    seen: BTreeSet<(FileId, u32)>,
    /// Exports of other files that are still to be looked at.
    open: BTreeSet<(FileId, u32)>,
    /// How many files were taken apart.
    files: usize,
    updates: Updates,
}

impl Walk<'_> {
    /// `last`: what it imports isn't followed, so it matters only if it speaks of Next itself.
    fn file(&mut self, file: FileId, exports: &[u32], last: bool) {
        let Some(facts) = self.snap.facts(file) else { return };
        let Some(text) = self.snap.text(file) else { return };
        let is_package = workspace::is_dependency(&self.snap.path(file));
        if is_package || text.len() > LONGEST || (last && !text.contains("next/")) {
            return;
        }
        self.files += 1;
        let Some(outline) = self.snap.outline(file) else { return };
        let module = &outline.module;
        for export in exports.iter().filter_map(|index| facts.exports.get(*index as usize)) {
            let statement = module.around(export.range).and_then(|at| module.statements.get(at));
            if let Some(statement) = statement.filter(|statement| self.seen.insert((file, statement.range.start))) {
                self.part(file, &text, module, statement.range, &statement.uses);
            }
        }
    }

    /// A part of a file, with the statements of the file that it uses by these names.
    fn part(&mut self, file: FileId, text: &str, module: &Module, part: TextRange, names: &[Box<str>]) {
        let mut open = vec![(part, names)];
        while let Some((part, names)) = open.pop() {
            for name in names {
                let statement = module.declaring(name).and_then(|at| module.statements.get(at));
                let Some(statement) = statement else { continue };
                match &statement.kind {
                    StatementKind::Import(import) => {
                        let code = text.get(part.span()).unwrap_or_default();
                        if is_update(import, name, code) {
                            self.updates.push((file, part));
                        }
                        self.import(file, import, name, code);
                    }
                    StatementKind::Type => {}
                    _ if self.seen.insert((file, statement.range.start)) => {
                        open.push((statement.range, &statement.uses));
                    }
                    _ => {}
                }
            }
        }
    }

    /// `name` comes by `import` and is used in `code`.
    fn import(&mut self, file: FileId, import: &Import, name: &str, code: &str) {
        if import.type_only {
            return;
        }
        let named = import.named.iter().find(|one| &*one.local == name).map(|one| &*one.imported);
        if import.specifier.starts_with("next/") {
            if let Some(imported) = named {
                self.known(&import.specifier, imported, code);
            }
            return;
        }
        let imported = match named {
            Some(imported) => Imported::Name(imported.into()),
            None if import.namespace.as_deref() == Some(name) => Imported::Namespace,
            None => Imported::Name("default".into()),
        };
        match self.snap.follow_import(file, &import.specifier, &imported) {
            Some(Followed::Export(file, export)) => {
                self.open.insert((file, export));
            }
            Some(Followed::Module(module)) => {
                let Some(facts) = self.snap.facts(module) else { return };
                let used = facts.exports.iter().filter(|export| code.contains(&format!("{name}.{}", export.name)));
                for export in used {
                    if let Some(Followed::Export(file, export)) = self.snap.follow_export(module, &export.name) {
                        self.open.insert((file, export));
                    }
                }
            }
            None => {}
        }
    }

    /// A function of Next's that is used in `code`.
    fn known(&mut self, module: &str, imported: &str, code: &str) {
        let effects = &mut *self.effects;
        let mut stale = |by: Revalidation| {
            if !effects.revalidates.iter().any(|known| known.by == by) {
                effects.revalidates.push(Revalidated { by, target: None });
            }
        };
        match (module, imported) {
            ("next/cache", "revalidatePath") => stale(Revalidation::Path),
            ("next/cache", "revalidateTag") => stale(Revalidation::Tag),
            (tags::MODULE, tags::HERE) => stale(Revalidation::Update),
            ("next/cache", "refresh") => stale(Revalidation::Refresh),
            ("next/headers", "cookies") if code.contains(".set(") || code.contains(".delete(") => {
                effects.sets_cookies.get_or_insert_with(Names::default);
            }
            ("next/navigation", "redirect" | "permanentRedirect") if effects.redirects.is_empty() => {
                effects.redirects.push(None);
            }
            ("next/navigation", "notFound") if !effects.answers.statuses.contains(&404) => {
                effects.answers.statuses.push(404);
            }
            _ => {}
        }
    }
}

/// Whether `name`, which comes by `import`, stands for `updateTag` in `code`.
fn is_update(import: &Import, name: &str, code: &str) -> bool {
    let is_named = import.named.iter().any(|one| &*one.local == name && &*one.imported == tags::HERE);
    let is_member = import.namespace.as_deref() == Some(name) && code.contains(&format!("{name}.{}", tags::HERE));
    &*import.specifier == tags::MODULE && (is_named || is_member)
}
