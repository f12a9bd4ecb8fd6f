//! Route patterns: which paths a route answers, and which route goes first.

use std::cmp::Ordering;
use std::fmt;

/// One segment of a route. Order is precedence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Literal text.
    Static(String),
    /// `[name]`: exactly one segment.
    Param(String),
    /// `[...name]`: one segment or more.
    CatchAll(String),
    /// `[[...name]]`: any number of segments.
    OptionalCatchAll(String),
}

impl Segment {
    /// Reads one segment as `UrlNode._insert` does in shared/lib/router/utils/sorted-routes.ts. A
    /// parameter is a whole segment: `[id].json` is literal, and so is what Next refuses (`[[id]]`).
    #[must_use]
    pub fn parse(segment: &str) -> Self {
        let parameter = |open: &str, close: &str| {
            let name = segment.strip_prefix(open)?.strip_suffix(close)?;
            let odd = name.is_empty() || name.starts_with(['[', '.']) || name.ends_with(']');
            (!odd).then(|| name.to_owned())
        };
        if let Some(name) = parameter("[[...", "]]") {
            Self::OptionalCatchAll(name)
        } else if let Some(name) = parameter("[...", "]") {
            Self::CatchAll(name)
        } else if let Some(name) = parameter("[", "]") {
            Self::Param(name)
        } else {
            Self::Static(segment.to_owned())
        }
    }

    /// The parameter's name.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        match self {
            Self::Static(_) => None,
            Self::Param(name) | Self::CatchAll(name) | Self::OptionalCatchAll(name) => Some(name),
        }
    }

    /// Precedence, blind to the names of parameters.
    fn rank(&self) -> (u8, &str) {
        match self {
            Self::Static(text) => (0, text),
            Self::Param(_) => (1, ""),
            Self::CatchAll(_) => (2, ""),
            Self::OptionalCatchAll(_) => (3, ""),
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Static(text) => f.write_str(text),
            Self::Param(name) => write!(f, "[{name}]"),
            Self::CatchAll(name) => write!(f, "[...{name}]"),
            Self::OptionalCatchAll(name) => write!(f, "[[...{name}]]"),
        }
    }
}

/// A route as Next's manifests write it, taken apart. The order is the one in which Next tries
/// routes (`getSortedRoutes`, shared/lib/router/utils/sorted-routes.ts): segment by segment, static
/// text before `[x]` before `[...x]` before `[[...x]]`, a route before those below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RoutePattern {
    /// The segments; none for `/`.
    pub segments: Vec<Segment>,
}

impl RoutePattern {
    /// Takes a route apart: `/docs/[...slug]`.
    #[must_use]
    pub fn parse(route: &str) -> Self {
        let segments = route.split('/').filter(|s| !s.is_empty()).map(Segment::parse).collect();
        Self { segments }
    }

    /// Whether the route has parameters.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.segments.iter().any(|segment| segment.param().is_some())
    }

    /// Whether a request for this path is answered here. The path is concrete, without query; it
    /// may be percent-encoded and end in a slash.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let mut given = path.split('/').filter(|segment| !segment.is_empty());
        for (index, segment) in self.segments.iter().enumerate() {
            let last = index + 1 == self.segments.len();
            match segment {
                // Next refuses a route that goes on behind a catch-all.
                Segment::CatchAll(_) => return last && given.next().is_some(),
                Segment::OptionalCatchAll(_) => return last,
                Segment::Param(_) if given.next().is_some() => {}
                Segment::Static(text) if given.next().is_some_and(|g| decodes_to(g, text)) => {}
                _ => return false,
            }
        }
        given.next().is_none()
    }
}

/// Whether a segment of a URL, percent-decoded, is this text.
fn decodes_to(encoded: &str, text: &str) -> bool {
    if encoded == text || !encoded.contains('%') {
        return encoded == text;
    }
    let hex = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut bytes = encoded.as_bytes();
    let mut expected = text.bytes();
    while let [first, rest @ ..] = bytes {
        let (byte, rest) = match (first, hex(rest.first()), hex(rest.get(1))) {
            (b'%', Some(high), Some(low)) => ((high * 16 + low) as u8, &rest[2..]),
            _ => (*first, rest),
        };
        if expected.next() != Some(byte) {
            return false;
        }
        bytes = rest;
    }
    expected.next().is_none()
}

impl Ord for RoutePattern {
    fn cmp(&self, other: &Self) -> Ordering {
        let ranks = self.segments.iter().map(Segment::rank);
        // Names decide nothing in Next; they only keep the order in step with equality.
        ranks.cmp(other.segments.iter().map(Segment::rank)).then_with(|| self.segments.cmp(&other.segments))
    }
}

impl PartialOrd for RoutePattern {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for RoutePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str("/");
        }
        self.segments.iter().try_for_each(|segment| write!(f, "/{segment}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments() {
        let text = |text: &str| Segment::Static(text.to_owned());
        for (segment, expected) in [
            ("docs", text("docs")),
            ("[id]", Segment::Param("id".to_owned())),
            ("[a b]", Segment::Param("a b".to_owned())),
            ("[...slug]", Segment::CatchAll("slug".to_owned())),
            ("[[...slug]]", Segment::OptionalCatchAll("slug".to_owned())),
            ("[__metadata_id__]", Segment::Param("__metadata_id__".to_owned())),
            // Literal, though they look like parameters.
            ("[id].json", text("[id].json")),
            ("pre-[id]", text("pre-[id]")),
            ("(.)photo", text("(.)photo")),
            ("[]", text("[]")),
            ("[", text("[")),
            ("[...]", text("[...]")),
            ("[[...]]", text("[[...]]")),
            ("[[id]]", text("[[id]]")),
            ("[.id]", text("[.id]")),
            ("[…id]", Segment::Param("…id".to_owned())),
        ] {
            assert_eq!(Segment::parse(segment), expected, "{segment}");
            assert_eq!(Segment::parse(segment).to_string(), segment);
        }
    }

    #[test]
    fn display() {
        for (route, expected) in [
            ("/", "/"),
            ("", "/"),
            ("/docs/[...slug]", "/docs/[...slug]"),
            ("//a//[b]/", "/a/[b]"),
            ("/shop/[[...slug]]", "/shop/[[...slug]]"),
        ] {
            assert_eq!(RoutePattern::parse(route).to_string(), expected);
        }
        assert!(!RoutePattern::parse("/a/[id].json").is_dynamic());
        assert!(RoutePattern::parse("/a/[id]").is_dynamic());
    }

    /// The answer of `getSortedRoutes` of next 16.4.6 to these routes in any order.
    #[test]
    fn precedence() {
        let sorted = [
            "/",
            "/_x",
            "/a",
            "/a/b",
            "/a/b/[...rest]",
            "/a/[id]",
            "/a/[id]/edit",
            "/a/[id]/[tab]",
            "/a/[id]/[...more]",
            "/a/[...all]",
            "/b/c",
            "/b/[[...opt]]",
            "/é",
            "/[x]",
            "/[x]/a",
            "/[x]/[y]",
            "/[...z]",
        ];
        let mut patterns = sorted.map(RoutePattern::parse);
        patterns.reverse();
        patterns.sort();
        assert_eq!(patterns.map(|pattern| pattern.to_string()), sorted);
        // Names of parameters do not decide: `/[b]/a` is more specific than `/[a]/[c]`.
        assert!(RoutePattern::parse("/[b]/a") < RoutePattern::parse("/[a]/[c]"));
    }

    #[test]
    fn matches() {
        for (route, path, expected) in [
            ("/", "/", true),
            ("/", "", true),
            ("/", "/a", false),
            ("/a/b", "/a/b", true),
            ("/a/b", "/a/b/", true),
            ("/a/b", "/a", false),
            ("/a/b", "/A/b", false),
            ("/a/[id]", "/a/7", true),
            ("/a/[id]", "/a", false),
            ("/a/[id]", "/a/7/8", false),
            ("/a/[id]/b", "/a/7/b", true),
            ("/a/[...x]", "/a", false),
            ("/a/[...x]", "/a/1/2/3", true),
            ("/a/[[...x]]", "/a", true),
            ("/a/[[...x]]", "/a/1/2", true),
            ("/[[...x]]", "/", true),
            ("/[...x]/b", "/a/b", false),
            ("/[id].json", "/[id].json", true),
            ("/[id].json", "/7.json", false),
            ("/Sp Ace", "/Sp%20Ace", true),
            ("/Sp Ace", "/Sp Ace", true),
            ("/uni-é", "/uni-%C3%A9", true),
            ("/uni-é", "/uni-%c3", false),
            ("/a%", "/a%", true),
            ("/a%b", "/a%25b", true),
            ("/ab", "/a%6", false),
        ] {
            assert_eq!(RoutePattern::parse(route).matches(path), expected, "{route} {path}");
        }
    }
}
