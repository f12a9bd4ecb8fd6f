//! `source` and `destination` of a rule: path-to-regexp 6.3 as Next uses it (`compiled/path-to-regexp`,
//! `shared/lib/router/utils/path-match.ts`), as far as rules in real configurations go. Patterns are
//! never run as regular expressions: what isn't understood is a *perhaps*.

use std::ops::Range;

/// A part of a URL's segment: text or something that isn't known.
pub trait UrlPart: Clone {
    /// The text, where it is known.
    fn text(&self) -> Option<&str>;
    /// Known text.
    fn known(text: &str) -> Self;
    /// Something else, with a name for people.
    fn unknown(name: &str) -> Self;
}

/// A `source`, taken apart at its slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source(Vec<Piece>);

/// One segment of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Only text.
    Text(String),
    /// A parameter that is the whole segment, or several.
    Param { name: Option<String>, takes: Takes, repeats: Repeats },
    /// `v:version`, `:file.json`: one parameter within text.
    Within { before: String, name: Option<String>, takes: Takes, after: String },
}

/// `:a`, `:a?`, `:a*`, `:a+`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Repeats {
    Once,
    Optional,
    Any,
    Some,
}

/// What a parameter's pattern takes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Takes {
    /// No pattern of its own: whatever has no slash.
    Segment,
    /// `(.*)`: slashes, too.
    Everything,
    /// `(\\d+)`
    Digits,
    /// `(en|de)`
    Words(Vec<String>),
    /// `((?!api|_next).*)`: everything that does not begin so.
    NotBeginning(Vec<String>),
    /// Another pattern.
    Unread,
}

/// What a parameter took.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Taken {
    /// Whole segments of the URL.
    Segments(Range<usize>),
    /// Some parts of one segment, and how much of the first one's start and the last one's end belongs
    /// to the text around, in bytes.
    Within { segment: usize, before: usize, after: usize },
}

/// How a URL met a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// Every URL of this shape meets it; else some may.
    pub certain: bool,
    taken: Vec<(String, Taken)>,
}

impl Source {
    /// Takes a source apart. `None` for what is not understood: groups in braces, a repeated parameter
    /// within text, several parameters in one segment.
    #[must_use]
    pub fn parse(source: &str) -> Option<Self> {
        let pieces: Option<Vec<Piece>> = segments(source.strip_prefix('/')?)?.iter().map(|s| Piece::parse(s)).collect();
        let pieces = pieces?;
        let ends_early = pieces.iter().rev().skip(1).any(Piece::takes_slashes);
        (!ends_early).then_some(Self(pieces))
    }

    /// The first segment, where it is nothing but text.
    #[must_use]
    pub fn first_text(&self) -> Option<&str> {
        if let Some(Piece::Text(text)) = self.0.first() { Some(text) } else { None }
    }

    /// Whether a URL, as parts between its slashes, meets this source. A hole stands for one segment
    /// of unknown text: it meets parameters, never a word of its own.
    #[must_use]
    pub fn meets<P: UrlPart>(&self, url: &[Vec<P>]) -> Option<Met> {
        let mut taken = vec![];
        let certain = meet(&self.0, url, 0, &mut taken)?;
        Some(Met { certain, taken })
    }
}

fn meet<P: UrlPart>(source: &[Piece], url: &[Vec<P>], at: usize, taken: &mut Vec<(String, Taken)>) -> Option<bool> {
    let Some((piece, rest)) = source.split_first() else {
        return (at == url.len()).then_some(true);
    };
    if let Piece::Param { name, takes, repeats } = piece {
        let left = url.len() - at;
        let (least, most) = match (takes, repeats) {
            (Takes::Everything | Takes::NotBeginning(_), Repeats::Once | Repeats::Some) => (1, left),
            (Takes::Everything | Takes::NotBeginning(_), _) | (_, Repeats::Any) => (0, left),
            (_, Repeats::Once) => (1, 1),
            (_, Repeats::Optional) => (0, 1),
            (_, Repeats::Some) => (1, left),
        };
        // As a regular expression does: as many as possible first.
        for count in (least..=most.min(left)).rev() {
            let Some(fits) = takes.fits(url.get(at..at + count)?) else { continue };
            let length = taken.len();
            if let Some(name) = name {
                taken.push((name.clone(), Taken::Segments(at..at + count)));
            }
            if let Some(certain) = meet(rest, url, at + count, taken) {
                return Some(fits && certain);
            }
            taken.truncate(length);
        }
        return None;
    }
    let fits = piece.fits_one(url.get(at)?, at, taken)?;
    Some(meet(rest, url, at + 1, taken)? && fits)
}

impl Piece {
    fn parse(segment: &str) -> Option<Self> {
        let (before, rest) = literal(segment)?;
        if rest.is_empty() {
            return Some(Self::Text(before));
        }
        let (name, rest) = match rest.strip_prefix(':') {
            Some(rest) => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                let (name, rest) = rest.split_at(end);
                (Some(name.to_owned()).filter(|name| !name.is_empty()), rest)
            }
            None => (None, rest),
        };
        let (takes, rest) = match group(rest) {
            Some((inside, rest)) => (Takes::read(inside), rest),
            None if name.is_none() => return None,
            None => (Takes::Segment, rest),
        };
        let (repeats, rest) = match rest.chars().next() {
            Some('?') => (Repeats::Optional, rest.get(1..)?),
            Some('*') => (Repeats::Any, rest.get(1..)?),
            Some('+') => (Repeats::Some, rest.get(1..)?),
            _ => (Repeats::Once, rest),
        };
        if before.is_empty() && rest.is_empty() {
            return Some(Self::Param { name, takes, repeats });
        }
        let (after, rest) = literal(rest)?;
        (rest.is_empty() && repeats == Repeats::Once).then_some(Self::Within { before, name, takes, after })
    }

    fn takes_slashes(&self) -> bool {
        matches!(self, Self::Param { takes: Takes::Everything | Takes::NotBeginning(_), .. })
    }

    /// Whether one segment of a URL is what a text, or a parameter within text, wants.
    fn fits_one<P: UrlPart>(&self, segment: &[P], at: usize, taken: &mut Vec<(String, Taken)>) -> Option<bool> {
        match (self, segment) {
            // `sensitive: false` in `getPathMatch`.
            (Self::Text(text), [part]) => part.text()?.eq_ignore_ascii_case(text).then_some(true),
            (Self::Within { before, name, takes, after }, [part]) => {
                let inside = cut_end(cut_start(part.text()?, before)?, after).filter(|inside| !inside.is_empty())?;
                take(taken, name, at, before.len(), after.len());
                takes.fits_text(inside)
            }
            (Self::Within { before, name, takes, after }, [first, .., last]) => {
                cut_start(first.text().unwrap_or_default(), before)?;
                cut_end(last.text().unwrap_or_default(), after)?;
                take(taken, name, at, before.len(), after.len());
                Some(*takes == Takes::Segment)
            }
            _ => None,
        }
    }
}

fn take(taken: &mut Vec<(String, Taken)>, name: &Option<String>, segment: usize, before: usize, after: usize) {
    if let Some(name) = name {
        taken.push((name.clone(), Taken::Within { segment, before, after }));
    }
}

fn cut_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    text.get(..start.len()).filter(|s| s.eq_ignore_ascii_case(start))?;
    text.get(start.len()..)
}

fn cut_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(end.len())?;
    text.get(at..).filter(|s| s.eq_ignore_ascii_case(end))?;
    text.get(..at)
}

impl Takes {
    fn read(pattern: &str) -> Self {
        let words = |text: &str| {
            let plain = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'));
            let words: Vec<String> = text.split('|').map(str::to_owned).collect();
            words.iter().all(|word| !word.is_empty() && plain(word)).then_some(words)
        };
        match pattern {
            ".*" | ".+" => return Self::Everything,
            "[^/]+" | "[^/]*" | "[^/]+?" => return Self::Segment,
            "\\d+" | "[0-9]+" | "\\d{1,}" => return Self::Digits,
            _ => {}
        }
        if let Some(words) = pattern.strip_prefix("(?!").and_then(|p| p.strip_suffix(").*")).and_then(words) {
            return Self::NotBeginning(words);
        }
        words(pattern).map_or(Self::Unread, Self::Words)
    }

    /// Whether these segments are taken: `Some(false)` for perhaps.
    fn fits<P: UrlPart>(&self, segments: &[Vec<P>]) -> Option<bool> {
        match self {
            Self::Segment | Self::Everything => Some(true),
            Self::NotBeginning(words) => {
                let known = segments.first().and_then(|s| s.first()).and_then(UrlPart::text);
                let Some(first) = known else { return Some(false) };
                let begins = |word: &String| {
                    let (one, more) = word.split_once('/').map_or((word.as_str(), false), |(one, _)| (one, true));
                    (first.starts_with(one), more)
                };
                match words.iter().map(begins).filter(|(begins, _)| *begins).map(|(_, more)| more).min() {
                    None => Some(true),
                    Some(true) => Some(false),
                    Some(false) => None,
                }
            }
            _ => {
                let mut certain = true;
                for segment in segments {
                    certain &= match segment.as_slice() {
                        [part] if part.text().is_some() => self.fits_text(part.text()?)?,
                        _ => false,
                    };
                }
                Some(certain)
            }
        }
    }

    fn fits_text(&self, text: &str) -> Option<bool> {
        match self {
            Self::Segment | Self::Everything => Some(true),
            Self::Digits => text.bytes().all(|b| b.is_ascii_digit()).then_some(true),
            Self::Words(words) => words.iter().any(|word| word.eq_ignore_ascii_case(text)).then_some(true),
            Self::NotBeginning(_) | Self::Unread => Some(false),
        }
    }
}

/// Where a rule leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A path of this server's.
    Path(Vec<Vec<Token>>),
    /// Another host.
    Elsewhere,
    /// Computed, or not understood.
    Unknown,
}

/// A part of a destination's segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Text.
    Text(String),
    /// `:name`, and whether it may be any number of segments.
    Param(String, bool),
}

impl Destination {
    /// Takes a destination apart; its query and fragment decide nothing about who answers.
    #[must_use]
    pub fn parse(destination: &str) -> Self {
        let Some(path) = destination.strip_prefix('/') else {
            let is_url = ["http://", "https://"].iter().any(|scheme| destination.starts_with(scheme));
            return if is_url { Self::Elsewhere } else { Self::Unknown };
        };
        let Some(parts) = segments(before_query(path)) else { return Self::Unknown };
        let tokens: Option<Vec<Vec<Token>>> = parts.iter().map(|part| tokens(part)).collect();
        tokens.map_or(Self::Unknown, Self::Path)
    }
}

impl Met {
    /// The path that a URL is led to. A parameter that the source doesn't hold (`has` can bind one) is
    /// something unknown.
    #[must_use]
    pub fn fill<P: UrlPart>(&self, path: &[Vec<Token>], url: &[Vec<P>]) -> Vec<Vec<P>> {
        let mut out: Vec<Vec<P>> = vec![];
        for segment in path {
            if let [Token::Param(name, _)] = segment.as_slice()
                && let Some(Taken::Segments(range)) = self.taken(name)
            {
                out.extend(url.get(range.clone()).into_iter().flatten().cloned());
                continue;
            }
            let mut parts: Vec<P> = vec![];
            for token in segment {
                match token {
                    Token::Text(text) => push(&mut parts, P::known(text)),
                    Token::Param(name, _) => {
                        for part in self.parts(name, url) {
                            push(&mut parts, part);
                        }
                    }
                }
            }
            out.push(parts);
        }
        out
    }

    fn taken(&self, name: &str) -> Option<&Taken> {
        self.taken.iter().find(|(taken, _)| taken == name).map(|(_, taken)| taken)
    }

    fn parts<P: UrlPart>(&self, name: &str, url: &[Vec<P>]) -> Vec<P> {
        let unknown = || vec![P::unknown(&format!(":{name}"))];
        match self.taken(name) {
            Some(Taken::Segments(range)) if range.len() == 1 => {
                url.get(range.start).map_or_else(unknown, |segment| segment.clone())
            }
            Some(Taken::Within { segment, before, after }) => {
                let Some(segment) = url.get(*segment) else { return unknown() };
                let last = segment.len().saturating_sub(1);
                let cut = |(index, part): (usize, &P)| match part.text() {
                    Some(text) => {
                        let end = if index == last { text.len().saturating_sub(*after) } else { text.len() };
                        let inside = text.get(if index == 0 { *before } else { 0 }..end).unwrap_or_default();
                        (!inside.is_empty()).then(|| P::known(inside))
                    }
                    None => Some(part.clone()),
                };
                segment.iter().enumerate().filter_map(cut).collect()
            }
            _ => unknown(),
        }
    }
}

/// Neighbouring texts are one.
fn push<P: UrlPart>(parts: &mut Vec<P>, part: P) {
    let joined = parts.last().and_then(|last| Some(format!("{}{}", last.text()?, part.text()?)));
    match joined {
        Some(joined) => {
            parts.pop();
            parts.push(P::known(&joined));
        }
        None => parts.push(part),
    }
}

/// A path's segments, cut at the slashes outside of groups; `None` when a group doesn't end or there
/// are braces.
fn segments(path: &str) -> Option<Vec<String>> {
    let mut found = vec![String::new()];
    let (mut depth, mut escaped) = (0_usize, false);
    for c in path.chars() {
        match c {
            _ if escaped => {}
            '{' | '}' if depth == 0 => return None,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            '/' if depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        found.last_mut()?.push(c);
    }
    found.retain(|segment| !segment.is_empty());
    (depth == 0).then_some(found)
}

/// The text up to a parameter or group, without its escapes, and the rest.
fn literal(segment: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = segment.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => text.push(chars.next()?.1),
            ':' | '(' => return Some((text, segment.get(at..)?)),
            '*' | '?' | '+' | ')' => return None,
            _ => text.push(c),
        }
    }
    Some((text, ""))
}

/// `(…)` at the start: what is inside, and the rest.
fn group(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('(')?;
    let (mut depth, mut escaped) = (1_usize, false);
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => {}
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        if depth == 0 {
            return Some((inside.get(..at)?, inside.get(at + 1..)?));
        }
    }
    None
}

/// A destination without query and fragment. It is parsed as a URL before its parameters are looked
/// for, so `:a?` is a parameter and an empty query.
fn before_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or(path)
}

fn tokens(segment: &str) -> Option<Vec<Token>> {
    let mut found = vec![];
    let mut rest = segment;
    while !rest.is_empty() {
        let (text, after) = literal(rest)?;
        if !text.is_empty() {
            found.push(Token::Text(text));
        }
        let Some(named) = after.strip_prefix(':') else {
            return after.is_empty().then_some(found);
        };
        let end = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(named.len());
        let (name, mut after) = named.split_at(end);
        if name.is_empty() {
            return None;
        }
        after = group(after).map_or(after, |(_, after)| after);
        let repeats = after.starts_with(['*', '+']);
        found.push(Token::Param(name.to_owned(), repeats));
        rest = if repeats { after.get(1..)? } else { after };
    }
    Some(found)
}
