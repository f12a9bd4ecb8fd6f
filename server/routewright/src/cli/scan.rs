//! Reads a whole folder and, if people wait for it, says how far it is.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use workspace::{Progress, Snapshot, World};

use super::{place, stop::Stop, words::count};

/// What takes less needs no progress.
const PATIENCE: Duration = Duration::from_millis(300);
/// Between two looks at the line.
const PAUSE: Duration = Duration::from_millis(80);

/// A folder that was read.
pub struct Read {
    /// All of it.
    pub snap: Snapshot,
    /// The folder, absolute and without links.
    pub root: PathBuf,
    /// How long that took.
    pub took: Duration,
}

/// Reads everything in a folder.
pub fn run(dir: &Path) -> Result<Read, Stop> {
    let root = place::folder(dir)?;
    let start = Instant::now();
    let line = Line::new(start);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut world = World::new();
    world.set_folders(vec![root.clone()]);
    let scanned = world.scan().run(threads, &|progress| line.show(&progress));
    world.adopt(scanned);
    let snap = world.snapshot();
    line.erase();
    std::mem::forget(world); // the process ends with the answer: freeing a large index would only delay it
    Ok(Read { snap, root, took: start.elapsed() })
}

/// One line on a terminal's standard error that is gone before the answer comes.
struct Line {
    terminal: bool,
    /// When it may be drawn next; `None` before it was drawn at all.
    next: Mutex<(Instant, bool)>,
}

impl Line {
    fn new(start: Instant) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { terminal: io::stderr().is_terminal() && !dumb, next: Mutex::new((start + PATIENCE, false)) }
    }

    /// Called by workers, often: whoever finds the line busy goes on.
    fn show(&self, progress: &Progress) {
        if !self.terminal {
            return;
        }
        let Ok(mut next) = self.next.try_lock() else { return };
        let now = Instant::now();
        if now < next.0 {
            return;
        }
        *next = (now + PAUSE, true);
        let Progress { done, total, phase } = progress;
        let far = if *total == 0 { count(*done) } else { format!("{} of {}", count(*done), count(*total)) };
        // nobody can be told that progress can't be shown
        let _ = write!(anstream::stderr().lock(), "\r\x1b[K{phase} {far}");
    }

    fn erase(&self) {
        if self.next.lock().is_ok_and(|next| next.1) {
            let _ = write!(anstream::stderr().lock(), "\r\x1b[K");
        }
    }
}
