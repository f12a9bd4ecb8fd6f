//! Metadata files: the URLs that Next makes of `favicon.ico`, `sitemap.ts`, `opengraph-image.png`
//! and their kind.

use crate::app_path::{is_group, normalize};
use crate::{PageExtensions, Version};

/// Which metadata convention a file follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetadataKind {
    /// `favicon.ico`, in the root of `app/` only.
    Favicon,
    /// `robots`, in the root of `app/` only.
    Robots,
    /// `manifest`, in the root of `app/` only.
    Manifest,
    /// `sitemap`.
    Sitemap,
    /// `icon`, `icon1`, …
    Icon,
    /// `apple-icon`, `apple-icon1`, …
    AppleIcon,
    /// `opengraph-image`, `opengraph-image1`, …
    OpenGraphImage,
    /// `twitter-image`, `twitter-image1`, …
    TwitterImage,
}

use MetadataKind::{AppleIcon, Favicon, Icon, Manifest, OpenGraphImage, Robots, Sitemap, TwitterImage};

/// Each convention's file name and the extensions of its static form: `STATIC_METADATA_IMAGES` and
/// `isMetadataRouteFile` in lib/metadata/is-metadata-route.ts.
const CONVENTIONS: [(&str, MetadataKind, &[&str]); 8] = [
    ("favicon", Favicon, &["ico"]),
    ("robots", Robots, &["txt"]),
    ("manifest", Manifest, &["webmanifest", "json"]),
    ("sitemap", Sitemap, &["xml"]),
    ("icon", Icon, &["ico", "jpg", "jpeg", "png", "svg"]),
    ("apple-icon", AppleIcon, &["jpg", "jpeg", "png"]),
    ("opengraph-image", OpenGraphImage, &["jpg", "jpeg", "png", "gif"]),
    ("twitter-image", TwitterImage, &["jpg", "jpeg", "png", "gif"]),
];

impl MetadataKind {
    /// Whether the file is an image that may come several times in a folder (`icon1`) and whose
    /// module may export `generateImageMetadata`.
    #[must_use]
    pub const fn is_image(self) -> bool {
        matches!(self, Icon | AppleIcon | OpenGraphImage | TwitterImage)
    }

    const fn is_root_only(self) -> bool {
        matches!(self, Favicon | Robots | Manifest)
    }
}

/// A metadata file and its route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataRoute {
    /// The convention.
    pub kind: MetadataKind,
    /// The route of a file that generates one answer, in the newest release; [`Self::url_with`]
    /// knows the others.
    pub url: String,
    /// Whether the file is code that runs, rather than an asset.
    pub dynamic: bool,
    /// The folder, relative to `app/`.
    dir: String,
    /// The file's name without and its asset's extension.
    name: (String, Option<String>),
}

impl MetadataRoute {
    /// The route, given whether the module `generates` several answers by exporting
    /// `generateSitemaps` or `generateImageMetadata` (`normalizeMetadataPageToRoute` in
    /// lib/metadata/get-metadata-route.ts; for 14, `build/index.ts`).
    #[must_use]
    pub fn url_with(&self, generates: bool, version: Version) -> String {
        let url = self.url_in(version);
        match self.kind {
            _ if !(self.dynamic && generates) => url,
            // Requests end in `.xml`: `/sitemap/0.xml`.
            Sitemap => format!("{}/[__metadata_id__]", url.trim_end_matches(".xml")),
            kind if !kind.is_image() => url,
            _ if version.major < 15 => format!("{url}/[[...__metadata_id__]]"),
            _ => format!("{url}/[__metadata_id__]"),
        }
    }

    /// The route of a file that generates one answer.
    fn url_in(&self, version: Version) -> String {
        let mut url = normalize(&self.dir);
        if url != "/" {
            url.push('/');
        }
        let (stem, asset) = &self.name;
        url.push_str(stem);
        // `sitemap.ts` never has a suffix, `sitemap.xml` has had one until 15.5.
        let may_have_suffix = self.kind != Sitemap || asset.is_some() && version.major < 16;
        if may_have_suffix && let Some(suffix) = suffix(&self.dir, version) {
            url.push('-');
            url.push_str(&suffix);
        }
        match (asset, self.kind) {
            (Some(extension), _) => {
                url.push('.');
                url.push_str(extension);
            }
            (None, Robots) => url.push_str(".txt"),
            (None, Manifest) => url.push_str(".webmanifest"),
            (None, Sitemap) => url.push_str(".xml"),
            (None, _) => {}
        }
        url
    }
}

/// Reads a file by its folder, relative to `app/` with `%5F` already decoded, and its name.
pub(crate) fn metadata_route(dir: &str, file_name: &str, extensions: &PageExtensions) -> Option<MetadataRoute> {
    // An alternative text (`opengraph-image.alt.txt`) falls through: no convention has its name.
    let (stem, asset_extension) = match extensions.strip(file_name) {
        Some(stem) => (stem, None),
        None => file_name.rsplit_once('.').map(|(stem, extension)| (stem, Some(extension)))?,
    };
    // One digit in webpack's pattern (`\d?`), any number in Turbopack's. A second digit is not
    // worth a wrong answer.
    let numberless = stem.strip_suffix(|c: char| c.is_ascii_digit());
    let (_, kind, assets) =
        *CONVENTIONS.iter().find(|(name, kind, _)| stem == *name || kind.is_image() && numberless == Some(name))?;
    let dynamic = match asset_extension {
        Some(extension) if !assets.contains(&extension) => return None,
        // A favicon is never code.
        None if kind == Favicon => return None,
        extension => extension.is_none(),
    };
    if kind.is_root_only() && !dir.is_empty() {
        return None;
    }

    let name = (stem.to_owned(), asset_extension.map(str::to_owned));
    let mut route = MetadataRoute { kind, url: String::new(), dynamic, dir: dir.to_owned(), name };
    route.url = route.url_in(Version::LATEST);
    Some(route)
}

/// What tells apart the files of folders that share a URL: `getMetadataRouteSuffix` in
/// lib/metadata/get-metadata-route.ts. `None` where no segment is a group or a slot; 14 looks for
/// their characters anywhere, so the markers of interceptions count, too.
fn suffix(dir: &str, version: Version) -> Option<String> {
    let hidden = |segment: &str| is_group(segment) || segment.starts_with('@') && segment != "@children";
    let counts = if version.major < 15 {
        dir.contains('(') && dir.contains(')') || dir.contains('@')
    } else {
        dir.split('/').any(hidden)
    };
    if !counts {
        return None;
    }
    let hash = djb2(&format!("/{dir}"));
    let mut digits = base36(hash);
    digits.truncate(6);
    Some(digits)
}

/// `djb2Hash` in shared/lib/hash.ts: over UTF-16 units, in 32 bits.
fn djb2(text: &str) -> u32 {
    text.encode_utf16().fold(5381, |hash: u32, unit| hash.wrapping_mul(33).wrapping_add(u32::from(unit)))
}

/// JavaScript's `toString(36)`.
fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit(number % 36, 36));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<MetadataRoute> {
        let (dir, file_name) = path.rsplit_once('/').unwrap_or(("", path));
        metadata_route(dir, file_name, &PageExtensions::default())
    }

    /// Measured with `normalizeMetadataRoute` and `normalizeMetadataPageToRoute` of next 16.4.6.
    #[test]
    fn urls() {
        for (path, expected) in [
            ("favicon.ico", "/favicon.ico"),
            ("favicon.ts", "-"),
            ("x/favicon.ico", "-"),
            ("(marketing)/favicon.ico", "-"),
            ("robots.ts", "/robots.txt"),
            ("robots.txt", "/robots.txt"),
            ("x/robots.txt", "-"),
            ("(marketing)/robots.ts", "-"),
            ("manifest.ts", "/manifest.webmanifest"),
            ("manifest.webmanifest", "/manifest.webmanifest"),
            ("manifest.json", "/manifest.json"),
            ("x/manifest.json", "-"),
            ("sitemap.ts", "/sitemap.xml"),
            ("sitemap.xml", "/sitemap.xml"),
            ("a/sitemap.xml", "/a/sitemap.xml"),
            ("prod/sitemap.ts", "/prod/sitemap.xml"),
            ("(marketing)/sitemap.ts", "/sitemap.xml"),
            ("(marketing)/sitemap.xml", "/sitemap.xml"),
            ("sitemap1.ts", "-"),
            ("icon.png", "/icon.png"),
            ("icon.svg", "/icon.svg"),
            ("icon.gif", "-"),
            ("Icon.png", "-"),
            ("foo-icon.png", "-"),
            ("apple-icon.png", "/apple-icon.png"),
            ("apple-icon.svg", "-"),
            ("about/icon1.png", "/about/icon1.png"),
            ("about/icon12.png", "-"),
            ("about/opengraph-image.png", "/about/opengraph-image.png"),
            ("twitter-image.gif", "/twitter-image.gif"),
            ("ogdyn/[id]/opengraph-image.tsx", "/ogdyn/[id]/opengraph-image"),
            ("ogdyn/[id]/opengraph-image.png", "/ogdyn/[id]/opengraph-image.png"),
            ("opengraph-image.alt.txt", "-"),
            ("icon.page.tsx", "-"),
            ("icon", "-"),
            ("icon.", "-"),
            (".png", "-"),
            // Under groups and slots.
            ("(marketing)/pricing/twitter-image.png", "/pricing/twitter-image-15m7k7.png"),
            ("(marketing)/pricing/twitter-image.tsx", "/pricing/twitter-image-15m7k7"),
            ("client/(meme)/more-route/twitter-image2.tsx", "/client/more-route/twitter-image2-769mad"),
            ("(g)/icon.ico", "/icon-yj9kvg.ico"),
            ("(g)/icon3.tsx", "/icon3-yj9kvg"),
            ("(é)/icon.png", "/icon-yj9o6m.png"),
            ("(😀)/icon.png", "/icon-46x40y.png"),
            ("lookup/[domain]/(dns)/icon.png", "/lookup/[domain]/icon-j9m0i.png"),
            ("par/@team/icon.png", "/par/icon-bc2t71.png"),
            ("par/@children/icon.png", "/par/icon.png"),
            ("feed/(.)photo/icon.png", "/feed/(.)photo/icon.png"),
            ("feed/@modal/(.)photo/icon.png", "/feed/(.)photo/icon-ix4uv0.png"),
        ] {
            let url = read(path).map_or("-".to_owned(), |metadata| metadata.url);
            assert_eq!(url, expected, "{path}");
        }
    }

    /// Measured with the same functions of next 15.5.29 and 16.4.6; for 14.2.35 `build/index.ts` then
    /// drops `[[...__metadata_id__]]` where nothing is generated, and renames it under a sitemap.
    #[test]
    fn several_answers() {
        for (path, generates, in_14, since_15) in [
            ("prod/sitemap.ts", false, "/prod/sitemap.xml", "/prod/sitemap.xml"),
            ("prod/sitemap.ts", true, "/prod/sitemap/[__metadata_id__]", "/prod/sitemap/[__metadata_id__]"),
            ("(g)/sitemap.ts", true, "/sitemap/[__metadata_id__]", "/sitemap/[__metadata_id__]"),
            ("x/icon.tsx", false, "/x/icon", "/x/icon"),
            (
                "x/opengraph-image.tsx",
                true,
                "/x/opengraph-image/[[...__metadata_id__]]",
                "/x/opengraph-image/[__metadata_id__]",
            ),
            (
                "(marketing)/pricing/twitter-image.tsx",
                true,
                "/pricing/twitter-image-15m7k7/[[...__metadata_id__]]",
                "/pricing/twitter-image-15m7k7/[__metadata_id__]",
            ),
            // Only code generates, and only what has a generating export.
            ("x/icon.png", true, "/x/icon.png", "/x/icon.png"),
            ("sitemap.xml", true, "/sitemap.xml", "/sitemap.xml"),
            ("robots.ts", true, "/robots.txt", "/robots.txt"),
        ] {
            let metadata = read(path).expect(path);
            assert_eq!(metadata.url_with(generates, Version::new(14, 2, 35)), in_14, "{path}");
            assert_eq!(metadata.url_with(generates, Version::new(15, 5, 29)), since_15, "{path}");
            assert_eq!(metadata.url_with(generates, Version::LATEST), since_15, "{path}");
        }
    }

    /// Built with next 14.2.35, 15.5.29 and 16.4.6 (`tests/oracle/routes`).
    #[test]
    fn suffixes_by_release() {
        for (path, in_14, in_15, in_16) in [
            (
                "(marketing)/news/sitemap.xml",
                "/news/sitemap-eyf9cj.xml",
                "/news/sitemap-eyf9cj.xml",
                "/news/sitemap.xml",
            ),
            ("(marketing)/offers/sitemap.ts", "/offers/sitemap.xml", "/offers/sitemap.xml", "/offers/sitemap.xml"),
            ("plain/sitemap.xml", "/plain/sitemap.xml", "/plain/sitemap.xml", "/plain/sitemap.xml"),
            ("photo/icon.png", "/photo/icon.png", "/photo/icon.png", "/photo/icon.png"),
        ] {
            let metadata = read(path).expect(path);
            let urls = [(14, 2, 35), (15, 5, 29), (16, 4, 6)]
                .map(|(major, minor, patch)| metadata.url_with(false, Version::new(major, minor, patch)));
            assert_eq!(urls, [in_14, in_15, in_16], "{path}");
        }
    }

    #[test]
    fn kinds() {
        for (path, kind, dynamic) in [
            ("favicon.ico", Favicon, false),
            ("robots.ts", Robots, true),
            ("manifest.json", Manifest, false),
            ("sitemap.ts", Sitemap, true),
            ("icon.tsx", Icon, true),
            ("apple-icon1.jpg", AppleIcon, false),
            ("opengraph-image.js", OpenGraphImage, true),
            ("twitter-image.png", TwitterImage, false),
        ] {
            let metadata = read(path).expect(path);
            assert_eq!((metadata.kind, metadata.dynamic), (kind, dynamic), "{path}");
        }
    }
}
