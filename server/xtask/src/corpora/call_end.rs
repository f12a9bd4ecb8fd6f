//! Where a call ends, told from its brackets alone: the first line after whose end no bracket that
//! was opened since the call's first line is open. Good enough to compare lines, nothing more.

/// The last line of what starts on line `start` (0-based), at most `most` lines further.
pub fn last_line(text: &str, start: usize, most: usize) -> usize {
    let mut scan = Scan::default();
    let mut last = start;
    for (number, line) in text.lines().enumerate().skip(start).take(most + 1) {
        last = number;
        scan.line(line);
        if scan.is_closed() {
            break;
        }
    }
    last
}

/// What surrounds a character.
#[derive(Clone, Copy, PartialEq)]
enum In {
    /// A bracket of any kind, or the hole of a template.
    Bracket,
    /// A template's text.
    Template,
    /// A comment that may go on over lines.
    Comment,
}

#[derive(Default)]
struct Scan {
    open: Vec<In>,
    /// `useSWR<` at a line's end opens type arguments, `>(` at a line's start closes them.
    types: usize,
}

impl Scan {
    fn is_closed(&self) -> bool {
        self.open.is_empty() && self.types == 0
    }

    fn line(&mut self, line: &str) {
        let line = line.trim();
        if line.starts_with('>') {
            self.types = self.types.saturating_sub(1);
        }
        let bytes = line.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at += self.step(&bytes[at..]);
        }
        if line.ends_with('<') {
            self.types += 1;
        }
    }

    /// Takes what stands at the start of `rest`, and says how many bytes that was.
    fn step(&mut self, rest: &[u8]) -> usize {
        match (self.open.last(), rest) {
            (Some(In::Comment), [b'*', b'/', ..]) => self.close(2),
            (Some(In::Comment), _) => 1,
            (Some(In::Template), [b'\\', ..]) => 2,
            (Some(In::Template), [b'`', ..]) => self.close(1),
            (Some(In::Template), [b'$', b'{', ..]) => self.begin(In::Bracket, 2),
            (Some(In::Template), _) => 1,
            (_, [b'/', b'/', ..]) => rest.len(),
            (_, [b'/', b'*', ..]) => self.begin(In::Comment, 2),
            (_, [b'`', ..]) => self.begin(In::Template, 1),
            (_, [b'(' | b'[' | b'{', ..]) => self.begin(In::Bracket, 1),
            (_, [b')' | b']' | b'}', ..]) => self.close(1),
            (_, [quote @ (b'"' | b'\''), after @ ..]) => 1 + quoted(after, *quote),
            _ => 1,
        }
    }

    fn begin(&mut self, what: In, length: usize) -> usize {
        self.open.push(what);
        length
    }

    fn close(&mut self, length: usize) -> usize {
        self.open.pop();
        length
    }
}

/// How long a string is, with its closing quote; it never passes the line's end.
fn quoted(text: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while at < text.len() && text[at] != quote {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::last_line;

    #[test]
    fn calls_end_with_their_brackets() {
        for (text, last) in [
            ("fetch('/a')\nfetch('/b')", 0),
            ("await fetch(\n  '/a',\n);\nfoo();", 2),
            ("const { data } = useSWR<\n  Row[]\n>(\n  `/a/${id}`,\n  fetcher,\n);\nfoo();", 5),
            ("fetch(`/a/${\n  f('`)')\n}/b`, {\n  method: 'PUT', // )\n});\nx", 4),
            ("f(\"it's\", /* ( */ '/a')\nx", 0),
            ("  onClick={async () => {\n    await f('/a');\n  }}\nx", 2),
        ] {
            assert_eq!(last_line(text, 0, 25), last, "{text}");
        }
        assert_eq!(last_line("f(\n\n\n\n\n", 0, 2), 2);
    }
}
