//! How an application writes its handlers: the nearest ones are asked.

use std::path::Path;

use workspace::{App, EndpointKind, FileId, Snapshot};

/// So many are asked.
pub(super) const MOST: usize = 32;

/// An author's way to write a handler.
pub(super) struct Manner {
    /// What the request is called.
    pub request: &'static str,
    /// Its type.
    pub ty: &'static str,
    /// What responses are made with.
    pub class: &'static str,
    /// `next/server` is imported before anything else.
    pub leads: bool,
    /// Types are said to be types among what is imported.
    pub marks_types: bool,
    /// Headers are asked of the request; most do who have no neighbours, too.
    pub asks_headers: bool,
    /// Cookies are; most call `cookies()`.
    pub asks_cookies: bool,
}

impl Manner {
    /// The way of the handlers nearest to a file; the platform's own where there are none.
    pub fn of(snap: &Snapshot, app: &App, near: &Path) -> Self {
        let mut found: Vec<(usize, std::sync::Arc<str>)> = vec![];
        let mut files = snap.files();
        files.retain(|file| {
            let is_route = snap.path(*file).file_stem().is_some_and(|stem| stem == "route");
            is_route && snap.app_of(*file).is_some_and(|of| of.id == app.id)
        });
        sort_by_nearness(snap, &mut files, near);
        let shared = |path: &Path| path.components().zip(near.components()).take_while(|(a, b)| a == b).count();
        for file in files.into_iter().take(MOST) {
            let is_handler = snap.endpoints(file).iter().any(|e| e.kind == EndpointKind::Route);
            found.extend(snap.text(file).filter(|_| is_handler).map(|text| (shared(&snap.path(file)), text)));
        }
        let count = |words: &[&str]| -> usize {
            found.iter().map(|(_, text)| words.iter().map(|word| text.matches(word).count()).sum::<usize>()).sum()
        };
        let next = count(&["NextResponse.json(", "new NextResponse("]);
        let plain = (count(&["Response.json(", "new Response("])).saturating_sub(count(&["NextResponse.json("]));
        let (short, long) = (count(&["(req: ", "(req,", "(req)"]), count(&["(request: ", "(request,", "(request)"]));
        let of_next = |text: &str| {
            let mut imports = text.lines().filter(|line| line.starts_with("import ") || line.starts_with("} from "));
            let is_it = |line: &str| line.contains("next/server");
            Some((is_it(imports.next()?), imports.any(is_it)))
        };
        let places = found.iter().filter_map(|(_, text)| of_next(text)).collect::<Vec<_>>();
        let first = places.iter().filter(|(first, _)| *first).count();
        Self {
            leads: first > places.iter().filter(|(_, later)| *later).count(),
            marks_types: count(&["type NextRequest"]) * 2 > count(&["NextRequest, NextResponse }"]),
            asks_headers: count(&["req.headers", "request.headers"]) >= count(&["headers()"]),
            asks_cookies: count(&["req.cookies", "request.cookies"]) > count(&["cookies()"]),
            request: if short > long { "req" } else { "request" },
            ty: if count(&[": NextRequest"]) > count(&[": Request"]) { "NextRequest" } else { "Request" },
            class: if next > plain { "NextResponse" } else { "Response" },
        }
    }
}

/// The nearest first: those with the longest part of their path in common.
pub(super) fn sort_by_nearness(snap: &Snapshot, files: &mut [FileId], near: &Path) {
    let shared = |path: &Path| path.components().zip(near.components()).take_while(|(a, b)| a == b).count();
    files.sort_by_cached_key(|file| (std::cmp::Reverse(shared(&snap.path(*file))), snap.path(*file)));
}
