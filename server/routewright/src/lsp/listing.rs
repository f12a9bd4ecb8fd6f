//! Requests of ours, for an editor's own views: `routewright/endpoints` is everything that answers HTTP,
//! application by application, as far as it is known; `routewright/status` what is indexed. The rest of
//! the protocol needs neither.

use std::sync::Arc;

use ide::EndpointRow;
use serde::Serialize;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Location;
use workspace::{ActionScope, Snapshot};

use super::convert::View;
use super::server::Server;
use super::uri;

/// The methods.
pub const ENDPOINTS: &str = "routewright/endpoints";
/// See [`Status`].
pub const STATUS: &str = "routewright/status";

/// The answer to [`ENDPOINTS`].
#[derive(Debug, Hash, Serialize)]
pub struct Listing {
    /// The workspace was read at least once; until then lists are shorter than they will be.
    indexed: bool,
    /// By path; what several applications share comes last, as one without a folder.
    applications: Vec<Application>,
}

#[derive(Debug, Hash, Serialize)]
struct Application {
    name: String,
    uri: Option<String>,
    next: Option<String>,
    endpoints: Vec<Endpoint>,
}

#[derive(Debug, Hash, Serialize)]
struct Endpoint {
    kind: &'static str,
    /// `*` is any.
    method: &'static str,
    url: Option<Arc<str>>,
    /// An action's name, or the one that a handler is exported by.
    name: Option<Arc<str>>,
    inline: bool,
    location: Location,
    /// The addresses of the pages on which an action can be called; `null` where that isn't known (yet)
    /// or doesn't apply.
    pages: Option<Vec<Arc<str>>>,
    id: Option<String>,
}

/// The answer to [`STATUS`].
#[derive(Debug, Serialize)]
pub struct Status {
    version: &'static str,
    indexed: bool,
    /// Files that declare an endpoint or reach one.
    files: usize,
    applications: usize,
    /// Without those that Next adds by itself.
    endpoints: usize,
    /// How long the last scan took.
    milliseconds: Option<u64>,
}

impl View<'_> {
    /// Everything that answers HTTP, without waiting for anything.
    pub fn listing(&self) -> Listing {
        let apps = ide::apps(self.snap);
        let mut applications: Vec<Application> = apps
            .iter()
            .map(|app| Application {
                name: name(self.snap, &app.root),
                uri: uri::from_path(&app.root).map(|uri| uri.as_str().to_owned()),
                next: app.next.clone(),
                endpoints: vec![],
            })
            .collect();
        let mut shared = vec![];
        for row in ide::endpoints_so_far(self.snap).into_iter().filter(|row| !row.implicit) {
            let home = row.app.and_then(|app| applications.get_mut(app as usize));
            let of = row.app.and_then(|app| apps.get(app as usize)).map(|app| &*app.root);
            let Some(endpoint) = self.listed(row, of) else { continue };
            match home {
                Some(app) => app.endpoints.push(endpoint),
                None => shared.push(endpoint),
            }
        }
        if !shared.is_empty() {
            let name = "Shared packages".to_owned();
            applications.push(Application { name, uri: None, next: None, endpoints: shared });
        }
        Listing { indexed: self.snap.is_complete(), applications }
    }

    fn listed(&self, row: EndpointRow, app: Option<&std::path::Path>) -> Option<Endpoint> {
        let location = Location { uri: self.uri(row.file)?, range: self.range(row.file, row.range)? };
        let pages = row.carriers.map(|carriers| {
            let own = |page: &&workspace::Carrier| app.is_none_or(|root| self.snap.path(page.app).as_ref() == root);
            let addresses = carriers.pages.iter().filter(|page| page.is_address());
            let mut pages: Vec<Arc<str>> = addresses.filter(own).map(|page| page.url.clone()).collect();
            pages.sort();
            pages.dedup();
            pages
        });
        Some(Endpoint {
            kind: row.kind.as_str(),
            method: row.method.unwrap_or("*"),
            url: row.url,
            name: Some(row.label.unwrap_or(row.name)),
            inline: row.scope == Some(ActionScope::Inline),
            location,
            pages,
            id: row.id.and_then(std::result::Result::ok).map(|id| id.id),
        })
    }
}

/// An application's folder as people call it: from the workspace's folder on, or that one's own name.
fn name(snap: &Snapshot, root: &std::path::Path) -> String {
    let inside = snap.folders().iter().find_map(|folder| root.strip_prefix(folder).ok());
    let last = || root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match inside.map(|path| path.to_string_lossy().replace('\\', "/")) {
        Some(path) if !path.is_empty() && snap.folders().len() == 1 => path,
        _ => last(),
    }
}

/// Answers [`ENDPOINTS`].
pub async fn endpoints(server: &Arc<Server>) -> Result<Listing> {
    server.query(|view| view.listing()).await
}

/// Answers [`STATUS`].
pub async fn status(server: &Arc<Server>) -> Result<Status> {
    let milliseconds = server.scanning.took();
    let status = server.query(move |view| {
        let files = view.snap.files();
        let explicit = |file| view.snap.endpoints(file).iter().filter(|endpoint| !endpoint.implicit).count();
        Status {
            version: env!("CARGO_PKG_VERSION"),
            indexed: view.snap.is_complete(),
            applications: view.snap.apps().len(),
            endpoints: files.iter().map(|file| explicit(*file)).sum(),
            files: files.len(),
            milliseconds,
        }
    });
    status.await
}
