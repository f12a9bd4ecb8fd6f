//! When a Route Handler's GET runs: at build, every so often, or for each request.

use crate::{Method, SegmentConfig, Version, is_static_get};

/// When it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rendering {
    /// Once, at build.
    Static,
    /// Once, at build, unless something that it calls reads the request.
    StaticByDefault,
    /// At build, and again after so many seconds.
    Every(f64),
    /// For each request.
    Dynamic,
}

/// What decides about it.
#[derive(Clone, Copy, Debug)]
pub struct Get<'a> {
    /// The methods that the module exports.
    pub exported: &'a [Method],
    /// Its segment config, where all of it can be read.
    pub config: &'a SegmentConfig,
    /// Its body reads something that only a request has.
    pub needs_request: bool,
    /// It calls what can't be seen from here.
    pub opaque: bool,
    /// Its URL has dynamic segments.
    pub has_params: bool,
    /// `cacheComponents` (`dynamicIO` before) is on.
    pub cache_components: bool,
}

/// When GET runs; `None` where its code alone doesn't tell.
///
/// `server/route-modules/app-route/module.ts` (`hasNonStaticMethods`, `isStaticGenEnabled`,
/// `proxyNextRequest`) and `build/utils.ts` (`isPageStatic`: the edge runtime prerenders nothing).
/// Measured: what this says of 25 modules is what `next build` of 14.2.35, 15.5.29 and 16.4.6 puts into
/// `prerender-manifest.json`, seconds included. In 14 that is every GET that touches no dynamic API,
/// from 15 on only one that opted in.
#[must_use]
pub fn rendering(get: Get<'_>, version: Version) -> Option<Rendering> {
    let config = get.config;
    let forced = matches!(config.dynamic_value(), Some("force-static" | "error"));
    let renewed = config.revalidate.as_deref().and_then(seconds);
    if !get.exported.contains(&Method::Get) {
        return None;
    }
    if config.dynamic_value() == Some("force-dynamic") || config.runtime_value().is_some_and(|r| r.contains("edge")) {
        return Some(Rendering::Dynamic);
    }
    if get.cache_components && version.major >= 15 {
        // Prerendered like a page: up to what it waits for.
        return get.needs_request.then_some(Rendering::Dynamic);
    }
    if get.needs_request && !forced {
        return Some(Rendering::Dynamic);
    }
    let opted_in = is_static_get(get.exported, config, version);
    let by_default = version.major < 15
        && renewed != Some(0.0)
        && (!get.has_params || config.generate_static_params.is_some())
        // asked with the config that it has no need of
        && is_static_get(get.exported, &force_static(), version);
    if !opted_in && !by_default {
        return Some(Rendering::Dynamic);
    }
    Some(match renewed {
        Some(seconds) if seconds > 0.0 => Rendering::Every(seconds),
        Some(_) => Rendering::Dynamic,
        None if forced || !get.opaque => Rendering::Static,
        None => Rendering::StaticByDefault,
    })
}

/// Whether the methods of a module alone allow a static GET.
fn force_static() -> SegmentConfig {
    SegmentConfig { dynamic: Some("'force-static'".to_owned()), ..SegmentConfig::default() }
}

/// `revalidate` as a number; `false` is none.
fn seconds(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok()
}

impl Rendering {
    /// In a few words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Static => "static".to_owned(),
            Self::StaticByDefault => "static by default".to_owned(),
            Self::Dynamic => "dynamic".to_owned(),
            Self::Every(seconds) => format!("static, renewed every {}", duration(seconds)),
        }
    }
}

/// In the largest unit that leaves no fraction: `90 s`, `10 min`, `1 h`, `1 day`, `7 days`.
fn duration(seconds: f64) -> String {
    for (size, unit) in [(86_400.0, "day"), (3_600.0, "h"), (60.0, "min")] {
        let count = seconds / size;
        if count >= 1.0 && count.fract() == 0.0 && seconds != 60.0 {
            return format!("{count} {unit}{}", if unit == "day" && count > 1.0 { "s" } else { "" });
        }
    }
    format!("{seconds} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    const V14: Version = Version::new(14, 2, 35);
    const V15: Version = Version::new(15, 5, 29);

    fn get<'a>(exported: &'a [Method], config: &'a SegmentConfig) -> Get<'a> {
        Get { exported, config, needs_request: false, opaque: false, has_params: false, cache_components: false }
    }

    #[test]
    fn by_config() {
        use Method::{Get, Head, Post};
        for (exported, config, in_14, since_15) in [
            (&[Get][..], &[][..], "static", "dynamic"),
            (&[Get, Head], &[], "static", "dynamic"),
            (&[Get, Post], &[], "dynamic", "dynamic"),
            (&[Get], &[("dynamic", "'force-dynamic'"), ("revalidate", "60")], "dynamic", "dynamic"),
            (&[Get], &[("dynamic", "'force-static'")], "static", "static"),
            (
                &[Get],
                &[("dynamic", "'force-static'"), ("revalidate", "3600")],
                "static, renewed every 1 h",
                "static, renewed every 1 h",
            ),
            (&[Get], &[("revalidate", "60")], "static, renewed every 60 s", "static, renewed every 60 s"),
            (&[Get], &[("revalidate", "86_400")], "static, renewed every 1 day", "static, renewed every 1 day"),
            (&[Get], &[("revalidate", "90")], "static, renewed every 90 s", "static, renewed every 90 s"),
            (&[Get], &[("revalidate", "0")], "dynamic", "dynamic"),
            (&[Get], &[("revalidate", "false")], "static", "static"),
            (&[Get], &[("runtime", "'edge'")], "dynamic", "dynamic"),
            (&[Get, Post], &[("revalidate", "60")], "dynamic", "dynamic"),
            (&[Get], &[("generateStaticParams", "…")], "static", "static"),
            (&[Get], &[("dynamic", "'error'")], "static", "static"),
            (&[Get], &[("dynamic", "'force-static'"), ("runtime", "'edge'")], "dynamic", "dynamic"),
            (&[Post], &[], "-", "-"),
        ] {
            let config = SegmentConfig::from_pairs(config.iter().copied());
            for (version, expected) in [(V14, in_14), (V15, since_15), (Version::LATEST, since_15)] {
                let said = rendering(get(exported, &config), version).map_or("-".to_owned(), Rendering::words);
                assert_eq!(said, expected, "{exported:?} {config:?} {version}");
            }
        }
    }

    #[test]
    fn by_body() {
        let (none, renewed) = (SegmentConfig::default(), SegmentConfig::from_pairs([("revalidate", "60")]));
        let base = get(&[Method::Get], &none);
        for (get, in_14, since_15) in [
            (Get { needs_request: true, ..base }, "dynamic", "dynamic"),
            (Get { opaque: true, ..base }, "static by default", "dynamic"),
            (Get { has_params: true, ..base }, "dynamic", "dynamic"),
            (Get { needs_request: true, config: &renewed, ..base }, "dynamic", "dynamic"),
            (
                Get { opaque: true, config: &renewed, ..base },
                "static, renewed every 60 s",
                "static, renewed every 60 s",
            ),
            (Get { cache_components: true, ..base }, "static", "-"),
            (Get { cache_components: true, needs_request: true, ..base }, "dynamic", "dynamic"),
        ] {
            for (version, expected) in [(V14, in_14), (V15, since_15), (Version::LATEST, since_15)] {
                let said = rendering(get, version).map_or("-".to_owned(), Rendering::words);
                assert_eq!(said, expected, "{get:?} {version}");
            }
        }
    }
}
