//! An open file: what the server was told of it.

use super::place::{Encoding, Place, position};
use anyhow::Context;
use serde_json::{Value, json};
use std::path::Path;

/// An open file and its text as the server knows it.
pub struct Document {
    uri: String,
    language: &'static str,
    text: String,
    version: i64,
}

impl Document {
    /// Reads a file that is about to be opened.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let language = match path.extension().and_then(|extension| extension.to_str()) {
            Some("tsx") => "typescriptreact",
            Some("jsx") => "javascriptreact",
            Some("js" | "mjs" | "cjs") => "javascript",
            _ => "typescript",
        };
        Ok(Self { uri: uri(path), language, text, version: 1 })
    }

    /// The parameters of `textDocument/didOpen`.
    pub fn opened(&self) -> Value {
        json!({ "textDocument": {
            "uri": self.uri, "languageId": self.language,
            "version": self.version, "text": self.text,
        } })
    }

    /// A `TextDocumentIdentifier`.
    pub fn identifier(&self) -> Value {
        json!({ "uri": self.uri })
    }

    /// A `VersionedTextDocumentIdentifier`.
    pub fn versioned(&self) -> Value {
        json!({ "uri": self.uri, "version": self.version })
    }

    /// The protocol's position of a place in this file.
    pub fn position(&self, at: &Place, encoding: Encoding) -> Value {
        position(&self.text, at.line, at.column, encoding)
    }

    /// Replaces what lies between two 1-based columns of a line, and yields the content change
    /// that tells a server so: the range alone, or the whole text to those who take no ranges.
    pub fn change(
        &mut self,
        line: usize,
        (from, to): (usize, usize),
        text: &str,
        encoding: Encoding,
        as_range: bool,
    ) -> Value {
        let range = json!({
            "start": position(&self.text, line, from, encoding),
            "end": position(&self.text, line, to, encoding),
        });
        self.replace(line, from, to, text);
        self.version += 1;
        if as_range { json!({ "range": range, "text": text }) } else { json!({ "text": self.text }) }
    }

    fn replace(&mut self, line: usize, from: usize, to: usize, text: &str) {
        let start: usize = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let content = &self.text[start..];
        let byte = |column: usize| {
            let index = content.char_indices().nth(column - 1);
            start + index.map_or(content.len(), |(index, _)| index)
        };
        self.text.replace_range(byte(from)..byte(to), text);
    }
}

/// A path as a `file:` URI, with all but the plainest characters escaped, as editors do.
pub fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from("file://");
    if !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_deleting_gives_the_text_back() {
        let mut document =
            Document { uri: String::new(), language: "typescript", text: "a\n  é = 1\n".into(), version: 1 };
        let change = document.change(2, (4, 4), "x", Encoding::Utf8, true);
        assert_eq!(change["range"]["start"], json!({ "line": 1, "character": 4 }));
        assert_eq!(document.text, "a\n  éx = 1\n");
        let change = document.change(2, (4, 5), "", Encoding::Utf8, false);
        assert_eq!(change, json!({ "text": document.text }));
        assert_eq!(document.text, "a\n  é = 1\n");
    }

    #[test]
    fn uris_escape_what_next_puts_in_folder_names() {
        let path = Path::new("/w/app/(ee)/[id]/é.ts");
        assert_eq!(uri(path), "file:///w/app/%28ee%29/%5Bid%5D/%C3%A9.ts");
    }
}
