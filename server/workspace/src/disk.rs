//! Reading files. The only place that opens one.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// No source file is larger; what is, is generated (a 1 MiB minified file takes half a second to
/// parse and yields nothing).
pub(crate) const LARGEST_FILE: u64 = 1 << 20;

/// Why a file yields no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It isn't there (any more) or may not be read.
    Gone,
    /// Over [`LARGEST_FILE`]; its size in bytes.
    TooLarge(u64),
    /// Not UTF-8: another encoding or no text at all.
    NotText,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => write!(f, "can't be read"),
            Self::TooLarge(size) => write!(f, "has {size} bytes, more than the {LARGEST_FILE} that are read"),
            Self::NotText => write!(f, "is not UTF-8 text"),
        }
    }
}

/// A file's bytes, at most [`LARGEST_FILE`] of them, without a byte order mark.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    read_bytes_up_to(path, LARGEST_FILE)
}

fn read_bytes_up_to(path: &Path, largest: u64) -> Result<Vec<u8>, Unreadable> {
    let mut file = File::open(path).map_err(|_| Unreadable::Gone)?;
    let metadata = file.metadata().map_err(|_| Unreadable::Gone)?;
    if !metadata.is_file() {
        return Err(Unreadable::Gone); // a pipe or device would block
    }
    if metadata.len() > largest {
        return Err(Unreadable::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.read_to_end(&mut bytes).map_err(|_| Unreadable::Gone)?;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3); // editors strip it, too: their positions don't count it
    }
    Ok(bytes)
}

/// A file's text.
pub(crate) fn read_text(path: &Path) -> Result<Arc<str>, Unreadable> {
    read_text_up_to(path, LARGEST_FILE)
}

/// The text of a file that isn't source code, and may be larger.
pub(crate) fn read_text_up_to(path: &Path, largest: u64) -> Result<Arc<str>, Unreadable> {
    let bytes = read_bytes_up_to(path, largest)?;
    String::from_utf8(bytes).map(Arc::from).map_err(|_| Unreadable::NotText)
}
