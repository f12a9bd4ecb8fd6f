//! How an application writes its handlers: the nearest ones are asked.

use std::path::Path;

use workspace::{App, EndpointKind, Snapshot};

use super::near::Near;

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
    /// How the query is got at, with `request` for the request.
    pub query: &'static str,
}

/// Ways to get at the query; the first where nobody shows another.
const QUERIES: [&str; 3] = [
    "const { searchParams } = new URL(request.url);",
    "const searchParams = request.nextUrl.searchParams;",
    "const { searchParams } = request.nextUrl;",
];

impl Manner {
    /// The way of the handlers nearest to a file; the platform's own where there are none.
    pub fn of(snap: &Snapshot, app: &App, near: &Path) -> Self {
        let mut files = snap.files();
        files.retain(|file| {
            let is_route = snap.path(*file).file_stem().is_some_and(|stem| stem == "route");
            is_route && snap.app_of(*file).is_some_and(|of| of.id == app.id)
        });
        let is_handler = |file| snap.endpoints(file).iter().any(|e| e.kind == EndpointKind::Route);
        let near = Near::of(snap, files, near, &is_handler);
        let is_short = near.prefers(&["(req: ", "(req,", "(req)"], &["(request: ", "(request,", "(request)"], false);
        let is_next = near.votes(&|text| {
            let next = ["NextResponse.json(", "new NextResponse("].map(|word| text.matches(word).count());
            let plain = ["Response.json(", "new Response("].map(|word| text.matches(word).count());
            let json = text.matches("NextResponse.json(").count();
            (next.iter().sum(), plain.iter().sum::<usize>().saturating_sub(json))
        });
        let leads = near.votes(&|text| {
            let mut imports = text.lines().filter(|line| line.starts_with("import ") || line.starts_with("} from "));
            let is_it = |line: &str| line.contains("next/server");
            let first = imports.next().is_some_and(is_it);
            (usize::from(first), usize::from(imports.any(is_it)))
        });
        let ways = QUERIES
            .map(|way| [way.trim_end_matches(';').to_owned(), way.trim_end_matches(';').replace("request", "req")]);
        let query = near.most(&ways.each_ref().map(|way| way.each_ref().map(String::as_str)));
        Self {
            leads: leads.unwrap_or(false),
            marks_types: near.prefers(
                &["{ type NextRequest,", ", type NextRequest "],
                &["{ NextRequest,", ", NextRequest "],
                false,
            ),
            asks_headers: near.prefers(&["req.headers", "request.headers"], &["headers()"], true),
            asks_cookies: near.prefers(&["req.cookies", "request.cookies"], &["cookies()"], false),
            request: if is_short { "req" } else { "request" },
            ty: if near.prefers(&[": NextRequest"], &[": Request"], false) { "NextRequest" } else { "Request" },
            class: if is_next.unwrap_or(false) { "NextResponse" } else { "Response" },
            query: query.and_then(|at| QUERIES.get(at)).unwrap_or(&QUERIES[0]),
        }
    }
}
