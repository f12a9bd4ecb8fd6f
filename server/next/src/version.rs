//! The version of Next.js, and how `package.json` writes it.

use std::fmt;

/// A release of Next.js. Pre-releases count as the release they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Major version.
    pub major: u16,
    /// Minor version.
    pub minor: u16,
    /// Patch version.
    pub patch: u16,
}

impl Version {
    /// The newest release whose behaviour is known here; what an unbounded range means.
    pub const LATEST: Self = Self::new(16, 4, 6);

    /// A version from its three numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Reads a version or a range as npm, pnpm and yarn write it.
    ///
    /// A range yields its lower bound, and of several alternatives (`^14 || ^15`) the highest: the
    /// installed package, where there is one, knows better. `None` where the text says nothing
    /// about a version (`workspace:*`, `catalog:`, a path, a URL).
    #[must_use]
    pub fn parse(range: &str) -> Option<Self> {
        let range = range.trim();
        let range = match range.strip_prefix("npm:") {
            // An alias: `npm:next@15.1.0`, `npm:@scope/next@15.1.0`, `npm:next`.
            Some(alias) => match alias.rsplit_once('@') {
                Some((name, range)) if !name.is_empty() => range,
                _ => return Some(Self::LATEST),
            },
            None => range,
        };
        match range {
            "" | "*" | "x" | "X" => return Some(Self::LATEST),
            // https://www.npmjs.com/package/next?activeTab=versions, the tags that move.
            "latest" | "canary" | "rc" | "beta" | "next" => return Some(Self::LATEST),
            _ if range.contains([':', '/']) => return None,
            _ => {}
        }
        range.split("||").filter_map(lower_bound).max()
    }
}

/// The first comparator of a range that bounds it from below.
fn lower_bound(range: &str) -> Option<Version> {
    // An operator may stand apart from its version: `>= 15.0.0 < 17`.
    let mut bounds_above = false;
    for token in range.split_whitespace() {
        let version = token.trim_start_matches(['^', '~', '>', '=', 'v', '<']);
        if version.is_empty() {
            bounds_above = token.starts_with('<');
        } else if token.starts_with('<') || bounds_above {
            bounds_above = false;
        } else if let Some(version) = numbers(version) {
            return Some(version);
        }
    }
    None
}

/// `16`, `16.x`, `16.4.6`, `15.0.0-canary.3+build`.
fn numbers(text: &str) -> Option<Version> {
    let release = text.split(['-', '+']).next()?;
    let mut parts = release.split('.').map(|part| match part {
        "x" | "X" | "*" => Some(0),
        digits => digits.parse().ok(),
    });
    let major = parts.next()??;
    let minor = parts.next().unwrap_or(Some(0))?;
    let patch = parts.next().unwrap_or(Some(0))?;
    (major > 0).then_some(Version { major, minor, patch })
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (range, expected) in [
            ("16.4.6", "16.4.6"),
            (" 16.4.6 ", "16.4.6"),
            ("v15.1.0", "15.1.0"),
            ("=15.1.0", "15.1.0"),
            ("^15.0.0", "15.0.0"),
            ("~14.2", "14.2.0"),
            ("15", "15.0.0"),
            ("16.x", "16.0.0"),
            ("16.x.x", "16.0.0"),
            (">=15 <17", "15.0.0"),
            (">= 15.2.0 < 17", "15.2.0"),
            ("<17 >=15", "15.0.0"),
            ("< 17 >= 15.3", "15.3.0"),
            ("14.0.0 - 15.9.9", "14.0.0"),
            ("^14.0.0 || ^15.0.0", "15.0.0"),
            ("15.0.0-canary.3", "15.0.0"),
            ("^16.0.0-beta.1+abc", "16.0.0"),
            ("npm:next@15.1.0", "15.1.0"),
            ("npm:@scope/next@^15.1.0", "15.1.0"),
            ("npm:next", "16.4.6"),
            ("npm:@scope/next", "16.4.6"),
            ("latest", "16.4.6"),
            ("canary", "16.4.6"),
            ("*", "16.4.6"),
            ("", "16.4.6"),
            ("catalog:", "-"),
            ("catalog:react", "-"),
            ("workspace:*", "-"),
            ("workspace:^15.0.0", "-"),
            ("file:../next", "-"),
            ("vercel/next.js", "-"),
            ("git+https://github.com/vercel/next.js.git#v15", "-"),
            ("<17", "-"),
            ("99999.0.0", "-"),
            ("15.é", "-"),
            ("nonsense", "-"),
        ] {
            let parsed = Version::parse(range).map_or("-".to_owned(), |version| version.to_string());
            assert_eq!(parsed, expected, "{range:?}");
        }
    }

    #[test]
    fn order() {
        assert!(Version::new(14, 2, 35) < Version::new(15, 0, 0));
        assert!(Version::new(16, 0, 11) < Version::new(16, 1, 0));
    }
}
