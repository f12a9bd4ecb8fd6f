//! As much of HTTP as it takes to ask a server on the loopback.

use anyhow::Context;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// In `next dev` an answer waits for the compiler.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a server answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The methods of the `Allow` header, sorted; empty where there is none.
    pub allow: Vec<String>,
}

/// One request without a body.
pub fn ask(port: u16, method: &str, path: &str) -> anyhow::Result<Answer> {
    let asked = || -> anyhow::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        read(&String::from_utf8_lossy(&bytes)).context("that is no HTTP answer")
    };
    asked().with_context(|| format!("{method} {path}"))
}

fn read(text: &str) -> Option<Answer> {
    let mut lines = text.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("allow"));
    let mut allow: Vec<String> =
        header.map_or_else(Vec::new, |(_, value)| value.split(',').map(|method| method.trim().to_owned()).collect());
    allow.sort();
    Some(Answer { status, allow })
}

/// A path that a route answers: `/users/1/posts/a/b` for `/users/[id]/posts/[...rest]`. A
/// parameter is a whole segment; everything else is text, and escaped.
pub fn path(route: &str) -> String {
    let mut path = String::new();
    // An intercepting route is asked at the URL in front of which it stands.
    for segment in route.split('/').skip(1) {
        path.push('/');
        match segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(parameter) if parameter.contains("...") => path.push_str("a/b"),
            Some(_) => path.push('1'),
            None => path.push_str(&escaped(segment)),
        }
    }
    path
}

fn escaped(segment: &str) -> String {
    // Next finds a literal `[id].json` by its brackets only, not by `%5B`.
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~[]".contains(byte);
    segment
        .bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (route, expected) in [
            ("/", "/"),
            ("/users/[id]/x", "/users/1/x"),
            ("/docs/[...slug]", "/docs/a/b"),
            ("/shop/[[...slug]]", "/shop/a/b"),
            ("/api/[id].json", "/api/[id].json"),
            ("/Sp Ace/é", "/Sp%20Ace/%C3%A9"),
            ("/.well-known/foo", "/.well-known/foo"),
        ] {
            assert_eq!(path(route), expected, "{route}");
        }
    }

    #[test]
    fn answers() {
        let answer = read("HTTP/1.1 204 No Content\r\nallow: OPTIONS, GET, HEAD\r\n\r\nAllow: body").unwrap();
        assert_eq!(answer, Answer { status: 204, allow: ["GET", "HEAD", "OPTIONS"].map(str::to_owned).to_vec() });
        assert_eq!(read("HTTP/1.1 405 Method Not Allowed\r\n\r\n").unwrap().allow, [""; 0]);
        assert_eq!(read(""), None);
    }
}
