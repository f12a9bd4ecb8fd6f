//! The machine that figures come from, and making it ready.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder as an absolute path; a clear error when it isn't a folder.
pub fn absolute(dir: &Path) -> anyhow::Result<PathBuf> {
    let path = dir.canonicalize().with_context(|| format!("cannot read {}", dir.display()))?;
    ensure!(path.is_dir(), "{} is not a folder", dir.display());
    Ok(path)
}

/// What decides how fast a machine is, as far as it tells.
pub fn describe() -> Value {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpu = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    json!({
        "os": std::env::consts::OS,
        "arch": std::env::consts::ARCH,
        "cpu": cpu,
        "cores": cores,
        "load": load(),
    })
}

/// The load average of the last minute, where the system tells.
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// How much was read.
pub struct Warmed {
    files: usize,
    bytes: u64,
}

impl fmt::Display for Warmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = self.bytes as f64 / f64::from(1 << 20);
        write!(f, "{} files, {mib:.1} MiB", self.files)
    }
}

/// Reads every file that a TypeScript project may ask for, so that no server pays for the disk.
/// That includes `node_modules`; links are not followed.
pub fn warm_page_cache(dir: &Path) -> Warmed {
    const READ: [&str; 9] = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json"];
    let mut warmed = Warmed { files: 0, bytes: 0 };
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && entry.file_name() != ".git" => folders.push(path),
                Ok(kind)
                    if kind.is_file()
                        && path.extension().is_some_and(|extension| READ.iter().any(|read| extension == *read)) =>
                {
                    if let Ok(bytes) = fs::read(&path) {
                        warmed.files += 1;
                        warmed.bytes += bytes.len() as u64;
                    }
                }
                _ => {}
            }
        }
    }
    warmed
}
