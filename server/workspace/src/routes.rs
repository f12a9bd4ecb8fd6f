//! What an application serves: its files by URL, and the matching of a URL with holes against them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use next::{AppFile, AppTree, MetadataRoute, Segment, app_file, pages_file};
use rustc_hash::FxHashMap;
use syntax::value::HoleKind;

use crate::{
    app::App,
    paths::{FileId, Paths, shown},
    url::{Part, UrlPattern},
};

/// What answers at a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Serves {
    /// `route.*`
    Route,
    /// A file under `pages/api`.
    PagesApi,
    /// A metadata file.
    Metadata,
    /// A page of either router: no endpoint, but it takes the URL.
    Page,
}

/// One file that answers at a URL.
#[derive(Clone, Debug)]
pub struct Served {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub serves: Serves,
    /// Next's route.
    pub url: Arc<str>,
    /// For metadata files: which.
    pub metadata: Option<Arc<MetadataRoute>>,
}

/// Everything that one application serves.
#[derive(Debug, Default)]
pub struct RouteTable {
    /// By file.
    by_file: FxHashMap<FileId, usize>,
    /// Sorted by URL, then kind.
    pub served: Vec<Served>,
    root: Node,
    /// The routes of the pages that a file is a part of.
    pages: FxHashMap<FileId, Box<[Arc<str>]>>,
}

#[derive(Debug, Default)]
struct Node {
    fixed: FxHashMap<Box<str>, Node>,
    param: Option<Box<Node>>,
    rest: Vec<usize>,
    optional_rest: Vec<usize>,
    here: Vec<usize>,
}

/// How one segment of a URL met one of a route; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Text and the same text.
    Same,
    /// A hole, and `[param]` or text that ends where the hole may be empty or a query.
    Hole,
    /// Text and `[param]`.
    Param,
    /// `[...rest]`
    Rest,
    /// `[[...rest]]`
    OptionalRest,
    /// A hole, and text that it may stand for: code that fills in an unknown value nearly always
    /// means the dynamic route beside the fixed ones.
    Guess,
}

/// A route that a URL fits.
#[derive(Clone, Debug)]
pub struct Fitted<'t> {
    /// The route.
    pub served: &'t Served,
    /// Nothing was guessed: text met text, or text met a parameter.
    pub exact: bool,
    /// A hole was taken for a fixed segment.
    pub guessed: bool,
    /// A catch-all took the rest of the URL.
    pub by_rest: bool,
}

impl RouteTable {
    /// Reads an application's folders.
    pub(crate) fn read(app: &App, paths: &Paths) -> Self {
        let mut served = vec![];
        let mut tree = AppTree::new(app.release());
        if let Some(dir) = &app.app_dir {
            for path in files_below(dir) {
                let inside = shown(&path, dir);
                let name = inside.rsplit('/').next().unwrap_or(&inside);
                if let Some(stem) = app.config.page_extensions.strip(name) {
                    tree.add(&inside, stem, paths.id(&path));
                }
                served.extend(in_app(app, &inside, &path, paths));
            }
        }
        if let Some(dir) = &app.pages_dir {
            served.extend(files_below(dir).iter().filter_map(|path| in_pages(app, dir, path, paths)));
        }
        let pages = tree.parts().filter(|(_, urls)| !urls.is_empty());
        let pages = pages.map(|(file, urls)| (file, urls.into_iter().map(Arc::from).collect())).collect();
        Self { pages, ..Self::new(served) }
    }

    fn new(mut served: Vec<Served>) -> Self {
        served.sort_by(|a, b| (&a.url, a.serves, a.file).cmp(&(&b.url, b.serves, b.file)));
        let mut table = Self::default();
        for (index, row) in served.iter().enumerate() {
            table.by_file.entry(row.file).or_insert(index);
            let mut node = &mut table.root;
            let mut ended = false;
            for segment in &next::RoutePattern::parse(&row.url).segments {
                match segment {
                    Segment::Static(text) => node = node.fixed.entry(text.as_str().into()).or_default(),
                    Segment::Param(_) => node = node.param.get_or_insert_default(),
                    Segment::CatchAll(_) => {
                        node.rest.push(index);
                        ended = true;
                        break;
                    }
                    Segment::OptionalCatchAll(_) => {
                        node.optional_rest.push(index);
                        ended = true;
                        break;
                    }
                }
            }
            if !ended {
                node.here.push(index);
            }
        }
        table.served = served;
        table
    }

    /// What a file serves.
    #[must_use]
    pub fn of_file(&self, file: FileId) -> Option<&Served> {
        self.served.get(*self.by_file.get(&file)?)
    }

    /// The routes of the pages that a file is a part of: as a page, a layout, an error boundary …
    #[must_use]
    pub fn pages_with(&self, file: FileId) -> &[Arc<str>] {
        self.pages.get(&file).map_or(&[], |urls| urls)
    }

    /// The fixed first segments of everything but pages: what a URL must begin with to be of interest.
    pub fn first_segments(&self) -> impl Iterator<Item = &str> {
        self.served
            .iter()
            .filter(|s| s.serves != Serves::Page)
            .filter_map(|s| s.url.trim_start_matches('/').split('/').next())
            .filter(|s| !s.is_empty() && !s.starts_with('['))
    }

    /// What Next.js would answer this path with, pages and routes that begin with a parameter among
    /// it; holes are filled with text that is no fixed segment.
    pub(crate) fn serves(&self, url: &UrlPattern) -> Option<&Served> {
        let mut found = vec![];
        walk(&self.root, &url.segments, &mut vec![], &mut found);
        found.retain(|(fits, _)| !fits.contains(&Fit::Guess));
        found.sort();
        self.served.get(found.first()?.1)
    }

    /// The routes that a URL may mean, best first: one, unless holes leave a choice.
    #[must_use]
    pub fn find(&self, url: &UrlPattern) -> Vec<Fitted<'_>> {
        let mut found: Vec<(Vec<Fit>, usize)> = vec![];
        // A URL whose first segment isn't known says nothing, nor does a route that starts with a
        // parameter: every path would fit.
        let first_is_text = url.segments.first().is_some_and(|s| matches!(s.first(), Some(Part::Text(_))));
        if !first_is_text {
            return vec![];
        }
        walk(&self.root, &url.segments, &mut vec![], &mut found);
        found
            .retain(|(fits, _)| !matches!(fits.first(), Some(Fit::Param | Fit::Rest | Fit::OptionalRest | Fit::Guess)));
        found.sort();
        let Some((best, _)) = found.first().cloned() else { return vec![] };
        let guessed = best.contains(&Fit::Guess);
        let by_rest = matches!(best.last(), Some(Fit::Rest | Fit::OptionalRest));
        // Of guesses, those count whose routes say most of what the URL says: `/{kind}s/{id}/links` means
        // `/documents/[id]/links`, not `/folders/manage/[folder]`.
        let swallowed = |fits: &[Fit]| {
            let count = |fit| fits.iter().filter(|f| **f == fit).count();
            (count(Fit::Rest) + count(Fit::OptionalRest), count(Fit::Param))
        };
        let least = found.iter().filter(|(fits, _)| fits.contains(&Fit::Guess)).map(|(f, _)| swallowed(f)).min();
        let holes = url.segments.iter().flatten().any(|p| matches!(p, Part::Hole { .. }));
        found
            .iter()
            .filter(|(fits, _)| {
                if guessed {
                    fits.contains(&Fit::Guess) && fits.len() == best.len() && Some(swallowed(fits)) == least
                } else {
                    *fits == best
                }
            })
            .filter_map(|(_, index)| self.served.get(*index))
            .map(|served| Fitted { served, exact: !holes, guessed, by_rest })
            .collect()
    }
}

fn walk(node: &Node, url: &[Vec<Part>], fits: &mut Vec<Fit>, found: &mut Vec<(Vec<Fit>, usize)>) {
    let mut enter = |next: &Node, fit: Fit, fits: &mut Vec<Fit>, rest: &[Vec<Part>]| {
        fits.push(fit);
        walk(next, rest, fits, found);
        fits.pop();
    };
    let Some((segment, rest)) = url.split_first() else {
        found.extend(node.here.iter().map(|i| (fits.clone(), *i)));
        found.extend(node.optional_rest.iter().map(|i| ([fits.as_slice(), &[Fit::OptionalRest]].concat(), *i)));
        return;
    };
    let mut spanning = None;
    match segment.as_slice() {
        [Part::Text(text)] => {
            if let Some(next) = node.fixed.get(text.as_str()) {
                enter(next, Fit::Same, fits, rest);
            }
            if let Some(next) = &node.param {
                enter(next, Fit::Param, fits, rest);
            }
        }
        [Part::Hole { .. }] => {
            if let Some(next) = &node.param {
                enter(next, Fit::Hole, fits, rest);
            }
            for next in node.fixed.values() {
                enter(next, Fit::Guess, fits, rest);
            }
        }
        mixed => {
            // `users${query}` at the end: the hole is a query string, or empty. Right behind the first
            // segment (`/api${path}`) it is the rest of a path.
            if let ([Part::Text(text), Part::Hole { kind, .. }], true, false) =
                (mixed, rest.is_empty(), fits.is_empty())
                && *kind != HoleKind::Encoded
                && let Some(next) = node.fixed.get(text.as_str())
            {
                enter(next, Fit::Hole, fits, rest);
                spanning = Some(next);
            }
            if let ([Part::Hole { .. }, Part::Hole { .. }], true, Some(next)) = (mixed, rest.is_empty(), &node.param) {
                enter(next, Fit::Hole, fits, rest);
            } else if let Some(next) = &node.param {
                enter(next, Fit::Param, fits, rest);
            }
            for (_, next) in node.fixed.iter().filter(|(text, _)| may_be(mixed, text)) {
                enter(next, Fit::Guess, fits, rest);
            }
        }
    }
    // `files${url.pathname}`: the hole brings its own slashes
    for index in spanning.iter().flat_map(|next| &next.rest) {
        found.push(([fits.as_slice(), &[Fit::Hole, Fit::Rest]].concat(), *index));
    }
    for (list, fit) in [(&node.rest, Fit::Rest), (&node.optional_rest, Fit::OptionalRest)] {
        found.extend(list.iter().map(|i| ([fits.as_slice(), &[fit]].concat(), *i)));
    }
}

/// Whether text and holes can make that text (`${kind}s` and `users`).
fn may_be(parts: &[Part], text: &str) -> bool {
    match parts {
        [Part::Hole { .. }, Part::Text(end)] => text.len() > end.len() && text.ends_with(end.as_str()),
        [Part::Text(start), Part::Hole { .. }] => text.len() > start.len() && text.starts_with(start.as_str()),
        [Part::Text(start), Part::Hole { .. }, Part::Text(end)] => {
            text.len() > start.len() + end.len() && text.starts_with(start.as_str()) && text.ends_with(end.as_str())
        }
        _ => false,
    }
}

/// What a file serves: as the table has it or, for one that was made since the table was read, as its
/// path says. An editor asks about a new file as soon as it is open, long before a scan.
pub(crate) fn served(app: &App, file: FileId, paths: &Paths) -> Option<Served> {
    if let Some(known) = app.routes(paths).of_file(file) {
        return Some(known.clone());
    }
    let path = paths.path(file);
    let below = |dir: &Option<PathBuf>| dir.as_ref().filter(|dir| path.starts_with(dir)).cloned();
    match (below(&app.app_dir), below(&app.pages_dir)) {
        (Some(dir), _) => in_app(app, &shown(&path, &dir), &path, paths),
        (None, Some(dir)) => in_pages(app, &dir, &path, paths),
        (None, None) => None,
    }
}

fn in_app(app: &App, inside: &str, path: &Path, paths: &Paths) -> Option<Served> {
    let (serves, url, metadata) = match app_file(inside, &app.config.page_extensions)? {
        AppFile::Page { url, .. } => (Serves::Page, url, None),
        AppFile::Route { url } => (Serves::Route, url, None),
        AppFile::Metadata(route) => (Serves::Metadata, route.url_with(false, app.release()), Some(Arc::new(route))),
        _ => return None,
    };
    Some(Served { file: paths.id(path), serves, url: url.into(), metadata })
}

fn in_pages(app: &App, dir: &Path, path: &Path, paths: &Paths) -> Option<Served> {
    let file = pages_file(&shown(path, dir), &app.config.page_extensions)?;
    let serves = if file.api { Serves::PagesApi } else { Serves::Page };
    Some(Served { file: paths.id(path), serves, url: file.url.into(), metadata: None })
}

/// All files below a router's folder. Next reads it itself, `.gitignore` or not.
fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut walk = ignore::WalkBuilder::new(dir);
    walk.standard_filters(false).follow_links(true).max_depth(Some(40)).threads(2);
    let (sender, found) = std::sync::mpsc::channel();
    walk.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            if let Ok(entry) = entry
                && entry.file_type().is_some_and(|t| t.is_file())
            {
                let _ = sender.send(entry.into_path());
            }
            ignore::WalkState::Continue
        })
    });
    drop(sender);
    found.into_iter().collect()
}
