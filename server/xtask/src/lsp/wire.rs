//! The base protocol of LSP: JSON under a `Content-Length` header.

use serde_json::Value;
use std::io::{self, BufRead, Write};

/// One message as the bytes that go over the pipe.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Writes bytes that [`frame`] made.
pub fn write(pipe: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    pipe.write_all(frame)?;
    pipe.flush()
}

/// Reads the body of the next message; `None` when the pipe has ended.
pub fn read(pipe: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = String::new();
    loop {
        line.clear();
        if pipe.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let length = length
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a message without a Content-Length header"))?;
    let mut body = vec![0; length];
    pipe.read_exact(&mut body)?;
    Ok(Some(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_survives_the_pipe() {
        let message = json!({ "jsonrpc": "2.0", "method": "é" });
        let bytes = frame(&message);
        let mut pipe = bytes.as_slice();
        let body = read(&mut pipe).ok().flatten().unwrap_or_default();
        assert_eq!(serde_json::from_slice::<Value>(&body).ok(), Some(message));
        assert!(matches!(read(&mut pipe), Ok(None)));
    }

    #[test]
    fn header_names_have_no_case_and_other_headers_are_passed_over() {
        let mut pipe: &[u8] = b"content-length: 2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}";
        assert!(matches!(read(&mut pipe), Ok(Some(body)) if body == b"{}"));
    }

    #[test]
    fn a_missing_length_is_an_error() {
        let mut pipe: &[u8] = b"Content-Type: x\r\n\r\n{}";
        assert!(read(&mut pipe).is_err());
    }
}
