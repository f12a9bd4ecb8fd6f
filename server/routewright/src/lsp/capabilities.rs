//! What the client announced, as far as it changes what we say, and what we announce to it.

use serde_json::Value;
use syntax::Encoding;
use tower_lsp::ls_types::*;

use super::{commands, conversions, edits::Edits};

/// What a client can do. Beside each: where it announces that.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "that is what announcements are")]
pub struct Announced {
    /// `general.positionEncodings`, the one chosen.
    pub encoding: Encoding,
    /// `textDocument.hover.contentFormat`.
    pub markdown: bool,
    /// Links in a hover can be opened. Neovim and Helix can't, and Neovim wraps lines as if a hidden
    /// address took room.
    pub opens_links: bool,
    /// Its changes can come out of order (see [`order`](super::order)).
    pub shuffles: bool,
    /// `textDocument.definition.linkSupport`.
    pub links: bool,
    /// `textDocument.documentSymbol.hierarchicalDocumentSymbolSupport`.
    pub hierarchy: bool,
    /// `textDocument.documentLink`.
    pub document_links: bool,
    /// Its "go to file" follows document links, and nothing else does. In VS Code a link is one more
    /// underline and one more hover over what go-to-definition does better; Neovim 0.12 (`gx`) hands
    /// the file to the system's opener.
    pub follows_links: bool,
    /// `textDocument.codeLens`. Neovim 0.10 doesn't announce that it shows them.
    pub lenses: bool,
    /// `workspace.codeLens.refreshSupport`.
    pub refreshes_lenses: bool,
    /// `textDocument.inlayHint`.
    pub hints: bool,
    /// `workspace.inlayHint.refreshSupport`.
    pub refreshes_hints: bool,
    /// `experimental.routewright.endpointsChanged`: it has a view of all endpoints, and wants to know when
    /// that is another one.
    pub lists_endpoints: bool,
    /// A TypeScript server runs in it, as it comes: VS Code's own.
    pub brings_typescript: bool,
    /// Of all servers it asks the first about the hierarchy of calls, and shows its answer alone. VS Code
    /// does (`CallHierarchyModel.create`): there we would take away what the built-in TypeScript
    /// server says of every other function. Its client library is the one that registers later.
    pub one_hierarchy: bool,
    /// `textDocument.diagnostic`: it asks for diagnostics. Then nothing is pushed, or editors show
    /// every diagnostic twice.
    pub pulls: bool,
    /// `window.workDoneProgress`.
    pub progress: bool,
    /// `textDocument.codeAction`.
    pub code_actions: bool,
    /// How it takes code actions and edits.
    pub edits: Edits,
    /// `window.showDocument.support` and `workspace.applyEdit`: a new document can be opened and filled.
    pub shows_documents: bool,
    /// `workspace.configuration`.
    pub configuration: bool,
    /// `workspace.didChangeWatchedFiles.dynamicRegistration`.
    pub registers_watchers: bool,
    /// It tells of changes on disk, whoever makes them.
    pub watches: bool,
}

impl Announced {
    /// Reads the client's announcement.
    pub fn of(params: &InitializeParams) -> Self {
        let all = &params.capabilities;
        let text = all.text_document.as_ref();
        let workspace = all.workspace.as_ref();
        let window = all.window.as_ref();
        let registers_watchers =
            workspace.and_then(|w| w.did_change_watched_files).and_then(|w| w.dynamic_registration).unwrap_or(false);
        let is = |name: &str| params.client_info.as_ref().is_some_and(|client| client.name.eq_ignore_ascii_case(name));
        // Helix accepts the registration, but only tells of what it writes itself.
        let deaf = is("helix");
        // VS Code's client library, by whatever name the editor goes that it runs in
        let of_vscode =
            text.and_then(|t| t.call_hierarchy).and_then(|calls| calls.dynamic_registration).unwrap_or(false);
        Self {
            encoding: encoding(all.general.as_ref().and_then(|g| g.position_encodings.as_deref()).unwrap_or_default()),
            markdown: text
                .and_then(|t| t.hover.as_ref())
                .and_then(|h| h.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            opens_links: !is("helix") && !is("neovim"),
            shuffles: is("helix"),
            links: text.and_then(|t| t.definition).and_then(|d| d.link_support).unwrap_or(false),
            hierarchy: text
                .and_then(|t| t.document_symbol.as_ref())
                .and_then(|s| s.hierarchical_document_symbol_support)
                .unwrap_or(false),
            document_links: text.is_some_and(|t| t.document_link.is_some()),
            follows_links: is("helix"),
            lenses: text.is_some_and(|t| t.code_lens.is_some()) || is("neovim"),
            refreshes_lenses: workspace
                .and_then(|w| w.code_lens.as_ref())
                .and_then(|lens| lens.refresh_support)
                .unwrap_or(false),
            hints: text.is_some_and(|t| t.inlay_hint.is_some()),
            refreshes_hints: workspace
                .and_then(|w| w.inlay_hint.as_ref())
                .and_then(|hint| hint.refresh_support)
                .unwrap_or(false),
            lists_endpoints: all
                .experimental
                .as_ref()
                .is_some_and(|all| all["routewright"]["endpointsChanged"] == Value::Bool(true)),
            brings_typescript: of_vscode,
            one_hierarchy: of_vscode,
            pulls: text.is_some_and(|t| t.diagnostic.is_some()),
            progress: window.and_then(|w| w.work_done_progress).unwrap_or(false),
            code_actions: text.is_some_and(|t| t.code_action.is_some()),
            edits: Edits::of(all),
            shows_documents: window.and_then(|w| w.show_document.as_ref()).is_some_and(|show| show.support)
                && workspace.and_then(|w| w.apply_edit).unwrap_or(false),
            configuration: workspace.and_then(|w| w.configuration).unwrap_or(false),
            registers_watchers,
            watches: registers_watchers && !deaf,
        }
    }

    /// What we can do for it.
    pub fn offer(&self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
                Encoding::Utf32 => PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                ..TextDocumentSyncOptions::default()
            })),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            call_hierarchy_provider: (!self.one_hierarchy).then_some(CallHierarchyServerCapability::Simple(true)),
            // these answer by setting, as do hints
            document_link_provider: self.document_links.then(|| DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            code_lens_provider: self.lenses.then_some(CodeLensOptions { resolve_provider: Some(false) }),
            inlay_hint_provider: self.hints.then_some(OneOf::Left(true)),
            code_action_provider: self.code_actions.then(|| {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: self.edits.literals.then(|| vec![CodeActionKind::REFACTOR_REWRITE]),
                    resolve_provider: self.edits.resolves.then_some(true),
                    ..CodeActionOptions::default()
                })
            }),
            // Neovim runs only what is listed here, and doesn't announce that it runs anything
            execute_command_provider: self.code_actions.then(|| ExecuteCommandOptions {
                commands: commands::Form::ALL
                    .iter()
                    .map(|form| form.command().to_owned())
                    .chain([conversions::COMMAND.to_owned()])
                    .collect(),
                ..ExecuteCommandOptions::default()
            }),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("routewright".into()),
                    // `true` makes Helix ask anew for all open files after every keystroke
                    inter_file_dependencies: false,
                    workspace_diagnostics: false,
                    ..DiagnosticOptions::default()
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                ..WorkspaceServerCapabilities::default()
            }),
            ..ServerCapabilities::default()
        }
    }

    /// The files whose changes on disk we want to hear of, if the client takes registrations. All: a folder
    /// has no ending to ask for, and of one that comes or goes with what is in it, as `git checkout` makes
    /// them, VS Code tells nothing but its name.
    pub fn watcher(&self) -> Option<Registration> {
        self.registers_watchers.then(|| Registration {
            id: "routewright/files".into(),
            method: "workspace/didChangeWatchedFiles".into(),
            register_options: Some(serde_json::json!({
                "watchers": [{ "globPattern": "**/*" }]
            })),
        })
    }
}

/// UTF-8 costs nothing here, so it comes first; UTF-16 is what every client must take (LSP 3.17,
/// `PositionEncodingKind`), unless it announces others only.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    let has = |kind: PositionEncodingKind| offered.contains(&kind);
    if has(PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if has(PositionEncodingKind::UTF32) && !has(PositionEncodingKind::UTF16) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

/// The folders of the workspace: `workspaceFolders`, or before LSP 3.6 `rootUri`, or before 3.0
/// `rootPath`.
pub fn folders(params: &InitializeParams) -> Vec<Uri> {
    #[expect(deprecated, reason = "older clients")]
    let (root, path) = (params.root_uri.as_ref(), params.root_path.as_deref());
    match &params.workspace_folders {
        Some(folders) if !folders.is_empty() => folders.iter().map(|folder| folder.uri.clone()).collect(),
        _ => root.cloned().or_else(|| super::uri::from_path(path?.as_ref())).into_iter().collect(),
    }
}

/// The settings that came with `initialize`.
pub fn options(params: &InitializeParams) -> &Value {
    params.initialization_options.as_ref().unwrap_or(&Value::Null)
}
