use super::*;
use crate::{RoutePattern, config};

/// A part of a URL in these tests: `{x}` is a hole.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Hole(String),
}

impl UrlPart for Part {
    fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
    fn known(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
    fn unknown(name: &str) -> Self {
        Self::Hole(name.to_owned())
    }
}

fn url(path: &str) -> Vec<Vec<Part>> {
    let part = |text: &str| match text.strip_prefix('{') {
        Some(name) => Part::unknown(name.trim_end_matches('}')),
        None => Part::known(text),
    };
    let segment = |segment: &str| {
        segment
            .split_inclusive('}')
            .flat_map(|s| {
                s.split_once('{').map_or_else(
                    || vec![part(s)],
                    |(text, hole)| {
                        let hole = part(&format!("{{{hole}"));
                        if text.is_empty() { vec![hole] } else { vec![part(text), hole] }
                    },
                )
            })
            .collect()
    };
    path.split('/').filter(|s| !s.is_empty()).map(segment).collect()
}

fn shown(url: &[Vec<Part>]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Hole(name) => format!("{{{name}}}"),
    };
    url.iter().map(|segment| format!("/{}", segment.iter().map(part).collect::<String>())).collect()
}

/// The paths that a URL resolves to under a configuration and a list of routes; `?` marks what only
/// may be, `elsewhere` a rule that leads away.
fn resolved(config: &str, base: &[&str], routes: &[&str], path: &str) -> String {
    let rules = config::read(config, "next.config.mjs").rules;
    let routes: Vec<RoutePattern> = routes.iter().map(|route| RoutePattern::parse(route)).collect();
    let serves = |url: &[Vec<Part>], which: Route| {
        let path = shown(url);
        routes.iter().any(|route| (which == Route::Any || !route.is_dynamic()) && route.matches(&path))
    };
    let resolved = rules.resolve(&url(path), base, &serves);
    let one = |path: &Path<Part>| format!("{}{}", shown(&path.segments), if path.certain { "" } else { "?" });
    let mut all: Vec<String> = resolved.paths.iter().map(one).collect();
    all.extend(resolved.elsewhere.then(|| "elsewhere".to_owned()));
    all.join(" ")
}

const APPLICATION: &str = r"
export default {
  async redirects() {
    return [
      { source: '/red/one', destination: '/red/two', permanent: false },
      { source: '/red/two', destination: '/s/target', permanent: false },
      { source: '/s/a', has: [{ type: 'header', key: 'x-go' }], destination: '/s/b', permanent: false },
      { source: '/red/before', destination: '/s/target', permanent: false },
    ];
  },
  async rewrites() {
    return {
      beforeFiles: [
        { source: '/s/b', destination: '/s/target' },
        { source: '/c/one', destination: '/c/two' },
        { source: '/c/two', destination: '/s/chain2' },
        { source: '/red/before', destination: '/s/chain1' },
        { source: '/dyn/fix', destination: '/s/target' },
        { source: '/bf/stop', destination: '/s/chain1' },
        { source: '/s/chain1', destination: '/s/chain2' },
      ],
      afterFiles: [
        { source: '/s/target2', destination: '/s/a' },
        { source: '/dyn/:id', destination: '/new/:id' },
        { source: '/old/:path*', destination: '/new/:path*' },
        { source: '/af/one', destination: '/af/two' },
        { source: '/af/two', destination: '/s/target' },
        { source: '/af/hit', destination: '/s/both1' },
        { source: '/s/both1', destination: '/s/both2' },
        { source: '/v:version/:rest*', destination: '/ver/:version/:rest*' },
        { source: '/UPPER/:x', destination: '/s/target' },
        { source: '/numeric/:n(\\d+)', destination: '/num/:n' },
        { source: '/lingua/:l(en|de)', destination: '/lang/:l' },
        { source: '/neg/:p((?!api).*)', destination: '/s/target' },
        { source: '/any/(.*)', destination: '/s/target' },
        { source: '/q/:id', destination: '/s/target?id=:id' },
        { source: '/file/:name.json', destination: '/new/:name' },
        { source: '/cond', has: [{ type: 'header', key: 'x-go' }], destination: '/s/cond' },
        { source: '/cond', destination: '/s/uncond' },
        { source: '/missing', destination: '/nowhere' },
        { source: '/plus/:p+', destination: '/new/:p+' },
        { source: '/hasp', has: [{ type: 'query', key: 'u', value: '(?<uid>.*)' }], destination: '/new/:uid' },
        { source: '/afrest/:p*', destination: '/rest/:p*' },
      ],
      fallback: [
        { source: '/rest/:p*', destination: '/s/target' },
        { source: '/missing', destination: '/s/b' },
        { source: '/nowhere', destination: '/s/both2' },
        { source: '/:path*', destination: '/fb/:path*' },
      ],
    };
  },
};";

const ROUTES: [&str; 24] = [
    "/s/a",
    "/s/b",
    "/s/target",
    "/s/target2",
    "/s/chain1",
    "/s/chain2",
    "/s/both1",
    "/s/both2",
    "/s/cond",
    "/s/uncond",
    "/dyn/[id]",
    "/dyn/[id]/more",
    "/rest/[...all]",
    "/new/x",
    "/new/[id]",
    "/new/a/b",
    "/UP/x",
    "/ver/[v]/[...r]",
    "/opt",
    "/opt/[a]",
    "/fb/[...p]",
    "/num/[n]",
    "/lang/en",
    "/lang/de",
];

/// Every line without a `?` was answered so by `next build && next start` of 16.4.6; those with one
/// were by two requests, with and without what `has` asks for.
#[test]
fn as_next_answers() {
    for (url, expected) in [
        // Redirects go first, and one leads to the next.
        ("/red/one", "/s/target"),
        ("/red/before", "/s/target"),
        ("/s/a", "/s/a /s/target?"),
        // `beforeFiles`: before static routes, and each goes on with what the last one made.
        ("/s/b", "/s/target"),
        ("/c/one", "/s/chain2"),
        ("/dyn/fix", "/s/target"),
        ("/bf/stop", "/s/chain2"),
        ("/s/chain1", "/s/chain2"),
        // `afterFiles`: behind static routes, before dynamic ones, until there is a route.
        ("/s/target2", "/s/target2"),
        ("/dyn/7", "/new/7"),
        ("/dyn/7/more", "/dyn/7/more"),
        ("/old/x", "/new/x"),
        ("/old/a/b", "/new/a/b"),
        ("/old/q", "/new/q"),
        ("/old/q/r", "/fb/new/q/r"),
        ("/af/one", "/s/target"),
        ("/af/hit", "/s/both1"),
        ("/s/both1", "/s/both1"),
        ("/missing", "/s/both2"),
        ("/afrest/z", "/rest/z"),
        ("/afrest", "/s/target"),
        // `fallback`: behind dynamic routes.
        ("/rest", "/s/target"),
        ("/rest/a", "/rest/a"),
        ("/nowhere", "/s/both2"),
        ("/unknown", "/fb/unknown"),
        // Sources.
        ("/v1/x", "/ver/1/x"),
        ("/v1", "/fb/ver/1"),
        ("/v2/a/b", "/ver/2/a/b"),
        ("/UPPER/z", "/s/target"),
        ("/Upper/z", "/s/target"),
        ("/numeric/5", "/num/5"),
        ("/numeric/x", "/fb/numeric/x"),
        ("/lingua/en", "/lang/en"),
        ("/lingua/fr", "/fb/lingua/fr"),
        ("/neg/x/y", "/s/target"),
        ("/neg/apix", "/fb/neg/apix"),
        ("/neg", "/fb/neg"),
        ("/any/x/y", "/s/target"),
        ("/any", "/fb/any"),
        ("/q/5", "/s/target"),
        ("/file/x.json", "/new/x"),
        ("/file/y.json", "/new/y"),
        ("/plus", "/fb/plus"),
        ("/plus/x", "/new/x"),
        ("/plus/a/b", "/new/a/b"),
        // Conditions.
        ("/cond", "/s/uncond /s/cond?"),
        ("/hasp", "/fb/hasp /new/{:uid}?"),
    ] {
        assert_eq!(resolved(APPLICATION, &[], &ROUTES, url), expected, "{url}");
    }
}

/// Holes stand for text that isn't known: they meet parameters for certain and patterns perhaps.
#[test]
fn holes() {
    for (url, expected) in [
        ("/dyn/{id}", "/new/{id}"),
        ("/old/{a}/b", "/fb/new/{a}/b"),
        ("/v{n}/x", "/ver/{n}/x"),
        ("/numeric/{n}", "/num/{n}? /fb/numeric/{n}?"),
        ("/file/{name}.json", "/new/{name}"),
        // Nobody means the fixed word by an unknown value.
        ("/c/{what}", "/fb/c/{what}"),
    ] {
        assert_eq!(resolved(APPLICATION, &[], &ROUTES, url), expected, "{url}");
    }
}

#[test]
fn base_path_and_other_hosts() {
    let config = "module.exports = { rewrites: async () => [
        { source: '/in', destination: '/s/a' },
        { source: '/base/out', destination: '/base/s/b', basePath: false },
        { source: '/base/left', destination: '/s/b', basePath: false },
        { source: '/docs/:path*', destination: 'https://docs.example.com/:path*' },
        { source: '/api/:path*', destination: `${process.env.API}/:path*` },
        { source: '/:any*', destination: '/s/:any*', has: [{ type: 'host', value: 'other.example.com' }] },
        { source: '/maybe', destination: 'http://localhost:8000/x', missing: [{ type: 'cookie', key: 'a' }] },
    ] }";
    for (url, expected) in [
        ("/in", "/s/a"),
        ("/out", "/s/b"),
        ("/left", "elsewhere"),
        ("/docs/a", "elsewhere"),
        ("/api/x", "elsewhere"),
        ("/maybe", "/maybe elsewhere"),
        ("/else", "/else"),
    ] {
        assert_eq!(resolved(config, &["base"], &ROUTES, url), expected, "{url}");
    }
}

/// How rules are written: `redirects, beforeFiles, afterFiles, fallback`, `+` where there may be more.
#[test]
fn what_is_read() {
    let read = |text: &str| {
        let rules = config::read(text, "next.config.ts").rules;
        let sources = |rules: &[Rule]| {
            let one = |rule: &Rule| format!("{}{}", rule.source, if rule.conditional { "?" } else { "" });
            rules.iter().map(one).collect::<Vec<_>>().join(" ")
        };
        let lists = [&rules.redirects, &rules.before_files, &rules.after_files, &rules.fallback].map(|l| sources(l));
        format!("{}{}", lists.join(" | "), if rules.more { " +" } else { "" })
    };
    for (text, expected) in [
        ("export default {}", " |  |  | "),
        ("export default { async rewrites() { return [{ source: '/a', destination: '/b' }] } }", " |  | /a | "),
        ("export default { rewrites: () => [{ source: '/a', destination: '/b' }] }", " |  | /a | "),
        (
            "const rewrites = async () => { const list = [{ source: '/a', destination: '/b' }]; return { fallback: list } };
             const config: NextConfig = { rewrites }; export default withMDX(config)",
            " |  |  | /a",
        ),
        // Early returns: each holds only perhaps.
        (
            "module.exports = { async rewrites() { if (!env) return []; return [{ source: '/a', destination: '/b' }] } }",
            " |  | /a? | ",
        ),
        // Pushed, for certain and under a condition.
        (
            "export default { redirects() { const r = []; r.push({ source: '/a', destination: '/b' });
             if (x) { r.push({ source: '/c', destination: '/d' }) } return r } }",
            "/a |  |  |  +",
        ),
        (
            "const before = [{ source: '/a', destination: '/b' }, x ? y : null, ...(z ? [q] : [])].filter(Boolean)
             export default { rewrites: () => ({ beforeFiles: before, afterFiles: [] }) }",
            " | /a |  |  +",
        ),
        (
            "const c = {}; if (mode) { c.rewrites = async () => { const ret = [{ source: '/a', destination: '/b' }];
             return { beforeFiles: ret } } } export default c",
            " | /a |  | ",
        ),
        ("export default { rewrites: () => [...shared, { source: '/a', destination: '/b' }] }", " |  | /a |  +"),
        ("export default { rewrites: () => load() }", " |  |  |  +"),
        // A spread may add a condition, or be the source itself.
        ("export default { rewrites: () => [{ ...common, source: '/a', destination: '/b' }] }", " |  | /a? | "),
        ("export default { rewrites: () => [{ source: '/a', ...common, destination: '/b' }] }", " |  |  |  +"),
        ("export default { rewrites: () => [{ source: `/${x}`, destination: '/b' }] }", " |  |  |  +"),
        ("export default { rewrites: () => [{ source: '/{a}?', destination: '/b' }] }", " |  |  |  +"),
        ("export default { ...base, rewrites: shared.rewrites }", " |  |  |  +"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}
