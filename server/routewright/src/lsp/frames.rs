//! LSP's base protocol (LSP 3.17, "Base Protocol"): `Content-Length` headers and JSON bodies, in
//! and out. The transport that comes with tower-lsp ends the session at the first malformed
//! message; this one says what was wrong and reads on from the next header.

use std::fs::File;
use std::io::{Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use memchr::memmem;
use serde::Serialize;

/// Longer messages are refused before anything is allocated for them.
const LONGEST: usize = 256 << 20;
/// How much is read at once, where it isn't known how much will come.
const CHUNK: usize = 16 << 10;
/// The only header that matters; names are compared without case (RFC 7230 §3.2).
const LENGTH: &[u8] = b"content-length:";

/// Something that isn't a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Bad {
    /// A `Content-Length` that is no number.
    Length,
    /// A length beyond [`LONGEST`].
    TooLong(usize),
}

/// Messages as they come in.
pub struct Frames<R> {
    input: R,
    buffer: Vec<u8>,
    /// What is used up; the front of `buffer` is cut off only when more has to be read.
    start: usize,
    /// The last body's length: it is used up when the next message is asked for.
    body: usize,
}

impl<R: Read> Frames<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> Self {
        Self { input, buffer: Vec::with_capacity(CHUNK), start: 0, body: 0 }
    }

    /// The next body; `None` when the input ended. Whatever stands before a `Content-Length` is
    /// skipped.
    pub fn next(&mut self) -> Option<Result<&[u8], Bad>> {
        self.start += std::mem::take(&mut self.body);
        let (from, length) = loop {
            match self.header() {
                Header::Is { body, length } => break (body, length),
                Header::Bad { next, why } => {
                    self.start = next;
                    return Some(Err(why));
                }
                Header::More { skip } => {
                    self.start += skip;
                    if !self.fill() {
                        return None;
                    }
                }
            }
        };
        self.start = from;
        if !self.fill_up_to(length) {
            return None;
        }
        self.body = length;
        self.buffer.get(self.start..self.start + length).map(Ok)
    }

    /// The last body was no JSON: if another message's header stands inside it, its length was
    /// wrong, and reading goes on from there. (Inside JSON, line breaks are escaped, so a raw
    /// header can't be part of a string.)
    pub fn distrust(&mut self) {
        let body = self.buffer.get(self.start..self.start + self.body).unwrap_or_default();
        let within = find(body).filter(|at| memmem::find(&body[*at..], b"\n").is_some());
        if let Some(at) = within {
            self.body = at;
        }
    }

    /// Looks for a whole header block from `start` on.
    fn header(&self) -> Header {
        let text = &self.buffer[self.start..];
        let Some(at) = find(text) else {
            // all of it is garbage, up to what may be the beginning of a header
            return Header::More { skip: text.len().saturating_sub(LENGTH.len()) };
        };
        let value = &text[at + LENGTH.len()..];
        // Other headers (`Content-Type`) may follow; an empty line ends the block.
        let end = match (memmem::find(value, b"\r\n\r\n"), memmem::find(value, b"\n\n")) {
            (Some(a), Some(b)) if b < a => b + 2,
            (Some(a), _) => a + 4,
            (None, Some(b)) => b + 2,
            (None, None) if value.len() > CHUNK => {
                return Header::Bad { next: self.start + at + LENGTH.len(), why: Bad::Length };
            }
            (None, None) => return Header::More { skip: at },
        };
        let line = value[..end].split(|b| *b == b'\n').next().unwrap_or_default();
        let length = std::str::from_utf8(line).ok().and_then(|n| n.trim().parse::<usize>().ok());
        match length {
            None => Header::Bad { next: self.start + at + LENGTH.len(), why: Bad::Length },
            Some(n) if n > LONGEST => Header::Bad { next: self.start + at + LENGTH.len() + end, why: Bad::TooLong(n) },
            Some(length) => Header::Is { body: self.start + at + LENGTH.len() + end, length },
        }
    }

    /// Reads what there is, at least one byte; `false` at the end.
    fn fill(&mut self) -> bool {
        self.buffer.drain(..std::mem::take(&mut self.start));
        if self.buffer.is_empty() && self.buffer.capacity() > 16 * CHUNK {
            self.buffer = Vec::new(); // one huge message must not be paid for ever after
        }
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[old..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                result => break result.unwrap_or(0),
            }
        };
        self.buffer.truncate(old + read);
        read > 0
    }

    /// Reads until `length` bytes are there. A length is only a claim: memory grows with what
    /// arrives.
    fn fill_up_to(&mut self, length: usize) -> bool {
        let missing = (self.start + length).saturating_sub(self.buffer.len());
        let read = (&mut self.input).take(missing as u64).read_to_end(&mut self.buffer);
        missing == 0 || read.is_ok_and(|read| read == missing)
    }
}

enum Header {
    Is { body: usize, length: usize },
    Bad { next: usize, why: Bad },
    More { skip: usize },
}

/// The first `Content-Length:`, in any case.
fn find(text: &[u8]) -> Option<usize> {
    memchr::memchr2_iter(b'c', b'C', text)
        .find(|at| text.get(*at..at + LENGTH.len()).is_some_and(|t| t.eq_ignore_ascii_case(LENGTH)))
}

/// Messages as they go out: whole frames, one write each, never interleaved.
pub struct Output {
    file: Mutex<File>,
}

impl Output {
    /// Writes to the process's standard output. Not through [`std::io::stdout`], whose line buffer
    /// would split every frame at the header's line breaks.
    pub fn stdout() -> std::io::Result<Self> {
        Ok(Self { file: Mutex::new(duplicate(std::io::stdout())?) })
    }

    /// Sends one message. An error means that nobody reads any more.
    pub fn send(&self, message: &impl Serialize) -> std::io::Result<()> {
        // The length comes first but is known last: leave room for it.
        const ROOM: usize = 40;
        let mut frame = Vec::with_capacity(1024);
        frame.resize(ROOM, 0);
        serde_json::to_writer(&mut frame, message)?;
        let header = format!("Content-Length: {}\r\n\r\n", frame.len() - ROOM);
        let start = ROOM - header.len();
        frame[start..ROOM].copy_from_slice(header.as_bytes());
        self.lock().write_all(&frame[start..])
    }

    fn lock(&self) -> MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Standard input without the standard library's lock and small buffer.
pub fn stdin() -> std::io::Result<File> {
    duplicate(std::io::stdin())
}

#[cfg(unix)]
fn duplicate(stream: impl std::os::fd::AsFd) -> std::io::Result<File> {
    stream.as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn duplicate(stream: impl std::os::windows::io::AsHandle) -> std::io::Result<File> {
    stream.as_handle().try_clone_to_owned().map(File::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time: every boundary is met.
    struct Drip<'a>(&'a [u8]);
    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn all<R: Read>(input: R) -> Vec<String> {
        let mut frames = Frames::new(input);
        let mut found = vec![];
        while let Some(frame) = frames.next() {
            found.push(match frame {
                Ok(body) => String::from_utf8_lossy(body).into_owned(),
                Err(bad) => format!("{bad:?}"),
            });
            if found.last().is_some_and(|f| f.starts_with("{bad")) {
                frames.distrust();
            }
        }
        found
    }

    #[test]
    fn messages_among_garbage() {
        let cases: &[(&str, &[&str])] = &[
            ("Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\n[{}]", &["{}", "[{}]"]),
            ("content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}", &["{}"]),
            ("Content-Type: x\r\nContent-Length: 2\r\n\r\n{}", &["{}"]),
            ("Content-Length: 2\n\n{}", &["{}"]),
            ("Foo: bar\r\n\r\nContent-Length: 2\r\n\r\n{}", &["{}"]),
            ("no header at all\r\n\r\n\0\0Content-Length: 2\r\n\r\n{}", &["{}"]),
            ("Content-Length: 2\r\n\r\n{} and moreContent-Length: 2\r\n\r\n[]", &["{}", "[]"]),
            (
                "Content-Length: 30\r\n\r\n{bad}Content-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
                &["{bad}Content-Length: 2\r\n\r\n{}Co", "{}", "[]"],
            ),
            ("Content-Length: -5\r\n\r\nContent-Length: 2\r\n\r\n{}", &["Length", "{}"]),
            ("Content-Length: 99999999999\r\n\r\nContent-Length: 2\r\n\r\n{}", &["TooLong(99999999999)", "{}"]),
            ("Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", &["", "{}"]),
            ("Content-Length: 20\r\n\r\n{}", &[]),
            ("Content-Content-Length: 2\r\n\r\n{}", &["{}"]),
            ("", &[]),
        ];
        for (input, expected) in cases {
            assert_eq!(all(input.as_bytes()), *expected, "at once: {input:?}");
            assert_eq!(all(Drip(input.as_bytes())), *expected, "byte by byte: {input:?}");
        }
    }

    #[test]
    fn a_claimed_length_allocates_nothing() {
        let mut frames = Frames::new(&b"Content-Length: 200000000\r\n\r\n{}"[..]);
        assert!(frames.next().is_none());
        assert!(frames.buffer.capacity() < 1 << 20);
    }
}
