//! Links: from the places in one file that reach an endpoint, to the endpoints.

mod unresolved;
mod urls;
mod uses;

use syntax::facts::{FileFacts, Used};

pub use self::unresolved::{Reason, Unresolved};
pub(crate) use self::{
    urls::{answering, link_url},
    uses::link_use,
};
use crate::{endpoint::Link, index::Interest, paths::FileId, snapshot::Snapshot};

/// The links of one file, and every file whose facts they were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FileLinks {
    pub links: Vec<Link>,
    /// Sorted, each once, without the file itself.
    pub depends_on: Vec<FileId>,
}

/// Links a whole file. The interest, where there is one, says cheaply that an import can't lead to an
/// action or to a URL.
pub(crate) fn link_file(snap: &Snapshot, file: FileId, facts: &FileFacts, interest: Option<&Interest>) -> FileLinks {
    let mut out = FileLinks::default();
    let matters: Vec<bool> =
        facts.specifiers.iter().map(|s| interest.is_none_or(|i| i.may_lead_to_action(&s.text))).collect();
    let is_candidate = |specifier: u32| matters.get(specifier as usize).copied().unwrap_or(false);
    for used in &facts.uses {
        let leads_out = match used.used {
            Used::Import(import) => facts.imports.get(import as usize).is_some_and(|i| is_candidate(i.specifier)),
            Used::Module(specifier) => is_candidate(specifier),
            Used::Export(_) | Used::InlineAction(_) => true,
        };
        if leads_out {
            out.links.extend(link_use(snap, file, facts, used, &mut out.depends_on));
        }
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
