//! The Pages Router: the URL of a file under `pages/`.

use crate::PageExtensions;

/// A route of the Pages Router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagesFile {
    /// The route as Next's manifests write it, without `basePath` and locale.
    pub url: String,
    /// Whether it is an API route, whose default export answers every method (lib/is-api-route.ts).
    pub api: bool,
}

/// Reads a path relative to the pages directory, with `/`: `api/users/[id].ts`. Every page file is
/// a route, private names and tests included; only the frame (`_app`, `_document`, `_error`) is
/// none. (`getPageFromPath` and `createPagesMapping` in build/route-discovery.ts.)
#[must_use]
pub fn pages_file(path: &str, extensions: &PageExtensions) -> Option<PagesFile> {
    let file_name = path.rsplit('/').next()?;
    let removed = file_name.len() - extensions.strip(file_name)?.len();
    let page = format!("/{}", &path[..path.len() - removed]);
    if matches!(page.as_str(), "/_app" | "/_document" | "/_error") {
        return None;
    }
    // Once only: `index/index` is `/index`.
    let url = match page.strip_suffix("/index").unwrap_or(&page) {
        "" => "/".to_owned(),
        url => url.to_owned(),
    };
    let api = url == "/api" || url.starts_with("/api/");
    Some(PagesFile { url, api })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measured on next 14.2.35, 15.5.29 and 16.4.6.
    #[test]
    fn urls() {
        for (path, expected) in [
            ("index.tsx", "/"),
            ("about.tsx", "/about"),
            ("blog/[slug].tsx", "/blog/[slug]"),
            ("blog/index.tsx", "/blog"),
            ("index/index.tsx", "/index"),
            ("index/x.tsx", "/index/x"),
            ("apiary.ts", "/apiary"),
            ("404.tsx", "/404"),
            ("_app.tsx", "-"),
            ("_document.tsx", "-"),
            ("_error.js", "-"),
            ("x/_app.tsx", "/x/_app"),
            ("api/pa.ts", "api /api/pa"),
            ("api/pd/[id].ts", "api /api/pd/[id]"),
            ("api/pc/[...x].ts", "api /api/pc/[...x]"),
            ("api/index.ts", "api /api"),
            ("api.ts", "api /api"),
            ("api/dir/index.ts", "api /api/dir"),
            ("api/_under.ts", "api /api/_under"),
            ("api/_lib/db.ts", "api /api/_lib/db"),
            ("api/a.test.ts", "api /api/a.test"),
            ("api/UPPER.ts", "api /api/UPPER"),
            ("api/types.d.ts", "-"),
            ("api/data.json", "-"),
            ("api/x.mjs", "-"),
            ("", "-"),
            ("api/", "-"),
        ] {
            let read = match pages_file(path, &PageExtensions::default()) {
                Some(PagesFile { url, api: true }) => format!("api {url}"),
                Some(PagesFile { url, api: false }) => url,
                None => "-".to_owned(),
            };
            assert_eq!(read, expected, "{path}");
        }
    }

    /// Measured on next 16.4.6.
    #[test]
    fn page_extensions() {
        let extensions = PageExtensions::new(["page.tsx", "api.ts", "ts", "tsx"].map(str::to_owned).to_vec());
        for (path, expected) in [("legacy.page.tsx", "/legacy"), ("api/pa.api.ts", "/api/pa")] {
            let url = pages_file(path, &extensions).map(|file| file.url);
            assert_eq!(url.as_deref(), Some(expected), "{path}");
        }
    }
}
