//! What `redirects()` and `rewrites()` of an application make of a URL, and where its rules lead.

use next::{
    RoutePattern,
    rewrites::{
        Route, Rule,
        path::{Destination, Token, UrlPart},
    },
};
use rustc_hash::FxHashSet;
use syntax::{
    facts::{Consumer, UrlSite},
    value::{HoleKind, Value},
};

use crate::{
    app::App,
    endpoint::{Certainty, Link},
    paths::FileId,
    routes::{RouteTable, Served, Serves},
    snapshot::Snapshot,
    url::{Part, UrlPattern},
};

impl UrlPart for Part {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Hole { .. } => None,
        }
    }

    fn known(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn unknown(name: &str) -> Self {
        Self::Hole { source: name.into(), kind: HoleKind::Unknown }
    }
}

/// The first segments of the URLs that can lead to an endpoint: of those that are served, of
/// `basePath`, and of the rules that lead to one of these.
pub(crate) fn first_segments(app: &App, table: &RouteTable) -> FxHashSet<Box<str>> {
    let mut found: FxHashSet<Box<str>> = table.first_segments().map(Box::from).collect();
    found.extend(
        app.config.base_path.as_deref().and_then(|base| base.split('/').find(|s| !s.is_empty())).map(Box::from),
    );
    loop {
        let new: Vec<Box<str>> = app
            .config
            .rules
            .all()
            .filter(|rule| match &rule.to {
                Destination::Path(path) => match path.first().map(Vec::as_slice) {
                    Some([Token::Text(text)]) => found.contains(text.as_str()),
                    first => first.is_some(),
                },
                _ => false,
            })
            .filter_map(|rule| rule.from.first_text())
            .filter(|text| !found.contains(*text))
            .map(Box::from)
            .collect();
        if new.is_empty() {
            return found;
        }
        found.extend(new);
    }
}

/// The URLs that an application looks up for a URL, best first, each with whether nothing else may
/// happen: the URL itself where no rule fits, nothing where a rule leads to another host or to
/// something computed. `url` may begin with the application's `basePath`.
pub(crate) fn rewritten(snap: &Snapshot, app: &App, url: &UrlPattern) -> Vec<(UrlPattern, bool)> {
    let table = app.routes(snap.paths());
    let base = app.config.base_path.as_deref();
    let inside = url.without_base_path(base);
    // Code may leave `basePath` out, and a route may begin as it does.
    let itself = |certain: bool| {
        let inside = inside.as_ref().filter(|inside| !table.find(inside).is_empty());
        (inside.unwrap_or(url).clone(), certain)
    };
    let rules = &app.config.rules;
    // A URL that no file is parsed for: a rule that takes every first segment doesn't change that.
    let is_known = match url.segments.first().map(Vec::as_slice) {
        Some([Part::Text(first)]) => app.first_segments(snap.paths()).contains(first.as_str()),
        _ => false,
    };
    if rules.is_empty() || !is_known {
        return vec![itself(true)];
    }
    let base: Vec<&str> = base.into_iter().flat_map(|base| base.split('/')).filter(|s| !s.is_empty()).collect();
    let serves = |segments: &[Vec<Part>], route: Route| {
        let url = UrlPattern { segments: segments.to_vec(), based: url.based, at_home: url.at_home };
        let is_static = |served: &Served| !RoutePattern::parse(&served.url).is_dynamic();
        table.serves(&url).is_some_and(|served| route == Route::Any || is_static(served))
    };
    let mut resolved = rules.resolve(&inside.as_ref().unwrap_or(url).segments, &base, &serves);
    // Where something answers without a condition, that is what the code means.
    if resolved.paths.iter().any(|path| !path.conditional && serves(&path.segments, Route::Any)) {
        resolved.paths.retain(|path| !path.conditional);
    }
    let urls = resolved.paths.into_iter().map(|path| match path.led {
        true => (UrlPattern { segments: path.segments, based: url.based, at_home: url.at_home }, path.certain),
        false => itself(path.certain),
    });
    urls.collect()
}

/// At most so many segments are tried for `:path*`.
const MOST_SEGMENTS: usize = 4;
/// More handlers than anyone reads.
const MOST_HANDLERS: usize = 12;

/// The link of a `source` or `destination` in a configuration: both lead to what answers at the
/// destination. `None` for every other expression; `Some(None)` where a rule leads to no endpoint.
pub(crate) fn link_in_config(
    snap: &Snapshot,
    file: FileId,
    site: &UrlSite,
    depends_on: &mut Vec<FileId>,
) -> Option<Option<Link>> {
    let Consumer::Member { key } = &site.consumer else { return None };
    let app = snap.app_of(file)?;
    (app.config_file.as_deref()? == &*snap.path(file)).then_some(())?;
    let Value::Text(text) = &site.url else { return Some(None) };
    let is_source = &**key == "source";
    if !is_source && &**key != "destination" {
        return text.contains('*').then_some(None); // `pathname: '/media/**'` is no URL
    }
    let rules = &app.config.rules;
    let named: Vec<&Rule> =
        rules.all().filter(|rule| **text == *if is_source { &rule.source } else { &rule.destination }).collect();
    let is_redirect = named.first().is_some_and(|rule| rules.redirects.iter().any(|redirect| redirect == *rule));
    let table = app.routes(snap.paths());
    let mut handlers: Vec<FileId> = vec![];
    for rule in named {
        let Destination::Path(path) = &rule.to else { continue };
        let shapes = shapes(path);
        let most = shapes.iter().map(Vec::len).max().unwrap_or_default();
        let least = shapes.iter().map(Vec::len).min().unwrap_or_default();
        let mut found: Vec<(FileId, usize)> = vec![];
        for url in shapes {
            let length = url.len();
            let url = UrlPattern { segments: url, based: false, at_home: false };
            let base = app.config.base_path.as_deref().filter(|_| rule.without_base_path);
            let url = url.without_base_path(base).unwrap_or(url);
            // A redirect may lead to what a rewrite takes.
            let looked_up = if table.find(&url).is_empty() { rewritten(snap, &app, &url) } else { vec![(url, true)] };
            for (url, _) in looked_up {
                let fits = table.find(&url).into_iter().filter(|fit| fit.served.serves != Serves::Page);
                found.extend(fits.map(|fit| (fit.served.file, length)));
            }
        }
        // `:path*` that takes nothing says too little.
        if most == least || found.iter().any(|(_, length)| *length > least) {
            for (handler, _) in found {
                if !handlers.contains(&handler) {
                    handlers.push(handler);
                }
            }
        }
    }
    if handlers.len() > MOST_HANDLERS {
        return Some(None);
    }
    let mut targets = vec![];
    for handler in handlers {
        let declared = snap.declared(handler);
        depends_on.push(handler);
        depends_on.extend(declared.through.iter());
        targets.extend(crate::links::declared(handler, &declared.endpoints));
    }
    let has_parameters = text.contains(':');
    let certainty = match targets.len() {
        0 => return Some(None),
        1 if !has_parameters => Certainty::Exact,
        1 => Certainty::Pattern,
        _ => Certainty::Ambiguous,
    };
    Some(Some(Link {
        range: site.range,
        kind: if is_redirect { "redirect" } else { "rewrite" },
        method: None,
        url: Some(text.to_string().into()),
        certainty,
        targets,
    }))
}

/// The URLs that a destination can stand for: parameters are holes, `:path*` any number of them.
fn shapes(path: &[Vec<Token>]) -> Vec<Vec<Vec<Part>>> {
    let hole = |name: &str| Part::unknown(&format!(":{name}"));
    let mut shapes: Vec<Vec<Vec<Part>>> = vec![vec![]];
    for segment in path {
        if let [Token::Param(name, true)] = segment.as_slice() {
            shapes = shapes
                .into_iter()
                .flat_map(|shape| {
                    (0..=MOST_SEGMENTS).map(move |count| [shape.clone(), vec![vec![hole(name)]; count]].concat())
                })
                .collect();
            continue;
        }
        let parts: Vec<Part> = segment
            .iter()
            .map(|token| match token {
                Token::Text(text) => Part::known(text),
                Token::Param(name, _) => hole(name),
            })
            .collect();
        shapes.iter_mut().for_each(|shape| shape.push(parts.clone()));
    }
    shapes.truncate(64);
    shapes
}

#[cfg(test)]
mod tests {
    use fixture::Fixture;

    use crate::World;

    /// Every link of a project, one a line; a rescanned one and one on demand say the same.
    fn links(text: &str) -> String {
        let project = Fixture::parse(text).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        let snap = world.snapshot();
        let mut lines = String::new();
        for file in snap.files() {
            let text = snap.text(file).unwrap();
            for link in snap.links(file).iter() {
                assert_eq!(snap.link_at(file, link.range.start).as_ref(), Some(link));
                let target = |id: &crate::EndpointId| {
                    let endpoint = &snap.endpoints(id.file)[id.index as usize];
                    format!("{} {}", endpoint.method.map_or("any", |m| m.as_str()), endpoint.url.as_deref().unwrap())
                };
                let targets: Vec<String> = link.targets.iter().map(target).collect();
                let written = &text[link.range.span()];
                lines += &format!("{} {written} {} -> {}\n", link.kind, link.certainty.as_str(), targets.join(", "));
            }
        }
        lines
    }

    const HANDLERS: &str = "
//- /package.json
{ \"dependencies\": { \"next\": \"16.1.0\" } }
//- /app/api/v2/users/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/v2/users/[id]/route.ts
export async function GET() {}
//- /app/api/files/[...path]/route.ts
export async function GET() {}
//- /app/api/fixed/route.ts
export async function GET() {}
//- /app/shop/page.tsx
export default () => null;
";

    #[test]
    fn calls_are_followed_through_rules_and_rules_lead_to_handlers() {
        let text = "
//- /next.config.ts
export default {
  async redirects() {
    return [{ source: '/legacy/users', destination: '/v2/users', permanent: true }];
  },
  async rewrites() {
    return {
      beforeFiles: [
        { source: '/api/fixed', has: [{ type: 'cookie', key: 'a' }], destination: '/api/v2/users' },
        { source: '/api/perhaps', has: [{ type: 'cookie', key: 'a' }], destination: '/api/v2/users' },
      ],
      afterFiles: [
        { source: '/v2/:path*', destination: '/api/v2/:path*' },
        { source: '/ingest/:path*', destination: 'https://example.com/:path*' },
        { source: '/api/v2/gone', destination: 'https://example.com/gone' },
        { source: '/assets/:path*', destination: '/api/files/:path*' },
        { source: '/store', destination: '/shop' },
      ],
    };
  },
};
//- /lib/calls.ts
fetch('/v2/users', { method: 'POST' });
fetch(`/v2/users/${id}`);
fetch('/legacy/users');
fetch('/assets/a/b.png');
fetch('/api/fixed');
fetch('/api/perhaps');
fetch('/api/v2/gone');
fetch('/api/v2/users');
fetch('/ingest/x');
fetch('/V2/users');
fetch('/store');
";
        expect_test::expect![[r#"
            fetch '/v2/users' exact -> POST /api/v2/users
            fetch `/v2/users/${id}` pattern -> GET /api/v2/users/[id]
            fetch '/legacy/users' exact -> GET /api/v2/users
            fetch '/assets/a/b.png' exact -> GET /api/files/[...path]
            fetch '/api/fixed' exact -> GET /api/fixed
            fetch '/api/perhaps' pattern -> GET /api/v2/users
            fetch '/api/v2/users' exact -> GET /api/v2/users
            redirect '/legacy/users' ambiguous -> GET /api/v2/users, POST /api/v2/users
            redirect '/v2/users' ambiguous -> GET /api/v2/users, POST /api/v2/users
            rewrite '/api/fixed' ambiguous -> GET /api/v2/users, POST /api/v2/users
            rewrite '/api/v2/users' ambiguous -> GET /api/v2/users, POST /api/v2/users
            rewrite '/api/perhaps' ambiguous -> GET /api/v2/users, POST /api/v2/users
            rewrite '/api/v2/users' ambiguous -> GET /api/v2/users, POST /api/v2/users
            rewrite '/v2/:path*' ambiguous -> GET /api/v2/users, POST /api/v2/users, GET /api/v2/users/[id]
            rewrite '/api/v2/:path*' ambiguous -> GET /api/v2/users, POST /api/v2/users, GET /api/v2/users/[id]
            rewrite '/assets/:path*' pattern -> GET /api/files/[...path]
            rewrite '/api/files/:path*' pattern -> GET /api/files/[...path]
        "#]]
        .assert_eq(&links(&format!("{text}{HANDLERS}")));
    }

    #[test]
    fn base_path() {
        let text = "
//- /next.config.mjs
export default {
  basePath: '/docs',
  rewrites: () => [
    { source: '/v2/:path*', destination: '/api/v2/:path*' },
    { source: '/old/users', destination: '/docs/api/v2/users', basePath: false },
  ],
};
//- /lib/calls.ts
fetch('/docs/v2/users');
fetch('/v2/users');
fetch('/docs/api/v2/users');
";
        expect_test::expect![[r#"
            fetch '/docs/v2/users' exact -> GET /api/v2/users
            fetch '/v2/users' exact -> GET /api/v2/users
            fetch '/docs/api/v2/users' exact -> GET /api/v2/users
            rewrite '/v2/:path*' ambiguous -> GET /api/v2/users, POST /api/v2/users, GET /api/v2/users/[id]
            rewrite '/api/v2/:path*' ambiguous -> GET /api/v2/users, POST /api/v2/users, GET /api/v2/users/[id]
            rewrite '/old/users' ambiguous -> GET /api/v2/users, POST /api/v2/users
            rewrite '/docs/api/v2/users' ambiguous -> GET /api/v2/users, POST /api/v2/users
        "#]]
        .assert_eq(&links(&format!("{text}{HANDLERS}")));
    }

    #[test]
    fn a_page_that_takes_everything_goes_before_fallbacks() {
        let text = "
//- /next.config.mjs
export default { rewrites: () => ({ fallback: [{ source: '/v2/:path*', destination: '/api/v2/:path*' }] }) };
//- /app/[...slug]/page.tsx
export default () => null;
//- /lib/calls.ts
fetch('/v2/users');
";
        expect_test::expect![[r#"
            rewrite '/v2/:path*' ambiguous -> GET /api/v2/users, POST /api/v2/users, GET /api/v2/users/[id]
            rewrite '/api/v2/:path*' ambiguous -> GET /api/v2/users, POST /api/v2/users, GET /api/v2/users/[id]
        "#]]
        .assert_eq(&links(&format!("{text}{HANDLERS}")));
    }
}
