//! Open buffers: which ones, how the client spells them, and how their edits get into the state.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use syntax::{Encoding, LineCol, document::Edit, lines::LineIndex};
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};
use workspace::World;

use super::order::Order;
use super::panics;

/// The open buffers.
#[derive(Default)]
pub struct Documents {
    open: Mutex<HashMap<PathBuf, Open>>,
    /// Changes that came before the buffer was opened, by version.
    early: Mutex<HashMap<PathBuf, BTreeMap<i32, Vec<Edit>>>>,
}

struct Open {
    uri: Uri,
    order: Order,
}

/// A buffer as the client names it, at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Buffer {
    /// As the client spells it.
    pub uri: Uri,
    /// Of the text that the state has.
    pub version: i32,
}

impl Documents {
    fn lock(&self) -> MutexGuard<'_, HashMap<PathBuf, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A buffer was opened. Gives the changes that came before that and follow it without a gap; others
    /// are of a buffer that is gone.
    pub fn opened(&self, path: &Path, uri: Uri, version: i32) -> Vec<Vec<Edit>> {
        let mut order = Order::new(version);
        let early = self.early.lock().unwrap_or_else(PoisonError::into_inner).remove(path).unwrap_or_default();
        let following = early.into_iter().filter(|(early, _)| *early > version);
        let turn = following.zip(version + 1..).take_while(|((early, _), next)| early == next);
        let turn = turn.flat_map(|((early, edits), _)| order.arrived(early, edits)).collect();
        self.lock().insert(path.to_owned(), Open { uri, order });
        turn
    }

    /// A change came for a buffer that isn't open; it may be on the way.
    pub fn came_early(&self, path: &Path, version: i32, edits: Vec<Edit>) {
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        early.entry(path.to_owned()).or_default().insert(version, edits);
    }

    /// It wasn't.
    pub fn forget_early(&self, path: &Path, version: i32) {
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(changes) = early.get_mut(path) else { return };
        changes.remove(&version);
        if changes.is_empty() {
            early.remove(path);
        }
    }

    /// The state is told of a change in the order of arrival; `false` if its version doesn't follow on the
    /// one before (LSP 3.17, `VersionedTextDocumentIdentifier`).
    pub fn reached(&self, path: &Path, version: i32) -> bool {
        self.lock().get_mut(path).is_none_or(|open| open.order.reached(version))
    }

    /// The changes that are to be applied now that this one has come, and whether others wait;
    /// `None` if the buffer isn't open.
    pub fn arrived(&self, path: &Path, version: i32, edits: Vec<Edit>) -> Option<(Vec<Vec<Edit>>, bool)> {
        let mut open = self.lock();
        let order = &mut open.get_mut(path)?.order;
        Some((order.arrived(version, edits), order.is_waiting()))
    }

    /// The changes of a buffer that have waited long enough.
    pub fn overdue(&self, path: &Path) -> Vec<Vec<Edit>> {
        self.lock().get_mut(path).map(|open| open.order.give_up()).unwrap_or_default()
    }

    /// A buffer was closed; `false` if it wasn't open.
    pub fn closed(&self, path: &Path) -> bool {
        self.lock().remove(path).is_some()
    }

    /// Whether it is open.
    pub fn contains(&self, path: &Path) -> bool {
        self.lock().contains_key(path)
    }

    /// All with their versions. They belong to the state that is asked for next, if nothing is awaited
    /// before that.
    pub fn buffers(&self) -> HashMap<PathBuf, Buffer> {
        let one = |open: &Open| Buffer { uri: open.uri.clone(), version: open.order.version() };
        self.lock().iter().map(|(path, open)| (path.clone(), one(open))).collect()
    }

    /// All, as the client spells them.
    pub fn all(&self) -> Vec<(PathBuf, Uri)> {
        self.lock().iter().map(|(path, open)| (path.clone(), open.uri.clone())).collect()
    }
}

/// Changes as the client sends them. A range whose end stands before its start (some clients, some
/// versions) is taken as the empty range at its start.
pub fn edits(changes: Vec<TextDocumentContentChangeEvent>) -> Vec<Edit> {
    let at = |p: tower_lsp::ls_types::Position| LineCol { line: p.line, col: p.character };
    let one = |change: TextDocumentContentChangeEvent| Edit {
        range: change.range.map(|r| (at(r.start), at(r.end).max(at(r.start)))),
        text: change.text,
    };
    changes.into_iter().map(one).collect()
}

/// Applies changes to a buffer. If that panics, the buffer is opened anew with the text it ought
/// to have now: from here on the client sends differences only, so the text must not be lost.
pub fn edit(world: &mut World, path: &Path, edits: &[Edit], encoding: Encoding, apply: impl FnOnce(&mut World)) {
    let before = text(world, path);
    if panics::caught(panics::doing(), || apply(world)).is_ok() {
        return;
    }
    let reloaded = before.is_some_and(|before| {
        let after = spliced(&before, edits, encoding);
        panics::caught(panics::doing(), || {
            world.close(path);
            world.open(path, &after);
        })
        .is_ok()
    });
    if !reloaded {
        let _ = panics::caught(panics::doing(), || world.close(path)); // the disk has to do
    }
}

fn text(world: &World, path: &Path) -> Option<Arc<str>> {
    let snap = world.snapshot();
    snap.text(snap.file(path)?)
}

/// The text after the changes, the slow and simple way.
fn spliced(before: &str, edits: &[Edit], encoding: Encoding) -> String {
    let mut text = before.to_owned();
    for edit in edits {
        let range = edit.range.map_or(0..text.len(), |(start, end)| {
            let lines = LineIndex::new(&text);
            lines.offset(start, encoding) as usize..lines.offset(end, encoding) as usize
        });
        // inside a character: better a missing edit than a missing text
        if text.is_char_boundary(range.start) && text.is_char_boundary(range.end) && range.start <= range.end {
            text.replace_range(range, &edit.text);
        }
    }
    text
}
