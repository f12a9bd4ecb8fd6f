//! A conversion as a client takes it. Clients differ in what they announce and in what they do
//! (measured: Neovim announces no `documentChanges` and applies them), and all of them apply an edit
//! step by step: what can be known to fail is refused before.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ide::{Change, Conversion, Note, Refusal, TextEdit as Replaced};
use syntax::{TextRange, lines::LineIndex};
use tower_lsp::ls_types::*;
use workspace::FileId;

use super::{convert::View, documents::Buffer, uri};
use crate::changes;

/// What a client can do with code actions and edits. Beside each: where it announces that.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "that is what announcements are")]
pub struct Edits {
    /// `textDocument.codeAction.codeActionLiteralSupport`: actions, not only commands.
    pub literals: bool,
    /// `textDocument.codeAction.resolveSupport` names `edit`, and `dataSupport`.
    pub resolves: bool,
    /// `textDocument.codeAction.disabledSupport`.
    pub disabled: bool,
    /// `workspace.applyEdit`.
    pub applies: bool,
    /// `workspace.workspaceEdit.documentChanges`, or operations on files, which go nowhere else.
    versions: bool,
    /// `workspace.workspaceEdit.resourceOperations`: `create`.
    creates: bool,
    /// Likewise: `delete`.
    deletes: bool,
    /// `workspace.workspaceEdit.changeAnnotationSupport`, and that of code actions,
    /// `textDocument.codeAction.honorsChangeAnnotations`.
    annotations: bool,
}

impl Edits {
    /// Reads the client's announcement.
    pub fn of(all: &ClientCapabilities) -> Self {
        let actions = all.text_document.as_ref().and_then(|text| text.code_action.as_ref());
        let workspace = all.workspace.as_ref();
        let edit = workspace.and_then(|w| w.workspace_edit.as_ref());
        let operations = edit.and_then(|e| e.resource_operations.as_deref()).unwrap_or_default();
        let yes = |said: Option<bool>| said.unwrap_or(false);
        let resolves = |a: &CodeActionClientCapabilities| {
            yes(a.data_support) && a.resolve_support.as_ref().is_some_and(|r| r.properties.iter().any(|p| p == "edit"))
        };
        Self {
            literals: actions.is_some_and(|a| a.code_action_literal_support.is_some()),
            resolves: actions.is_some_and(resolves),
            disabled: yes(actions.and_then(|a| a.disabled_support)),
            applies: yes(workspace.and_then(|w| w.apply_edit)),
            versions: yes(edit.and_then(|e| e.document_changes)) || !operations.is_empty(),
            creates: operations.contains(&ResourceOperationKind::Create),
            deletes: operations.contains(&ResourceOperationKind::Delete),
            annotations: edit.is_some_and(|e| e.change_annotation_support.is_some())
                && yes(actions.and_then(|a| a.honors_change_annotations)),
        }
    }
}

/// An edit, and what is to be said beside it.
#[derive(Debug)]
pub struct Edit {
    /// For the client.
    pub edit: WorkspaceEdit,
    /// What no annotation says, on one line.
    pub notes: Option<String>,
}

/// What a client has open, by path, at the moment of the snapshot.
pub type Buffers = HashMap<PathBuf, Buffer>;

/// A change that needs no look.
const CERTAIN: &str = "certain";

impl View<'_> {
    /// A plan as an edit: files are made first, texts changed after that, files deleted last.
    pub fn edit(&self, plan: &Conversion, open: &Buffers) -> Result<Edit, Refusal> {
        let takes = &self.client.edits;
        let lacks = |what: &str, change: &Change| {
            let path = changes::show(self.snap, &changes::path(self.snap, change));
            let text = format!(
                "{path} has to be {what}, and this editor doesn't let a language server do that: \
                 use `routewright convert` on the command line"
            );
            Err(Refusal { reason: "client", text, at: None })
        };
        for change in &plan.changes {
            match change {
                Change::Create { .. } if !takes.creates => return lacks("created", change),
                Change::Delete { .. } if !takes.deletes => return lacks("deleted", change),
                _ => {}
            }
        }
        let edit = if takes.versions { self.operations(plan, open) } else { self.plain(plan, open) };
        let edit = edit.ok_or_else(|| Refusal { reason: "client", text: "a path has no URI".into(), at: None })?;
        let said = |note: &&Note| !(takes.annotations && annotates(plan, note));
        let notes: Vec<String> = plan.notes.iter().filter(said).map(|note| self.said(&note.text, note.at)).collect();
        Ok(Edit { edit, notes: (!notes.is_empty()).then(|| notes.join("; ")) })
    }

    /// A sentence with its place, as far as it has one.
    pub fn said(&self, text: &str, at: Option<(FileId, TextRange)>) -> String {
        let line = at.and_then(|(file, range)| Some((file, self.range(file, range)?.start.line + 1)));
        match line {
            Some((file, line)) => format!("{text} ({}:{line})", changes::show(self.snap, &self.snap.path(file))),
            None => text.to_owned(),
        }
    }

    /// `changes`: text only, without versions.
    fn plain(&self, plan: &Conversion, open: &Buffers) -> Option<WorkspaceEdit> {
        let mut all = HashMap::new();
        for change in &plan.changes {
            if let Change::Edit { before, edits, .. } = change {
                let lines = LineIndex::new(before);
                let edits = edits.iter().map(|edit| self.replaced(&lines, edit)).collect();
                all.insert(identifier(&changes::path(self.snap, change), open)?.uri, edits);
            }
        }
        Some(WorkspaceEdit { changes: Some(all), ..WorkspaceEdit::default() })
    }

    /// `documentChanges`, with the versions of what is open. All files are made before the first text changes:
    /// VS Code takes texts that follow each other for one step, and only then undoes all of it, the files
    /// included. A text between two files leaves the first of them behind.
    fn operations(&self, plan: &Conversion, open: &Buffers) -> Option<WorkspaceEdit> {
        let annotated = self.client.edits.annotations;
        let certain = || annotated.then(|| CERTAIN.to_owned());
        let (mut created, mut filled, mut edited, mut deleted) = (vec![], vec![], vec![], vec![]);
        for change in &plan.changes {
            let text_document = identifier(&changes::path(self.snap, change), open)?;
            let uri = text_document.uri.clone();
            match change {
                Change::Create { text, .. } => {
                    // Without options: with `ignoreIfExists` Neovim creates neither file nor folder, with
                    // `overwrite` it would empty what stands there.
                    let create = CreateFile { uri, options: None, annotation_id: certain() };
                    created.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
                    // Up to the second line, which an empty buffer doesn't have, for Neovim's sake: its
                    // buffers have a line, and that would be left over at the end.
                    let range = Range { start: Position::new(0, 0), end: Position::new(1, 0) };
                    let edits = vec![marked(TextEdit { range, new_text: text.clone() }, certain())];
                    filled.push(DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }));
                }
                Change::Edit { file, before, edits } => {
                    let lines = LineIndex::new(before);
                    let one = |edit: &Replaced| {
                        let check = plan.notes.iter().position(|note| points_into(note, *file, edit.range));
                        let id = annotated.then(|| check.map_or_else(|| CERTAIN.to_owned(), check_id));
                        marked(self.replaced(&lines, edit), id)
                    };
                    let edits = edits.iter().map(one).collect();
                    edited.push(DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }));
                }
                Change::Delete { .. } => {
                    let delete = DeleteFile { uri, options: None, annotation_id: certain() };
                    deleted.push(DocumentChangeOperation::Op(ResourceOp::Delete(delete)));
                }
            }
        }
        Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations([created, filled, edited, deleted].concat())),
            change_annotations: annotated.then(|| annotations(plan)),
            changes: None,
        })
    }

    fn replaced(&self, lines: &LineIndex, edit: &Replaced) -> TextEdit {
        let (start, end) = lines.span(edit.range, self.client.encoding);
        let at = |at: syntax::LineCol| Position { line: at.line, character: at.col };
        TextEdit { range: Range { start: at(start), end: at(end) }, new_text: edit.text.clone() }
    }
}

/// A file as the client spells it, with its version if it is open.
fn identifier(path: &Path, open: &Buffers) -> Option<OptionalVersionedTextDocumentIdentifier> {
    Some(match open.get(path) {
        Some(Buffer { uri, version }) => OptionalVersionedTextDocumentIdentifier::new(uri.clone(), *version),
        None => OptionalVersionedTextDocumentIdentifier { uri: uri::from_path(path)?, version: None },
    })
}

fn marked(text_edit: TextEdit, annotation_id: Option<String>) -> OneOf<TextEdit, AnnotatedTextEdit> {
    match annotation_id {
        Some(annotation_id) => OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id }),
        None => OneOf::Left(text_edit),
    }
}

/// Whether a note is about a place that an edit changes.
fn points_into(note: &Note, file: FileId, edit: TextRange) -> bool {
    note.at.is_some_and(|(at, range)| at == file && range.start <= edit.end && edit.start <= range.end)
}

/// Whether an edit can carry a note.
fn annotates(plan: &Conversion, note: &Note) -> bool {
    let mut edits = plan.changes.iter().filter_map(|change| match change {
        Change::Edit { file, edits, .. } => Some((*file, edits)),
        _ => None,
    });
    edits.any(|(file, edits)| {
        let first = |edit: &Replaced| plan.notes.iter().find(|other| points_into(other, file, edit.range));
        edits.iter().any(|edit| first(edit).is_some_and(|first| std::ptr::eq(first, note)))
    })
}

fn check_id(note: usize) -> String {
    format!("check-{}", note + 1)
}

/// The marks that edits bear: most are certain; one with a note waits for a person.
fn annotations(plan: &Conversion) -> HashMap<String, ChangeAnnotation> {
    let check = |(at, note): (usize, &Note)| {
        let description = Some(note.text.clone());
        let label = "Check this".to_owned();
        (check_id(at), ChangeAnnotation { label, needs_confirmation: Some(true), description })
    };
    let certain = ChangeAnnotation { label: "Certain".to_owned(), needs_confirmation: Some(false), description: None };
    let carried = |(_, note): &(usize, &Note)| annotates(plan, note);
    let checks = plan.notes.iter().enumerate().filter(carried).map(check);
    [(CERTAIN.to_owned(), certain)].into_iter().chain(checks).collect()
}
