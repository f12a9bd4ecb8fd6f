//! Everything that outlives one message: the way to the state, the client, settings, open buffers.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::{runtime::Handle, sync::watch, time::timeout};
use tower_lsp::{
    Client,
    jsonrpc::Result,
    ls_types::{ConfigurationItem, InitializeParams},
};

use super::{
    capabilities::Announced,
    convert::View,
    dispatch::Dispatch,
    documents::Documents,
    logging,
    scanning::Scanning,
    session::Session,
    settings::{self, Settings},
};

/// After this, an answer is said to be missing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The server.
pub struct Server {
    /// The way to the state.
    pub dispatch: Dispatch,
    /// For requests and notifications of ours. They are sent from tasks on [`Self::runtime`],
    /// never awaited while a message is being dealt with: its answer comes in by the same door.
    pub client: Client,
    /// What goes out, and the end.
    pub session: Arc<Session>,
    /// Where everything runs that waits: for the client, for the clock.
    pub runtime: Handle,
    /// The buffers that are open.
    pub documents: Documents,
    /// When to scan.
    pub scanning: Arc<Scanning>,
    /// The state changed, or the settings: what is shown of more than one file may have, too.
    pub changed: Arc<watch::Sender<()>>,
    announced: OnceLock<Announced>,
    settings: Mutex<Arc<Settings>>,
    /// How often lenses or hints were switched: who asked in between was told nothing.
    pub switched: AtomicUsize,
    complaints: Mutex<BTreeSet<String>>,
}

impl Server {
    /// A server that knows no client yet.
    pub fn new(
        dispatch: Dispatch,
        client: Client,
        session: Arc<Session>,
        runtime: Handle,
        scanning: Arc<Scanning>,
        changed: Arc<watch::Sender<()>>,
    ) -> Self {
        Self {
            dispatch,
            client,
            session,
            runtime,
            documents: Documents::default(),
            scanning,
            changed,
            announced: OnceLock::new(),
            settings: Mutex::default(),
            switched: AtomicUsize::new(0),
            complaints: Mutex::default(),
        }
    }

    /// What the client announced.
    pub fn announced(&self) -> &Announced {
        self.announced.get_or_init(|| Announced::of(&InitializeParams::default()))
    }

    /// The client announces itself.
    pub fn meet(&self, announced: Announced) -> &Announced {
        self.announced.get_or_init(|| announced)
    }

    /// Reads the state as it is after everything that came before, on another thread.
    pub async fn query<T: Send + 'static>(self: &Arc<Self>, f: impl FnOnce(&View) -> T + Send + 'static) -> Result<T> {
        if !self.announced().watches {
            self.scanning.glance();
        }
        let server = Arc::clone(self);
        self.dispatch.query(move |snap| f(&View { snap, client: server.announced() })).await
    }

    /// The settings of this moment.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What features take of the settings.
    pub fn features(&self) -> ide::Config {
        self.settings().for_features(self.announced().brings_typescript)
    }

    /// Takes settings from what the client sent; `false` if there were none.
    pub fn configure(&self, sent: &Value) -> bool {
        let new = {
            let mut complaints = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
            settings::read(sent, &mut complaints)
        };
        let Some(new) = new else { return false };
        let mut held = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if held.trace != new.trace {
            logging::follow(&new.trace);
        }
        if held.http_clients != new.http_clients {
            let clients = new.http_clients.for_workspace();
            self.dispatch.mutate(move |world| world.set_http_clients(clients));
        }
        if (held.code_lens, held.inlay_hints) != (new.code_lens, new.inlay_hints) {
            self.switched.fetch_add(1, SeqCst);
        }
        *held = Arc::new(new);
        drop(held);
        self.changed.send_replace(());
        true
    }

    /// Says in the log what the client does wrong, once.
    pub fn complain(&self, complaint: String) {
        let mut complaints = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        if !complaints.contains(&complaint) {
            tracing::warn!("{complaint}");
            complaints.insert(complaint);
        }
    }

    /// Asks the client for our settings. Nothing waits for them: a client that never answers has what was
    /// set before, or nothing.
    pub async fn ask_for_settings(&self) {
        let item = ConfigurationItem { scope_uri: None, section: Some(settings::SECTION.into()) };
        let mut asked = std::pin::pin!(self.client.configuration(vec![item]));
        let answer = match timeout(PATIENCE, &mut asked).await {
            Ok(answer) => answer,
            Err(_) => {
                self.complain(
                    "the client doesn't answer workspace/configuration: settings stay as they are".to_owned(),
                );
                asked.await
            }
        };
        if let Some(section) =
            answer.ok().and_then(|sections| sections.into_iter().next()).filter(|section| section.is_object())
        {
            self.configure(&serde_json::json!({ settings::SECTION: section }));
        }
    }
}
