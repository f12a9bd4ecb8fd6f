//! A column layout: from rows and a width to lines, none of which is wider than that width.
//!
//! What doesn't fit is shortened in the middle rather than wrapped, so that one row stays one line.

mod shorten;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::color::{DIM, PLAIN};
use shorten::head;

pub use shorten::Shorten;

const GAP: usize = 2;
/// Notes give way once the text before them would fall below this.
const READABLE: usize = 16;
/// Optional columns give way once a shortened one would fall below this.
const TIGHT: usize = 20;

/// A piece of text in one style.
#[derive(Clone, Debug)]
pub struct Span {
    text: String,
    style: Style,
}

impl Span {
    /// White space becomes one blank and control characters can't reach the terminal.
    pub fn new(text: impl AsRef<str>, style: Style) -> Self {
        let mut clean = String::with_capacity(text.as_ref().len());
        for letter in text.as_ref().chars() {
            match letter {
                '\n' | '\r' | '\t' if clean.ends_with(' ') => {}
                '\n' | '\r' | '\t' => clean.push(' '),
                _ if letter.is_control() => clean.push('\u{fffd}'),
                _ => clean.push(letter),
            }
        }
        Self { text: clean, style }
    }

    fn width(&self) -> usize {
        self.text.width()
    }
}

/// A cell: its text, then notes that may be left out.
#[derive(Clone, Debug)]
pub struct Cell {
    main: Span,
    notes: Vec<Span>,
}

impl Cell {
    /// A cell without notes.
    pub fn new(text: impl AsRef<str>, style: Style) -> Self {
        Self { main: Span::new(text, style), notes: vec![] }
    }

    /// Adds a note, which brings the blank before it along.
    #[must_use]
    pub fn note(mut self, text: impl AsRef<str>, style: Style) -> Self {
        self.notes.push(Span::new(text, style));
        self
    }

    fn width(&self) -> usize {
        self.main.width() + self.notes.iter().map(Span::width).sum::<usize>()
    }

    /// The spans in at most `width` columns: the last notes go first, then the text is shortened.
    fn fit(&self, width: usize, shorten: Shorten) -> Vec<Span> {
        let least = self.main.width().min(READABLE);
        let mut notes = self.notes.as_slice();
        let room = loop {
            let taken = notes.iter().map(Span::width).sum::<usize>();
            match notes.split_last() {
                Some((_, fewer)) if taken + least > width => notes = fewer,
                _ => break width.saturating_sub(taken),
            }
        };
        let main = Span { text: shorten.apply(&self.main.text, room), style: self.main.style };
        std::iter::once(main).chain(notes.iter().cloned()).collect()
    }
}

/// A column's manners.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its part of the room that is left when things get narrow; 0 for a column that keeps its width.
    pub share: usize,
    /// What goes when a text is too long.
    pub shorten: Shorten,
    /// Numbers stand at the right.
    pub right: bool,
    /// Gives way altogether before the others become unreadable.
    pub optional: bool,
}

impl Column {
    /// A column as wide as its widest cell.
    pub const FIXED: Self = Self { share: 0, shorten: Shorten::Middle, right: false, optional: false };

    /// A column that shrinks with the window.
    pub const fn flexible(share: usize, shorten: Shorten) -> Self {
        Self { share, shorten, ..Self::FIXED }
    }
}

/// What a table is made of, from top to bottom.
#[derive(Clone, Debug)]
pub enum Entry {
    /// An empty line.
    Blank,
    /// A line across all columns, under `indent` blanks.
    Heading(usize, Cell),
    /// Cells, one for each column.
    Row(Vec<Cell>),
    /// Facts joined by `·`, on as many lines as they need.
    Facts(usize, Vec<Span>),
}

/// Sets the entries in `width` columns; rows begin after `indent` blanks.
pub fn lines(columns: &[Column], entries: &[Entry], indent: usize, width: usize) -> Vec<String> {
    let rows = entries.iter().filter_map(|entry| if let Entry::Row(cells) = entry { Some(cells) } else { None });
    let widths = widths(columns, rows, width.saturating_sub(indent));
    let mut lines = vec![];
    for entry in entries {
        match entry {
            Entry::Blank => lines.push(vec![]),
            Entry::Heading(indent, cell) => {
                let spans = cell.fit(width.saturating_sub(*indent), Shorten::Middle);
                lines.push(std::iter::once(blanks(*indent)).chain(spans).collect());
            }
            Entry::Row(cells) => lines.push(row(columns, &widths, cells, indent)),
            Entry::Facts(indent, facts) => lines.extend(flow(facts, *indent, width)),
        }
    }
    lines.into_iter().map(|spans| paint(spans, width)).collect()
}

fn row(columns: &[Column], widths: &[usize], cells: &[Cell], indent: usize) -> Vec<Span> {
    let mut spans = vec![blanks(indent)];
    for ((column, &width), cell) in columns.iter().zip(widths).zip(cells).filter(|((_, width), _)| **width > 0) {
        let fitted = cell.fit(width, column.shorten);
        let rest = width.saturating_sub(fitted.iter().map(Span::width).sum());
        let (before, after) = if column.right { (rest, GAP) } else { (0, rest + GAP) };
        spans.push(blanks(before));
        spans.extend(fitted);
        spans.push(blanks(after));
    }
    spans
}

fn blanks(count: usize) -> Span {
    Span { text: " ".repeat(count), style: PLAIN }
}

/// Every column's width; 0 for one that isn't shown.
fn widths<'a>(columns: &[Column], rows: impl Iterator<Item = &'a Vec<Cell>>, width: usize) -> Vec<usize> {
    let mut natural = vec![0; columns.len()];
    for cells in rows {
        for (widest, cell) in natural.iter_mut().zip(cells) {
            *widest = cell.width().max(*widest);
        }
    }
    loop {
        let shown = natural.iter().filter(|&&n| n > 0).count();
        let gaps = GAP * shown.saturating_sub(1);
        let fixed: usize = columns.iter().zip(&natural).filter(|(column, _)| column.share == 0).map(|(_, n)| n).sum();
        let set = shares(columns, &natural, width.saturating_sub(gaps + fixed));
        let tight = set.iter().zip(&natural).any(|(&got, &wanted)| got < wanted.min(TIGHT));
        match columns.iter().zip(&mut natural).find(|(column, n)| column.optional && **n > 0) {
            Some((_, dropped)) if tight => *dropped = 0,
            _ => return set,
        }
    }
}

/// Divides `room` among the flexible columns by their shares; what one doesn't need, others get.
fn shares(columns: &[Column], natural: &[usize], room: usize) -> Vec<usize> {
    let mut set: Vec<Option<usize>> =
        columns.iter().zip(natural).map(|(column, &n)| (column.share == 0 || n == 0).then_some(n)).collect();
    let mut room = room;
    loop {
        let open = || columns.iter().zip(natural).zip(&set).filter(|(_, got)| got.is_none());
        let total: usize = open().map(|((column, _), _)| column.share).sum();
        let part = |column: &Column| room * column.share / total.max(1);
        let content: Vec<bool> = columns.iter().zip(natural).map(|(column, &n)| n <= part(column)).collect();
        if !open().any(|((column, &n), _)| n <= part(column)) {
            let parts: Vec<usize> = columns.iter().map(part).collect();
            return set.iter().zip(parts).map(|(got, part)| got.unwrap_or(part)).collect();
        }
        for ((got, &n), content) in set.iter_mut().zip(natural).zip(content) {
            if got.is_none() && content {
                *got = Some(n);
                room -= n.min(room);
            }
        }
    }
}

/// Joins facts by `·`, breaking between them.
fn flow(facts: &[Span], indent: usize, width: usize) -> Vec<Vec<Span>> {
    let between = Span { text: " · ".to_owned(), style: DIM };
    let mut lines: Vec<Vec<Span>> = vec![];
    let mut used = 0;
    for fact in facts {
        match lines.last_mut() {
            Some(line) if used + between.width() + fact.width() <= width => {
                used += between.width() + fact.width();
                line.extend([between.clone(), fact.clone()]);
            }
            _ => {
                used = indent + fact.width();
                lines.push(vec![blanks(indent), fact.clone()]);
            }
        }
    }
    lines
}

/// One line with its styles; what is too wide even now is cut, and no blank stands at its end.
fn paint(spans: Vec<Span>, width: usize) -> String {
    let plain: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut left = if plain.width() <= width { plain.as_str() } else { head(&plain, width) }.trim_end().len();
    let mut line = String::new();
    for Span { text, style } in spans {
        let text = &text[..text.len().min(left)];
        left -= text.len();
        if style == PLAIN || text.is_empty() {
            line.push_str(text);
        } else {
            line.push_str(&format!("{style}{text}{style:#}"));
        }
    }
    line
}

#[cfg(test)]
mod tests;
