//! What editors show of more than one file grows old with every change elsewhere: lenses count callers,
//! hints stand at calls of what other files declare, views list everything. Clients ask anew for a file
//! that changes, and only then; so they are told when an answer has become another one.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use syntax::TextRange;
use tokio::time::timeout;
use tower_lsp::ls_types::notification::Notification;

use super::convert::View;
use super::server::Server;

/// Typing comes in bursts, and nobody looks at counts in between: wait for the burst's end, but not for ever.
const SETTLE: Duration = Duration::from_millis(300);
const SETTLE_MOST: Duration = Duration::from_secs(2);

/// Tells a client that announces it that [`super::listing::ENDPOINTS`] has another answer now.
#[derive(Debug)]
pub enum EndpointsChanged {}

impl Notification for EndpointsChanged {
    type Params = Nothing;
    const METHOD: &'static str = "routewright/endpointsChanged";
}

/// It has no parameters.
#[derive(Debug, Deserialize, Serialize)]
pub struct Nothing {}

/// What was told last, as hashes; 0 is nothing.
#[derive(Clone, Copy, Default, PartialEq)]
struct Told {
    /// [`Server::switched`]: off and on again within one burst is no change of what follows, but one for
    /// who asked in between.
    switched: usize,
    lenses: u64,
    hints: u64,
    listing: u64,
}

/// Whether there is anything to tell this client.
pub fn wanted(server: &Server) -> bool {
    let client = server.announced();
    client.refreshes_lenses || client.refreshes_hints || client.lists_endpoints
}

/// Looks at the answers after each burst of changes, for the session's whole length.
pub async fn keep(server: Arc<Server>) {
    let mut told = Told::default();
    let mut changes = server.changed.subscribe();
    changes.mark_changed(); // what happened before we were asked
    while changes.changed().await.is_ok() {
        let since = Instant::now();
        while since.elapsed() < SETTLE_MOST && timeout(SETTLE, changes.changed()).await.is_ok() {}
        let Some(now) = look(&server).await else { continue };
        let client = server.client.clone();
        let (lenses, hints) = (server.announced().refreshes_lenses, server.announced().refreshes_hints);
        if lenses && (now.lenses, now.switched) != (told.lenses, told.switched) {
            tokio::spawn(refresh(client.clone(), What::Lenses));
        }
        if hints && (now.hints, now.switched) != (told.hints, told.switched) {
            tokio::spawn(refresh(client.clone(), What::Hints));
        }
        if now.listing != told.listing {
            client.send_notification::<EndpointsChanged>(Nothing {}).await;
        }
        told = now;
    }
}

enum What {
    Lenses,
    Hints,
}

async fn refresh(client: tower_lsp::Client, what: What) {
    let answer = match what {
        What::Lenses => client.code_lens_refresh().await,
        What::Hints => client.inlay_hint_refresh().await,
    };
    if let Err(error) = answer {
        tracing::debug!("the client doesn't refresh: {error}");
    }
}

/// The answers of this moment for the buffers that are open.
async fn look(server: &Arc<Server>) -> Option<Told> {
    let switched = server.switched.load(SeqCst);
    let (client, settings) = (server.announced().clone(), server.settings());
    let open = server.documents.all();
    let lenses = client.refreshes_lenses && settings.code_lens;
    let hints = client.refreshes_hints && settings.inlay_hints;
    let seen = server.dispatch.query(move |snap| {
        let view = View { snap, client: &client };
        let files: Vec<_> = open.iter().filter_map(|(path, _)| snap.file(path)).collect();
        let hash = |on: bool, into: &dyn Fn(&mut DefaultHasher)| {
            if !on {
                return 0;
            }
            let mut hasher = DefaultHasher::new();
            into(&mut hasher);
            hasher.finish()
        };
        Told {
            switched,
            lenses: hash(lenses, &|hasher| {
                for lens in files.iter().flat_map(|file| ide::code_lenses(snap, *file)) {
                    lens.title.hash(hasher);
                }
            }),
            hints: hash(hints, &|hasher| {
                let whole = TextRange::new(0, u32::MAX);
                for hint in files.iter().flat_map(|file| ide::inlay_hints(snap, *file, whole)) {
                    (hint.label, hint.tooltip).hash(hasher);
                }
            }),
            listing: hash(client.lists_endpoints, &|hasher| view.listing().hash(hasher)),
        }
    });
    seen.await.ok()
}
