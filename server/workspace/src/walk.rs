//! Finding files: `.gitignore` respected, `node_modules` and build output left out.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{WalkBuilder, WalkState};

/// What a walk finds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// JavaScript and TypeScript files.
    pub code: Vec<PathBuf>,
    /// `package.json`
    pub packages: Vec<PathBuf>,
    /// `tsconfig*.json`, `jsconfig.json`
    pub tsconfigs: Vec<PathBuf>,
    /// `next.config.*`
    pub next_configs: Vec<PathBuf>,
}

/// Never of the user's own writing, wherever they are.
const NEVER: [&str; 7] = ["node_modules", ".git", ".next", ".turbo", ".vercel", ".yarn", ".pnpm-store"];

/// Build output where a package keeps it: beside its `package.json`. Elsewhere these are ordinary
/// names (`app/api/build/route.ts`).
const OUTPUT: [&str; 4] = ["dist", "build", "out", "coverage"];

/// Whether no walk comes to a path, because of what a folder above it is called. What `.gitignore` says is
/// another matter.
pub(crate) fn is_left_out(path: &Path, folders: &[PathBuf]) -> bool {
    let from = folders.iter().find(|folder| path.starts_with(folder));
    let mut at = from.cloned().unwrap_or_default();
    path.strip_prefix(&at).unwrap_or(path).components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        let is_output = OUTPUT.contains(&&*name) && at.join("package.json").is_file();
        at.push(part);
        is_output || NEVER.contains(&&*name)
    })
}

/// Walks the folders in parallel.
pub(crate) fn walk(folders: &[PathBuf], threads: usize) -> Found {
    let Some((first, more)) = folders.split_first() else { return Found::default() };
    let mut builder = WalkBuilder::new(first);
    more.iter().for_each(|folder| {
        builder.add(folder);
    });
    builder.hidden(false).require_git(false).threads(threads).filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        if !entry.file_type().is_some_and(|t| t.is_dir()) || entry.depth() == 0 {
            return true;
        }
        let beside_package = || entry.path().parent().is_some_and(|p| p.join("package.json").is_file());
        let is_output = OUTPUT.contains(&&*name) && beside_package();
        !is_output && !NEVER.contains(&&*name)
    });
    let found = Mutex::new(Found::default());
    builder.build_parallel().run(|| {
        let mut batch = Batch { found: &found, own: Found::default() };
        Box::new(move |entry| {
            // Unreadable folders and link loops are no reason to stop.
            if let Ok(entry) = entry
                && entry.file_type().is_some_and(|t| t.is_file())
            {
                batch.own.sort_in(entry.path());
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    for list in [&mut found.code, &mut found.packages, &mut found.tsconfigs, &mut found.next_configs] {
        list.sort();
        list.dedup(); // a folder inside another one
    }
    found
}

/// One worker's share, handed over when the worker is done: no lock per file.
struct Batch<'a> {
    found: &'a Mutex<Found>,
    own: Found,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.code.append(&mut self.own.code);
        found.packages.append(&mut self.own.packages);
        found.tsconfigs.append(&mut self.own.tsconfigs);
        found.next_configs.append(&mut self.own.next_configs);
    }
}

impl Found {
    fn sort_in(&mut self, path: &Path) {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { return };
        match kind_of(name) {
            Some(Kind::Code) => self.code.push(path.to_owned()),
            Some(Kind::NextConfig) => self.next_configs.push(path.to_owned()),
            Some(Kind::Package) => self.packages.push(path.to_owned()),
            Some(Kind::TsConfig) => self.tsconfigs.push(path.to_owned()),
            Some(Kind::Workspace) | None => {}
        }
    }
}

/// What a file is to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Code,
    NextConfig,
    Package,
    TsConfig,
    /// `pnpm-workspace.yaml`, `lerna.json`
    Workspace,
}

/// By its name.
pub(crate) fn kind_of(name: &str) -> Option<Kind> {
    if name == "package.json" {
        Some(Kind::Package)
    } else if name == "jsconfig.json" || (name.starts_with("tsconfig") && name.ends_with(".json")) {
        Some(Kind::TsConfig)
    } else if name.starts_with("next.config.") {
        Some(Kind::NextConfig)
    } else if matches!(name, "pnpm-workspace.yaml" | "lerna.json") {
        Some(Kind::Workspace)
    } else {
        let is_code = syntax::parse::Grammar::for_file(name).is_some();
        let is_declaration = [".d.ts", ".d.mts", ".d.cts"].iter().any(|end| name.ends_with(end));
        (is_code && !is_declaration).then_some(Kind::Code)
    }
}
