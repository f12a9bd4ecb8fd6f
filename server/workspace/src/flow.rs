//! Which actions arrive where: from the attributes and arguments that hand them on, through as many
//! functions as the code has, to the parameters that are called.
//!
//! Edges are kept, what arrives is a question of reachability: a set that is only ever added to
//! would keep what comes in circles (components that render themselves) after its source is gone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use syntax::{
    facts::{FileFacts, Imported, Used},
    flow::{Parameter, Pass, Taken, Taker, Through},
};

use crate::{
    endpoint::{EndpointId, Link},
    follow::{Followed, Walk},
    links::{FileLinks, link_derived, parameter, taken_action},
    paths::FileId,
    snapshot::Snapshot,
};

/// What a function can be given: an argument, or a property of one (an attribute).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub file: FileId,
    /// An index into `Flow::receivers` of the file's facts.
    pub receiver: u32,
    /// From 0.
    pub argument: u32,
    /// `None` for the argument itself.
    pub property: Option<Arc<str>>,
}

/// An action that is given to a function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    pub what: EndpointId,
    pub to: Slot,
    pub sure: bool,
}

/// A parameter that is handed on.
#[derive(Clone, Debug, PartialEq)]
struct Edge {
    from: Parameter,
    to: Slot,
    /// Of a spread: the properties that are given otherwise.
    except: Box<[Box<str>]>,
    sure: bool,
}

/// What the functions of one file hand on.
#[derive(Clone, Debug, Default, PartialEq)]
struct Passes {
    edges: Vec<Edge>,
    /// Sorted, each once.
    depends_on: Vec<FileId>,
}

/// What arrives at the slots of one file, and whether that is sure.
type Arrivals = FxHashMap<Slot, BTreeMap<EndpointId, bool>>;

/// Everything that flows, and the links that come of it.
#[derive(Clone, Default)]
pub(crate) struct Flow {
    /// Of files into which something flows.
    passes: FxHashMap<FileId, Arc<Passes>>,
    arrivals: FxHashMap<FileId, Arc<Arrivals>>,
    links: FxHashMap<FileId, Arc<Vec<Link>>>,
}

/// Adds what a file's own actions and imports are given to.
pub(crate) fn send(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    pass: &Pass,
    sends: &mut Vec<Sent>,
    depends_on: &mut Vec<FileId>,
) {
    let actions: Vec<EndpointId> =
        pass.values.iter().filter_map(|v| taken_action(snap, file, facts, v, depends_on)).collect();
    if actions.is_empty() || !may_call(snap, file, facts, &pass.through, depends_on) {
        return;
    }
    let Some(to) = slot(snap, file, facts, pass, depends_on) else { return };
    sends.extend(actions.into_iter().map(|what| Sent { what, to: to.clone(), sure: pass.sure }));
}

/// Where a pass leads.
fn slot(snap: &Snapshot, file: FileId, facts: &FileFacts, pass: &Pass, depends_on: &mut Vec<FileId>) -> Option<Slot> {
    let (file, receiver) = match &pass.to {
        Taker::Here(receiver) => (file, *receiver),
        Taker::There(taken) => receiver(snap, file, facts, taken, depends_on)?,
    };
    Some(Slot { file, receiver, argument: pass.argument, property: pass.property.as_deref().map(Arc::from) })
}

/// The function that an import is.
fn receiver(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    taken: &Taken,
    depends_on: &mut Vec<FileId>,
) -> Option<(FileId, u32)> {
    let mut walk = Walk::new(snap);
    let (specifier, imported) = match taken.used {
        Used::Import(import) => {
            let import = facts.imports.get(import as usize)?;
            (import.specifier, &import.imported)
        }
        Used::Module(specifier) => (specifier, &Imported::Namespace),
        _ => return None,
    };
    let followed = walk.import(file, facts.specifier(specifier)?, imported);
    let followed = match (followed, &taken.member) {
        (Some(module @ Followed::Module(_)), Some(member)) => walk.member(module, member),
        (Some(export @ Followed::Export(..)), None) => Some(export),
        _ => None,
    };
    depends_on.extend(&walk.through);
    match followed? {
        Followed::Export(file, export) => Some((file, snap.facts(file)?.flow.receiver_of(export)?)),
        Followed::Module(_) => None,
    }
}

/// Whether what was taken of the results of hooks calls what they were given: those of the workspace
/// are looked into, others are taken at their word.
pub(crate) fn may_call(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    through: &[Through],
    depends_on: &mut Vec<FileId>,
) -> bool {
    through.iter().all(|through| {
        let found = match &through.hook {
            Taker::Here(number) => Some((file, *number)),
            Taker::There(taken) => receiver(snap, file, facts, taken, depends_on),
        };
        let Some((file, number)) = found else { return true };
        let Some(facts) = snap.facts(file) else { return true };
        facts.flow.receivers.get(number as usize).is_none_or(|r| r.gives.may_call(through.member.as_deref()))
    })
}

/// What the functions of a file hand on of what they are given.
fn passes(snap: &Snapshot, file: FileId) -> Passes {
    let mut out = Passes::default();
    let Some(facts) = snap.facts(file) else { return out };
    for pass in &facts.flow.passes {
        let from: Vec<&Parameter> = pass.values.iter().filter_map(|v| parameter(&facts, v)).collect();
        if from.is_empty() {
            continue;
        }
        if !may_call(snap, file, &facts, &pass.through, &mut out.depends_on) {
            continue;
        }
        let Some(to) = slot(snap, file, &facts, pass, &mut out.depends_on) else { continue };
        out.edges.extend(from.into_iter().map(|from| Edge {
            from: from.clone(),
            to: to.clone(),
            except: pass.except.clone(),
            sure: pass.sure,
        }));
    }
    // The links of what arrives depend on the hooks that it goes through.
    for row in &facts.flow.derived {
        may_call(snap, file, &facts, &row.through, &mut out.depends_on);
    }
    out.depends_on.sort_unstable();
    out.depends_on.dedup();
    out.depends_on.retain(|f| *f != file);
    out
}

impl Edge {
    /// Where it takes what arrives at a slot of its file.
    fn takes(&self, at: &Slot) -> Option<Slot> {
        if (self.from.receiver, self.from.index) != (at.receiver, at.argument) {
            return None;
        }
        match (self.from.property.as_deref(), at.property.as_deref()) {
            (Some(wanted), Some(property)) if wanted == property => Some(self.to.clone()),
            (None, None) if self.from.except.is_empty() => Some(self.to.clone()),
            // An object is handed on with what is in it.
            (None, Some(property)) if self.to.property.is_none() => {
                let is_left_out = |list: &[Box<str>]| list.iter().any(|e| &**e == property);
                (!is_left_out(&self.from.except) && !is_left_out(&self.except))
                    .then(|| Slot { property: at.property.clone(), ..self.to.clone() })
            }
            _ => None,
        }
    }
}

impl Flow {
    /// Follows everything from the start.
    pub(crate) fn new(snap: &Snapshot, links: &FxHashMap<FileId, Arc<FileLinks>>) -> Self {
        let mut flow = Self::default();
        flow.flood(snap, links);
        flow.links = flow
            .arrivals
            .par_iter()
            .map(|(file, arrivals)| (*file, Arc::new(arriving_links(snap, *file, arrivals))))
            .collect();
        flow
    }

    /// Brings it up to date after files were linked again. `resent` says that what they send has
    /// changed. The files whose own links that changes, as far as they aren't among `files`.
    pub(crate) fn update(
        &mut self,
        snap: &Snapshot,
        links: &FxHashMap<FileId, Arc<FileLinks>>,
        files: &FxHashSet<FileId>,
        resent: bool,
    ) -> usize {
        let mut resent = resent;
        for file in files {
            if let Some(known) = self.passes.get_mut(file) {
                let now = passes(snap, *file);
                if **known != now {
                    *known = Arc::new(now);
                    resent = true;
                }
            }
        }
        let mut stale = files.clone();
        if resent {
            let before = std::mem::take(&mut self.arrivals);
            self.flood(snap, links);
            let all = before.keys().chain(self.arrivals.keys());
            stale.extend(all.filter(|f| before.get(f) != self.arrivals.get(f)));
        }
        for file in &stale {
            match self.arrivals.get(file) {
                Some(arrivals) => {
                    self.links.insert(*file, Arc::new(arriving_links(snap, *file, arrivals)));
                }
                None => {
                    self.links.remove(file);
                }
            }
        }
        stale.len() - files.len()
    }

    /// Everything that can be reached from what is sent.
    fn flood(&mut self, snap: &Snapshot, links: &FxHashMap<FileId, Arc<FileLinks>>) {
        let mut arrivals: FxHashMap<FileId, Arrivals> = FxHashMap::default();
        let mut arrive = |slot: &Slot, what: EndpointId, sure: bool| {
            let row = arrivals.entry(slot.file).or_default().entry(slot.clone()).or_default();
            match row.get_mut(&what) {
                Some(known) if *known || !sure => false,
                Some(known) => {
                    *known = true;
                    true
                }
                None => {
                    row.insert(what, sure);
                    true
                }
            }
        };
        let mut fresh: Vec<Sent> = vec![];
        for sent in links.values().flat_map(|l| &l.sends) {
            if arrive(&sent.to, sent.what, sent.sure) {
                fresh.push(sent.clone());
            }
        }
        let mut reached: FxHashSet<FileId> = FxHashSet::default();
        while !fresh.is_empty() {
            reached.extend(fresh.iter().map(|s| s.to.file));
            let unknown: Vec<FileId> = reached.iter().filter(|f| !self.passes.contains_key(f)).copied().collect();
            let read: Vec<_> = unknown.par_iter().map(|f| (*f, Arc::new(passes(snap, *f)))).collect();
            self.passes.extend(read);
            let mut next: Vec<Sent> = vec![];
            for sent in &fresh {
                let Some(passes) = self.passes.get(&sent.to.file) else { continue };
                for edge in &passes.edges {
                    let Some(to) = edge.takes(&sent.to) else { continue };
                    let sure = sent.sure && edge.sure;
                    if arrive(&to, sent.what, sure) {
                        next.push(Sent { what: sent.what, to, sure });
                    }
                }
            }
            fresh = next;
        }
        self.passes.retain(|file, _| reached.contains(file));
        self.arrivals = arrivals.into_iter().map(|(file, rows)| (file, Arc::new(rows))).collect();
    }

    /// The links of a file that come of what its functions are given; `None` where nothing arrives.
    pub(crate) fn links(&self, file: FileId) -> Option<&Arc<Vec<Link>>> {
        self.links.get(&file)
    }

    /// The files with such links.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileId> {
        self.links.iter().filter(|(_, links)| !links.is_empty()).map(|(file, _)| *file)
    }

    /// Whether anything arrives in a file.
    pub(crate) fn reaches(&self, file: FileId) -> bool {
        self.arrivals.contains_key(&file)
    }

    /// The files that hand on to functions of that file, or through it.
    pub(crate) fn dependents(&self, file: FileId) -> impl Iterator<Item = FileId> {
        self.passes.iter().filter(move |(_, p)| p.depends_on.binary_search(&file).is_ok()).map(|(f, _)| *f)
    }
}

/// The links of the places in a file that stand for what arrives.
fn arriving_links(snap: &Snapshot, file: FileId, arrivals: &Arrivals) -> Vec<Link> {
    let Some(facts) = snap.facts(file) else { return vec![] };
    let at = |parameter: &Parameter| {
        let slot = Slot {
            file,
            receiver: parameter.receiver,
            argument: parameter.index,
            property: parameter.property.as_deref().map(Arc::from),
        };
        let mut found: Vec<(EndpointId, bool)> =
            arrivals.get(&slot).into_iter().flatten().map(|(id, sure)| (*id, *sure)).collect();
        found.sort_by_cached_key(|(id, _)| (snap.path(id.file), id.index));
        found
    };
    let stands_for_any =
        |values: &[Taken]| values.iter().any(|v| parameter(&facts, v).is_some_and(|p| !at(p).is_empty()));
    let rows = facts.flow.derived.iter().filter(|row| stands_for_any(&row.values));
    // What else a row stands for is followed, too; the files on that way are known to the file's own links.
    rows.filter_map(|row| link_derived(snap, file, &facts, row, &at, &mut vec![])).collect()
}
