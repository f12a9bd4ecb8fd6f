//! Settings, as an editor's configuration gives them under `routewright`. They come with
//! `initialize`, by `workspace/didChangeConfiguration` or when asked for, and take effect at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// The name of our section in an editor's configuration.
pub const SECTION: &str = "routewright";

/// What people can set.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// A TypeScript server runs beside: stay silent where it gives the same answer.
    pub typescript_server: bool,
    /// What sends requests and can't be looked into.
    pub http_clients: HttpClients,
    /// URLs in strings become links to the file that answers; `None`: where that doubles nothing.
    pub document_links: Option<bool>,
    /// Lenses above endpoints say how many places call them.
    pub code_lens: bool,
    /// What to log, as in `ROUTEWRIGHT_LOG` (`debug`, `routewright=trace`). Empty: warnings.
    pub trace: String,
}

/// Clients by `module#export`; without `#export` the module's default export.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
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
    /// What features take of them.
    pub fn for_features(&self) -> ide::Config {
        ide::Config { typescript_server: self.typescript_server }
    }
}

const KEYS: [&str; 5] = ["typescriptServer", "httpClients", "documentLinks", "codeLens", "trace"];

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
    Some(Settings {
        typescript_server: field(section, "typescriptServer", &mut complain),
        http_clients: field(section, "httpClients", &mut complain),
        document_links: field(section, "documentLinks", &mut complain),
        code_lens: field(section, "codeLens", &mut complain),
        trace: field(section, "trace", &mut complain),
    })
}

fn field<T: DeserializeOwned + Default>(
    section: &Map<String, Value>,
    key: &str,
    complain: &mut dyn FnMut(&str, &Value),
) -> T {
    let Some(value) = section.get(key).filter(|value| !value.is_null()) else { return T::default() };
    T::deserialize(value).unwrap_or_else(|_| {
        complain(key, value);
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_editors_send() {
        let on = Settings { typescript_server: true, ..Settings::default() };
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
