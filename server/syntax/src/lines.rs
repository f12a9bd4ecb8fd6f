//! Lines of a text that doesn't change: from bytes to the columns that editors and people count,
//! and back. A thin face over rust-analyzer's `line-index`.

use crate::text::{Encoding, LineCol, TextRange};
use line_index::{TextSize, WideEncoding, WideLineCol};

/// Where the lines of one text begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    index: line_index::LineIndex,
}

impl LineIndex {
    /// Reads a text's lines. `\n` and `\r\n` end a line; a lone `\r` doesn't, as in all three editors.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { index: line_index::LineIndex::new(text) }
    }

    /// The line and column of a byte; offsets past the end and inside a character are moved back.
    #[must_use]
    pub fn line_col(&self, offset: u32, encoding: Encoding) -> LineCol {
        let mut offset = offset.min(u32::from(self.index.len()));
        let at = loop {
            match self.index.try_line_col(TextSize::new(offset)) {
                Some(at) => break at,
                None if offset == 0 => return LineCol::default(),
                None => offset -= 1,
            }
        };
        let wide = |encoding| self.index.to_wide(encoding, at).map_or(at.col, |w| w.col);
        let col = match encoding {
            Encoding::Utf8 => at.col,
            Encoding::Utf16 => wide(WideEncoding::Utf16),
            Encoding::Utf32 => wide(WideEncoding::Utf32),
        };
        LineCol { line: at.line, col }
    }

    /// The byte of a line and column; a column past the line's end means its end (LSP 3.17,
    /// `Position`), a line past the last means the text's end.
    #[must_use]
    pub fn offset(&self, at: LineCol, encoding: Encoding) -> u32 {
        let Some(line) = self.index.line(at.line) else { return u32::from(self.index.len()) };
        let (start, end) = (u32::from(line.start()), u32::from(line.end()));
        let utf8 = match encoding {
            Encoding::Utf8 => Some(at.col),
            Encoding::Utf16 => self.narrow(WideEncoding::Utf16, at),
            Encoding::Utf32 => self.narrow(WideEncoding::Utf32, at),
        };
        start.saturating_add(utf8.unwrap_or(u32::MAX)).min(end)
    }

    /// A range as two positions.
    #[must_use]
    pub fn span(&self, range: TextRange, encoding: Encoding) -> (LineCol, LineCol) {
        (self.line_col(range.start, encoding), self.line_col(range.end, encoding))
    }

    fn narrow(&self, encoding: WideEncoding, at: LineCol) -> Option<u32> {
        self.index.to_utf8(encoding, WideLineCol { line: at.line, col: at.col }).map(|utf8| utf8.col)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_three_encodings() {
        let text = "aé😀z\r\nnext\n";
        let lines = LineIndex::new(text);
        let z = text.find('z').unwrap() as u32;
        for (encoding, col) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            assert_eq!(lines.line_col(z, encoding), LineCol { line: 0, col });
            assert_eq!(lines.offset(LineCol { line: 0, col }, encoding), z);
        }
        assert_eq!(lines.offset(LineCol { line: 99, col: 0 }, Encoding::Utf16), text.len() as u32);
        assert_eq!(lines.line_col(9999, Encoding::Utf16).line, 2);
        // a column past the end of its line stays on that line
        assert!(lines.offset(LineCol { line: 1, col: 400 }, Encoding::Utf16) <= text.len() as u32);
    }
}
