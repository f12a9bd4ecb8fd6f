//! The applications that are built. `tests/oracle/APP` has their files in layers.

use crate::nextjs::layers;
use crate::nextjs::release::{self, Flavour};
use crate::tree;
use std::path::{Path, PathBuf};

/// An application of `tests/oracle`.
#[derive(Clone, Copy, Debug)]
pub struct App {
    /// The folder's name.
    pub name: &'static str,
    /// Where in it the application is.
    root: &'static str,
    /// Its `distDir`.
    dist: &'static str,
}

/// All of them: the ways to write an action, what carries an action to a page, path rules and
/// methods, settings, requests that run, and a monorepo.
pub const APPS: [App; 6] = [
    App { name: "actions", root: "", dist: ".next" },
    App { name: "reach", root: "", dist: ".next" },
    App { name: "routes", root: "", dist: ".next" },
    App { name: "settings", root: "", dist: "build/next" },
    App { name: "requests", root: "", dist: ".next" },
    MONOREPO,
];

/// The application whose packages npm links into the installation.
pub const MONOREPO: App = App { name: "monorepo", root: "apps/web", dist: ".next" };

impl App {
    /// What `routewright endpoints` is asked about.
    pub fn workspace(&self, major: u8) -> PathBuf {
        release::dir(major).join(self.name)
    }

    /// Its folder in the workspace, as `routewright endpoints` writes it.
    pub const fn root(&self) -> &'static str {
        if self.root.is_empty() { "." } else { self.root }
    }

    /// Where Next runs.
    pub fn dir(&self, major: u8) -> PathBuf {
        self.workspace(major).join(self.root)
    }

    /// Where it builds to.
    pub fn dist(&self, major: u8) -> PathBuf {
        self.dir(major).join(self.dist)
    }

    /// Where the manifests of the last build are kept: outside of what is asked about.
    pub fn kept(&self, flavour: Flavour) -> PathBuf {
        tree::root().join("target/oracle/built").join(flavour.name()).join(self.name)
    }

    /// The named differences, relative to the repository.
    pub fn differences(&self) -> String {
        format!("tests/oracle/differences/{}.txt", self.name)
    }

    /// Writes the application anew, without a build.
    pub fn assemble(&self, flavour: Flavour) -> anyhow::Result<()> {
        let from = tree::root().join("tests/oracle").join(self.name);
        layers::lay(&from, &self.workspace(flavour.major), Path::new(self.root), flavour)
    }
}
