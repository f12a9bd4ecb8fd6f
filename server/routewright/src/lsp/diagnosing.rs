//! Diagnostics for clients that don't ask: pushed when they change, never otherwise. A client that
//! asks gets none of these (it would show both).

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp::ls_types::{Diagnostic, Uri};

use super::convert::View;
use super::server::Server;

/// Typing comes in bursts; nobody reads diagnostics in between.
const SETTLE: Duration = Duration::from_millis(200);

/// Publishes for the session's whole length: for open files, for files that were told of, and,
/// after a scan, for every configuration file it found.
pub async fn keep(server: Arc<Server>) {
    let mut told: HashMap<PathBuf, (Uri, Vec<Diagnostic>)> = HashMap::new();
    let mut configurations: Arc<[workspace::FileId]> = Arc::new([]);
    let mut changes = server.changed.subscribe();
    changes.mark_changed(); // what happened before we were asked
    while changes.changed().await.is_ok() {
        tokio::time::sleep(SETTLE).await;
        changes.mark_unchanged();
        let mut files: HashMap<PathBuf, Uri> =
            told.iter().map(|(path, (uri, _))| (path.clone(), uri.clone())).collect();
        files.extend(server.documents.all());
        let known = Arc::clone(&configurations);
        let found = server.dispatch.query(move |snap| {
            let found = snap.configurations();
            let paths = found.iter().map(|file| snap.path(*file).to_path_buf());
            let new = if Arc::ptr_eq(&found, &known) { vec![] } else { paths.collect() };
            (found, new)
        });
        if let Ok((found, new)) = found.await {
            configurations = found;
            let with_uri = new.into_iter().filter_map(|path| Some((path.clone(), super::uri::from_path(&path)?)));
            with_uri.for_each(|(path, uri)| {
                files.entry(path).or_insert(uri);
            });
        }
        if files.is_empty() {
            continue;
        }
        let asked = server.dispatch.query({
            let server = Arc::clone(&server);
            move |snap| {
                let view = View { snap, client: server.announced() };
                let settings = server.settings();
                let one = |(path, uri): (PathBuf, Uri)| {
                    let found = snap.file(&path).map(|file| view.diagnostics(file, &settings)).unwrap_or_default();
                    (path, uri, found)
                };
                files.into_iter().map(one).collect::<Vec<_>>()
            }
        });
        for (path, uri, found) in asked.await.unwrap_or_default() {
            let before = told.get(&path).map_or(&[][..], |(_, before)| before);
            if before == found {
                continue;
            }
            server.client.publish_diagnostics(uri.clone(), found.clone(), None).await;
            if found.is_empty() {
                told.remove(&path);
            } else {
                told.insert(path, (uri, found));
            }
        }
    }
}
