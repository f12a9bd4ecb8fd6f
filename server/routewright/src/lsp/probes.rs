//! `routewright/test`: requests with which the protocol tests see order, slowness, cancellation and
//! panics without a hook in any feature. Offered only under `ROUTEWRIGHT_PROBES=1`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::Uri,
};

use super::server::Server;
use super::uri;

/// The method.
pub const METHOD: &str = "routewright/test";

/// Whether the method is offered.
pub fn enabled() -> bool {
    std::env::var_os("ROUTEWRIGHT_PROBES").is_some_and(|on| on == "1")
}

/// What a test wants.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub enum Probe {
    /// Panic while a request is answered.
    Panic,
    /// Panic before anything is asked of the state.
    PanicEarly,
    /// Let the next edit of a buffer panic.
    Poison,
    /// Take this long, unless cancelled.
    Sleep {
        /// How long.
        ms: u64,
    },
    /// A buffer's or a file's text.
    Text {
        /// Whose.
        uri: Uri,
    },
    /// The settings.
    Settings,
    /// The workspace folders.
    Folders,
    /// How often sleeps were cut short.
    Interrupted,
    /// Ask the client something and wait for its answer.
    Ask,
}

static POISONED: AtomicBool = AtomicBool::new(false);
static INTERRUPTED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

/// Panics if a test wants this edit to.
pub fn poison() {
    assert!(!POISONED.swap(false, SeqCst), "poisoned by a test");
}

/// Does what a test wants.
pub async fn answer(server: &Arc<Server>, probe: Probe) -> Result<Value> {
    match probe {
        Probe::PanicEarly => panic!("a test\nsaid so early"),
        Probe::Panic => server.query(|_| panic!("a test\nsaid so")).await,
        Probe::Poison => {
            POISONED.store(true, SeqCst);
            Ok(Value::Null)
        }
        Probe::Sleep { ms } => {
            let sleep = move |view: &super::convert::View| {
                for _ in 0..ms {
                    if view.snap.is_cancelled() {
                        INTERRUPTED.fetch_add(1, SeqCst);
                        return json!("interrupted");
                    }
                    std::thread::sleep(Duration::from_millis(1));
                }
                json!("slept")
            };
            server.query(sleep).await
        }
        Probe::Text { uri } => {
            let path = uri::to_path(&uri).ok_or_else(|| Error::invalid_params("not a file"))?;
            server
                .query(move |view| json!(view.snap.file(&path).and_then(|file| view.snap.text(file)).as_deref()))
                .await
        }
        Probe::Settings => serde_json::to_value(&*server.settings()).map_err(|_| Error::internal_error()),
        Probe::Folders => {
            let folders: Vec<PathBuf> =
                server.dispatch.ask("folders", |world| world.folders().to_vec()).await.unwrap_or_default();
            Ok(json!(folders))
        }
        Probe::Interrupted => Ok(json!(INTERRUPTED.load(SeqCst))),
        Probe::Ask => server.client.configuration(vec![]).await.map(Value::from),
    }
}
