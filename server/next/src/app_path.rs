//! The App Router: what a file under `app/` is, and the URL it answers.

use crate::PageExtensions;
use crate::metadata::{self, MetadataRoute};

/// What a file under `app/` is to Next. URLs are written as Next's manifests write them
/// (`/api/users/[id]`), without `basePath`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppFile {
    /// `page`: user interface at a URL.
    Page {
        /// The route, with the markers of an interception kept: `/feed/(.)photo/[id]`.
        url: String,
        /// The route that an intercepting page stands in for: `/feed/photo/[id]`.
        intercepts: Option<String>,
    },
    /// `route`: a Route Handler.
    Route {
        /// The route.
        url: String,
    },
    /// `sitemap`, `icon`, `opengraph-image` and the like: a URL that Next makes up.
    Metadata(MetadataRoute),
    /// `layout`.
    Layout,
    /// `template`.
    Template,
    /// `loading`.
    Loading,
    /// `error` or `global-error`.
    ErrorBoundary,
    /// `not-found` or `global-not-found`.
    NotFound,
    /// `forbidden`.
    Forbidden,
    /// `unauthorized`.
    Unauthorized,
    /// `default`: what a slot shows where it has no page.
    Default,
}

impl AppFile {
    /// The route of a page, a Route Handler or a metadata file. A metadata file that generates
    /// several answers has another one: [`MetadataRoute::url_with`].
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Page { url, .. } | Self::Route { url } => Some(url),
            Self::Metadata(metadata) => Some(&metadata.url),
            _ => None,
        }
    }
}

/// Reads a path relative to the app directory, with `/`: `(shop)/api/users/[id]/route.ts`.
/// `None` for an ordinary module and for everything in a private folder.
#[must_use]
pub fn app_file(path: &str, extensions: &PageExtensions) -> Option<AppFile> {
    // `ignorePartFilter` in build/route-discovery.ts: every part of the path counts.
    if path.split('/').any(|part| part.starts_with('_')) {
        return None;
    }
    // `%5F` is how a folder's name starts with an underscore without being private. Next replaces
    // it anywhere, in upper case only (`createPagesMapping` in build/route-discovery.ts).
    let path = path.replace("%5F", "_");
    let (dir, file_name) = path.rsplit_once('/').unwrap_or(("", &path));
    if let Some(metadata) = metadata::metadata_route(dir, file_name, extensions) {
        return Some(AppFile::Metadata(metadata));
    }
    // Names are case-sensitive, on every file system.
    Some(match extensions.strip(file_name)? {
        "page" => {
            let url = normalize(dir);
            let intercepts = intercepted(&url);
            AppFile::Page { url, intercepts }
        }
        "route" => AppFile::Route { url: normalize(dir) },
        "layout" => AppFile::Layout,
        "template" => AppFile::Template,
        "loading" => AppFile::Loading,
        "error" | "global-error" => AppFile::ErrorBoundary,
        "not-found" | "global-not-found" => AppFile::NotFound,
        "forbidden" => AppFile::Forbidden,
        "unauthorized" => AppFile::Unauthorized,
        "default" => AppFile::Default,
        _ => return None,
    })
}

/// The URL of a folder: `normalizeAppPath` in shared/lib/router/utils/app-paths.ts.
pub(crate) fn normalize(dir: &str) -> String {
    let mut url = String::with_capacity(dir.len() + 1);
    for segment in dir.split('/').filter(|s| !s.is_empty() && !is_group(s) && !s.starts_with('@')) {
        url.push('/');
        url.push_str(segment);
    }
    if url.is_empty() { "/".to_owned() } else { url }
}

/// `isGroupSegment` in shared/lib/segment.ts.
pub(crate) fn is_group(segment: &str) -> bool {
    segment.starts_with('(') && segment.ends_with(')')
}

/// The markers of an interception, in the order in which Next tries them, and how many segments
/// each climbs (`None`: to the root).
const MARKERS: [(&str, Option<usize>); 4] =
    [("(..)(..)", Some(2)), ("(.)", Some(0)), ("(..)", Some(1)), ("(...)", None)];

/// The route that an intercepting one replaces: `extractInterceptionRouteInformation` in
/// shared/lib/router/utils/interception-routes.ts. Segments are those of the URL, so groups and
/// slots do not count. `None` also where a marker climbs above the root, which Next refuses.
fn intercepted(url: &str) -> Option<String> {
    let segments: Vec<&str> = url.split('/').skip(1).collect();
    let (depth, rest, climb) = segments.iter().enumerate().find_map(|(depth, segment)| {
        let (marker, climb) = MARKERS.iter().find(|(marker, _)| segment.starts_with(marker))?;
        Some((depth, &segment[marker.len()..], *climb))
    })?;
    let kept = match climb {
        Some(climb) => depth.checked_sub(climb)?,
        None => 0,
    };
    if rest.is_empty() {
        return None;
    }
    let mut target: Vec<&str> = segments[..kept].to_vec();
    target.push(rest);
    target.extend(&segments[depth + 1..]);
    Some(format!("/{}", target.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> String {
        match app_file(path, &PageExtensions::default()) {
            Some(AppFile::Page { url, intercepts: None }) => format!("page {url}"),
            Some(AppFile::Page { url, intercepts: Some(target) }) => format!("page {url} for {target}"),
            Some(AppFile::Route { url }) => format!("route {url}"),
            Some(AppFile::Metadata(metadata)) => format!("metadata {}", metadata.url),
            Some(other) => format!("{other:?}"),
            None => "-".to_owned(),
        }
    }

    /// Measured with `normalizeAppPath`, `createValidFileMatcher` and the interception functions
    /// of next 14.2.35, 15.5.29 and 16.4.6, which agree on every row.
    #[test]
    fn routes() {
        for (path, expected) in [
            ("page.tsx", "page /"),
            ("route.ts", "route /"),
            ("@slot/page.tsx", "page /"),
            ("(a)/(b)/deep/page.tsx", "page /deep"),
            ("()/x/page.tsx", "page /x"),
            ("(x/page.tsx", "page /(x"),
            ("blog/[id]/page.tsx", "page /blog/[id]"),
            ("docs/[...slug]/page.tsx", "page /docs/[...slug]"),
            ("shop/[[...slug]]/page.tsx", "page /shop/[[...slug]]"),
            ("(shop)/api/users/[id]/route.ts", "route /api/users/[id]"),
            // Private folders, and the way around them.
            ("_private/page.tsx", "-"),
            ("x/_lib/page.tsx", "-"),
            ("x/_lib/layout.tsx", "-"),
            ("x/_lib/icon.png", "-"),
            ("%5Funder/page.tsx", "page /_under"),
            ("%5Fapi/route.ts", "route /_api"),
            ("%5funder/page.tsx", "page /%5funder"),
            // A parameter is a whole segment; everything else is literal.
            ("[id].json/page.tsx", "page /[id].json"),
            ("pre-[id]/page.tsx", "page /pre-[id]"),
            ("a.b/page.tsx", "page /a.b"),
            ("Sp Ace/page.tsx", "page /Sp Ace"),
            ("uni-é/page.tsx", "page /uni-é"),
            ("UPPER/page.tsx", "page /UPPER"),
            ("[a b]/page.tsx", "page /[a b]"),
            // Slots.
            ("par/@team/members/page.tsx", "page /par/members"),
            ("par/@ana/views/[v]/page.tsx", "page /par/views/[v]"),
            ("par/@slot/default.tsx", "Default"),
            ("api/@slotroute/inner/route.ts", "route /api/inner"),
            // Interception.
            ("feed/@modal/(.)photo/[id]/page.tsx", "page /feed/(.)photo/[id] for /feed/photo/[id]"),
            ("feed/@modal/(..)photos/[id]/page.tsx", "page /feed/(..)photos/[id] for /photos/[id]"),
            ("feed/sub/(..)(..)photos2/page.tsx", "page /feed/sub/(..)(..)photos2 for /photos2"),
            ("feed/(...)rootphotos/page.tsx", "page /feed/(...)rootphotos for /rootphotos"),
            ("(g)/feed/(h)/@s/(..)x/page.tsx", "page /feed/(..)x for /x"),
            ("(.)photo/page.tsx", "page /(.)photo for /photo"),
            ("(..)photo/page.tsx", "page /(..)photo"),
            ("feed/(..)(..)photo/page.tsx", "page /feed/(..)(..)photo"),
            // Route Handlers.
            ("api/hello/route.ts", "route /api/hello"),
            ("api/hello/route.tsx", "route /api/hello"),
            ("api/hello/route.js", "route /api/hello"),
            ("api/hello/route.mjs", "-"),
            ("api/hello/Route.ts", "-"),
            ("api/hello/route.test.ts", "-"),
            ("feed.xml/route.ts", "route /feed.xml"),
            (".well-known/foo/route.ts", "route /.well-known/foo"),
            ("route/route.ts", "route /route"),
            ("page/page.tsx", "page /page"),
            ("index/page.tsx", "page /index"),
            // The same names as folders are no metadata.
            ("icon/route.ts", "route /icon"),
            ("(g)/icon/route.ts", "route /icon"),
            ("robots.txt/route.ts", "route /robots.txt"),
            ("(g)/sitemap.xml/route.ts", "route /sitemap.xml"),
            ("sitemap/page.tsx", "page /sitemap"),
            // Metadata has its own table in metadata.rs.
            ("sitemap.ts", "metadata /sitemap.xml"),
            ("(marketing)/pricing/twitter-image.png", "metadata /pricing/twitter-image-15m7k7.png"),
            ("%5Fx/(g)/icon.png", "metadata /_x/icon-3anbzm.png"),
            // No route.
            ("layout.tsx", "Layout"),
            ("x/template.js", "Template"),
            ("loading.jsx", "Loading"),
            ("error.tsx", "ErrorBoundary"),
            ("global-error.tsx", "ErrorBoundary"),
            ("not-found.tsx", "NotFound"),
            ("forbidden.tsx", "Forbidden"),
            ("unauthorized.tsx", "Unauthorized"),
            ("actions.ts", "-"),
            ("page.d.ts", "-"),
            ("page", "-"),
            ("", "-"),
            ("/", "-"),
            ("é/(", "-"),
        ] {
            assert_eq!(read(path), expected, "{path}");
        }
    }

    /// Measured on next 16.4.6.
    #[test]
    fn page_extensions() {
        let extensions = PageExtensions::new(["page.tsx", "api.ts", "ts", "tsx"].map(str::to_owned).to_vec());
        for (path, expected) in [
            ("x/page.page.tsx", Some("/x")),
            ("api/x/route.api.ts", Some("/api/x")),
            ("api/x/route.ts", Some("/api/x")),
            ("x/icon.page.tsx", Some("/x/icon")),
            ("x/page.js", None),
        ] {
            let file = app_file(path, &extensions);
            assert_eq!(file.as_ref().and_then(AppFile::url), expected, "{path}");
        }
    }
}
