//! The folder that Turbopack's paths begin at: written in the configuration, else found as Next finds
//! it (`lib/find-root.ts`, read at 15.1 to 16.4; `server/config.ts`).

use std::path::{Path, PathBuf};

use next::{Version, config::BundlerRoot};

use crate::{app::App, packages::Package};

const LOCK_FILES: [&str; 5] = ["pnpm-lock.yaml", "package-lock.json", "yarn.lock", "bun.lock", "bun.lockb"];

/// `None` where the configuration computes it.
pub(super) fn of(app: &App) -> Option<PathBuf> {
    match &app.config.bundler_root {
        BundlerRoot::At(dir) => Some(normal(&app.root.join(dir))),
        BundlerRoot::Computed => None,
        BundlerRoot::Inferred => Some(inferred(&app.root, app.release())),
    }
}

/// Without `.` and `..`, which `join` leaves.
fn normal(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

fn inferred(dir: &Path, version: Version) -> PathBuf {
    let found: Vec<Candidate> = candidates(dir, version);
    let kept = if version < Version::new(16, 3, 0) { &found[..] } else { within_bounds(dir, &found) };
    let root = if version < Version::new(15, 5, 0) { kept.first() } else { kept.last() };
    root.map_or(dir, |c| c.dir).to_owned()
}

/// A folder that may be the root.
struct Candidate<'p> {
    dir: &'p Path,
    /// It heads a workspace; else it only has a lock file.
    heads_workspace: bool,
}

/// From the inside out: what each search finds from above the last place.
fn candidates(dir: &Path, version: Version) -> Vec<Candidate<'_>> {
    let mut found: Vec<Candidate> = vec![];
    let mut from = Some(dir);
    while let Some(next) = from.and_then(|from| candidate(from, version)) {
        let knows_workspace = version >= Version::new(16, 3, 0) && found.iter().any(|c| c.heads_workspace);
        if knows_workspace && !next.heads_workspace {
            break; // nothing above can extend the root
        }
        from = next.dir.parent();
        found.push(next);
    }
    found
}

fn candidate(from: &Path, version: Version) -> Option<Candidate<'_>> {
    let first = |is: &dyn Fn(&Path) -> bool| from.ancestors().find(|dir| is(dir));
    let has = |dir: &Path, names: &[&str]| names.iter().any(|name| dir.join(name).is_file());
    let workspace = if version >= Version::new(16, 3, 0) {
        first(&|dir| {
            has(dir, &["pnpm-workspace.yaml", "lerna.json"])
                || Package::read(dir).is_some_and(|package| !package.workspaces.is_empty())
        })
    } else if version >= Version::new(16, 2, 0) {
        first(&|dir| has(dir, &["pnpm-workspace.yaml"]))
    } else {
        None
    };
    let heads_workspace = workspace.is_some();
    let dir = workspace.or_else(|| first(&|dir| has(dir, &LOCK_FILES)))?;
    Some(Candidate { dir, heads_workspace })
}

/// Those up to the first that would take the root out of the repository, or to the home folder.
fn within_bounds<'c, 'p>(dir: &Path, found: &'c [Candidate<'p>]) -> &'c [Candidate<'p>] {
    let repository = dir.ancestors().find(|d| d.join(".git").is_dir() || is_worktree(d));
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let is_out = |c: &Candidate| {
        c.dir != dir
            && (repository.is_some_and(|repository| repository != c.dir && repository.starts_with(c.dir))
                || home.as_ref().is_some_and(|home| home.starts_with(c.dir)))
    };
    let kept = found.iter().position(is_out).unwrap_or(found.len());
    found.get(..kept).unwrap_or(found)
}

/// A `.git` file that leads to a worktree; a submodule's does not.
fn is_worktree(dir: &Path) -> bool {
    let Ok(text) = crate::disk::read_text(&dir.join(".git")) else { return false };
    text.trim_end().strip_prefix("gitdir: ").is_some_and(|git| dir.join(git).join("commondir").exists())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixture::Fixture;

    /// The root of `/repo/apps/web` by release, relative to the project.
    fn check(files: &[&str], expected: &[(&str, &str)]) {
        let text: String = files.iter().map(|file| format!("//- {file}\n{{}}\n")).collect();
        let project = Fixture::parse(&format!("{text}//- /repo/apps/web/package.json\n{{}}\n")).write();
        let web = project.path("/repo/apps/web");
        for (release, root) in expected {
            let version = Version::parse(release).expect("a release");
            let found = inferred(&web, version);
            let found = found.strip_prefix(&project.root).map(|p| format!("/{}", p.display()));
            assert_eq!(found.as_deref(), Ok(*root), "{files:?} in {release}");
        }
    }

    #[test]
    fn lock_files() {
        check(
            &["/repo/yarn.lock"],
            &[("15.1.0", "/repo"), ("15.5.0", "/repo"), ("16.0.0", "/repo"), ("16.2.0", "/repo"), ("16.4.6", "/repo")],
        );
        check(
            &["/repo/yarn.lock", "/repo/apps/web/package-lock.json"],
            &[("15.4.0", "/repo/apps/web"), ("15.5.0", "/repo"), ("16.1.0", "/repo"), ("16.4.6", "/repo")],
        );
        check(&["/repo/apps/web/bun.lock"], &[("15.3.0", "/repo/apps/web"), ("16.4.6", "/repo/apps/web")]);
    }

    #[test]
    fn workspaces() {
        check(
            &["/repo/pnpm-workspace.yaml", "/repo/apps/web/pnpm-lock.yaml"],
            &[("16.1.0", "/repo/apps/web"), ("16.2.0", "/repo"), ("16.4.6", "/repo")],
        );
        check(&["/yarn.lock", "/repo/pnpm-workspace.yaml"], &[("16.1.0", "/"), ("16.2.0", "/"), ("16.3.0", "/repo")]);
        check(&["/repo/lerna.json", "/repo/apps/yarn.lock"], &[("16.2.0", "/repo/apps"), ("16.3.0", "/repo")]);
    }

    #[test]
    fn repositories() {
        check(&["/yarn.lock", "/repo/.git/HEAD", "/repo/yarn.lock"], &[("16.2.0", "/"), ("16.3.0", "/repo")]);
        check(&["/yarn.lock", "/repo/apps/web/.git/HEAD"], &[("16.2.0", "/"), ("16.3.0", "/repo/apps/web")]);
    }
}
