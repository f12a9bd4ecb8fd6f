//! What the system says of a process: its peak memory, and how long a command runs.

use anyhow::{Context, bail};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Peak resident memory of a living process in MiB (`VmHWM`); `None` where the system has no
/// `/proc`, and once the process has ended.
pub fn peak_memory(pid: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// A command that has run to its end.
pub struct Finished {
    /// From its start until it had been waited for.
    pub wall: Duration,
    /// Peak resident memory in MiB, polled every millisecond.
    pub peak: Option<f64>,
    /// All it wrote to stdout.
    pub stdout: Vec<u8>,
}

/// Runs a command to its end and measures it.
pub fn run(program: &Path, args: &[&str], dir: &Path) -> anyhow::Result<Finished> {
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(args)
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    // The mark only rises, so what a poll can miss is the growth of the last millisecond.
    let pid = child.id();
    let poll = thread::spawn(move || {
        let mut peak = None;
        while let Some(now) = peak_memory(pid) {
            peak = Some(now);
            thread::sleep(Duration::from_millis(1));
        }
        peak
    });
    let status = child.wait()?;
    let wall = started.elapsed();
    let peak = poll.join().unwrap_or_default();
    let stdout = stdout.join().unwrap_or_default();
    if !status.success() {
        let words = stderr.join().unwrap_or_default();
        bail!(
            "{} {} ended with {status}\nits stderr:\n{}",
            program.display(),
            args.join(" "),
            String::from_utf8_lossy(&words).trim()
        );
    }
    Ok(Finished { wall, peak, stdout })
}

/// Reads a pipe to its end on a thread, so that the command never waits for us.
fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before a failure is still worth showing.
            pipe.read_to_end(&mut bytes).ok();
        }
        bytes
    })
}
