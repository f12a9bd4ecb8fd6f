//! Messages as a client writes them.

use serde_json::{Value, json};

/// A frame as it goes over the wire.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A request.
pub fn request(id: impl Into<Value>, method: &str, params: Value) -> Value {
    let mut message = json!({ "jsonrpc": "2.0", "id": id.into(), "method": method });
    if !params.is_null() {
        message["params"] = params;
    }
    message
}

/// A notification.
pub fn notification(method: &str, params: Value) -> Value {
    let mut message = json!({ "jsonrpc": "2.0", "method": method });
    if !params.is_null() {
        message["params"] = params;
    }
    message
}

/// A probe as a request.
pub fn probe(id: i64, probe: Value) -> Value {
    request(id, "routewright/test", probe)
}

/// The parameters of `didOpen`.
pub fn opened(uri: &str, text: &str) -> Value {
    json!({ "textDocument": { "uri": uri, "languageId": "typescript", "version": 1, "text": text } })
}

/// A `didChange` that puts `text` at a place.
pub fn typed(uri: &str, version: i64, line: u32, character: u32, text: &str) -> Value {
    let at = json!({ "line": line, "character": character });
    let change = json!({ "range": { "start": at, "end": at }, "text": text });
    changed(uri, version, json!([change]))
}

/// A `didChange`.
pub fn changed(uri: &str, version: i64, changes: Value) -> Value {
    let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
    notification("textDocument/didChange", params)
}

/// `$/cancelRequest`.
pub fn cancel(id: i64) -> Value {
    notification("$/cancelRequest", json!({ "id": id }))
}

/// A folder on disk as URI. Temporary folders have plain names.
pub fn uri(path: &std::path::Path) -> String {
    let path = path.to_str().expect("UTF-8").replace('\\', "/");
    format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
}
