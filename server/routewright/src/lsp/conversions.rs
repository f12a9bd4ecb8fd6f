//! Conversions as code actions. An offer is cheap and holds a ticket; only who chooses it gets the edit:
//! by `codeAction/resolve` where the client has that, else by a command that the server answers with an
//! edit of its own. An edit is made for the buffers as they are, or not at all.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ide::{Refusal, Way};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::*,
};

use super::convert::View;
use super::edits::{Buffers, Edit};
use super::server::Server;
use super::uri;
use crate::changes;

/// The command. It takes a URI, a position, a way and, where the buffer is open, its version.
pub const COMMAND: &str = "routewright.convert";

/// What finding out whether offers are refused may take of a menu's time.
const MENU: Duration = Duration::from_millis(70);

/// From an offer to its edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    uri: Uri,
    position: Position,
    way: Named,
    /// The buffer's when it was offered; `None`: it wasn't open.
    version: Option<i32>,
}

/// A way as it is written: `{ "to": "route", "method": "POST", "public": false }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "lowercase")]
enum Named {
    Route {
        method: String,
        #[serde(default)]
        public: bool,
    },
    Action,
    Both,
}

impl From<Way> for Named {
    fn from(way: Way) -> Self {
        match way {
            Way::ToRoute { method, public } => Self::Route { method: method.as_str().to_owned(), public },
            Way::ToAction => Self::Action,
            Way::Both => Self::Both,
        }
    }
}

impl Named {
    fn way(&self) -> Option<Way> {
        Some(match self {
            Self::Route { method, public } => Way::ToRoute { method: next::Method::parse(method)?, public: *public },
            Self::Action => Way::ToAction,
            Self::Both => Way::Both,
        })
    }
}

impl Ticket {
    /// The ticket of an action; `None`: it is of another kind.
    pub fn of(action: &CodeAction) -> Option<Self> {
        serde_json::from_value(action.data.clone()?).ok()
    }

    /// The ticket that a command's arguments make; `None`: it isn't ours, or they are wrong.
    pub fn asked(params: &ExecuteCommandParams) -> Option<Self> {
        let (uri, position, way, version) = match params.arguments.as_slice() {
            [uri, position, way] => (uri, position, way, &Value::Null),
            [uri, position, way, version] => (uri, position, way, version),
            _ => return None,
        };
        if params.command != COMMAND {
            return None;
        }
        Some(Self {
            uri: uri.as_str()?.parse().ok()?,
            position: serde_json::from_value(position.clone()).ok()?,
            way: serde_json::from_value(way.clone()).ok()?,
            version: serde_json::from_value(version.clone()).ok()?,
        })
    }

    fn place(&self) -> TextDocumentPositionParams {
        TextDocumentPositionParams {
            text_document: TextDocumentIdentifier { uri: self.uri.clone() },
            position: self.position,
        }
    }

    fn command(&self, title: &str) -> Command {
        let arguments = vec![json!(self.uri), json!(self.position), json!(self.way), json!(self.version)];
        Command { title: title.to_owned(), command: COMMAND.to_owned(), arguments: Some(arguments) }
    }
}

/// What a menu offers.
#[derive(Default)]
pub struct Offers {
    /// In their order.
    pub actions: Vec<CodeActionOrCommand>,
    /// The ways of all of them, if the menu is to say which would be refused.
    doubts: Vec<Way>,
    at: Option<ide::FilePosition>,
}

/// Offers that are tried out while a menu waits.
pub struct Doubts {
    at: ide::FilePosition,
    ways: Vec<Way>,
    /// Which of them is refused, and why, as far as it is known.
    reasons: Mutex<Vec<(usize, String)>>,
}

/// What came of a ticket.
pub enum Made {
    /// An edit.
    Edit(Edit),
    /// The reason why there is none, as people read it.
    Refused(String),
    /// The text is another by now.
    Stale(String),
}

impl View<'_> {
    /// What the endpoint under the cursor can become.
    pub fn conversions(&self, params: &CodeActionParams, open: &Buffers) -> Offers {
        let takes = &self.client.edits;
        let wanted = params.context.only.as_ref().is_none_or(|kinds| kinds.iter().any(includes));
        let usable = if takes.literals && takes.resolves { true } else { takes.applies };
        let uri = params.text_document.uri.clone();
        let place =
            TextDocumentPositionParams { text_document: params.text_document.clone(), position: params.range.start };
        let Some(at) = (wanted && usable).then(|| self.position(&place)).flatten() else { return Offers::default() };
        let version = uri::to_path(&uri).and_then(|path| open.get(&path)).map(|buffer| buffer.version);
        let offers = ide::conversions(self.snap, at);
        let one = |offer: &ide::Offer| {
            let ticket = Ticket { uri: uri.clone(), position: place.position, way: offer.way.into(), version };
            if !takes.literals {
                return CodeActionOrCommand::Command(ticket.command(&offer.title));
            }
            CodeActionOrCommand::CodeAction(CodeAction {
                title: offer.title.clone(),
                kind: Some(CodeActionKind::REFACTOR_REWRITE),
                is_preferred: offer.preferred.then_some(true),
                command: (!takes.resolves).then(|| ticket.command(&offer.title)),
                data: takes.resolves.then(|| json!(ticket)),
                ..CodeAction::default()
            })
        };
        let actions = offers.iter().map(one).collect();
        let doubts = if self.tells_refusals(params, at.file) { offers.iter().map(|o| o.way).collect() } else { vec![] };
        Offers { actions, doubts, at: Some(at) }
    }

    /// Tries offers, one after the other, and puts down why they would be refused.
    pub fn try_out(&self, offers: &Doubts, open: &Buffers) {
        for (index, way) in offers.ways.iter().enumerate() {
            if let Err(Refusal { text, at, .. }) = self.planned(offers.at, *way, open) {
                let reason = self.said(&text, at);
                offers.reasons.lock().unwrap_or_else(PoisonError::into_inner).push((index, reason));
            }
            if self.snap.is_cancelled() {
                return;
            }
        }
    }

    /// Whether a menu can say at once what would be refused: somebody opened it, and what has to be known
    /// for that is known.
    fn tells_refusals(&self, params: &CodeActionParams, file: workspace::FileId) -> bool {
        self.client.edits.disabled
            && params.context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC)
            && self.snap.is_complete()
            && self.snap.endpoints(file).iter().all(|endpoint| self.snap.known_carriers(endpoint).is_some())
    }

    /// The edit that a ticket stands for, for what is open now.
    pub fn redeemed(&self, ticket: &Ticket, open: &Buffers) -> Made {
        let buffer = uri::to_path(&ticket.uri).and_then(|path| open.get(&path));
        if buffer.map(|buffer| buffer.version) != ticket.version {
            return Made::Stale("The text has changed since this was offered: ask again".to_owned());
        }
        if !self.snap.is_complete() {
            return Made::Refused("Still indexing, so not all callers are known: try again in a moment".to_owned());
        }
        let (Some(at), Some(way)) = (self.position(&ticket.place()), ticket.way.way()) else {
            return Made::Refused("There is no endpoint here".to_owned());
        };
        match self.planned(at, way, open) {
            Ok(edit) => Made::Edit(edit),
            Err(Refusal { reason: "changed", text, .. }) => Made::Stale(text),
            Err(Refusal { text, at, .. }) => Made::Refused(self.said(&text, at)),
        }
    }

    fn planned(&self, at: ide::FilePosition, way: Way, open: &Buffers) -> std::result::Result<Edit, Refusal> {
        self.snap.find_carriers();
        let nothing = || Refusal { reason: "nothing", text: "nothing here can become that".to_owned(), at: None };
        let plan = changes::fitted(ide::convert(self.snap, at, way).ok_or_else(nothing)??);
        match changes::obstacle(self.snap, &plan, &|path: &Path| open.contains_key(path)) {
            Some(refusal) => Err(refusal),
            None => self.edit(&plan, open),
        }
    }
}

/// Whether who asks for a kind gets ours (LSP 3.17, `CodeActionKind`: kinds are hierarchical, and the
/// empty one is all of them).
fn includes(kind: &CodeActionKind) -> bool {
    let (kind, ours) = (kind.as_str(), CodeActionKind::REFACTOR_REWRITE);
    kind.is_empty() || ours.as_str().strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The offers, with the reasons of those that would be refused, as far as they are found in time. What
/// takes longer, the first of its kind mostly, goes on until it is done: the next menu is quicker for it.
pub async fn told(server: &Arc<Server>, offers: Offers, open: Arc<Buffers>) -> Vec<CodeActionOrCommand> {
    let Offers { mut actions, doubts, at } = offers;
    let Some(at) = at.filter(|_| !doubts.is_empty()) else { return actions };
    let doubts = Arc::new(Doubts { at, ways: doubts, reasons: Mutex::default() });
    let tried = Arc::clone(&doubts);
    let (bell, rung) = oneshot::channel::<()>();
    server.runtime.spawn(async move {
        tokio::time::sleep(MENU).await;
        drop(bell);
    });
    tokio::select! {
        biased;
        _ = server.query(move |view| view.try_out(&tried, &open)) => {}
        _ = rung => {}
    }
    for (index, reason) in doubts.reasons.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        if let Some(CodeActionOrCommand::CodeAction(action)) = actions.get_mut(index) {
            action.disabled = Some(CodeActionDisabled { reason });
        }
    }
    actions
}

/// The answer to `codeAction/resolve`.
pub fn resolved(server: &Arc<Server>, action: CodeAction, made: Made) -> Result<CodeAction> {
    let edit = taken(server, made)?.map(|Edit { edit, notes }| {
        if let Some(notes) = notes {
            tell(server, MessageType::INFO, notes);
        }
        edit
    });
    // without an edit, choosing it does nothing but say why
    Ok(CodeAction { edit, ..action })
}

/// The answer to the command: nothing, and an edit for the client to apply.
pub fn run(server: &Arc<Server>, made: Made) -> Result<Option<Value>> {
    let Some(Edit { edit, notes }) = taken(server, made)? else { return Ok(None) };
    let later = Arc::clone(server);
    server.runtime.spawn(async move {
        let said = match later.client.apply_edit(edit).await {
            Ok(answer) if answer.applied => notes.map(|notes| (MessageType::INFO, notes)),
            Ok(answer) => {
                let reason = answer.failure_reason.unwrap_or_else(|| "it says no reason".to_owned());
                Some((MessageType::WARNING, format!("The editor didn't apply the conversion: {reason}")))
            }
            Err(error) => Some((MessageType::WARNING, format!("The editor didn't apply the conversion: {error}"))),
        };
        if let Some((kind, text)) = said {
            later.client.show_message(kind, text).await;
        }
    });
    Ok(None)
}

/// The edit; why there is none is said as a message. Editors keep an error of this kind to themselves
/// (VS Code, Helix).
fn taken(server: &Arc<Server>, made: Made) -> Result<Option<Edit>> {
    match made {
        Made::Edit(edit) => Ok(Some(edit)),
        Made::Refused(reason) => {
            tell(server, MessageType::WARNING, format!("Not converted: {reason}"));
            Ok(None)
        }
        Made::Stale(reason) => {
            tell(server, MessageType::WARNING, format!("Not converted: {reason}"));
            Err(Error { message: reason.into(), ..Error::new(ErrorCode::ContentModified) })
        }
    }
}

fn tell(server: &Arc<Server>, kind: MessageType, text: String) {
    let later = Arc::clone(server);
    server.runtime.spawn(async move { later.client.show_message(kind, text).await });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_include_ours() {
        for (kind, included) in [
            ("", true),
            ("refactor", true),
            ("refactor.rewrite", true),
            ("refactor.rewrite.more", false),
            ("refactor.re", false),
            ("refactor.extract", false),
            ("quickfix", false),
            ("source.fixAll", false),
        ] {
            assert_eq!(includes(&CodeActionKind::from(kind.to_owned())), included, "{kind}");
        }
    }

    #[test]
    fn ways_and_their_names() {
        let to_route = |method, public| Way::ToRoute { method, public };
        for (way, named) in [
            (to_route(next::Method::Post, false), json!({ "to": "route", "method": "POST", "public": false })),
            (to_route(next::Method::Get, true), json!({ "to": "route", "method": "GET", "public": true })),
            (Way::ToAction, json!({ "to": "action" })),
            (Way::Both, json!({ "to": "both" })),
        ] {
            assert_eq!(json!(Named::from(way)), named);
            let back: Named = serde_json::from_value(named).unwrap();
            assert_eq!(back.way(), Some(way));
        }
        let short: Named = serde_json::from_value(json!({ "to": "route", "method": "PUT" })).unwrap();
        assert_eq!(short.way(), Some(to_route(next::Method::Put, false)));
        let lower: Named = serde_json::from_value(json!({ "to": "route", "method": "put" })).unwrap();
        assert_eq!(lower.way(), None);
    }
}
