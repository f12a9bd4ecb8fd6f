//! A server whose editor died must not stay. Mostly standard input ends then; where it doesn't
//! (somebody else holds the pipe), the editor's process is looked for (LSP 3.17, `processId`).

use std::sync::Arc;
use std::time::Duration;

use super::session::Session;

/// How often. The variable is there for tests.
fn pace() -> Duration {
    let set = std::env::var("ROUTEWRIGHT_PARENT_POLL_MS").ok().and_then(|ms| ms.parse().ok());
    Duration::from_millis(set.unwrap_or(5000))
}

/// Ends the session when process `pid` is gone. One that can't be seen to begin with (in another
/// container) says nothing.
pub async fn watch(pid: u32, session: Arc<Session>) {
    if !lives(pid) {
        tracing::debug!("process {pid} can't be seen; it isn't watched");
        return;
    }
    let mut beat = tokio::time::interval(pace());
    loop {
        beat.tick().await;
        if !lives(pid) {
            tracing::info!("process {pid} is gone");
            return session.leave();
        }
    }
}

#[cfg(unix)]
fn lives(pid: u32) -> bool {
    use rustix::{io::Errno, process};
    let Some(pid) = i32::try_from(pid).ok().and_then(process::Pid::from_raw) else { return false };
    // not ours, but there
    matches!(process::test_kill_process(pid), Ok(()) | Err(Errno::PERM))
}

/// Elsewhere the end of standard input has to do.
#[cfg(not(unix))]
fn lives(_: u32) -> bool {
    false
}
