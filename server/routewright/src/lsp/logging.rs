//! The log, on standard error: standard output is the protocol's. Quiet unless something is wrong;
//! `ROUTEWRIGHT_LOG` or the setting `trace` says otherwise.

use std::sync::OnceLock;

use tracing_subscriber::EnvFilter;

/// tower-lsp reports as errors that clients send what we don't offer; that is their right.
const QUIET: &str = "warn,tower_lsp_server=off";

type Reload = Box<dyn Fn(EnvFilter) + Send + Sync>;
static RELOAD: OnceLock<Reload> = OnceLock::new();

/// Begins to log.
pub fn start() {
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .without_time() // editors write their own
        .with_target(false)
        .log_internal_errors(false) // nobody may be reading, and that is no reason to panic
        .with_env_filter(filter(""))
        .with_filter_reloading();
    let handle = builder.reload_handle();
    if builder.try_init().is_ok() {
        let _ = RELOAD.set(Box::new(move |filter| {
            let _ = handle.reload(filter);
        }));
    }
}

/// Logs what the setting says; nothing said means the environment, else warnings.
pub fn follow(setting: &str) {
    if let Some(reload) = RELOAD.get() {
        reload(filter(setting));
    }
}

fn filter(setting: &str) -> EnvFilter {
    let environment = std::env::var("ROUTEWRIGHT_LOG").unwrap_or_default();
    [setting, &environment]
        .into_iter()
        .filter(|directives| !directives.trim().is_empty())
        .find_map(|directives| EnvFilter::try_new(directives).ok())
        .unwrap_or_else(|| EnvFilter::new(QUIET))
}
