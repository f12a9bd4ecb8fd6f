//! Links: from the places in one file that reach an endpoint, to the endpoints.

mod derived;
mod unresolved;
mod urls;
mod uses;

use syntax::facts::{FileFacts, Imported, Used};

pub use self::unresolved::{Reason, Unresolved};
pub(crate) use self::{
    derived::{link_derived, parameter},
    urls::{declared, link_url},
    uses::{link_use, taken_action},
};
use crate::{
    endpoint::Link,
    flow::{self, Sent},
    interest::Interest,
    paths::FileId,
    snapshot::Snapshot,
};

/// The links of one file, and every file whose facts they were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FileLinks {
    pub links: Vec<Link>,
    /// Actions that are given to functions.
    pub sends: Vec<Sent>,
    /// Sorted, each once, without the file itself.
    pub depends_on: Vec<FileId>,
}

/// Links a whole file. The interest, where there is one, says cheaply that an import can't lead to an
/// action or to a URL.
pub(crate) fn link_file(snap: &Snapshot, file: FileId, facts: &FileFacts, interest: Option<&Interest>) -> FileLinks {
    let mut out = FileLinks::default();
    let may_be = |specifier: u32, imported: &Imported| {
        interest.is_none_or(|i| facts.specifier(specifier).is_some_and(|s| i.actions.may_be(s, imported)))
    };
    let imports: Vec<bool> = facts.imports.iter().map(|i| may_be(i.specifier, &i.imported)).collect();
    let leads_out = |used: &Used| match used {
        Used::Import(import) => imports.get(*import as usize).copied().unwrap_or(false),
        Used::Module(specifier) => may_be(*specifier, &Imported::Namespace),
        Used::Export(_) | Used::InlineAction(_) => true,
        Used::Parameter(_) => false,
    };
    for used in facts.uses.iter().filter(|u| leads_out(&u.used)) {
        out.links.extend(link_use(snap, file, facts, used, &mut out.depends_on));
    }
    for row in facts.flow.derived.iter().filter(|d| d.values.iter().any(|v| leads_out(&v.used))) {
        out.links.extend(link_derived(snap, file, facts, row, &|_| vec![], &mut out.depends_on));
    }
    for pass in facts.flow.passes.iter().filter(|p| p.values.iter().any(|v| leads_out(&v.used))) {
        flow::send(snap, file, facts, pass, &mut out.sends, &mut out.depends_on);
    }
    for site in &facts.urls {
        out.links.extend(link_url(snap, file, site, interest, &mut out.depends_on));
    }
    out.links.sort_by_key(|l| l.range);
    out.depends_on.sort_unstable();
    out.depends_on.dedup();
    out.depends_on.retain(|f| *f != file);
    out
}
