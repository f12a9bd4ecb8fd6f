//! What goes out to the client, and how the session ends.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::oneshot;

use super::frames::Output;

/// One client, from its first message to the end.
pub struct Session {
    out: Output,
    shut_down: AtomicBool,
    running: AtomicUsize,
    end: Mutex<Option<oneshot::Sender<ExitCode>>>,
}

impl Session {
    /// A session that tells `end` how it ended.
    pub fn new(out: Output, end: oneshot::Sender<ExitCode>) -> Self {
        Self { out, shut_down: AtomicBool::new(false), running: AtomicUsize::new(0), end: Mutex::new(Some(end)) }
    }

    /// Sends a message. If nobody reads any more, the session is over.
    pub fn send(&self, message: &impl Serialize) {
        if let Err(error) = self.out.send(message) {
            tracing::debug!("standard output: {error}");
            self.leave();
        }
    }

    /// A request begins to be answered.
    pub fn begins(&self) {
        self.running.fetch_add(1, SeqCst);
    }

    /// It was.
    pub fn ends(&self) {
        self.running.fetch_sub(1, SeqCst);
    }

    /// Whether a request is being answered.
    pub fn is_busy(&self) -> bool {
        self.running.load(SeqCst) > 0
    }

    /// The client asked for the end and will say `exit`.
    pub fn shut_down(&self) {
        self.shut_down.store(true, SeqCst);
    }

    /// Ends the process: 0 after a `shutdown`, else 1 (LSP 3.17, `exit`).
    pub fn leave(&self) {
        let Some(end) = self.end.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let code = i32::from(!self.shut_down.load(SeqCst));
        // The main thread may be stuck: in a write that nobody reads.
        let _ = std::thread::Builder::new().name("leaving".into()).spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            std::process::exit(code);
        });
        let _ = end.send(ExitCode::from(u8::from(code != 0)));
    }

    /// The input ended: whoever piped requests in gets the answers that take no longer than this.
    pub fn leave_when_done(&self, patience: Duration) {
        let since = Instant::now();
        while self.is_busy() && since.elapsed() < patience {
            std::thread::sleep(Duration::from_millis(2));
        }
        self.leave();
    }
}
