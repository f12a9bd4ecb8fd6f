//! `pageExtensions`: which files may be pages, routes and layouts.

/// The extensions of page files, without the leading dot, in the order of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageExtensions(Vec<String>);

impl PageExtensions {
    /// The extensions a configuration lists. An empty list is an error in Next
    /// (`server/config.ts`), so it means the default here.
    #[must_use]
    pub fn new(extensions: Vec<String>) -> Self {
        if extensions.is_empty() { Self::default() } else { Self(extensions) }
    }

    /// Each extension, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The name without its page extension: `route.api.ts` is `route` under `["api.ts", "ts"]`.
    /// The longest extension wins (`getPageFromPath` in `build/route-discovery.ts`). `None` where
    /// the file can be no page: another extension, nothing in front of it, or a `.d.ts`, which
    /// `createPagesMapping` skips.
    #[must_use]
    pub fn strip<'a>(&self, file_name: &'a str) -> Option<&'a str> {
        if file_name.ends_with(".d.ts") && self.iter().any(|extension| extension == "ts") {
            return None;
        }
        self.iter()
            .filter_map(|extension| file_name.strip_suffix(extension)?.strip_suffix('.'))
            .filter(|stem| !stem.is_empty())
            .min_by_key(|stem| stem.len())
    }
}

impl Default for PageExtensions {
    /// `tsx`, `ts`, `jsx`, `js` (`server/config-shared.ts`).
    fn default() -> Self {
        Self(["tsx", "ts", "jsx", "js"].map(str::to_owned).to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strip() {
        let default = PageExtensions::default();
        let custom = PageExtensions::new(["page.tsx", "api.ts", "ts", "tsx"].map(str::to_owned).to_vec());
        for (extensions, name, expected) in [
            (&default, "page.tsx", Some("page")),
            (&default, "route.js", Some("route")),
            (&default, "a.test.ts", Some("a.test")),
            (&default, "route.mjs", None),
            (&default, "route.TS", None),
            (&default, "route", None),
            (&default, "ts", None),
            (&default, ".ts", None),
            (&default, "page.d.ts", None),
            (&default, "é.ts", Some("é")),
            (&custom, "page.page.tsx", Some("page")),
            (&custom, "route.api.ts", Some("route")),
            (&custom, "legacy.page.tsx", Some("legacy")),
            (&custom, "route.ts", Some("route")),
            (&custom, "route.js", None),
        ] {
            assert_eq!(extensions.strip(name), expected, "{name}");
        }
    }

    #[test]
    fn empty_means_default() {
        assert_eq!(PageExtensions::new(vec![]), PageExtensions::default());
    }
}
