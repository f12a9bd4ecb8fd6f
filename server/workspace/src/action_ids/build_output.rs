//! `server-reference-manifest.json`: which IDs the last build or the running `next dev` knows.
//!
//! Its shape by release (`flight-client-entry-plugin.ts`, `server_actions.rs` of `next-api`): the key and
//! the IDs always; from 15.3 on the file and the exported name of each, where webpack writes the path
//! relative to the application and Turbopack relative to its root.

use std::path::{Path, PathBuf};

use next::{Mask, action_id};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{IdSource, PathForm, relative};
use crate::{app::App, disk::read_text_up_to, store::Stamp};

/// Thousands of actions on hundreds of pages make some megabytes.
const LARGEST_MANIFEST: u64 = 32 << 20;

/// So many entries are tried to find out how paths are hashed: one is enough, unless sources have moved.
const MOST_TRIED: usize = 16;

/// Where Next writes a manifest.
pub(super) struct Place {
    pub manifest: PathBuf,
    source: IdSource,
}

/// The places of a release, whether there is something or not. From 16 on `next dev` has a folder of
/// its own (`experimental.isolatedDevBuild`); before, who wrote last is told by `BUILD_ID`, which
/// `next dev` deletes.
pub(super) fn places(app: &App) -> Vec<Place> {
    let dist = app.root.join(&app.config.dist_dir);
    let place = |dir: &Path, source| Place { manifest: dir.join("server/server-reference-manifest.json"), source };
    if app.release().major >= 16 {
        return vec![place(&dist.join("dev"), IdSource::Dev), place(&dist, IdSource::Build)];
    }
    let source = if dist.join("BUILD_ID").is_file() { IdSource::Build } else { IdSource::Dev };
    vec![place(&dist, source)]
}

/// One manifest.
#[derive(Debug)]
pub(super) struct BuildOutput {
    pub source: IdSource,
    /// When it was written; only compared.
    pub written: u64,
    /// The key, as base64 text.
    pub key: String,
    /// How paths are hashed, where the manifest tells.
    pub form: Option<PathForm>,
    ids: FxHashSet<Box<str>>,
    /// File and exported name as they are written, and the ID.
    named: FxHashMap<(Box<str>, Box<str>), Box<str>>,
}

impl BuildOutput {
    pub(super) fn read(place: &Place, app: &App) -> Option<Self> {
        let text = read_text_up_to(&place.manifest, LARGEST_MANIFEST).ok()?;
        let manifest: Value = serde_json::from_str(&text).ok()?;
        let key = manifest.get("encryptionKey").and_then(Value::as_str).unwrap_or_default().to_owned();
        if key.is_empty() && app.release().major >= 15 {
            return None;
        }
        let mut output = Self {
            source: place.source,
            written: Stamp::modified(&place.manifest),
            key,
            form: None,
            ids: FxHashSet::default(),
            named: FxHashMap::default(),
        };
        for runtime in ["node", "edge"] {
            for (id, entry) in manifest.get(runtime).and_then(Value::as_object).into_iter().flatten() {
                output.add(id, entry);
            }
        }
        Some(output)
    }

    fn add(&mut self, id: &str, entry: &Value) {
        self.ids.insert(id.into());
        let worker = || entry.get("workers")?.as_object()?.values().next();
        let text = |key: &str| entry.get(key).or_else(|| worker()?.get(key)).and_then(Value::as_str);
        if let (Some(file), Some(name)) = (text("filename"), text("exportedName")) {
            self.named.insert((file.into(), name.into()), id.into());
        }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether it says of which file an ID is.
    pub(super) fn names_files(&self) -> bool {
        !self.named.is_empty()
    }

    /// The ID of a file's exported name, where the manifest names both.
    pub(super) fn named(&self, file: &Path, app_root: &Path, name: &str) -> Option<&str> {
        if self.named.is_empty() {
            return None;
        }
        let root = match &self.form {
            Some(PathForm::RelativeTo(root)) => root,
            _ => app_root,
        };
        self.named.get(&(relative(file, root)?.into(), name.into())).map(|id| &**id)
    }

    /// Finds out how paths were hashed: by whichever form makes an ID that stands there.
    pub(super) fn learn(&mut self, app: &App, turbopack_root: Option<&Path>) {
        let version = app.release();
        let hash_of = |path: &str, name: &str| {
            let id = action_id(version, &self.key, path, name, Mask::UNKNOWN);
            next::action_id::parse(&id).map(|parsed| parsed.hash.to_owned())
        };
        let mut entries: Vec<_> = self.named.iter().collect();
        entries.sort();
        for ((file, name), id) in entries.into_iter().take(MOST_TRIED) {
            let hash = next::action_id::parse(id).map(|parsed| parsed.hash.to_owned());
            if hash == hash_of(file, name) {
                let roots = turbopack_root.into_iter().chain(app.root.ancestors());
                let root = roots.into_iter().find(|root| root.join(&**file).is_file());
                self.form = root.map(|root| PathForm::RelativeTo(root.to_owned()));
            } else if hash == hash_of(&app.root.join(&**file).to_string_lossy(), name) {
                self.form = Some(PathForm::Absolute);
            }
            if self.form.is_some() {
                return;
            }
        }
    }
}
