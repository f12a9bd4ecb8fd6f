//! From a URL as it stands in a log or a command to the file that answers it.

use std::sync::Arc;

use syntax::value::Piece;

use crate::{app::App, routes::Served, snapshot::Snapshot, url::UrlPattern};

impl Snapshot {
    /// What answers a path as it is requested (`/api/users/5?page=2`, with the `basePath`), in each
    /// application that serves it: a page, too. Rewrites aren't followed.
    #[must_use]
    pub fn served_at(&self, path: &str) -> Vec<(Arc<App>, Served)> {
        let nowhere = UrlPattern { segments: vec![], based: false, at_home: false };
        let pattern = UrlPattern::new(&[Piece::Text(path.to_owned())]).unwrap_or(nowhere);
        let served = |app: &Arc<App>| {
            let pattern = match &app.config.base_path {
                Some(base) => pattern.without_base_path(Some(base))?,
                None => pattern.clone(),
            };
            Some((app.clone(), app.routes(self.paths()).serves(&pattern)?.clone()))
        };
        self.apps().iter().filter_map(served).collect()
    }
}
