//! What happens on disk. Clients that watch say so; for the others the disk is looked at again when
//! something suggests it: a save, an opened file, a request after a while (see
//! [`super::scanning::Scanning::glance`]). Neovim on Linux doesn't watch, and Helix announces that
//! it does but tells of its own writes only.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{FileEvent, Registration};

use super::server::Server;
use super::uri;

/// Asks the client to watch, if it takes registrations.
pub async fn register(server: Arc<Server>, watcher: Registration) {
    if let Err(error) = server.client.register_capability(vec![watcher]).await {
        tracing::info!("the client doesn't watch files: {error}");
    }
}

/// The client tells of changes. They are hints: the kind is often wrong (Helix says "changed" for
/// everything), so the state looks at the files itself.
pub fn changed(server: &Server, events: &[FileEvent]) {
    let paths: Vec<PathBuf> = events.iter().filter_map(|event| uri::to_path(&event.uri)).collect();
    if !paths.is_empty() {
        server.dispatch.mutate(move |world| world.files_changed(&paths));
    }
    glance(server);
}

/// Something happened after which the disk may be another.
pub fn glance(server: &Server) {
    if !server.announced().watches {
        server.scanning.glance();
    }
}
