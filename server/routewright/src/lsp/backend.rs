//! The protocol's methods, one short piece each. Notifications change the state, requests ask it;
//! the work itself is in `ide`, what surrounds it in this folder's other files.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::{
    LanguageServer,
    jsonrpc::{Error, Result},
    ls_types::*,
};

use super::capabilities::{Announced, folders, options};
use super::server::Server;
use super::{
    commands, conversions, diagnosing, documents, listing, order, parent, probes, refreshing, scanning, uri, watching,
};

/// What tower-lsp calls.
pub struct Backend(pub Arc<Server>);

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = self.0.meet(Announced::of(&params));
        self.0.configure(options(&params));
        let folders: Vec<PathBuf> = folders(&params).iter().filter_map(uri::to_path).collect();
        self.0.dispatch.mutate(|world| world.set_folders(folders));
        if let Some(pid) = params.process_id {
            self.0.runtime.spawn(parent::watch(pid, Arc::clone(&self.0.session)));
        }
        let about = ServerInfo { name: "routewright".into(), version: Some(env!("CARGO_PKG_VERSION").into()) };
        Ok(InitializeResult { capabilities: client.offer(), server_info: Some(about), offset_encoding: None })
    }

    async fn initialized(&self, _: InitializedParams) {
        let client = self.0.announced();
        let runtime = &self.0.runtime;
        if let Some(watcher) = client.watcher() {
            runtime.spawn(watching::register(Arc::clone(&self.0), watcher));
        }
        if client.configuration {
            self.ask_for_settings();
        }
        if !client.pulls {
            runtime.spawn(diagnosing::keep(Arc::clone(&self.0)));
        }
        if refreshing::wanted(&self.0) {
            runtime.spawn(refreshing::keep(Arc::clone(&self.0)));
        }
        runtime.spawn(scanning::keep(Arc::clone(&self.0)));
        runtime.spawn(scanning::keep_carriers(Arc::clone(&self.0)));
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.session.shut_down();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Some(path) = uri::to_path(&document.uri) else { return };
        let early = self.0.documents.opened(&path, document.uri, document.version);
        let opened = path.clone();
        self.0.dispatch.mutate(move |world| world.open(&opened, &document.text));
        early.into_iter().for_each(|edits| self.edit(path.clone(), edits));
        watching::glance(&self.0);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let Some(path) = uri::to_path(&params.text_document.uri) else { return };
        if !self.0.documents.contains(&path) {
            if self.0.announced().shuffles {
                self.wait_for_opening(path, params);
            } else {
                self.0.complain(format!("changes of {}, which isn't open, are left aside", path.display()));
            }
            return;
        }
        let edits = documents::edits(params.content_changes);
        if !self.0.announced().shuffles {
            if !self.0.documents.reached(&path, params.text_document.version) {
                self.0.complain(format!(
                    "versions of {} don't go up; its changes are taken as they come",
                    path.display()
                ));
            }
            return self.edit(path, edits);
        }
        let Some((turn, waiting)) = self.0.documents.arrived(&path, params.text_document.version, edits) else {
            return;
        };
        turn.into_iter().for_each(|edits| self.edit(path.clone(), edits));
        if waiting {
            let later = Self(Arc::clone(&self.0));
            self.0.runtime.spawn(async move {
                tokio::time::sleep(order::PATIENCE).await;
                later.0.documents.overdue(&path).into_iter().for_each(|edits| later.edit(path.clone(), edits));
            });
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let Some(path) = uri::to_path(&params.text_document.uri) else { return };
        if self.0.documents.closed(&path) {
            self.0.dispatch.mutate(move |world| world.close(&path));
        }
    }

    /// VS Code says this of files that it closed before.
    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let Some(path) = uri::to_path(&params.text_document.uri) else { return };
        self.0.dispatch.mutate(move |world| world.files_changed(&[path]));
        watching::glance(&self.0);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        watching::changed(&self.0, &params.changes);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths =
            |folders: &[WorkspaceFolder]| folders.iter().filter_map(|f| uri::to_path(&f.uri)).collect::<Vec<_>>();
        let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
        self.0.dispatch.mutate(move |world| {
            let mut folders = world.folders().to_vec();
            folders.retain(|folder| !removed.contains(folder) && !added.contains(folder));
            folders.extend(added);
            world.set_folders(folders);
        });
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if !self.0.configure(&params.settings) && self.0.announced().configuration {
            self.ask_for_settings();
        }
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        if !self.0.settings().hover {
            return Ok(None);
        }
        let at = params.text_document_position_params;
        let config = self.0.features();
        let hover = self.0.query(move |view| {
            let at = view.position(&at)?;
            view.hover(at.file, ide::hover(view.snap, &config, at)?)
        });
        hover.await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let config = self.0.features();
        let definition = self.0.query(move |view| {
            let at = view.position(&at)?;
            view.definition(at.file, &ide::goto_definition(view.snap, &config, at))
        });
        definition.await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let config = self.0.features();
        let declarations = params.context.include_declaration;
        let found = self.0.query(move |view| {
            let found = ide::references(view.snap, &config, view.position(&at)?)?;
            Some(view.references(&found, declarations))
        });
        found.await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let config = self.0.features();
        let found = self.0.query(move |view| {
            let at = view.position(&at)?;
            Some(view.highlights(at.file, &ide::document_highlight(view.snap, &config, at)))
        });
        found.await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        if !self.0.settings().document_links.unwrap_or(self.0.announced().follows_links) {
            return Ok(None);
        }
        self.0.query(move |view| view.file(&params.text_document).map(|file| view.document_links(file))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        if !self.0.settings().code_lens {
            return Ok(None);
        }
        self.0.query(move |view| view.file(&params.text_document).map(|file| view.code_lenses(file))).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        if !self.0.settings().inlay_hints {
            return Ok(None);
        }
        self.0.query(move |view| view.inlay_hints(&params)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let open = Arc::new(self.0.documents.buffers());
        let at_hand = Arc::clone(&open);
        let offered = self
            .0
            .query(move |view| (view.code_actions(&params).unwrap_or_default(), view.conversions(&params, &at_hand)));
        let (mut all, offers) = offered.await?;
        all.extend(conversions::told(&self.0, offers, open).await);
        Ok(Some(all).filter(|all| !all.is_empty()))
    }

    /// Neovim and Helix send any action here, also one that lacks nothing.
    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(ticket) = conversions::Ticket::of(&action) else { return Ok(action) };
        conversions::resolved(&self.0, action, self.redeem(ticket).await?)
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if let Some(ticket) = conversions::Ticket::asked(&params) {
            return conversions::run(&self.0, self.redeem(ticket).await?);
        }
        let Some(asked) = commands::asked(&params) else {
            return Err(Error::invalid_params(format!("there is no command {} for that", params.command)));
        };
        let (at, form) = (asked.at.clone(), asked.form);
        let made = self.0.query(move |view| view.request(&at, form)).await?;
        Ok(commands::show(&self.0, &asked, made))
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        let items = self.0.query(move |view| {
            let items = view.call_items(ide::prepare_call_hierarchy(view.snap, view.position(&at)?));
            Some(items).filter(|items| !items.is_empty())
        });
        items.await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.0.query(move |view| view.incoming(&params.item)).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.0.query(move |view| view.outgoing(&params.item)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let symbols = self.0.query(move |view| {
            let file = view.file(&params.text_document)?;
            Some(view.document_symbols(ide::document_symbols(view.snap, file)))
        });
        symbols.await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let symbols = self.0.query(move |view| view.symbols(ide::workspace_symbols(view.snap, &params.query)));
        symbols.await.map(|symbols| Some(WorkspaceSymbolResponse::Flat(symbols)))
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let settings = self.0.settings();
        let found = self.0.query(move |view| Some(view.diagnostics(view.file(&params.text_document)?, &settings)));
        let full_document_diagnostic_report =
            FullDocumentDiagnosticReport { result_id: None, items: found.await?.unwrap_or_default() };
        let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
        Ok(DocumentDiagnosticReportResult::Report(report.into()))
    }
}

impl Backend {
    /// See [`listing`].
    pub async fn endpoints(&self, _: Value) -> Result<listing::Listing> {
        listing::endpoints(&self.0).await
    }

    /// See [`listing`].
    pub async fn status(&self, _: Value) -> Result<listing::Status> {
        listing::status(&self.0).await
    }

    /// See [`probes`].
    pub async fn probe(&self, probe: probes::Probe) -> Result<Value> {
        probes::answer(&self.0, probe).await
    }

    async fn redeem(&self, ticket: conversions::Ticket) -> Result<conversions::Made> {
        let open = self.0.documents.buffers();
        self.0.query(move |view| view.redeemed(&ticket, &open)).await
    }

    fn wait_for_opening(&self, path: PathBuf, params: DidChangeTextDocumentParams) {
        let version = params.text_document.version;
        self.0.documents.came_early(&path, version, documents::edits(params.content_changes));
        let later = Arc::clone(&self.0);
        self.0.runtime.spawn(async move {
            tokio::time::sleep(order::OPENING).await;
            later.documents.forget_early(&path, version);
        });
    }

    fn edit(&self, path: PathBuf, edits: Vec<syntax::document::Edit>) {
        let encoding = self.0.announced().encoding;
        self.0.dispatch.mutate(move |world| {
            documents::edit(world, &path, &edits, encoding, |world| {
                probes::poison();
                world.edit(&path, &edits, encoding);
            });
        });
    }

    fn ask_for_settings(&self) {
        let server = Arc::clone(&self.0);
        self.0.runtime.spawn(async move { server.ask_for_settings().await });
    }
}
