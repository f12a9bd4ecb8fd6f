//! Commands of ours: a request to the endpoint under the cursor, as text. Editors offer them as code
//! actions and send them back; what comes out is shown, never written: in a new document where the
//! client opens one, else as a message. Who does something else with the answer, such as copying it, says
//! `{ "show": false }` behind the place.

use std::collections::HashMap;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::ls_types::*;

use super::convert::View;
use super::server::Server;

/// What a command makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A `curl` command.
    Curl,
    /// A request of an `.http` file.
    Http,
}

impl Form {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Curl, Self::Http];

    /// The command's name. It takes a URI and a position, and [`Showing`] where it isn't as by default.
    pub const fn command(self) -> &'static str {
        match self {
            Self::Curl => "routewright.copyAsCurl",
            Self::Http => "routewright.copyAsHttp",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Curl => "Copy as curl",
            Self::Http => "Copy as .http",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Curl => "sh",
            Self::Http => "http",
        }
    }
}

/// Whether a command's answer is shown, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Showing {
    show: bool,
}

/// What a command is asked.
#[derive(Debug, PartialEq)]
pub struct Asked {
    /// What to make.
    pub form: Form,
    /// Of the endpoint there.
    pub at: TextDocumentPositionParams,
    showing: Showing,
}

/// What a command came to.
pub enum Made {
    /// A document, and what is left of it on one line.
    Text { document: String, line: String },
    /// Why there is none.
    Refused(String),
}

impl View<'_> {
    /// The actions at an endpoint's declaration. They are plain commands: of no kind that an editor
    /// would run on its own account.
    pub fn code_actions(&self, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        if params.context.only.is_some() {
            return None;
        }
        let document = params.text_document.clone();
        let at = TextDocumentPositionParams { text_document: document, position: params.range.start };
        if !ide::declares_endpoint(self.snap, self.position(&at)?) {
            return None;
        }
        let arguments = vec![json!(at.text_document.uri), json!(at.position)];
        let offered = Form::ALL.map(|form| {
            CodeActionOrCommand::Command(Command {
                title: form.title().to_owned(),
                command: form.command().to_owned(),
                arguments: Some(arguments.clone()),
            })
        });
        Some(offered.into())
    }

    /// The requests at a place.
    pub fn request(&self, at: &TextDocumentPositionParams, form: Form) -> Option<Made> {
        let found = ide::curl(self.snap, self.position(at)?)?;
        if found.requests.is_empty() {
            return Some(Made::Refused(found.refused.join("; ")));
        }
        let written = |request: &ide::Request| match form {
            Form::Curl => request.script(),
            Form::Http => request.http(),
        };
        let line = found.requests.first().map(ide::Request::curl_on_one_line).unwrap_or_default();
        let document = found.requests.iter().map(written).collect::<Vec<_>>().join("\n");
        Some(Made::Text { document, line })
    }
}

/// What the arguments of a command name; `None` for commands that aren't ours.
pub fn asked(params: &ExecuteCommandParams) -> Option<Asked> {
    let form = Form::ALL.into_iter().find(|form| form.command() == params.command)?;
    let (uri, position, showing) = match params.arguments.as_slice() {
        [uri, position] => (uri, position, Showing { show: true }),
        [uri, position, showing] => (uri, position, Showing::deserialize(showing).ok()?),
        _ => return None,
    };
    let uri: Uri = uri.as_str()?.parse().ok()?;
    let position = serde_json::from_value(position.clone()).ok()?;
    let at = TextDocumentPositionParams { text_document: TextDocumentIdentifier { uri }, position };
    Some(Asked { form, at, showing })
}

/// Shows what a command made; the answer to the command itself, which clients with a clipboard can use.
/// Why there is none is always said.
pub fn show(server: &Arc<Server>, asked: &Asked, made: Option<Made>) -> Option<Value> {
    let later = Arc::clone(server);
    let form = asked.form;
    match made {
        Some(Made::Text { document, .. }) if !asked.showing.show => Some(Value::String(document)),
        Some(Made::Text { document, line }) => {
            let answer = Value::String(document.clone());
            server.runtime.spawn(async move {
                if !open(&later, form, document).await {
                    later.client.show_message(MessageType::INFO, line).await;
                }
            });
            Some(answer)
        }
        refused => {
            let reason = match refused {
                Some(Made::Refused(reason)) => reason,
                _ => "There is no endpoint here".to_owned(),
            };
            server.runtime.spawn(async move { later.client.show_message(MessageType::WARNING, reason).await });
            None
        }
    }
}

/// Opens a new document and fills it; `false` where the client can't (Helix opens files only).
async fn open(server: &Server, form: Form, text: String) -> bool {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    if !server.announced().shows_documents {
        return false;
    }
    let name = format!("untitled:request-{}.{}", NUMBER.fetch_add(1, Relaxed), form.extension());
    let Ok(uri) = name.parse::<Uri>() else { return false };
    let shown = ShowDocumentParams { uri: uri.clone(), external: None, take_focus: Some(true), selection: None };
    if !server.client.show_document(shown).await.unwrap_or(false) {
        return false;
    }
    // a new document has a line already
    let edit = TextEdit { range: Range::default(), new_text: text.trim_end().to_owned() };
    let edit = WorkspaceEdit { changes: Some(HashMap::from([(uri, vec![edit])])), ..WorkspaceEdit::default() };
    server.client.apply_edit(edit).await.is_ok_and(|answer| answer.applied)
}
