//! The releases of Next.js that are asked, and where each is installed.

use crate::{npm, tree};
use anyhow::Context;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What bundles an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundler {
    /// webpack: the only one of 14, the default of 15.
    Webpack,
    /// Turbopack: builds from 15.5 on, the default of 16.
    Turbopack,
}

/// A release and what it builds with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flavour {
    /// 14, 15 or 16; `tests/oracle/releases` says which patch.
    pub major: u8,
    /// With what.
    pub bundler: Bundler,
}

/// Every way to build, by release.
pub const FLAVOURS: [Flavour; 5] = [
    Flavour { major: 14, bundler: Bundler::Webpack },
    Flavour { major: 15, bundler: Bundler::Webpack },
    Flavour { major: 15, bundler: Bundler::Turbopack },
    Flavour { major: 16, bundler: Bundler::Webpack },
    Flavour { major: 16, bundler: Bundler::Turbopack },
];

impl Flavour {
    /// As people write it and as lists of differences do: `16-turbopack`.
    pub fn name(self) -> String {
        format!("{}-{}", self.major, if self.bundler == Bundler::Webpack { "webpack" } else { "turbopack" })
    }

    /// What has to be said to get this bundler from `next build` and `next dev`.
    pub const fn flag(self) -> Option<&'static str> {
        match (self.major, self.bundler) {
            (15, Bundler::Turbopack) => Some("--turbopack"),
            (16.., Bundler::Webpack) => Some("--webpack"),
            _ => None,
        }
    }

    /// Whether `next dev` takes this bundler by itself.
    pub const fn is_default(self) -> bool {
        self.flag().is_none()
    }
}

/// Where the installation of a release is, and the applications beside it.
pub fn dir(major: u8) -> PathBuf {
    tree::root().join("target/oracle").join(major.to_string())
}

/// Where the release's `package.json` and lock file are kept.
pub fn source(major: u8) -> PathBuf {
    tree::root().join("tests/oracle/releases").join(major.to_string())
}

/// Waits until no other run uses the release, and keeps it as long as the file lives: two runs at
/// once would take away each other's applications.
pub fn hold(major: u8) -> anyhow::Result<File> {
    fs::create_dir_all(dir(major))?;
    let held = File::create(dir(major).join("run.lock"))?;
    held.lock().context("cannot lock the release")?;
    Ok(held)
}

/// Where the lock file of the last installation is kept, once it is complete.
fn stamp(major: u8) -> PathBuf {
    dir(major).join("node_modules/.installed-lock")
}

/// Whether the release is installed, from the lock file that is kept here.
pub fn is_installed(major: u8) -> bool {
    let lock = fs::read(source(major).join("package-lock.json"));
    lock.is_ok_and(|lock| fs::read(stamp(major)).is_ok_and(|installed| installed == lock))
}

/// Installs a release, with the packages of the monorepo, which have to be there already.
pub fn install(major: u8) -> anyhow::Result<()> {
    let (from, to) = (source(major), dir(major));
    fs::create_dir_all(&to)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(from.join(name), to.join(name)).with_context(|| format!("cannot copy {name} of {major}"))?;
    }
    println!("installing Next.js {major} in {}", to.display());
    npm::ci(&to, &[])?;
    fs::copy(from.join("package-lock.json"), stamp(major))?;
    Ok(())
}

/// The script that is `next`.
pub fn next(major: u8) -> PathBuf {
    dir(major).join(Path::new("node_modules/next/dist/bin/next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_the_default_has_a_flag() {
        let flags: Vec<_> = FLAVOURS.iter().map(|flavour| (flavour.name(), flavour.flag())).collect();
        let expected = [
            ("14-webpack", None),
            ("15-webpack", None),
            ("15-turbopack", Some("--turbopack")),
            ("16-webpack", Some("--webpack")),
            ("16-turbopack", None),
        ];
        assert_eq!(flags, expected.map(|(name, flag)| (name.to_owned(), flag)));
    }
}
