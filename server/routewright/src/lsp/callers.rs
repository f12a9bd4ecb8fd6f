//! Who calls what, in the protocol's types: references, highlights, links, lenses, call hierarchy.

use ide::{CallEdge, CallItem, CallKey, CallKind, Highlight, References};
use next::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;
use syntax::TextRange;
use tower_lsp::ls_types::*;
use workspace::{EndpointKind, FileId};

use super::convert::{View, around};
use super::uri;

impl View<'_> {
    /// The calls, behind the declarations if they are wanted.
    pub fn references(&self, found: &References, declarations: bool) -> Vec<Location> {
        let declared = found.declarations.iter().filter(|_| declarations).copied();
        let places = declared.chain(found.calls.iter().map(|call| (call.file, call.range)));
        places
            .filter_map(|(file, range)| Some(Location { uri: self.uri(file)?, range: self.range(file, range)? }))
            .collect()
    }

    /// Places in the file that was asked about.
    pub fn highlights(&self, file: FileId, all: &[Highlight]) -> Vec<DocumentHighlight> {
        let one = |highlight: &Highlight| {
            let kind = if highlight.declares { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
            Some(DocumentHighlight { range: self.range(file, highlight.range)?, kind: Some(kind) })
        };
        all.iter().filter_map(one).collect()
    }

    /// Strings to click on. Where addresses are opened by the editor itself, they name the line.
    pub fn document_links(&self, file: FileId) -> Vec<DocumentLink> {
        let one = |link: ide::DocumentLink| {
            let mut target = self.uri(link.file)?;
            if self.client.opens_links {
                let start = self.range(link.file, link.focus)?.start;
                let named = format!("{}#L{},{}", target.as_str(), start.line + 1, start.character + 1);
                target = named.parse().unwrap_or(target);
            }
            let range = self.range(file, link.range)?;
            Some(DocumentLink { range, target: Some(target), tooltip: Some(link.tooltip), data: None })
        };
        ide::document_links(self.snap, file).into_iter().filter_map(one).collect()
    }

    /// The lines above a file's endpoints. The command is the editor's part: it gets a file and a
    /// place to ask references for.
    pub fn code_lenses(&self, file: FileId) -> Vec<CodeLens> {
        let uri = self.uri(file);
        let one = |lens: ide::CodeLens| {
            let range = self.range(file, lens.range)?;
            let arguments = Some(vec![json!(uri.as_ref()?), json!(range.start)]);
            let command = Command { title: lens.title, command: "routewright.showReferences".into(), arguments };
            Some(CodeLens { range, command: Some(command), data: None })
        };
        ide::code_lenses(self.snap, file).into_iter().filter_map(one).collect()
    }

    /// The words behind what reaches an endpoint, inside a range; each leads to its endpoint where the
    /// client follows labels.
    pub fn inlay_hints(&self, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
        let file = self.file(&params.text_document)?;
        let offset = |position: Position| {
            let at = TextDocumentPositionParams { text_document: params.text_document.clone(), position };
            self.position(&at).map(|at| at.offset)
        };
        let within = TextRange::new(offset(params.range.start)?, offset(params.range.end)?);
        let one = |hint: ide::InlayHint| {
            let location = Location { uri: self.uri(hint.file)?, range: self.range(hint.file, hint.focus)? };
            let part =
                InlayHintLabelPart { value: hint.label, location: Some(location), ..InlayHintLabelPart::default() };
            Some(InlayHint {
                position: self.range(file, TextRange::new(hint.offset, hint.offset))?.start,
                label: InlayHintLabel::LabelParts(vec![part]),
                tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
                padding_left: Some(true),
                kind: None,
                text_edits: None,
                padding_right: None,
                data: None,
            })
        };
        Some(ide::inlay_hints(self.snap, file, within).into_iter().filter_map(one).collect())
    }

    /// The items under the cursor.
    pub fn call_items(&self, items: Vec<CallItem>) -> Vec<CallHierarchyItem> {
        items.into_iter().filter_map(|item| self.call_item(item)).collect()
    }

    fn call_item(&self, item: CallItem) -> Option<CallHierarchyItem> {
        let data = Key::new(self.uri(item.of)?, &item.key);
        Some(CallHierarchyItem {
            kind: match item.kind {
                CallKind::Route => SymbolKind::METHOD,
                CallKind::Action | CallKind::Function => SymbolKind::FUNCTION,
                CallKind::Module => SymbolKind::FILE,
            },
            uri: self.uri(item.file)?,
            range: self.range(item.file, around(item.full, item.focus))?,
            selection_range: self.range(item.file, item.focus)?,
            name: item.name,
            detail: Some(item.detail),
            tags: None,
            data: serde_json::to_value(data).ok(),
        })
    }

    /// Who calls an item. `None` for one that isn't ours or is gone.
    pub fn incoming(&self, item: &CallHierarchyItem) -> Option<Vec<CallHierarchyIncomingCall>> {
        let (file, key) = self.key(item)?;
        let one = |edge: CallEdge| {
            let from_ranges = edge.from.iter().filter_map(|range| self.range(edge.item.file, *range)).collect();
            Some(CallHierarchyIncomingCall { from: self.call_item(edge.item)?, from_ranges })
        };
        Some(ide::incoming_calls(self.snap, file, &key).into_iter().filter_map(one).collect())
    }

    /// What an item calls. The places are in the file where the item's function stands.
    pub fn outgoing(&self, item: &CallHierarchyItem) -> Option<Vec<CallHierarchyOutgoingCall>> {
        let (file, key) = self.key(item)?;
        let caller = self.file(&TextDocumentIdentifier { uri: item.uri.clone() }).unwrap_or(file);
        let one = |edge: CallEdge| {
            let from_ranges = edge.from.iter().filter_map(|range| self.range(caller, *range)).collect();
            Some(CallHierarchyOutgoingCall { to: self.call_item(edge.item)?, from_ranges })
        };
        Some(ide::outgoing_calls(self.snap, file, &key).into_iter().filter_map(one).collect())
    }

    fn key(&self, item: &CallHierarchyItem) -> Option<(FileId, CallKey)> {
        let key = Key::deserialize(item.data.as_ref()?).ok()?;
        Some((self.snap.file(&uri::to_path(&key.file)?)?, key.read()?))
    }
}

/// What an item carries from one question to the next: who it is, by name. Lines and columns of an
/// older text mean nothing.
#[derive(Deserialize, Serialize)]
struct Key {
    file: Uri,
    /// `route`, `action`, `pages-api`, `metadata`, `function` or `module`.
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

impl Key {
    fn new(file: Uri, key: &CallKey) -> Self {
        let plain = |what: &str, name: &str| (what.to_owned(), None, name.to_owned(), None);
        let (what, method, name, label) = match key {
            CallKey::Endpoint { kind, method, name, label } => {
                (kind.as_str().to_owned(), method.map(|m| m.as_str().to_owned()), name.clone(), label.clone())
            }
            CallKey::Function(name) => plain("function", name),
            CallKey::Module => plain("module", ""),
        };
        Self { file, what, method, name, label }
    }

    fn read(self) -> Option<CallKey> {
        let kind = EndpointKind::ALL.into_iter().find(|kind| kind.as_str() == self.what);
        match (kind, self.what.as_str()) {
            (Some(kind), _) => {
                let method = match self.method {
                    Some(method) => Some(Method::parse(&method)?),
                    None => None,
                };
                Some(CallKey::Endpoint { kind, method, name: self.name, label: self.label })
            }
            (None, "function") => Some(CallKey::Function(self.name)),
            (None, "module") => Some(CallKey::Module),
            _ => None,
        }
    }
}
