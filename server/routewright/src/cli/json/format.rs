//! How a document is printed: one row a line, so that `diff` and `grep` work on it.

use std::io::{self, Write};

use serde::Serialize;

use crate::cli::stop::Stop;

/// Prints a document.
pub fn print(document: &impl Serialize) -> Result<(), Stop> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out, document)?;
    Ok(out.flush()?)
}

/// Writes a document.
pub fn write(out: &mut impl Write, document: &impl Serialize) -> Result<(), Stop> {
    document.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Rows::default()))?;
    Ok(out.write_all(b"\n")?)
}

/// Breaks lines in the document and its lists but not in their rows.
#[derive(Default)]
struct Rows {
    depth: usize,
    empty: bool,
}

impl Rows {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.empty = true;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < 2 && !self.empty {
            self.line(out)?;
        }
        self.empty = false;
        out.write_all(bracket)
    }

    fn item<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.empty = false;
        match (first, self.depth) {
            (true, ..=2) => self.line(out),
            (false, ..=2) => out.write_all(b",").and_then(|()| self.line(out)),
            (true, _) => Ok(()),
            (false, _) => out.write_all(b", "),
        }
    }

    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl serde_json::ser::Formatter for Rows {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn one_row_a_line() {
        let document = serde_json::json!({
            "version": 1, "apps": [], "calls": [{ "file": "a.ts", "targets": [{ "line": 1 }, { "line": 2 }] }, { "file": "b.ts", "targets": [] }]
        });
        let mut out = vec![];
        write(&mut out, &document).unwrap();
        expect![[r#"
            {
              "version": 1,
              "apps": [],
              "calls": [
                {"file": "a.ts", "targets": [{"line": 1}, {"line": 2}]},
                {"file": "b.ts", "targets": []}
              ]
            }
        "#]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
