//! The IDs that an application's actions have: taken from what Next last wrote, computed otherwise.
//!
//! An ID depends on a key and on the path that the bundler hashes, and neither stands in the source.
//! Both are in `server-reference-manifest.json`, once there is one; without it the key may be in a
//! `.env` file or in Next's cache (`encryption-utils-server.ts`). webpack hashes the absolute path,
//! Turbopack the one relative to its root: the manifest's own IDs tell which it was.

mod build_output;
mod keys;
mod reader;
mod turbopack_root;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use next::{Mask, Version, action_id, bundler::Bundler};

use self::{build_output::BuildOutput, keys::Key};
use crate::{app::App, endpoint::RegisteredName};

pub use reader::{ActionIdReader, IdInApp};

/// An action's ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionId {
    /// 42 hexadecimal digits; 40 in 14.
    pub id: String,
    /// Where it is known from.
    pub source: IdSource,
    /// Which arguments it counts; nothing in 14.
    pub mask: Option<Mask>,
    /// The first of them holds captured values.
    pub captures: bool,
}

/// Where an ID is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdSource {
    /// It stands in the manifest of the last `next build`.
    Build,
    /// It stands in the manifest of `next dev`.
    Dev,
    /// The compiler would make it so, with the key that is known.
    Computed,
}

impl IdSource {
    /// As the JSON contract spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Dev => "dev",
            Self::Computed => "computed",
        }
    }
}

/// Why no ID is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoId {
    /// Nothing was built, and no key is set.
    NoBuild,
    /// There is build output, but no key in it, nor set elsewhere.
    NoKey,
    /// The manifest can't be read.
    Unreadable,
    /// Where build output goes is computed, and it isn't in the usual place.
    DistDir,
    /// The folder that paths begin at is computed, and no manifest tells it.
    Root,
    /// No ID in the manifest can be made from the paths here.
    BuiltElsewhere,
    /// The file belongs to no application, and those that may bundle it have an ID each, or none is known
    /// that does.
    AnyApp,
    /// Next registers the function under another name only.
    NotRegistered,
}

impl NoId {
    /// In a few words, for a hover and for JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoBuild => "no build yet",
            Self::NoKey => "key unknown",
            Self::Unreadable => "manifest unreadable",
            Self::DistDir => "distDir is computed",
            Self::Root => "turbopack.root is computed",
            Self::BuiltElsewhere => "built elsewhere",
            Self::AnyApp => "of no one application",
            Self::NotRegistered => "registered under another name",
        }
    }
}

/// What decides about the IDs of one application, at one moment.
#[derive(Debug)]
pub(crate) struct ActionIds {
    version: Version,
    root: Arc<Path>,
    /// What Next wrote, the newest first.
    outputs: Vec<BuildOutput>,
    /// The key where no output has one.
    key: Key,
    /// Where Turbopack is expected to begin its paths.
    turbopack_root: Option<PathBuf>,
    /// What `next dev` and `next build` are expected to bundle with.
    dev: Bundler,
    build: Bundler,
}

/// How a bundler writes the path of a file when it hashes it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PathForm {
    /// webpack
    Absolute,
    /// Turbopack, with its root.
    RelativeTo(PathBuf),
}

impl PathForm {
    fn of(&self, file: &Path) -> Option<String> {
        match self {
            Self::Absolute => Some(file.to_string_lossy().into_owned()),
            Self::RelativeTo(root) => relative(file, root),
        }
    }
}

/// With `/`, as Next writes it on every system.
fn relative(file: &Path, root: &Path) -> Option<String> {
    let parts: Vec<_> = file.strip_prefix(root).ok()?.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

impl ActionIds {
    fn read(app: &App) -> Self {
        let turbopack_root = turbopack_root::of(app);
        let mut outputs: Vec<BuildOutput> =
            build_output::places(app).iter().filter_map(|place| BuildOutput::read(place, app)).collect();
        for output in &mut outputs {
            output.learn(app, turbopack_root.as_deref());
        }
        outputs.sort_by_key(|output| std::cmp::Reverse(output.written));
        Self {
            version: app.release(),
            root: app.root.clone(),
            outputs,
            key: keys::read(app),
            turbopack_root,
            dev: app.dev_bundler(),
            build: app.bundler(),
        }
    }

    fn of(&self, file: &Path, registered: &RegisteredName) -> Result<ActionId, NoId> {
        let id = |salt: &str, form: &PathForm| {
            Some(action_id(self.version, salt, &form.of(file)?, &registered.name, registered.mask))
        };
        let found = |id: String, source| {
            let mask = next::action_id::parse(&id).and_then(|parsed| parsed.mask);
            Ok(ActionId { id, source, mask, captures: registered.captures })
        };
        for output in &self.outputs {
            if let Some(known) = output.named(file, &self.root, &registered.name) {
                return found(known.to_owned(), output.source);
            }
            // A manifest of 14 and 15.0 names neither files nor exports: an ID of ours that is in it
            // is the one.
            let forms = output.form.as_ref().map_or_else(|| self.forms(), |form| vec![form.clone()]);
            if let Some(known) = forms.iter().filter_map(|f| id(&output.key, f)).find(|id| output.has(id)) {
                return found(known, output.source);
            }
        }
        // 14 has no salt: nothing need be built.
        let key = match (self.version.major, self.outputs.first()) {
            (..15, _) => "",
            (_, Some(output)) => &output.key,
            (_, None) => self.key.as_ref().map_err(|reason| *reason)?,
        };
        let form = self.form()?;
        id(key, &form).map_or(Err(NoId::Root), |id| found(id, IdSource::Computed))
    }

    /// The form that the newest output has, else the one that scripts and release make likely.
    fn form(&self) -> Result<PathForm, NoId> {
        let newest = self.outputs.first();
        if let Some(known) = newest.and_then(|output| output.form.clone()) {
            return Ok(known);
        }
        if newest.is_some_and(BuildOutput::names_files) {
            return Err(NoId::BuiltElsewhere);
        }
        let bundler = match newest.map(|output| output.source) {
            _ if self.version.major < 15 => Bundler::Webpack,
            Some(IdSource::Dev) => self.dev,
            _ => self.build,
        };
        match (bundler, &self.turbopack_root) {
            (Bundler::Webpack, _) => Ok(PathForm::Absolute),
            (Bundler::Turbopack, Some(root)) => Ok(PathForm::RelativeTo(root.clone())),
            (Bundler::Turbopack, None) => Err(NoId::Root),
        }
    }

    /// Every form that a bundler may have used, likely ones first.
    fn forms(&self) -> Vec<PathForm> {
        let roots = self.turbopack_root.iter().cloned().chain(self.root.ancestors().map(Path::to_owned));
        std::iter::once(PathForm::Absolute).chain(roots.map(PathForm::RelativeTo)).collect()
    }
}

#[cfg(test)]
mod tests;
