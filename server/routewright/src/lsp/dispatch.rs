//! State has one owner: a thread that holds [`World`] and applies changes in the order of their
//! arrival. Requests read snapshots on the crew's threads. Two verbs cover every method of the
//! protocol: [`Dispatch::mutate`] and [`Dispatch::query`].

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use workspace::{Snapshot, World};

use super::answer;
use super::crew::Crew;
use super::panics;

/// The way to the state.
pub struct Dispatch {
    orders: mpsc::Sender<Order>,
    shared: Arc<Shared>,
    crew: Arc<Crew>,
}

enum Order {
    /// From the client: what comes later must see it.
    Change(Name, Box<dyn FnOnce(&mut World) + Send>),
    /// From ourselves (a finished scan): requests may be answered from before it.
    Behind(Name, Box<dyn FnOnce(&mut World) + Send>),
    Read(Box<dyn FnOnce(Snapshot) + Send>),
}

type Name = Option<Arc<str>>;

#[derive(Default)]
struct Shared {
    /// Changes that were sent and aren't applied.
    waiting: AtomicUsize,
    /// The state as it is, while no change waits: reading it saves a request the way through the
    /// state's thread. Taken away before every change, so that the change needn't copy what it
    /// touches on account of it.
    latest: Mutex<Option<Snapshot>>,
}

impl Shared {
    fn latest(&self) -> MutexGuard<'_, Option<Snapshot>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets a request's flag when its future goes: `$/cancelRequest` drops it.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

impl Dispatch {
    /// Starts the thread that owns the state. `after` is told of every state it leaves behind.
    pub fn start(crew: Arc<Crew>, after: impl Fn(&World) + Send + 'static) -> std::io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let shared = Arc::new(Shared::default());
        let seen = Arc::clone(&shared);
        // A deep stack: hostile code nests deeply, and its tree is walked here.
        std::thread::Builder::new()
            .name("state".into())
            .stack_size(64 << 20)
            .spawn(move || own(&inbox, &seen, &after))?;
        Ok(Self { orders, shared, crew })
    }

    /// Changes the state, after everything that came before. Callers must not await before this:
    /// until the first await, handlers run in the order of arrival.
    pub fn mutate(&self, f: impl FnOnce(&mut World) + Send + 'static) {
        self.shared.waiting.fetch_add(1, SeqCst);
        let _ = self.orders.send(Order::Change(panics::doing(), Box::new(f)));
    }

    /// Changes the state on our own account; requests that come in the meantime don't wait for it.
    pub fn mutate_behind(&self, name: &'static str, f: impl FnOnce(&mut World) + Send + 'static) {
        let _ = self.orders.send(Order::Behind(Some(name.into()), Box::new(f)));
    }

    /// The same, for its answer; `None` if it panicked.
    pub async fn ask<T: Send + 'static>(
        &self,
        name: &'static str,
        f: impl FnOnce(&mut World) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.mutate_behind(name, move |world| {
            let _ = answer.send(f(world));
        });
        answered.await.ok()
    }

    /// Reads the state as it is after everything that came before, on a thread of the crew.
    pub async fn query<T: Send + 'static>(&self, f: impl FnOnce(&Snapshot) -> T + Send + 'static) -> Result<T> {
        let (sender, answered) = oneshot::channel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let _flag = CancelOnDrop(Arc::clone(&cancelled));
        let name = panics::doing();
        self.read(move |snap| {
            if sender.is_closed() {
                return; // cancelled before it began
            }
            let snap = snap.cancelled_by(cancelled);
            if let Ok(value) = panics::caught(name, || f(&snap)) {
                drop(snap); // what it holds needn't be copied by the next change
                let _ = answer::at_once(|| sender.send(value));
            } else {
                answer::at_once(|| drop(sender));
            }
        });
        answered.await.map_err(|_| Error::internal_error())
    }

    fn read(&self, f: impl FnOnce(Snapshot) + Send + 'static) {
        if self.shared.waiting.load(SeqCst) == 0 {
            let latest = self.shared.latest().clone();
            if let Some(snap) = latest {
                return self.crew.submit(Box::new(move || f(snap)));
            }
        }
        let crew = Arc::clone(&self.crew);
        let _ = self.orders.send(Order::Read(Box::new(move |snap| crew.submit(Box::new(move || f(snap))))));
    }
}

fn own(inbox: &mpsc::Receiver<Order>, shared: &Shared, after: &dyn Fn(&World)) {
    let mut world = World::new();
    *shared.latest() = Some(world.snapshot());
    for order in inbox {
        match order {
            Order::Change(name, change) => {
                let before = shared.latest().take();
                drop(before);
                let _ = panics::caught(name, || change(&mut world));
                if shared.waiting.load(SeqCst) == 1 {
                    *shared.latest() = Some(world.snapshot());
                }
                shared.waiting.fetch_sub(1, SeqCst);
                after(&world);
            }
            Order::Behind(name, change) => {
                let _ = panics::caught(name, || change(&mut world));
                *shared.latest() = Some(world.snapshot());
                after(&world);
            }
            Order::Read(f) => f(world.snapshot()),
        }
    }
}
