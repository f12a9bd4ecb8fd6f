//! Route segment config: the options that a page, layout or route module exports as literals.

/// The exports that make up the config, as Next spells them.
pub const FIELDS: &[&str] = &[
    "dynamic",
    "revalidate",
    "runtime",
    "fetchCache",
    "preferredRegion",
    "maxDuration",
    "dynamicParams",
    "generateStaticParams",
];

/// The options of one module, each as the source text of its literal. Next reads them without
/// running the module (`build/analysis/get-page-static-info.ts`), so only literals count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentConfig {
    /// `dynamic`: `'auto'`, `'force-dynamic'`, `'error'`, `'force-static'`.
    pub dynamic: Option<String>,
    /// `revalidate`: `false` or seconds.
    pub revalidate: Option<String>,
    /// `runtime`: `'nodejs'` or `'edge'`.
    pub runtime: Option<String>,
    /// `fetchCache`.
    pub fetch_cache: Option<String>,
    /// `preferredRegion`: a string or an array of them.
    pub preferred_region: Option<String>,
    /// `maxDuration`: seconds.
    pub max_duration: Option<String>,
    /// `dynamicParams`: a boolean.
    pub dynamic_params: Option<String>,
    /// `generateStaticParams`, a function: its presence is what counts.
    pub generate_static_params: Option<String>,
}

impl SegmentConfig {
    /// Collects the config from a module's exports and their source texts; other names are passed
    /// over.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut config = Self::default();
        for (name, text) in pairs {
            if let Some(field) = config.field_mut(name) {
                *field = Some(text.to_owned());
            }
        }
        config
    }

    fn field_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "dynamic" => &mut self.dynamic,
            "revalidate" => &mut self.revalidate,
            "runtime" => &mut self.runtime,
            "fetchCache" => &mut self.fetch_cache,
            "preferredRegion" => &mut self.preferred_region,
            "maxDuration" => &mut self.max_duration,
            "dynamicParams" => &mut self.dynamic_params,
            "generateStaticParams" => &mut self.generate_static_params,
            _ => return None,
        })
    }

    /// `dynamic` without its quotes.
    #[must_use]
    pub fn dynamic_value(&self) -> Option<&str> {
        unquote(self.dynamic.as_deref()?)
    }

    /// `runtime` without its quotes.
    #[must_use]
    pub fn runtime_value(&self) -> Option<&str> {
        unquote(self.runtime.as_deref()?)
    }
}

/// The inside of a string literal; what follows it (`as const`) is dropped.
fn unquote(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c: char| c == '(' || c.is_whitespace());
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"' | '`'))?;
    text[1..].split_once(quote).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_place() {
        let config = SegmentConfig::from_pairs(FIELDS.iter().map(|name| (*name, *name)));
        expect_test::expect![[r#"
            SegmentConfig {
                dynamic: Some(
                    "dynamic",
                ),
                revalidate: Some(
                    "revalidate",
                ),
                runtime: Some(
                    "runtime",
                ),
                fetch_cache: Some(
                    "fetchCache",
                ),
                preferred_region: Some(
                    "preferredRegion",
                ),
                max_duration: Some(
                    "maxDuration",
                ),
                dynamic_params: Some(
                    "dynamicParams",
                ),
                generate_static_params: Some(
                    "generateStaticParams",
                ),
            }
        "#]]
        .assert_debug_eq(&config);
        assert_eq!(SegmentConfig::from_pairs([("GET", "x")]), SegmentConfig::default());
    }

    #[test]
    fn values() {
        for (text, expected) in [
            ("'force-static'", Some("force-static")),
            ("\"edge\" as const", Some("edge")),
            ("( 'edge' )", Some("edge")),
            ("``", Some("")),
            ("'open", None),
            ("é", None),
            ("", None),
            ("60", None),
        ] {
            assert_eq!(unquote(text), expected, "{text}");
        }
    }
}
