//! A panic costs one request, never the server (design, invariant 1), and one line in the log: with
//! the method's name, because the place alone seldom says what the user did.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

thread_local! {
    static DOING: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

/// Something panicked; the hook has logged it.
#[derive(Debug)]
pub struct Panicked;

/// Replaces the standard hook's report of several lines.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let what = info.payload_as_str().unwrap_or("no message").replace('\n', " / ");
        let doing = doing().or_else(|| std::thread::current().name().map(Arc::from));
        let doing = doing.as_deref().unwrap_or("a thread");
        match info.location() {
            Some(place) => tracing::error!("{doing} panicked: {what} ({place})"),
            None => tracing::error!("{doing} panicked: {what}"),
        }
    }));
}

/// The name of what this thread is doing: the method, for the log.
pub fn doing() -> Option<Arc<str>> {
    DOING.try_with(|doing| doing.try_borrow().ok()?.clone()).ok().flatten()
}

/// Runs `f` under a name and stops a panic there.
pub fn caught<T>(name: Option<Arc<str>>, f: impl FnOnce() -> T) -> Result<T, Panicked> {
    let before = DOING.with(|doing| doing.replace(name));
    let result = catch_unwind(AssertUnwindSafe(f));
    DOING.with(|doing| doing.replace(before));
    result.map_err(|_| Panicked)
}
