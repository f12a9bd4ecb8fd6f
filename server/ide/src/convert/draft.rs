//! A conversion while it is made: changes gathered file by file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use syntax::{TextRange, parse::Grammar};
use workspace::{FileId, Snapshot};

use super::{Change, Conversion, Note, Refusal, TextEdit};

/// A file that a conversion reads.
#[derive(Clone)]
pub(super) struct Source {
    pub file: FileId,
    pub path: Arc<Path>,
    pub text: Arc<str>,
    pub grammar: Grammar,
}

impl Source {
    pub fn read(snap: &Snapshot, file: FileId) -> Result<Self, Refusal> {
        let path = snap.path(file);
        let grammar = path.file_name().and_then(|name| Grammar::for_file(name.to_str()?));
        match (snap.text(file), grammar) {
            (Some(text), Some(grammar)) => Ok(Self { file, path, text, grammar }),
            _ => Err(Refusal::new("unreadable", format!("{} can't be read", name_of(&path)))),
        }
    }

    /// Whether types can be written in it.
    pub fn is_typed(&self) -> bool {
        self.path.extension().is_some_and(|e| ["ts", "tsx", "mts", "cts"].iter().any(|typed| e == *typed))
    }
}

/// A file's last name.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl Refusal {
    pub(super) fn new(reason: &'static str, text: impl Into<String>) -> Self {
        Self { reason, text: text.into(), at: None }
    }

    pub(super) fn at(self, file: FileId, range: TextRange) -> Self {
        Self { at: Some((file, range)), ..self }
    }
}

/// Changes by file.
#[derive(Default)]
pub(super) struct Draft {
    created: Vec<(PathBuf, String)>,
    edited: BTreeMap<FileId, (Arc<str>, Vec<TextEdit>)>,
    deleted: Vec<(FileId, Arc<str>)>,
    pub notes: Vec<Note>,
}

impl Draft {
    pub fn create(&mut self, path: PathBuf, text: String) {
        self.created.push((path, text));
    }

    pub fn delete(&mut self, source: &Source) {
        self.edited.remove(&source.file);
        self.deleted.push((source.file, Arc::clone(&source.text)));
    }

    /// Whether a file goes away.
    pub fn deletes(&self, file: FileId) -> bool {
        self.deleted.iter().any(|(deleted, _)| *deleted == file)
    }

    /// Replaces a part of a file. Insertions at one place stand in the order of their calls.
    pub fn edit(&mut self, source: &Source, range: TextRange, text: impl Into<String>) {
        let (_, edits) = self.edited.entry(source.file).or_insert_with(|| (Arc::clone(&source.text), vec![]));
        edits.push(TextEdit { range, text: text.into() });
    }

    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(Note { text: text.into(), at: None });
    }

    pub fn note_at(&mut self, file: FileId, range: TextRange, text: impl Into<String>) {
        self.notes.push(Note { text: text.into(), at: Some((file, range)) });
    }

    /// The conversion; refused where two edits want the same place, or a file isn't ours to change.
    pub fn finish(self, snap: &Snapshot) -> Result<Conversion, Refusal> {
        let mut changes: Vec<Change> =
            self.created.into_iter().map(|(path, text)| Change::Create { path, text }).collect();
        // files are numbered as they are met, which is another order each time
        let mut edited: Vec<_> = self.edited.into_iter().map(|(file, edits)| (snap.path(file), file, edits)).collect();
        edited.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, file, (before, mut edits)) in edited {
            if workspace::is_dependency(&path) {
                let text = format!("{} would have to change, and it is a dependency's", path.display());
                return Err(Refusal::new("dependency", text));
            }
            // at one place whole lines come first
            edits.sort_by_key(|edit| (edit.range.start, edit.range.end, !edit.text.ends_with('\n')));
            edits.dedup();
            join_deletions(&mut edits);
            close_up(&before, &mut edits);
            if edits.windows(2).any(|pair| pair.iter().map(|e| e.range).is_sorted_by(|a, b| a.end > b.start)) {
                let text = format!("two changes of {} touch the same place", name_of(&path));
                return Err(Refusal::new("overlap", text));
            }
            changes.push(Change::Edit { file, before, edits });
        }
        changes.extend(self.deleted.into_iter().map(|(file, before)| Change::Delete { file, before }));
        Ok(Conversion { changes, notes: self.notes })
    }
}

/// Deletions side by side may both want the empty line between them.
fn join_deletions(edits: &mut Vec<TextEdit>) {
    edits.dedup_by(|next, before| {
        let both = next.text.is_empty() && before.text.is_empty();
        let touch = both && next.range.start <= before.range.end && !next.range.is_empty();
        if touch {
            before.range.end = before.range.end.max(next.range.end);
        }
        touch
    });
}

/// Where a file's head goes, the empty lines behind it go, too; elsewhere one of two that meet does.
fn close_up(before: &str, edits: &mut [TextEdit]) {
    for index in 0..edits.len() {
        let front = index.checked_sub(1).and_then(|at| edits.get(at)).map(|edit| edit.range.end);
        let next = edits.get(index + 1).map_or(u32::MAX, |edit| edit.range.start);
        let Some(edit) = edits.get_mut(index).filter(|e| e.text.is_empty() && !e.range.is_empty()) else { continue };
        if front.is_some_and(|end| end >= edit.range.start) || next <= edit.range.end {
            continue;
        }
        let rest = before.get(edit.range.end as usize..).unwrap_or_default();
        let gap = if edit.range.start == 0 {
            rest.len() - rest.trim_start_matches(['\n', '\r']).len()
        } else {
            let head = before.get(..edit.range.start as usize).unwrap_or_default();
            let is_blank = head.ends_with("\n\n") || head.ends_with("\n\r\n");
            let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
            if is_blank { newline } else { 0 }
        };
        if edit.range.end + gap as u32 <= next {
            edit.range.end += gap as u32;
        }
    }
}
