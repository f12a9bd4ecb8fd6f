//! Scans of the whole workspace: beside everything else, one at a time, with progress.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::{sync::Notify, sync::oneshot, time::timeout};
use tower_lsp::ls_types::{notification, *};
use workspace::{Progress, World};

use super::panics;
use super::server::Server;

/// Demand first (design, invariant 4): what an editor asks in its first moments gets the whole
/// machine; the scan can wait that long.
const HELLO: Duration = Duration::from_millis(5);
const HELLO_MOST: Duration = Duration::from_millis(250);
/// Changes come in bursts (a branch is switched): wait for the burst's end, but not for ever.
const SETTLE: Duration = Duration::from_millis(150);
const SETTLE_MOST: Duration = Duration::from_secs(2);
/// Where the client doesn't say what happens on disk, a request may find the index this old.
const STALE: Duration = Duration::from_secs(2);
/// Such scans take at most one twentieth of the time.
const SHARE: u32 = 20;
/// Later scans show progress only if they take this long, glances never.
const PATIENCE: Duration = Duration::from_millis(500);
/// Between two reports.
const PACE: Duration = Duration::from_millis(100);

/// When to scan, and when to walk along the imports above actions.
pub struct Scanning {
    wanted: Notify,
    carriers_wanted: Notify,
    forced: AtomicBool,
    start: Instant,
    /// Milliseconds after `start` from which on a glance at the disk is worth it.
    due: AtomicU64,
    /// Milliseconds that the last scan took; the largest number if there was none.
    took: AtomicU64,
}

impl Default for Scanning {
    fn default() -> Self {
        Self {
            wanted: Notify::new(),
            carriers_wanted: Notify::new(),
            forced: AtomicBool::new(false),
            start: Instant::now(),
            due: AtomicU64::new(u64::MAX),
            took: AtomicU64::new(u64::MAX),
        }
    }
}

impl Scanning {
    /// Looks at the state after a change.
    pub fn notice(&self, world: &World) {
        if world.needs_scan() {
            self.wanted.notify_one();
        }
        if world.wants_carriers() {
            self.carriers_wanted.notify_one();
        }
    }

    /// The disk may have changed without a word; look, unless that was just done. Costs nothing
    /// when it isn't due: this is called with every request.
    pub fn glance(&self) {
        let now = self.now();
        let due = self.due.load(SeqCst);
        if now >= due && self.due.compare_exchange(due, u64::MAX, SeqCst, SeqCst).is_ok() {
            self.forced.store(true, SeqCst);
            self.wanted.notify_one();
        }
    }

    /// How long the last scan took, in milliseconds.
    pub fn took(&self) -> Option<u64> {
        Some(self.took.load(SeqCst)).filter(|took| *took != u64::MAX)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX - 1)
    }
}

/// Finds out which pages carry which actions, behind a scan and whenever imports change, so that no
/// hover has to wait for it.
pub async fn keep_carriers(server: Arc<Server>) {
    let scanning = Arc::clone(&server.scanning);
    loop {
        scanning.carriers_wanted.notified().await;
        while timeout(SETTLE, scanning.carriers_wanted.notified()).await.is_ok() {}
        let snapshot = server.dispatch.ask("looking for pages", |world| world.snapshot()).await;
        let Some(snapshot) = snapshot else { continue };
        let (finished, done) = oneshot::channel::<()>();
        let work = move || {
            let _ = panics::caught(Some("looking for pages".into()), || snapshot.find_carriers());
            drop((snapshot, finished));
        };
        match std::thread::Builder::new().name("pages".into()).spawn(work) {
            Ok(_) => {
                drop(done.await);
                server.changed.send_replace(());
            }
            Err(error) => tracing::warn!("no thread to look for pages with: {error}"),
        }
    }
}

/// Scans whenever it is wanted, for the session's whole length.
pub async fn keep(server: Arc<Server>) {
    let since = Instant::now();
    tokio::time::sleep(HELLO).await;
    while server.session.is_busy() && since.elapsed() < HELLO_MOST {
        tokio::time::sleep(HELLO).await;
    }
    scan(&server, true, Some(Duration::ZERO)).await;
    let scanning = Arc::clone(&server.scanning);
    loop {
        scanning.wanted.notified().await;
        let since = Instant::now();
        while timeout(SETTLE, scanning.wanted.notified()).await.is_ok() && since.elapsed() < SETTLE_MOST {}
        let forced = scanning.forced.swap(false, SeqCst);
        scan(&server, forced, None).await;
    }
}

async fn scan(server: &Arc<Server>, forced: bool, patience: Option<Duration>) {
    let since = Instant::now();
    let prepare = move |world: &mut World| {
        let wanted = world.needs_scan();
        (forced || wanted).then(|| (world.scan(), wanted))
    };
    let prepared = server.dispatch.ask("preparing a scan", prepare).await;
    let Some((scan, wanted)) = prepared.flatten() else { return };
    let patience = patience.or(wanted.then_some(PATIENCE));
    let latest = Arc::new(Mutex::new(None));
    let (finished, done) = oneshot::channel::<()>();
    let (seen, owner) = (Arc::clone(&latest), Arc::clone(server));
    let work = move || {
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let progress = |progress: Progress| *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
        let Ok(scanned) = panics::caught(Some("scan".into()), || scan.run(threads, &progress)) else {
            owner.dispatch.mutate_behind("a failed scan", World::scan_failed);
            return;
        };
        owner.dispatch.mutate_behind("adopting a scan", move |world| {
            world.adopt(scanned);
            drop(finished);
        });
    };
    if let Err(error) = std::thread::Builder::new().name("scan".into()).spawn(work) {
        tracing::warn!("no thread to scan with: {error}");
        return;
    }
    match patience {
        Some(patience) if server.announced().progress => report(server, &latest, patience, done).await,
        _ => drop(done.await),
    }
    let took = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
    server.scanning.took.store(took, SeqCst);
    let pause = STALE.max(since.elapsed() * SHARE);
    let due = server.scanning.now().saturating_add(u64::try_from(pause.as_millis()).unwrap_or(u64::MAX));
    server.scanning.due.store(due, SeqCst);
}

/// Tells the client how far it is (LSP 3.17, "Work Done Progress").
async fn report(
    server: &Server,
    latest: &Mutex<Option<Progress>>,
    patience: Duration,
    mut done: oneshot::Receiver<()>,
) {
    if !patience.is_zero() && timeout(patience, &mut done).await.is_ok() {
        return;
    }
    let token = ProgressToken::String("routewright/indexing".into());
    // The scan goes on in the meantime, and doesn't depend on the client's consent.
    let created = timeout(Duration::from_secs(5), server.client.create_work_done_progress(token.clone())).await;
    if !matches!(created, Ok(Ok(()))) {
        let _ = done.await;
        return;
    }
    let send = |value| {
        let params = ProgressParams { token: token.clone(), value: ProgressParamsValue::WorkDone(value) };
        server.client.send_notification::<notification::Progress>(params)
    };
    send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
        title: "Indexing".into(),
        cancellable: Some(false),
        message: None,
        percentage: Some(0),
    }))
    .await;
    let mut shown = None;
    let mut most = 0;
    while timeout(PACE, &mut done).await.is_err() {
        let now = latest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if now == shown {
            continue;
        }
        if let Some(now) = &now {
            most = most.max(percentage(now)); // never backwards, although phases begin anew
            let message =
                if now.total == 0 { now.phase.to_owned() } else { format!("{} {}/{}", now.phase, now.done, now.total) };
            let report =
                WorkDoneProgressReport { cancellable: Some(false), message: Some(message), percentage: Some(most) };
            send(WorkDoneProgress::Report(report)).await;
        }
        shown = now;
    }
    send(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
}

fn percentage(progress: &Progress) -> u32 {
    if progress.total == 0 {
        return 0;
    }
    u32::try_from(progress.done.min(progress.total) * 100 / progress.total).unwrap_or(100)
}
