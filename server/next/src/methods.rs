//! The methods that a Route Handler answers.

use std::fmt;

use crate::{SegmentConfig, Version};

/// A method that a route module may export, in the order of `HTTP_METHODS` (server/web/http.ts).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `DELETE`.
    Delete,
    /// `PATCH`.
    Patch,
}

impl Method {
    /// Every method that Next knows.
    pub const ALL: [Self; 7] = [Self::Get, Self::Head, Self::Options, Self::Post, Self::Put, Self::Delete, Self::Patch];

    /// The name, in upper case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
        }
    }

    /// Reads the name of an export: upper case only, as `get` is no handler.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }

    /// Reads a name in any case, such as an export that was meant to be a handler.
    #[must_use]
    pub fn parse_any_case(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The methods that Next answers beyond the `exported` ones: HEAD by running GET, and OPTIONS with
/// the list of methods (`autoImplementMethods`,
/// server/route-modules/app-route/helpers/auto-implement-methods.ts).
///
/// OPTIONS is answered with 405 where GET was prerendered (`static_get`) at a URL without
/// parameters, since only GET and HEAD reach a file (`typeof components.Component === 'string' ||
/// isSSG` in server/base-server.ts; measured on next 15.5.29 and 16.4.6, `tests/oracle/routes`). At
/// one with parameters the prerendered answer is given whatever the method.
#[must_use]
pub fn implicit_methods(exported: &[Method], static_get: bool, url: &str) -> Vec<Method> {
    let mut implicit = Vec::new();
    if exported.contains(&Method::Get) && !exported.contains(&Method::Head) {
        implicit.push(Method::Head);
    }
    let only_a_file_answers = static_get && !url.contains('[');
    if !exported.contains(&Method::Options) && !only_a_file_answers {
        implicit.push(Method::Options);
    }
    implicit
}

/// Whether exports and segment config alone make GET a static response.
///
/// Conservative: `true` only where nothing in the handler's body matters. Next 14 prerenders every
/// GET that touches no dynamic API, which only its body tells, so `true` takes `force-static` or
/// `error` there. From 15 on a handler has to opt in (`isStaticGenEnabled`,
/// server/route-modules/app-route/helpers/is-static-gen-enabled.ts), and opting in is believed.
#[must_use]
pub fn is_static_get(exported: &[Method], config: &SegmentConfig, version: Version) -> bool {
    // `hasNonStaticMethods` in server/route-modules/app-route/module.ts. Version 14 asks for POST
    // twice and never for PUT.
    let makes_dynamic = |method: &Method| match method {
        Method::Get | Method::Head => false,
        Method::Put => version.major >= 15,
        Method::Post | Method::Delete | Method::Patch | Method::Options => true,
    };
    if !exported.contains(&Method::Get) || exported.iter().any(makes_dynamic) {
        return false;
    }
    match config.dynamic_value() {
        Some("force-static" | "error") => true,
        Some("force-dynamic") => false,
        _ if version.major < 15 => false,
        _ => {
            let revalidates = config.revalidate.as_deref().is_some_and(|text| {
                text == "false" || text.replace('_', "").parse().is_ok_and(|seconds: f64| seconds > 0.0)
            });
            revalidates || config.generate_static_params.is_some()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Method::{Delete, Get, Head, Options, Patch, Post, Put};
    use super::*;

    const V14: Version = Version::new(14, 2, 35);
    const V15: Version = Version::new(15, 5, 29);
    const V16: Version = Version::LATEST;

    #[test]
    fn names() {
        for method in Method::ALL {
            assert_eq!(Method::parse(method.as_str()), Some(method));
            assert_eq!(Method::parse_any_case(&method.as_str().to_lowercase()), Some(method));
        }
        assert_eq!(Method::parse("get"), None);
        assert_eq!(Method::parse_any_case("Delete"), Some(Delete));
        assert_eq!(Method::parse_any_case("TRACE"), None);
        assert_eq!(format!("{Get:<7}|"), "GET    |");
    }

    #[test]
    fn implicit() {
        for (exported, static_get, url, expected) in [
            (&[Get][..], false, "/x", &[Head, Options][..]),
            (&[Get], true, "/x", &[Head]),
            (&[Get], true, "/[id]", &[Head, Options]),
            (&[Get, Head], false, "/x", &[Options]),
            (&[Get, Options], false, "/x", &[Head]),
            (&[Get, Head, Options], false, "/x", &[]),
            (&[Post, Delete], false, "/x", &[Options]),
            (&[Head], false, "/x", &[Options]),
            (&[], false, "/x", &[Options]),
        ] {
            let implicit = implicit_methods(exported, static_get, url);
            assert_eq!(implicit, expected, "{exported:?} {static_get} {url}");
        }
    }

    #[test]
    fn static_get() {
        let force_static = &[("dynamic", "'force-static'")][..];
        for (exported, config, in_14, since_15) in [
            (&[Get][..], &[][..], false, false),
            (&[Get], force_static, true, true),
            (&[Get], &[("dynamic", "\"error\" as const")], true, true),
            (&[Get], &[("dynamic", "`auto`")], false, false),
            (&[Get], &[("dynamic", "'force-dynamic'"), ("revalidate", "60")], false, false),
            (&[Get], &[("revalidate", "60")], false, true),
            (&[Get], &[("revalidate", "3_600")], false, true),
            (&[Get], &[("revalidate", "false")], false, true),
            (&[Get], &[("revalidate", "0")], false, false),
            (&[Get], &[("revalidate", "60 * 10")], false, false),
            (&[Get], &[("generateStaticParams", "() => []")], false, true),
            (&[Get, Head], force_static, true, true),
            (&[Get, Post], force_static, false, false),
            (&[Get, Patch], force_static, false, false),
            (&[Get, Put], force_static, true, false),
            (&[Get, Options], force_static, false, false),
            (&[Post], force_static, false, false),
        ] {
            let config = SegmentConfig::from_pairs(config.iter().copied());
            for (version, expected) in [(V14, in_14), (V15, since_15), (V16, since_15)] {
                let read = is_static_get(exported, &config, version);
                assert_eq!(read, expected, "{exported:?} {config:?} {version}");
            }
        }
    }
}
