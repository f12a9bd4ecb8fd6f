//! Changes of several files, all of them or none. First everything is prepared beside the targets: new
//! texts in temporary files, old ones under a second name. Then names are exchanged, and whatever fails
//! on the way, what was done is undone in reverse; undoing needs no room on the disk.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::stop::reason;

/// What happens to one file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nothing stands there yet.
    Create { path: PathBuf, bytes: Vec<u8> },
    /// It holds exactly `old`.
    Replace { path: PathBuf, old: Vec<u8>, bytes: Vec<u8> },
    /// It holds exactly `old`.
    Remove { path: PathBuf, old: Vec<u8> },
}

/// Why nothing was written.
#[derive(Debug)]
pub struct Failure {
    /// What failed, and that nothing is left of the rest. One line.
    pub text: String,
}

/// Asked before each step with what it touches; tests let steps fail.
pub type Permit<'a> = &'a mut dyn FnMut(&Path) -> io::Result<()>;

/// Does all of it.
pub fn write(deeds: &[Deed]) -> Result<(), Failure> {
    write_with(deeds, &mut |_| Ok(()))
}

fn write_with(deeds: &[Deed], permit: Permit<'_>) -> Result<(), Failure> {
    let mut done = Done::default();
    match all(deeds, permit, &mut done) {
        Ok(()) => {
            done.keep();
            Ok(())
        }
        Err((path, error)) => {
            let what = format!("{} can't be written ({})", path.display(), reason(&error));
            let left = done.undo();
            let text = if left.is_empty() {
                format!("{what}: nothing was changed")
            } else {
                format!("{what}, and not all could be put back: look at {}", left.join(", "))
            };
            Err(Failure { text })
        }
    }
}

type Step<T> = Result<T, (PathBuf, io::Error)>;

/// A target with what was prepared beside it.
struct Ready<'a> {
    target: PathBuf,
    deed: &'a Deed,
    new: Option<PathBuf>,
    old: Option<PathBuf>,
}

fn all(deeds: &[Deed], permit: Permit<'_>, done: &mut Done) -> Step<()> {
    let mut ready = vec![];
    for deed in deeds {
        let (Deed::Create { path, .. } | Deed::Replace { path, .. } | Deed::Remove { path, .. }) = deed;
        ready.push(prepare(path, deed, permit, done).map_err(|error| (path.clone(), error))?);
    }
    for one in &ready {
        exchange(one, permit, done).map_err(|error| (one.target.clone(), error))?;
    }
    Ok(())
}

/// Nothing that anybody looks at changes here.
fn prepare<'a>(path: &Path, deed: &'a Deed, permit: Permit<'_>, done: &mut Done) -> io::Result<Ready<'a>> {
    permit(path)?;
    match deed {
        Deed::Create { bytes, .. } => {
            if fs::symlink_metadata(path).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            done.folders(path.parent().unwrap_or(path))?;
            permit(path)?;
            let new = done.temporary(path, |to| fill(to, bytes))?;
            Ok(Ready { target: path.to_owned(), deed, new: Some(new), old: None })
        }
        Deed::Replace { old, bytes, .. } => {
            // through links, which stay
            let target = dunce::canonicalize(path)?;
            holds(&target, old)?;
            let permissions = fs::metadata(&target)?.permissions();
            let new = done.temporary(&target, |to| {
                fill(to, bytes)?;
                fs::set_permissions(to, permissions.clone())
            })?;
            permit(path)?;
            let kept = done.temporary(&target, |to| second_name(&target, to))?;
            Ok(Ready { target, deed, new: Some(new), old: Some(kept) })
        }
        Deed::Remove { old, .. } => {
            holds(path, old)?;
            let kept = done.temporary(path, |to| second_name(path, to))?;
            Ok(Ready { target: path.to_owned(), deed, new: None, old: Some(kept) })
        }
    }
}

fn exchange(ready: &Ready<'_>, permit: Permit<'_>, done: &mut Done) -> io::Result<()> {
    let target = &ready.target;
    permit(target)?;
    match (ready.deed, &ready.new, &ready.old) {
        (Deed::Create { .. }, Some(new), _) => {
            name(new, target)?;
            done.undo.push(Undo::Remove(target.clone()));
        }
        (Deed::Replace { old, .. }, Some(new), Some(kept)) => {
            holds(target, old)?;
            fs::rename(new, target)?;
            done.undo.push(Undo::Restore { kept: kept.clone(), target: target.clone() });
        }
        (Deed::Remove { old, .. }, _, Some(kept)) => {
            holds(target, old)?;
            fs::remove_file(target)?;
            done.undo.push(Undo::Restore { kept: kept.clone(), target: target.clone() });
        }
        _ => {}
    }
    Ok(())
}

fn holds(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path)? == bytes { Ok(()) } else { Err(io::Error::other("it has changed in the meantime")) }
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A second name for a file; a copy where the disk knows none.
fn second_name(path: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(path, to).or_else(|_| fs::copy(path, to).map(drop))
}

/// Gives a file its name, unless somebody else took it: `rename` would write over that.
fn name(new: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(new, target) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && fs::symlink_metadata(target).is_err() => {
            fs::rename(new, target) // a disk without second names
        }
        linked => linked,
    }
}

/// What is on the disk because of us.
#[derive(Default)]
struct Done {
    /// Outermost first.
    folders: Vec<PathBuf>,
    temporary: Vec<PathBuf>,
    undo: Vec<Undo>,
}

enum Undo {
    Remove(PathBuf),
    Restore { kept: PathBuf, target: PathBuf },
}

impl Done {
    /// Makes the folders that are missing.
    fn folders(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// Makes a file beside another, under a name that nobody reads.
    fn temporary(&mut self, beside: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<PathBuf> {
        let mut name = OsString::from(".");
        name.push(beside.file_name().unwrap_or_default());
        name.push(format!(".{}-{}.routewright", std::process::id(), self.temporary.len()));
        let path = beside.with_file_name(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(io::Error::other(format!("{} is in the way", path.display())));
        }
        self.temporary.push(path.clone());
        make(&path)?;
        Ok(path)
    }

    /// It is to stay: what was only needed on the way goes. Nobody is told if that fails, everything
    /// that was wanted is there.
    fn keep(self) {
        for path in self.temporary {
            let _ = fs::remove_file(path);
        }
    }

    /// Puts everything back; what couldn't be, as people see it.
    fn undo(self) -> Vec<String> {
        let mut left = vec![];
        let mut kept_for_people = vec![];
        for undo in self.undo.into_iter().rev() {
            match undo {
                Undo::Remove(path) => {
                    if fs::remove_file(&path).is_err() {
                        left.push(path.display().to_string());
                    }
                }
                Undo::Restore { kept, target } => {
                    if fs::rename(&kept, &target).is_err() {
                        left.push(format!("{} (kept as {})", target.display(), kept.display()));
                        kept_for_people.push(kept);
                    }
                }
            }
        }
        for path in self.temporary.into_iter().filter(|path| !kept_for_people.contains(path)) {
            let _ = fs::remove_file(path);
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder); // somebody else's file in it keeps it
        }
        left
    }
}

#[cfg(test)]
mod tests;
