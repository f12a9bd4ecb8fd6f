//! What is told of text: the answer to a condition, and what a method of text makes of it.

use syntax::value::{Asked, HoleKind};

use super::{
    DEEPEST,
    known::{Known, beginning, is_nothing},
};

/// What a condition comes out as; `None` where what is known of the value doesn't tell.
pub(super) fn answer(asked: &Asked, of: &Known) -> Option<bool> {
    let nothing = is_nothing(of) && !matches!(of, Known::Absent);
    match asked {
        Asked::Begins(prefix) => {
            let begins = beginning(of, 0)?;
            if begins.len() >= prefix.len() {
                Some(begins.starts_with(&**prefix))
            } else if prefix.starts_with(&*begins) {
                whole(of).map(|_| false)
            } else {
                Some(false)
            }
        }
        Asked::Ends(suffix) => whole(of).map(|text| text.ends_with(&**suffix)),
        Asked::Holds(text) => {
            if let Some(all) = whole(of) {
                return Some(all.contains(&**text));
            }
            holds(of, text, 0).then_some(true)
        }
        Asked::Is(text) => match whole(of) {
            Some(known) => Some(known == **text),
            None => nothing.then_some(false),
        },
        Asked::There => match of {
            _ if nothing => Some(false),
            Known::Object(..) | Known::List(..) | Known::Function(..) | Known::Merged(_) => Some(true),
            _ => whole(of).map(|text| !text.is_empty()).or_else(|| beginning(of, 0).map(|_| true)),
        },
        Asked::Missing => match of {
            _ if nothing => Some(true),
            Known::Object(..) | Known::List(..) | Known::Function(..) | Known::Merged(_) => Some(false),
            _ => whole(of).map(|_| false).or_else(|| beginning(of, 0).map(|_| false)),
        },
    }
}

/// The text where all of it is known.
pub(super) fn whole(known: &Known) -> Option<String> {
    fn add(known: &Known, to: &mut String, depth: u32) -> Option<()> {
        match known {
            Known::Text(text) => to.push_str(text),
            Known::Join(parts) if depth < DEEPEST => parts.iter().try_for_each(|p| add(p, to, depth + 1))?,
            Known::Marked(inner) => add(inner, to, depth + 1)?,
            _ => return None,
        }
        Some(())
    }
    let mut text = String::new();
    add(known, &mut text, 0).map(|()| text)
}

/// Whether a part that is known surely holds a text.
fn holds(known: &Known, text: &str, depth: u32) -> bool {
    match known {
        Known::Text(known) => known.contains(text),
        Known::Join(parts) if depth < DEEPEST => parts.iter().any(|p| holds(p, text, depth + 1)),
        Known::Marked(inner) => holds(inner, text, depth + 1),
        _ => false,
    }
}

/// What a method that keeps the segments of a text makes of it.
pub(super) fn made_by(method: &str, text: Known, arguments: &[Known]) -> Known {
    match (method, arguments) {
        ("concat", [tail, ..]) => Known::Join(vec![text, tail.clone()]),
        ("replace" | "replaceAll", [pattern, by, ..]) => match whole(pattern) {
            Some(pattern) if !pattern.is_empty() => {
                let all = method == "replaceAll";
                map(text, 0, &mut |text| replaced(text, &pattern, by, all))
            }
            _ => map(text, 0, &mut filled),
        },
        _ => text,
    }
}

/// Every text in it made anew.
fn map(known: Known, depth: u32, make: &mut dyn FnMut(Box<str>) -> Known) -> Known {
    match known {
        Known::Text(text) => make(text),
        known if depth > DEEPEST => known,
        Known::Join(parts) => Known::Join(parts.into_iter().map(|p| map(p, depth + 1, make)).collect()),
        Known::Either(parts) => Known::Either(parts.into_iter().map(|p| map(p, depth + 1, make)).collect()),
        Known::Marked(inner) => Known::Marked(Box::new(map(*inner, depth + 1, make))),
        Known::Choice { condition, yes, no } => {
            let (yes, no) = (map(*yes, depth + 1, make), map(*no, depth + 1, make));
            Known::Choice { condition, yes: yes.into(), no: no.into() }
        }
        known => known,
    }
}

/// `'/users/[id]'.replace('[id]', id)`
fn replaced(text: Box<str>, pattern: &str, by: &Known, all: bool) -> Known {
    if !text.contains(pattern) {
        return Known::Text(text);
    }
    // the name of what is put in is lost where it says nothing of a URL
    let named = match (by, placeholder(pattern)) {
        (Known::Hole { source, kind }, Some(name)) if &**source == "…" => {
            Known::Hole { source: name.into(), kind: *kind }
        }
        _ => by.clone(),
    };
    let mut parts = vec![];
    let pieces = if all { text.split(pattern).collect::<Vec<_>>() } else { text.splitn(2, pattern).collect() };
    for (at, piece) in pieces.into_iter().enumerate() {
        if at > 0 {
            parts.push(named.clone());
        }
        parts.push(Known::Text(piece.into()));
    }
    Known::Join(parts)
}

/// What a regular expression and a function fill in can't be told, but where: `/users/[id]`, `/users/:id`,
/// `/users/{id}`.
fn filled(text: Box<str>) -> Known {
    if !text.starts_with('/') && !text.contains("://") {
        return Known::Text(text);
    }
    let mut parts = vec![];
    let mut before = String::new();
    for (at, segment) in text.split('/').enumerate() {
        if at > 0 {
            before.push('/');
        }
        match placeholder(segment) {
            Some(name) => {
                parts.push(Known::Text(std::mem::take(&mut before).into()));
                parts.push(Known::Hole { source: name.into(), kind: HoleKind::Unknown });
            }
            None => before.push_str(segment),
        }
    }
    parts.push(Known::Text(before.into()));
    if parts.len() == 1 { Known::Text(text) } else { Known::Join(parts) }
}

/// The name of a segment that stands for another.
fn placeholder(segment: &str) -> Option<&str> {
    let inside = |open: &str, close: &str| segment.strip_prefix(open)?.strip_suffix(close);
    let name = inside("[", "]").or_else(|| inside("{", "}")).or_else(|| segment.strip_prefix(':'))?;
    let name = name.trim_start_matches("...");
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}
