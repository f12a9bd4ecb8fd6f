//! Where a definition leads.

use crate::lsp::document::uri;
use serde_json::Value;
use std::fmt;
use std::path::Path;

/// One place of an answer. Columns are in whatever unit both servers agreed on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Landing {
    /// Relative to the workspace folder with `/`; outside of it, the URI.
    pub file: String,
    /// From 1.
    pub line: u64,
    /// The name's first column and the one behind it, from 1.
    pub columns: (u64, u64),
}

impl fmt::Display for Landing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}-{}", self.file, self.line, self.columns.0, self.columns.1)
    }
}

/// The places of an answer in its order, each once.
pub fn landings(dir: &Path, answer: &Value) -> Vec<Landing> {
    let list = match answer {
        Value::Array(list) => list.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    let mut found = Vec::new();
    for one in list {
        let range = one.get("targetSelectionRange").unwrap_or(&one["range"]);
        let number = |end: &str, key: &str| range[end][key].as_u64().unwrap_or_default() + 1;
        let landing = Landing {
            file: relative(dir, one["targetUri"].as_str().or(one["uri"].as_str()).unwrap_or_default()),
            line: number("start", "line"),
            columns: (number("start", "character"), number("end", "character")),
        };
        if !found.contains(&landing) {
            found.push(landing);
        }
    }
    found
}

/// Servers escape different characters: both sides are compared without escapes.
fn relative(dir: &Path, target: &str) -> String {
    let folder = unescaped(&(uri(dir) + "/"));
    let target = unescaped(target);
    target.strip_prefix(&folder).map_or(target.clone(), str::to_owned)
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%').then(|| text_of_two(after)).flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn text_of_two(bytes: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(bytes.get(..2)?).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn links_and_locations_say_the_same() {
        let range = json!({ "start": { "line": 3, "character": 6 }, "end": { "line": 3, "character": 9 } });
        let link = json!([{ "targetUri": "file:///w/app/%5Bid%5D/a.ts", "targetSelectionRange": range }]);
        let location = json!({ "uri": "file:///w/app/[id]/a.ts", "range": range });
        let found = landings(Path::new("/w"), &link);
        assert_eq!(found, landings(Path::new("/w"), &location));
        assert_eq!(found[0].to_string(), "app/[id]/a.ts:4:7-10");
        assert_eq!(landings(Path::new("/w"), &json!(null)), []);
    }
}
