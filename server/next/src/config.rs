//! `next.config.*`, read as text: nothing of a project is ever run.

use syntax::TextRange;
use syntax::literal::{self, SPREAD, Value};

use crate::{PageExtensions, rewrites::Rules};

/// The fields of a configuration that decide about routes and URLs (`server/config-shared.ts`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `basePath`, where it is not empty.
    pub base_path: Option<String>,
    /// `trailingSlash`.
    pub trailing_slash: bool,
    /// `pageExtensions`.
    pub page_extensions: PageExtensions,
    /// `distDir`, as written.
    pub dist_dir: String,
    /// `i18n.locales`: prefixes of the Pages Router's URLs.
    pub i18n_locales: Vec<String>,
    /// Whether `output` is `'export'`.
    pub output_export: bool,
    /// `cacheComponents`, under its names of all releases: Route Handlers are prerendered like pages.
    pub cache_components: bool,
    /// `outputFileTracingRoot`, else `turbopack.root`.
    pub bundler_root: BundlerRoot,
    /// `redirects()` and `rewrites()`.
    pub rules: Rules,
    /// What is written but cannot be read: fields whose value is computed (`basePath`), spreads that
    /// may hold any field (`...shared`), or `default export` where the export itself is neither an
    /// object nor leads to one. The fields above have Next's defaults then.
    pub unknown: Vec<String>,
}

/// The folder that Turbopack's paths begin at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BundlerRoot {
    /// Nothing is written: Next looks for a lock file or a workspace.
    #[default]
    Inferred,
    /// Absolute, or relative to the configuration's folder.
    At(String),
    /// Written, but not readable.
    Computed,
}

impl BundlerRoot {
    fn read(config: &Value) -> Self {
        let tracing = config.get("outputFileTracingRoot");
        let turbopack = config.get("turbopack").and_then(|turbopack| turbopack.get("root"));
        match tracing.or(turbopack) {
            None | Some(Value::Null) => Self::Inferred,
            Some(Value::Str(path)) => Self::At(path.clone()),
            Some(Value::Opaque(text)) => joined(text).map_or(Self::Computed, Self::At),
            Some(_) => Self::Computed,
        }
    }
}

/// The path in `__dirname`, `path.join(__dirname, '../..')` and the like, as the documentation writes
/// it, relative to the configuration's folder. Next runs there, so `process.cwd()` is the same.
fn joined(text: &str) -> Option<String> {
    let is_here = |text: &str| matches!(text, "__dirname" | "import.meta.dirname" | "process.cwd()");
    if is_here(text.trim()) {
        return Some(".".to_owned());
    }
    let (callee, arguments) = text.trim().strip_suffix(')')?.split_once('(')?;
    if !matches!(callee.rsplit('.').next(), Some("join" | "resolve")) {
        return None;
    }
    let mut arguments = arguments.split(',').map(str::trim).filter(|argument| !argument.is_empty());
    if !is_here(arguments.next()?) {
        return None;
    }
    let segments: Option<Vec<&str>> = arguments
        .map(|argument| ['\'', '"'].iter().find_map(|q| argument.strip_prefix(*q)?.strip_suffix(*q)))
        .collect();
    Some(segments?.join("/")).map(|path| if path.is_empty() { ".".to_owned() } else { path })
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_path: None,
            trailing_slash: false,
            page_extensions: PageExtensions::default(),
            dist_dir: ".next".to_owned(),
            i18n_locales: Vec::new(),
            output_export: false,
            cache_components: false,
            bundler_root: BundlerRoot::Inferred,
            rules: Rules::default(),
            unknown: Vec::new(),
        }
    }
}

const FIELDS: [&str; 6] = ["basePath", "trailingSlash", "pageExtensions", "distDir", "i18n", "output"];

/// Reads a configuration file; never fails. Broken syntax reads as far as possible.
#[must_use]
pub fn read(text: &str, file_name: &str) -> Config {
    let mut config = Config::default();
    let [redirects, rewrites] = ["redirects", "rewrites"].map(|name| literal::results(text, file_name, name));
    config.rules = Rules::read(&redirects, &rewrites);
    let Some(exported) = literal::default_export(text, file_name) else { return config };
    let Value::Object(members) = &exported else {
        config.unknown.push("default export".to_owned());
        return config;
    };
    for field in FIELDS {
        if let Some(value) = exported.get(field)
            && config.set(field, value).is_none()
        {
            config.unknown.push(field.to_owned());
        }
    }
    // `experimental.dynamicIO` of 15, `experimental.cacheComponents` of 15.5, top-level from 16
    let experimental = exported.get("experimental");
    let switches = [experimental.and_then(|e| e.get("dynamicIO")), experimental.and_then(|e| e.get("cacheComponents"))];
    config.cache_components = switches
        .into_iter()
        .chain([exported.get("cacheComponents")])
        .flatten()
        .any(|v| !matches!(v, Value::Bool(false) | Value::Null));
    config.bundler_root = BundlerRoot::read(&exported);
    let spreads = members.iter().filter(|(name, _)| name == SPREAD);
    config.unknown.extend(spreads.map(|(_, value)| match value {
        Value::Opaque(text) => format!("{SPREAD}{text}"),
        _ => SPREAD.to_owned(),
    }));
    config
}

/// The first syntax error of a configuration file, for a diagnostic.
#[must_use]
pub fn problem(text: &str, file_name: &str) -> Option<(TextRange, String)> {
    literal::first_error(text, file_name)
}

impl Config {
    /// Takes over one field; `None` where the value is not a literal of the right kind.
    fn set(&mut self, field: &str, value: &Value) -> Option<()> {
        match (field, value) {
            // `undefined` leaves the default.
            (_, Value::Null) => {}
            ("basePath", Value::Str(path)) => self.base_path = Some(path.clone()).filter(|path| !path.is_empty()),
            ("trailingSlash", Value::Bool(slash)) => self.trailing_slash = *slash,
            ("pageExtensions", list) => self.page_extensions = PageExtensions::new(strings(list)?),
            ("distDir", Value::Str(dir)) => self.dist_dir = dir.clone(),
            ("i18n", Value::Object(_)) => self.i18n_locales = strings(value.get("locales")?)?,
            ("output", Value::Str(output)) => self.output_export = output == "export",
            _ => return None,
        }
        Some(())
    }
}

/// A list of nothing but strings.
fn strings(value: &Value) -> Option<Vec<String>> {
    let Value::Array(elements) = value else { return None };
    elements.iter().map(|element| element.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fields() {
        let config = read(
            "import type { NextConfig } from 'next'
             const locales = ['en', 'de']
             const nextConfig: NextConfig = {
               reactStrictMode: true,
               basePath: '/base',
               trailingSlash: true,
               pageExtensions: ['page.tsx', 'api.ts'],
               distDir: 'build',
               i18n: { locales, defaultLocale: 'en' },
               output: 'export',
               experimental: { dynamicIO: true },
             }
             export default withMDX(nextConfig)",
            "next.config.ts",
        );
        expect_test::expect![[r#"
            Config {
                base_path: Some(
                    "/base",
                ),
                trailing_slash: true,
                page_extensions: PageExtensions(
                    [
                        "page.tsx",
                        "api.ts",
                    ],
                ),
                dist_dir: "build",
                i18n_locales: [
                    "en",
                    "de",
                ],
                output_export: true,
                cache_components: true,
                bundler_root: Inferred,
                rules: Rules {
                    redirects: [],
                    before_files: [],
                    after_files: [],
                    fallback: [],
                    more: false,
                },
                unknown: [],
            }
        "#]]
        .assert_debug_eq(&config);
    }

    #[test]
    fn defaults() {
        for text in
            ["", "export default {}", "module.exports = { basePath: '', output: undefined, pageExtensions: [] }"]
        {
            assert_eq!(read(text, "next.config.js"), Config::default(), "{text}");
        }
        assert!(!read("export default { output: 'standalone' }", "next.config.mjs").output_export);
    }

    #[test]
    fn unknown() {
        for (text, expected) in [
            ("{ basePath: process.env.BASE_PATH }", &["basePath"][..]),
            ("{ basePath: `/${x}`, distDir: dir(), trailingSlash: 'yes' }", &["basePath", "trailingSlash", "distDir"]),
            ("{ output: process.env.X ? 'export' : undefined }", &["output"]),
            ("{ pageExtensions: ['tsx', ext] }", &["pageExtensions"]),
            ("{ i18n: i18nConfig.i18n }", &["i18n"]),
            ("{ i18n: { defaultLocale: 'en' } }", &["i18n"]),
            ("{ ...shared, trailingSlash: true }", &["...shared"]),
            ("{ ...(dev && { allowedDevOrigins: [] }) }", &[]),
            (
                "{ output: 'export', ...(run ? { distDir: join('a', run), output: undefined } : {}) }",
                &["distDir", "output"],
            ),
            ("{ basePath: process.env.X, basePath: '/x' }", &[]),
            ("{ images: { domains: hosts() } }", &[]),
            ("shared", &["default export"]),
            ("withA(shared)", &["default export"]),
        ] {
            let config = read(&format!("export default {text}"), "next.config.ts");
            assert_eq!(config.unknown, expected, "{text}");
        }
    }

    #[test]
    fn bundler_roots() {
        for (text, expected) in [
            ("{}", BundlerRoot::Inferred),
            ("{ turbopack: { rules: {} } }", BundlerRoot::Inferred),
            ("{ turbopack: { root: '..' } }", BundlerRoot::At("..".to_owned())),
            ("{ turbopack: { root: __dirname } }", BundlerRoot::At(".".to_owned())),
            ("{ turbopack: { root: path.join(__dirname, '../..') } }", BundlerRoot::At("../..".to_owned())),
            (
                "{ turbopack: { root: resolve(import.meta.dirname, '..', \"..\") } }",
                BundlerRoot::At("../..".to_owned()),
            ),
            ("{ outputFileTracingRoot: '/a', turbopack: { root: '/b' } }", BundlerRoot::At("/a".to_owned())),
            ("{ turbopack: { root: findRoot() } }", BundlerRoot::Computed),
            ("{ turbopack: { root: path.join(root, '..') } }", BundlerRoot::Computed),
            ("{ turbopack: { root: path.join(__dirname, up) } }", BundlerRoot::Computed),
        ] {
            assert_eq!(read(&format!("export default {text}"), "next.config.ts").bundler_root, expected, "{text}");
        }
    }

    #[test]
    fn broken_files() {
        let broken = "export default { basePath: '/x', trailingSlash: true, output: }";
        let config = read(broken, "next.config.ts");
        assert_eq!((config.base_path.as_deref(), config.trailing_slash), (Some("/x"), true));
        assert!(problem(broken, "next.config.ts").is_some());
        assert_eq!(problem("export default { basePath: '/x' }", "next.config.ts"), None);
    }
}
