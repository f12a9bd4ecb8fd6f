//! The threads that read requests and answer them, as leader and followers: one thread reads
//! standard input; when a message becomes work, it hands the reading to another thread and does
//! the work itself. So an answer costs no hop between threads, which on a busy machine is most of
//! a warm hover's time, and a slow answer never keeps the next message from being read.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::panics;

/// A piece of work, an answer mostly.
pub type Job = Box<dyn FnOnce() + Send>;
/// Takes one message from the input and starts what it asks for; `false` when nothing more comes.
pub type Front = Box<dyn FnMut() -> bool + Send>;

/// Threads are added while all are busy, up to this many; beyond, work waits. It is this high so
/// that slow requests can't starve quick ones; idle threads cost a stack each, untouched.
const MOST: usize = 64;

/// The threads.
pub struct Crew {
    front: Mutex<Front>,
    shared: Mutex<Shared>,
    call: Condvar,
}

#[derive(Default)]
struct Shared {
    jobs: VecDeque<Job>,
    led: bool,
    members: usize,
    idle: usize,
    /// Idle members that were called and aren't awake yet.
    called: usize,
}

thread_local! {
    static LEADING: Cell<bool> = const { Cell::new(false) };
}

impl Crew {
    /// A crew without threads, that takes work already.
    pub fn new() -> Arc<Self> {
        Arc::new(Self { front: Mutex::new(Box::new(|| false)), shared: Mutex::default(), call: Condvar::new() })
    }

    /// Begins to read.
    pub fn start(self: &Arc<Self>, front: Front) {
        *self.front.lock().unwrap_or_else(PoisonError::into_inner) = front;
        for _ in 0..2 {
            self.summon(self.lock());
        }
    }

    /// Does `job` soon.
    pub fn submit(self: &Arc<Self>, job: Job) {
        let mut shared = self.lock();
        shared.jobs.push_back(job);
        // The leader looks after it itself, as soon as the message at hand is dealt with.
        if !LEADING.get() {
            self.summon(shared);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gets one more thread to look for something to do.
    fn summon(self: &Arc<Self>, mut shared: MutexGuard<'_, Shared>) {
        if shared.idle > shared.called {
            shared.called += 1;
            drop(shared);
            self.call.notify_one();
        } else if shared.members < MOST {
            shared.members += 1;
            drop(shared);
            let crew = Arc::clone(self);
            let thread = std::thread::Builder::new().name("crew".into()).stack_size(4 << 20);
            if let Err(error) = thread.spawn(move || crew.work()) {
                tracing::warn!("no further thread: {error}");
                self.lock().members -= 1;
            }
        }
    }

    fn work(self: Arc<Self>) {
        loop {
            let mut shared = self.lock();
            let job = loop {
                if let Some(job) = shared.jobs.pop_front() {
                    break Some(job);
                }
                if !shared.led {
                    shared.led = true;
                    break None;
                }
                shared.idle += 1;
                shared = self.call.wait(shared).unwrap_or_else(PoisonError::into_inner);
                shared.idle -= 1;
                shared.called = shared.called.saturating_sub(1);
            };
            drop(shared);
            match job.or_else(|| self.lead()) {
                // Jobs stop their own panics; a thread that died of one would be missed all the same.
                Some(job) => drop(panics::caught(None, job)),
                None => return,
            }
        }
    }

    /// Reads until there is work to do, hands the reading over and returns the work. `None` when
    /// the input is at its end.
    fn lead(self: &Arc<Self>) -> Option<Job> {
        let mut front = self.front.lock().unwrap_or_else(PoisonError::into_inner);
        LEADING.set(true);
        let job = loop {
            // A panic here is that message's end, not the reading's.
            if !panics::caught(None, &mut *front).unwrap_or(true) {
                break None;
            }
            let mut shared = self.lock();
            let free = shared.idle > shared.called || shared.members < MOST;
            if let Some(job) = free.then(|| shared.jobs.pop_front()).flatten() {
                shared.led = false;
                drop(front); // before the next leader wakes and needs it
                self.summon(shared);
                LEADING.set(false);
                return Some(job);
            }
        };
        LEADING.set(false);
        job
    }
}
