//! Where the time of a scan goes: `cargo run --release -p workspace --example phases DIR [THREADS]`.
use std::sync::Mutex;
use std::time::Instant;

#[allow(clippy::print_stdout)]
fn main() {
    let dir = std::env::args().nth(1).unwrap_or_default();
    let threads = std::env::args().nth(2).and_then(|t| t.parse().ok()).unwrap_or(1);
    let mut world = workspace::World::new();
    world.set_folders(vec![std::path::absolute(dir).unwrap_or_default()]);
    for round in ["cold", "again"] {
        let start = Instant::now();
        let seen: Mutex<Vec<(&str, f64, f64, usize)>> = Mutex::new(vec![]);
        let scanned = world.scan().run(threads, &|p| {
            if let Ok(mut seen) = seen.lock() {
                let at = start.elapsed().as_secs_f64();
                match seen.last_mut() {
                    Some(last) if last.0 == p.phase => (last.2, last.3) = (at, p.total),
                    _ => seen.push((p.phase, at, at, p.total)),
                }
            }
        });
        let done = start.elapsed().as_secs_f64();
        world.adopt(scanned);
        println!("{round}: {done:.3} s in all, {:.3} s to adopt", start.elapsed().as_secs_f64() - done);
        for (phase, from, until, total) in seen.into_inner().unwrap_or_default() {
            println!("  {phase:<14} {from:.3} to {until:.3} s, {total} files");
        }
    }
}
