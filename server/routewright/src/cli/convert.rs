//! `routewright convert`: an action becomes a handler, a handler an action, or both stand on one function.
//! Prints a patch; `--write` applies it.

mod diff;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ide::{Change, Conversion, FilePosition, Refusal, Way};
use next::Method;
use workspace::Snapshot;

use super::json::{self, Converted, Site};
use super::screen::Screen;
use super::stop::{Stop, reason};
use super::write::{self, Deed, Failure};
use super::{Format, place};
use crate::changes;

/// Into what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum To {
    /// A Route Handler.
    Route,
    /// A server action.
    Action,
    /// A function that an action and a Route Handler call.
    Both,
}

/// A new handler's method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum As {
    Post,
    Get,
    Put,
    Patch,
    Delete,
}

impl As {
    const fn method(self) -> Method {
        match self {
            Self::Post => Method::Post,
            Self::Get => Method::Get,
            Self::Put => Method::Put,
            Self::Patch => Method::Patch,
            Self::Delete => Method::Delete,
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub to: To,
    pub method: Option<As>,
    pub public: bool,
    pub write: bool,
    pub format: Format,
}

impl Wish {
    fn way(self) -> Result<Way, Stop> {
        let only_route = match (self.method, self.public) {
            (Some(_), _) => "--method",
            (_, true) => "--public",
            _ => "",
        };
        match self.to {
            To::Route => {
                let method = self.method.map_or(Method::Post, As::method);
                Ok(Way::ToRoute { method, public: self.public })
            }
            _ if !only_route.is_empty() => {
                Err(Stop::Wrong(format!("{only_route} is for --to route only: leave it out")))
            }
            To::Action => Ok(Way::ToAction),
            To::Both => Ok(Way::Both),
        }
    }
}

/// Converts the endpoint at a place.
pub fn run(text: &str, wish: Wish, screen: &Screen) -> Result<(), Stop> {
    let way = wish.way()?;
    let place::Found { snap, file, offset, .. } = place::find_and_scan(text)?;
    snap.find_carriers();
    let here = std::env::current_dir().and_then(dunce::canonicalize).unwrap_or_default();
    let Some(planned) = ide::convert(&snap, FilePosition { file, offset }, way) else {
        return Err(Stop::Wrong(format!("{} at {text}: name its declaration", nothing(way))));
    };
    let planned = planned.map(changes::fitted).and_then(|plan| match changes::obstacle(&snap, &plan, &|_| false) {
        Some(refusal) => Err(refusal),
        None => Ok(plan),
    });
    let document = Converted::new(&snap, &here, &planned);
    let answer = answer(&snap, &here, &planned, &document, wish, screen);
    std::mem::forget((snap, planned)); // as with a scan: freeing it would only delay the answer's end
    answer
}

fn answer(
    snap: &Snapshot,
    here: &Path,
    planned: &Result<Conversion, Refusal>,
    document: &Converted,
    wish: Wish,
    screen: &Screen,
) -> Result<(), Stop> {
    let plan = match planned {
        Ok(plan) => plan,
        Err(refusal) => {
            if wish.format == Format::Json {
                json::print(document)?;
            }
            let site = document.refused.as_ref().and_then(|refused| refused.site.as_ref());
            return Err(Stop::Refused(format!("{}{}", refusal.text, site.map(shown).unwrap_or_default())));
        }
    };
    if wish.write {
        let deeds = deeds(snap, plan)?;
        write::write(&deeds).map_err(|Failure { text }| Stop::Wrong(text))?;
    }
    match (wish.format, wish.write) {
        (Format::Json, _) => json::print(document)?,
        (Format::Text, true) => screen.print(&summary(snap, here, plan))?,
        (Format::Text, false) => patch(snap, here, plan, screen)?,
    }
    for note in &document.notes {
        let site = note.site.as_ref().map(|Site { file, line, column }| format!("{file}:{line}:{column}: "));
        let _ = writeln!(io::stderr(), "note: {}{}", site.unwrap_or_default(), note.text);
    }
    Ok(())
}

fn shown(Site { file, line, column }: &Site) -> String {
    format!(" ({file}:{line}:{column})")
}

const fn nothing(way: Way) -> &'static str {
    match way {
        Way::ToRoute { .. } => "no server action",
        Way::ToAction => "no method of a route handler",
        Way::Both => "no server action and no method of a route handler",
    }
}

/// Prints the patch. Its paths start at the workspace's root, where `git apply` and `patch -p1` find them;
/// from the current folder they would have to climb, which both refuse.
fn patch(snap: &Snapshot, here: &Path, plan: &Conversion, screen: &Screen) -> Result<(), Stop> {
    let root = snap.folders().first().cloned().unwrap_or_default();
    let mut lines = vec![];
    for change in &plan.changes {
        let path = changes::path(snap, change);
        let name = workspace::shown(&path, &root);
        let mark = if is_marked(&path) { "\u{feff}" } else { "" };
        let (old, new) = match change {
            Change::Create { text, .. } => (None, Some(text.clone())),
            Change::Edit { before, edits, .. } => (Some(before), changes::edited(before, edits)),
            Change::Delete { before, .. } => (Some(before), None),
        };
        let marked = |text: &str| format!("{mark}{text}");
        lines.extend(diff::lines(
            &name,
            old.map(|text| marked(text)).as_deref(),
            new.map(|text| marked(&text)).as_deref(),
        ));
    }
    screen.print_exactly(&lines)?;
    if root != here {
        let _ = writeln!(io::stderr(), "note: the patch's paths start at {}: apply it there", root.display());
    }
    Ok(())
}

/// Whether a file begins with a byte order mark, which texts in memory don't have.
fn is_marked(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(MARK))
}

const MARK: &[u8] = "\u{feff}".as_bytes();

fn summary(snap: &Snapshot, here: &Path, plan: &Conversion) -> Vec<String> {
    let one = |change: &Change| {
        let path = place::relative(&changes::path(snap, change), here);
        match change {
            Change::Create { .. } => format!("wrote {path} (new)"),
            Change::Edit { .. } => format!("wrote {path}"),
            Change::Delete { .. } => format!("removed {path}"),
        }
    };
    plan.changes.iter().map(one).collect()
}

/// The plan in bytes, as the files are now.
fn deeds(snap: &Snapshot, plan: &Conversion) -> Result<Vec<Deed>, Stop> {
    let one = |change: &Change| {
        let path = changes::path(snap, change);
        match change {
            Change::Create { text, .. } => Ok(Deed::Create { path, bytes: text.clone().into_bytes() }),
            Change::Edit { before, edits, .. } => {
                let old = bytes(&path, before)?;
                let new = changes::edited(before, edits).ok_or_else(|| moved(&path))?;
                let mark = if old.starts_with(MARK) { MARK } else { &[] };
                Ok(Deed::Replace { bytes: [mark, new.as_bytes()].concat(), old, path })
            }
            Change::Delete { before, .. } => Ok(Deed::Remove { old: bytes(&path, before)?, path }),
        }
    };
    plan.changes.iter().map(one).collect()
}

/// A file's bytes, if they still say what the plan was made for.
fn bytes(path: &PathBuf, before: &str) -> Result<Vec<u8>, Stop> {
    let bytes = std::fs::read(path).map_err(|error| {
        Stop::Wrong(format!("{} can't be read ({}): nothing was changed", path.display(), reason(&error)))
    })?;
    if bytes.strip_prefix(MARK).unwrap_or(&bytes) == before.as_bytes() { Ok(bytes) } else { Err(moved(path)) }
}

fn moved(path: &Path) -> Stop {
    Stop::Refused(format!("{} has changed in the meantime: try again", path.display()))
}
