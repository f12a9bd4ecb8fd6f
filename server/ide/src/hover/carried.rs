//! Where an action can be called: on every page that carries it. Known only once the imports above
//! all actions were walked; a hover doesn't wait for that.

use workspace::{Carrier, Carriers, Endpoint, EndpointKind, Snapshot};

use super::full_url;
use crate::asked;

/// So many pages are named; of more, two.
const NAMED: usize = 3;

/// What is known of an action's pages.
pub(super) fn carriers(snap: &Snapshot, endpoint: &Endpoint) -> Option<Carriers> {
    let is_action = endpoint.kind == EndpointKind::Action;
    is_action.then(|| snap.known_carriers(endpoint)).flatten()
}

/// `` `/dashboard`, `/settings` (2 pages) ``; `None` where there is no page.
pub(super) fn pages(snap: &Snapshot, carriers: &Carriers) -> Option<String> {
    let mut pages: Vec<&Carrier> = carriers.pages.iter().filter(|page| page.is_address()).collect();
    if pages.is_empty() {
        pages = carriers.pages.iter().collect();
    }
    let count = pages.len();
    let several_apps = pages.iter().any(|page| Some(page.app) != pages.first().map(|first| first.app));
    let shown = if count > NAMED { NAMED - 1 } else { count };
    let names: Vec<String> = pages.iter().take(shown).map(|page| address(snap, page, several_apps)).collect();
    let rest = if count > shown { " …" } else { "" };
    match count {
        0 => None,
        1 => names.into_iter().next(),
        _ => Some(format!("{}{rest} ({count} pages)", names.join(", "))),
    }
}

/// A page as it is requested; with its application where there are several.
fn address(snap: &Snapshot, page: &Carrier, with_app: bool) -> String {
    let app = snap.apps().iter().find(|app| app.id == page.app).cloned();
    let url = full_url(&page.url, app.as_deref());
    let name = app.as_deref().and_then(|app| app.root.file_name()?.to_str()).filter(|_| with_app);
    name.map_or_else(|| format!("`{url}`"), |name| format!("{name} `{url}`"))
}

/// What is to be said of an action that is exposed without need.
pub(super) fn remark(snap: &Snapshot, endpoint: &Endpoint, carriers: &Carriers) -> Option<&'static str> {
    if carriers.pages.is_empty() {
        return Some(if carriers.handlers.is_empty() {
            "in no page's code"
        } else {
            "in no page's code, used by route handlers only"
        });
    }
    let callers = asked::callers(snap, &[asked::id(snap, endpoint)?]);
    let mut product = callers.iter().filter(|(file, _)| !snap.is_test(*file)).peekable();
    product.peek()?;
    let on_the_server = product.all(|(file, link)| link.kind == "call" && !snap.may_run_in_browsers(*file));
    on_the_server.then_some("called by server code only: it needn't be exposed")
}
