//! Reading answers: do they say anything, and what, in one line.

use super::document::uri;
use serde_json::{Value, json};
use std::path::Path;

/// Null, an empty list, or a hover without words.
pub fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(hover) => hover
            .get("contents")
            .is_some_and(|contents| contents == "" || contents["value"] == "" || contents == &json!([])),
        _ => false,
    }
}

/// Where a definition leads or what a hover says first, for people.
pub fn in_short(dir: &Path, value: &Value) -> String {
    let target = value.get(0).unwrap_or(value);
    let target_uri = target["targetUri"].as_str().or(target["uri"].as_str());
    if let Some(target_uri) = target_uri {
        let range = target.get("targetSelectionRange").unwrap_or(&target["range"]);
        let line = range["start"]["line"].as_u64().unwrap_or_default() + 1;
        let folder = uri(dir) + "/";
        let file = target_uri.strip_prefix(&folder).unwrap_or(target_uri);
        return format!("{file}:{line}");
    }
    let contents = &value["contents"];
    let words = contents["value"].as_str().or(contents.as_str()).unwrap_or_default();
    let line = words.lines().find(|line| !line.is_empty() && !line.starts_with("```"));
    line.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_has_many_forms() {
        for silent in [json!(null), json!([]), json!({ "contents": "" })] {
            assert!(says_nothing(&silent), "{silent}");
        }
        assert!(!says_nothing(&json!([{ "uri": "file:///a" }])));
        assert!(!says_nothing(&json!({ "contents": { "kind": "markdown", "value": "x" } })));
    }
}
