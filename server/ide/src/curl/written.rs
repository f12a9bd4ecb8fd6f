//! A request as people paste it: a `curl` command for a POSIX shell, or a request in an `.http` file.

use next::reply::{Part, PartValue};

use super::{Body, Request};

/// Where a development server listens.
const LOCAL: &str = "http://localhost:3000";
/// Separates the parts of a multipart body; no placeholder holds it.
const BOUNDARY: &str = "routewright";

impl Request {
    /// A command that runs once its `<placeholders>` are filled in; `BASE` names another server than the
    /// local one.
    #[must_use]
    pub fn curl(&self) -> String {
        self.arguments().join(" \\\n  ")
    }

    /// The same with what has to be known beside it as comments.
    #[must_use]
    pub fn script(&self) -> String {
        let mut out: String = self.notes.iter().map(|note| format!("# {note}\n")).collect();
        out.push_str(&self.curl());
        out.push('\n');
        out
    }

    /// The same on one line.
    #[must_use]
    pub fn curl_on_one_line(&self) -> String {
        self.arguments().join(" ")
    }

    fn arguments(&self) -> Vec<String> {
        let method = match (&*self.method, &self.body) {
            ("GET", None) | ("POST", Some(_)) => String::new(),
            ("HEAD", _) => "-I ".to_owned(),
            (method, _) => format!("-X {method} "),
        };
        let mut all = vec![format!("curl -sS {method}\"${{BASE:-{LOCAL}}}{}\"", in_double_quotes(&self.target()))];
        all.extend(self.headers.iter().map(|(name, value)| format!("-H {}", quoted(&format!("{name}: {value}")))));
        let cookies = self.cookie_line();
        all.extend(cookies.map(|line| format!("-b {}", quoted(&line))));
        match &self.body {
            None => {}
            Some(Body::Text(text)) => all.push(format!("--data-binary {}", quoted(text))),
            Some(Body::Parts(parts)) => all.extend(parts.iter().map(|part| match &part.value {
                // with -F a text that begins with `<` or `@` would be read from a file
                PartValue::Text(text) => format!("--form-string {}", quoted(&format!("{}={text}", part.name))),
                PartValue::File(path) => format!("-F {}", quoted(&format!("{}=@{path}", part.name))),
            })),
        }
        all
    }

    /// The request as an `.http` file has it (REST Client, JetBrains, Kulala).
    #[must_use]
    pub fn http(&self) -> String {
        let mut out = format!("### {}\n", self.title);
        for note in &self.notes {
            out.push_str(&format!("# {note}\n"));
        }
        out.push_str(&format!("{} {LOCAL}{}\n", self.method, self.target()));
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {value}\n"));
        }
        if let Some(line) = self.cookie_line() {
            out.push_str(&format!("Cookie: {line}\n"));
        }
        match &self.body {
            None => {}
            Some(Body::Text(text)) => out.push_str(&format!("\n{text}\n")),
            Some(Body::Parts(parts)) => {
                out.push_str(&format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\n\n"));
                parts.iter().for_each(|part| out.push_str(&in_multipart(part)));
                out.push_str(&format!("--{BOUNDARY}--\n"));
            }
        }
        out
    }

    fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let pairs: Vec<String> = self.query.iter().map(|name| format!("{}=<{name}>", in_query(name))).collect();
        format!("{}?{}", self.path, pairs.join("&"))
    }

    fn cookie_line(&self) -> Option<String> {
        let pairs: Vec<String> = self.cookies.iter().map(|name| format!("{name}=<{name}>")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

fn in_multipart(part: &Part) -> String {
    let name = part.name.replace('"', "%22");
    match &part.value {
        PartValue::Text(text) => {
            format!("--{BOUNDARY}\nContent-Disposition: form-data; name=\"{name}\"\n\n{text}\n")
        }
        PartValue::File(path) => format!(
            "--{BOUNDARY}\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{path}\"\n\
             Content-Type: application/octet-stream\n\n< ./{path}\n"
        ),
    }
}

/// In single quotes, where a shell reads nothing.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// What a shell reads between double quotes is escaped.
fn in_double_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '$' | '`' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A name as a query has it.
fn in_query(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
