//! Settings, as an editor's configuration gives them under `routewright`. They come with
//! `initialize`, by `workspace/didChangeConfiguration` or when asked for, and take effect at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tower_lsp::ls_types::DiagnosticSeverity;

/// The name of our section in an editor's configuration.
pub const SECTION: &str = "routewright";

/// What people can set.
///
/// The comments are what people read of them in VS Code: its schema is made from this type
/// (`settings/schema.rs`).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// A TypeScript server runs beside: leave to it what it finds by name (definitions, references,
    /// highlights of imported names), answer what it can't: URLs, hooks, props. `null`: as the editor comes,
    /// which is `true` in VS Code.
    pub typescript_server: Option<bool>,
    /// Hovers: method, URL, pages, callers of the endpoint under the cursor.
    pub hover: bool,
    /// `GET /api/users/[id] · 3 callers` above each endpoint; none at zero, tests not counted.
    pub code_lens: bool,
    /// `POST ↗` behind each call that surely reaches one endpoint.
    pub inlay_hints: bool,
    /// URLs in strings as links to the handler. `null`: in Helix, whose `gf` follows them; elsewhere they
    /// would only double go-to-definition.
    pub document_links: Option<bool>,
    /// How serious a diagnostic is, by its code; `off` leaves it out.
    pub severities: BTreeMap<String, Level>,
    /// Clients that can't be looked into, by `module#export`: what they put in front of URLs, and where URL
    /// and method stand among their arguments.
    pub http_clients: HttpClients,
    /// What to log to standard error, e.g. `debug`; empty: warnings.
    pub trace: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            typescript_server: None,
            hover: true,
            code_lens: false,
            inlay_hints: false,
            document_links: None,
            severities: BTreeMap::new(),
            http_clients: HttpClients::default(),
            trace: String::new(),
        }
    }
}

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not shown.
    Off,
    /// `DiagnosticSeverity.Hint`.
    Hint,
    /// `DiagnosticSeverity.Information`.
    Information,
    /// `DiagnosticSeverity.Warning`.
    Warning,
    /// `DiagnosticSeverity.Error`.
    Error,
}

/// Clients by `module#export`; without `#export` the module's default export.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum HttpClients {
    /// They take what `fetch` takes.
    Named(Vec<String>),
    /// With what is particular about each.
    Described(BTreeMap<String, HttpClient>),
}

impl Default for HttpClients {
    fn default() -> Self {
        Self::Named(vec![])
    }
}

/// What is particular about a client.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct HttpClient {
    /// What it puts in front of every URL.
    base: String,
    /// Which argument holds the URL, from 0.
    argument: usize,
    /// The method that it always sends.
    method: Option<String>,
    /// Which argument holds the method, from 0.
    method_argument: Option<usize>,
}

impl HttpClients {
    /// As the workspace takes them.
    pub fn for_workspace(&self) -> Vec<workspace::HttpClient> {
        let one = |key: &str, said: &HttpClient| {
            let (module, export) = key.rsplit_once('#').filter(|(m, _)| !m.is_empty()).unwrap_or((key, "default"));
            let HttpClient { base, argument, method, method_argument } = said.clone();
            let (module, export) = (module.to_owned(), export.to_owned());
            workspace::HttpClient { module, export, base, argument, method, method_argument }
        };
        match self {
            Self::Named(keys) => keys.iter().map(|key| one(key, &HttpClient::default())).collect(),
            Self::Described(clients) => clients.iter().map(|(key, said)| one(key, said)).collect(),
        }
    }
}

impl Settings {
    /// What features take of them, in an editor that comes with a TypeScript server or without.
    pub fn for_features(&self, brings_typescript: bool) -> ide::Config {
        ide::Config { typescript_server: self.typescript_server.unwrap_or(brings_typescript) }
    }

    /// How serious a diagnostic is to the user; `None` where it isn't wanted.
    pub fn severity(&self, code: &str, usual: DiagnosticSeverity) -> Option<DiagnosticSeverity> {
        Some(match self.severities.get(code) {
            None => usual,
            Some(Level::Off) => return None,
            Some(Level::Hint) => DiagnosticSeverity::HINT,
            Some(Level::Information) => DiagnosticSeverity::INFORMATION,
            Some(Level::Warning) => DiagnosticSeverity::WARNING,
            Some(Level::Error) => DiagnosticSeverity::ERROR,
        })
    }
}

const KEYS: [&str; 8] =
    ["typescriptServer", "hover", "codeLens", "inlayHints", "documentLinks", "severities", "httpClients", "trace"];

/// Reads settings out of what editors send: the section itself or an object that holds it. `None`
/// if there is nothing in it for us (Helix answers `null`). Unknown keys are ignored; a value of
/// the wrong type leaves the default and is reported once per session, through `complaints`.
pub fn read(value: &Value, complaints: &mut BTreeSet<String>) -> Option<Settings> {
    let whole = value.as_object()?;
    let section = match whole.get(SECTION) {
        Some(section) => section.as_object()?,
        None if KEYS.iter().any(|key| whole.contains_key(*key)) => whole,
        None => return None, // somebody else's, and no reason to forget ours
    };
    let mut complain = |key: &str, value: &Value| {
        let complaint = format!("setting {SECTION}.{key}: {value} is of the wrong type");
        if complaints.insert(complaint.clone()) {
            tracing::warn!("{complaint}");
        }
    };
    let usual = Settings::default();
    Some(Settings {
        typescript_server: field(section, "typescriptServer", usual.typescript_server, &mut complain),
        hover: field(section, "hover", usual.hover, &mut complain),
        code_lens: field(section, "codeLens", usual.code_lens, &mut complain),
        inlay_hints: field(section, "inlayHints", usual.inlay_hints, &mut complain),
        document_links: field(section, "documentLinks", usual.document_links, &mut complain),
        severities: field(section, "severities", usual.severities, &mut complain),
        http_clients: field(section, "httpClients", usual.http_clients, &mut complain),
        trace: field(section, "trace", usual.trace, &mut complain),
    })
}

fn field<T: DeserializeOwned>(
    section: &Map<String, Value>,
    key: &str,
    usual: T,
    complain: &mut dyn FnMut(&str, &Value),
) -> T {
    let Some(value) = section.get(key).filter(|value| !value.is_null()) else { return usual };
    T::deserialize(value).unwrap_or_else(|_| {
        complain(key, value);
        usual
    })
}

#[cfg(test)]
mod schema;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_editors_send() {
        let on = Settings { typescript_server: Some(true), ..Settings::default() };
        for (sent, expected) in [
            (json!({ "routewright": { "typescriptServer": true } }), Some(on.clone())),
            (json!({ "typescriptServer": true, "unknown": [1] }), Some(on.clone())),
            (json!({ "typescriptServer": "yes" }), Some(Settings::default())),
            (json!({ "typescriptServer": true, "httpClients": "api" }), Some(on)),
            (
                json!({ "httpClients": ["api", "http.get"], "trace": null }),
                Some(Settings {
                    http_clients: HttpClients::Named(vec!["api".into(), "http.get".into()]),
                    ..Settings::default()
                }),
            ),
            (
                json!({ "documentLinks": true, "codeLens": true }),
                Some(Settings { document_links: Some(true), code_lens: true, ..Settings::default() }),
            ),
            (json!({ "documentLinks": null, "codeLens": 1 }), Some(Settings::default())),
            (json!({ "routewright": {} }), Some(Settings::default())),
            (json!({}), None),
            (json!({ "editor": { "tabSize": 2 } }), None),
            (json!({ "routewright": null }), None),
            (json!(null), None),
            (json!([1]), None),
        ] {
            assert_eq!(read(&sent, &mut BTreeSet::new()), expected, "{sent}");
        }
    }

    #[test]
    fn clients() {
        let shown = |sent: Value| {
            let settings = read(&json!({ "httpClients": sent }), &mut BTreeSet::new()).unwrap_or_default();
            let one = |c: workspace::HttpClient| {
                format!("{} {} '{}' {} {:?} {:?}", c.module, c.export, c.base, c.argument, c.method, c.method_argument)
            };
            settings.http_clients.for_workspace().into_iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(shown(json!(["@x/http"])), ["@x/http default '' 0 None None"]);
        assert_eq!(
            shown(
                json!({ "#imports": {}, "./lib/api.ts#send": { "base": "/api", "argument": 1, "methodArgument": 0 }, "#imports#api": {} })
            ),
            [
                "#imports default '' 0 None None",
                "#imports api '' 0 None None",
                "./lib/api.ts send '/api' 1 None Some(0)"
            ]
        );
        assert_eq!(shown(json!({})), [""; 0]);
        assert_eq!(shown(json!({ "@x/http": "/api" })), [""; 0]);
    }

    #[test]
    fn complains_once() {
        let mut complaints = BTreeSet::new();
        for _ in 0..3 {
            read(&json!({ "trace": 7 }), &mut complaints);
        }
        assert_eq!(complaints.into_iter().collect::<Vec<_>>(), ["setting routewright.trace: 7 is of the wrong type"]);
    }
}
