//! URIs and paths. The protocol types refuse what RFC 3986 refuses, editors don't: Helix writes
//! `file:///app/[id]/page.tsx` as it stands (the WHATWG rules leave brackets alone in paths), and
//! brackets are how Next.js spells a dynamic segment.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// The path behind a `file:` URI; `None` for `untitled:` and everything else that isn't on disk.
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    path_of(uri.as_str(), cfg!(windows)).map(PathBuf::from)
}

/// A path as URI, spelled as VS Code does: everything but letters, digits and `-._~/` encoded.
pub fn from_path(path: &Path) -> Option<Uri> {
    Uri::from_str(&uri_of(path.to_str()?, cfg!(windows))?).ok()
}

fn path_of(uri: &str, windows: bool) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    // A query or a fragment isn't part of the path (RFC 3986 §3).
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.find('/').map_or((rest, "/"), |at| rest.split_at(at)),
        None => ("", rest),
    };
    let host = if host.eq_ignore_ascii_case("localhost") { "" } else { host };
    let path = decode(path)?;
    if !path.starts_with('/') || path.contains('\0') {
        return None;
    }
    if !windows {
        return host.is_empty().then_some(path);
    }
    let path = match path.as_bytes() {
        // `/c:/x`: editors differ in the letter's case, the index needs one spelling
        [b'/', drive, b':', ..] if host.is_empty() && drive.is_ascii_alphabetic() => {
            format!("{}{}", drive.to_ascii_uppercase() as char, &path[2..])
        }
        _ if host.is_empty() => path,
        _ => format!("//{host}{path}"),
    };
    Some(path.replace('/', "\\"))
}

fn uri_of(path: &str, windows: bool) -> Option<String> {
    let mut uri = String::from("file://");
    let path = if windows { path.replace('\\', "/") } else { path.to_owned() };
    let path = match path.strip_prefix("//") {
        Some(share) if windows => share.to_owned(), // the host is part of it
        _ => path,
    };
    match path.as_bytes() {
        [b'/', ..] => {}
        [drive, b':', ..] if windows && drive.is_ascii_alphabetic() => {
            write!(uri, "/{}", drive.to_ascii_lowercase() as char).ok()?;
            encode(&path[1..], &mut uri, |b| UNRESERVED.contains(&b));
            return Some(uri);
        }
        _ if windows => {}
        _ => return None, // relative
    }
    encode(&path, &mut uri, |b| UNRESERVED.contains(&b));
    Some(uri)
}

/// RFC 3986 §2.3, and the slash.
const UNRESERVED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

fn encode(text: &str, into: &mut String, stays: impl Fn(u8) -> bool) {
    for byte in text.bytes() {
        if stays(byte) {
            into.push(byte as char);
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

/// `None` if the bytes aren't UTF-8. A `%` without two digits stands for itself.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|d| *first == b'%' && d.iter().all(u8::is_ascii_hexdigit));
        let code = digits.and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u8::from_str_radix(d, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

/// Encodes in every URI of a message what RFC 3986 forbids there. Without this, the protocol types
/// reject the whole message, and a `didOpen` that is rejected is a buffer that is never seen.
pub fn mend(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mend),
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(uri) if name.ends_with("uri") || name.ends_with("Uri") => mend_one(uri),
                    _ => mend(value),
                }
            }
        }
        _ => {}
    }
}

fn mend_one(uri: &mut String) {
    const RESERVED: &[u8] = b":/?#@!$&'()*+,;=%";
    let allowed = |b: u8| UNRESERVED.contains(&b) || RESERVED.contains(&b);
    if uri.bytes().all(allowed) && Uri::from_str(uri).is_ok() {
        return;
    }
    let mut mended = String::with_capacity(uri.len() + 8);
    for (at, c) in uri.char_indices() {
        let lone = c == '%' && !uri.as_bytes().get(at + 1..at + 3).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit));
        encode(c.encode_utf8(&mut [0; 4]), &mut mended, |b| allowed(b) && !lone);
    }
    *uri = mended;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_of_uris() {
        for (uri, path) in [
            ("file:///a/b.ts", Some("/a/b.ts")),
            ("file:/a/b.ts", Some("/a/b.ts")),
            ("FILE:///a", Some("/a")),
            ("file://localhost/a", Some("/a")),
            ("file:///app/%5Bid%5D/%28group%29/page.tsx", Some("/app/[id]/(group)/page.tsx")),
            ("file:///a%20b/%C3%A9%F0%9F%98%80.ts", Some("/a b/é😀.ts")),
            ("file:///100%/a", Some("/100%/a")),
            ("file:///a?x#y", Some("/a")),
            ("file://server/share", None),
            ("file:///a%00b", None),
            ("file:///%FF", None),
            ("file:relative", None),
            ("untitled:Untitled-1", None),
            ("git:/a/b.ts?HEAD", None),
            ("nonsense", None),
        ] {
            assert_eq!(path_of(uri, false).as_deref(), path, "{uri}");
        }
        for (uri, path) in [
            ("file:///c%3A/x/y.ts", "C:\\x\\y.ts"),
            ("file:///C:/x", "C:\\x"),
            ("file://server/share/x", "\\\\server\\share\\x"),
        ] {
            assert_eq!(path_of(uri, true).as_deref(), Some(path), "{uri}");
        }
    }

    #[test]
    fn uris_of_paths() {
        for (path, windows, uri) in [
            ("/app/[id]/(group)/@slot/a b.ts", false, "file:///app/%5Bid%5D/%28group%29/%40slot/a%20b.ts"),
            ("/é😀%.ts", false, "file:///%C3%A9%F0%9F%98%80%25.ts"),
            ("C:\\x\\[id].ts", true, "file:///c%3A/x/%5Bid%5D.ts"),
            ("\\\\server\\share\\x", true, "file://server/share/x"),
        ] {
            let made = uri_of(path, windows).unwrap();
            assert_eq!(made, uri);
            assert!(Uri::from_str(&made).is_ok());
            assert_eq!(path_of(&made, windows).as_deref(), Some(path), "and back");
        }
        assert_eq!(uri_of("relative", false), None);
    }

    #[test]
    fn mends_what_editors_send() {
        let mut message = json!({ "textDocument": { "uri": "file:///app/[...slug]/a b/é.ts", "text": "[uri]" },
            "changes": [{ "uri": "file:///%5Bid%5D/100%" }], "rootUri": "file:///fine", "uri": ["[x]"] });
        mend(&mut message);
        assert_eq!(
            message,
            json!({ "textDocument": { "uri": "file:///app/%5B...slug%5D/a%20b/%C3%A9.ts", "text": "[uri]" },
                "changes": [{ "uri": "file:///%5Bid%5D/100%25" }], "rootUri": "file:///fine", "uri": ["[x]"] })
        );
    }
}
