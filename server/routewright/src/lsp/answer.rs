//! A request on its way to an answer. Handlers are futures because tower-lsp's are; none of them
//! waits for anything but the work that it handed to the crew. So no executor stands in between:
//! the thread that has done the work goes on with the future at once and writes the answer.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use tower_lsp::jsonrpc::{Error, Id, Response};

use super::crew::Crew;
use super::panics;
use super::session::Session;

type Handler = Pin<Box<dyn Future<Output = Option<Response>> + Send>>;

/// A request or notification that is being dealt with.
pub struct Answer {
    method: Arc<str>,
    id: Option<Id>,
    handler: Mutex<Option<Handler>>,
    state: AtomicU8,
    crew: Arc<Crew>,
    session: Arc<Session>,
}

thread_local! {
    static AT_ONCE: Cell<bool> = const { Cell::new(false) };
    static LATER: RefCell<Option<Vec<Arc<Answer>>>> = const { RefCell::new(None) };
}

/// Futures that `f` makes ready go on in this thread, when it is through: a message that cancels
/// requests, say. Not by the crew, all of which may be busy with just those requests.
pub fn afterwards<T>(f: impl FnOnce() -> T) -> T {
    LATER.set(Some(vec![]));
    let result = f();
    for answer in LATER.take().into_iter().flatten() {
        answer.go_on();
    }
    result
}

/// Futures that `f` makes ready go on in this thread, at once. Only for who holds no lock: some
/// channels wake their receivers under one, and the future may need it.
pub fn at_once<T>(f: impl FnOnce() -> T) -> T {
    let before = AT_ONCE.replace(true);
    let result = f();
    AT_ONCE.set(before);
    result
}

const IDLE: u8 = 0;
const RUNNING: u8 = 1;
/// Running, and to be run once more.
const AGAIN: u8 = 2;

impl Answer {
    /// Starts a handler on this thread. What it does before it waits happens in the order of
    /// arrival.
    pub fn start(
        method: Arc<str>,
        id: Option<Id>,
        crew: &Arc<Crew>,
        session: &Arc<Session>,
        handler: impl Future<Output = Option<Response>> + Send + 'static,
    ) {
        if id.is_some() {
            session.begins();
        }
        let (crew, session) = (Arc::clone(crew), Arc::clone(session));
        let handler = Mutex::new(Some(Box::pin(handler) as Handler));
        Arc::new(Self { method, id, handler, state: AtomicU8::new(IDLE), crew, session }).go_on();
    }

    /// Runs it, unless it's running.
    fn go_on(self: Arc<Self>) {
        if self.state.compare_exchange(IDLE, RUNNING, SeqCst, SeqCst).is_err() && self.state.swap(AGAIN, SeqCst) != IDLE
        {
            return; // whoever is running it runs it again
        }
        loop {
            self.state.store(RUNNING, SeqCst);
            self.run();
            if self.state.compare_exchange(RUNNING, IDLE, SeqCst, SeqCst).is_ok() {
                return;
            }
        }
    }

    fn run(self: &Arc<Self>) {
        let mut slot = self.handler.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(handler) = slot.as_mut() else { return }; // answered already
        let waker = Waker::from(Arc::clone(self));
        let polled =
            panics::caught(Some(Arc::clone(&self.method)), || handler.as_mut().poll(&mut Context::from_waker(&waker)));
        let response = match polled {
            Ok(Poll::Pending) => return,
            Ok(Poll::Ready(response)) => response,
            Err(panics::Panicked) => self.id.clone().map(|id| Response::from_error(id, Error::internal_error())),
        };
        *slot = None;
        drop(slot);
        if let Some(response) = response {
            self.session.send(&response);
        }
        if self.id.is_some() {
            self.session.ends();
        }
    }
}

impl Wake for Answer {
    fn wake(self: Arc<Self>) {
        if AT_ONCE.take() {
            return self.go_on(); // just this one: whoever that wakes in turn may hold locks
        }
        let later = LATER.with_borrow_mut(|later| later.as_mut().map(|later| later.push(Arc::clone(&self))));
        if later.is_none() {
            let crew = Arc::clone(&self.crew);
            crew.submit(Box::new(move || self.go_on()));
        }
    }
}
