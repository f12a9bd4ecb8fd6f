//! After any edits, in any encoding, a document holds the text that a plain string would, and,
//! once that text is whole, the facts that a fresh read yields (invariant: incremental equals full).

use proptest::prelude::*;
use syntax::{
    Encoding, LineCol,
    document::{Document, Edit},
};

use crate::{TOKENS, seed};

/// Where (as a share of the text), how much is taken out, what is put in.
type Change = (u16, u8, String);

fn change() -> impl Strategy<Value = Change> {
    let token = (0..TOKENS.len()).prop_map(|at| TOKENS[at].to_owned());
    let text = prop_oneof![6 => token, 1 => "[ -~]{0,6}", 1 => "\\PC{0,3}", 2 => Just(String::new())];
    let taken = prop_oneof![4 => Just(0_u8), 3 => 1..4_u8, 1 => 0..=255_u8];
    (any::<u16>(), taken, text)
}

/// Moves an offset back to where an editor's cursor can stand.
fn stop(text: &str, at: usize) -> usize {
    let mut at = text.floor_char_boundary(at);
    if at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n') {
        at -= 1;
    }
    at
}

/// The position of an offset, counted by hand.
fn position(text: &str, at: usize, encoding: Encoding) -> LineCol {
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let before = &text[start..at];
    let col = match encoding {
        Encoding::Utf8 => before.len(),
        Encoding::Utf16 => before.encode_utf16().count(),
        Encoding::Utf32 => before.chars().count(),
    };
    LineCol { line: line as u32, col: col as u32 }
}

/// Makes a change in a plain string; what an editor would send for it, and what undoes it.
fn make(text: &mut String, (share, taken, put): &Change, encoding: Encoding) -> (Edit, (usize, usize, String)) {
    let from = stop(text, text.len() * usize::from(*share) / usize::from(u16::MAX));
    let to = stop(text, (from + usize::from(*taken)).min(text.len())).max(from);
    splice(text, from, to, put, encoding)
}

fn splice(text: &mut String, from: usize, to: usize, put: &str, encoding: Encoding) -> (Edit, (usize, usize, String)) {
    let range = Some((position(text, from, encoding), position(text, to, encoding)));
    let undo = (from, from + put.len(), text[from..to].to_owned());
    text.replace_range(from..to, put);
    (Edit { range, text: put.to_owned() }, undo)
}

/// An undo whose borders an editor couldn't name, as they came to lie inside a `\r\n`.
fn is_nameable(text: &str, (from, to, _): &(usize, usize, String)) -> bool {
    stop(text, *from) == *from && stop(text, *to) == *to
}

fn check(document: &Document, text: &str, grammar: syntax::parse::Grammar) -> Result<(), TestCaseError> {
    prop_assert_eq!(&**document.text(), text);
    let fresh = Document::new(text, Some(grammar));
    if !fresh.facts().broken {
        prop_assert_eq!(document.facts(), fresh.facts(), "{}", text);
    }
    Ok(())
}

fn encoding() -> impl Strategy<Value = Encoding> {
    prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_equal_a_fresh_read(number in 0..8_usize, encoding in encoding(), changes in prop::collection::vec(change(), 1..6)) {
        let (grammar, mut text) = seed(number);
        let mut document = Document::new(&text, Some(grammar));
        let mut undo = vec![];
        for change in &changes {
            let (edit, back) = make(&mut text, change, encoding);
            document.edit(&[edit], encoding);
            check(&document, &text, grammar)?;
            undo.push(back);
        }
        // All the way back, through the same broken states, to the whole text.
        for (from, to, put) in undo.into_iter().rev() {
            if !is_nameable(&text, &(from, to, String::new())) {
                return Ok(());
            }
            let (edit, _) = splice(&mut text, from, to, &put, encoding);
            document.edit(&[edit], encoding);
            check(&document, &text, grammar)?;
        }
    }

    #[test]
    fn several_edits_at_once(number in 0..8_usize, encoding in encoding(), changes in prop::collection::vec(change(), 1..6)) {
        let (grammar, mut text) = seed(number);
        let mut document = Document::new(&text, Some(grammar));
        let mut edits = vec![];
        let mut undo = vec![];
        for change in &changes {
            let (edit, back) = make(&mut text, change, encoding);
            edits.push(edit);
            undo.push(back);
        }
        document.edit(&edits, encoding);
        check(&document, &text, grammar)?;
        let mut edits = vec![];
        while let Some((from, to, put)) = undo.pop_if(|back| is_nameable(&text, back)) {
            edits.push(splice(&mut text, from, to, &put, encoding).0);
        }
        document.edit(&edits, encoding);
        check(&document, &text, grammar)?;
    }

    #[test]
    fn the_whole_text_at_once(from in 0..8_usize, to in 0..8_usize, encoding in encoding()) {
        let ((grammar, before), (_, after)) = (seed(from), seed(to));
        let mut document = Document::new(&before, Some(grammar));
        document.edit(&[Edit { range: None, text: after.clone() }], encoding);
        check(&document, &after, grammar)?;
    }
}

#[test]
fn only_line_feeds_end_lines() {
    let text = "a\u{2028}b\rc\u{b}d\u{85}e\r\nf\r";
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        for (at, _) in text.char_indices().filter(|(at, _)| stop(text, *at) == *at).chain([(text.len(), ' ')]) {
            let mut document = Document::new(text, None);
            let place = position(text, at, encoding);
            document.edit(&[Edit { range: Some((place, place)), text: "X".into() }], encoding);
            assert_eq!(**document.text(), format!("{}X{}", &text[..at], &text[at..]), "{at} {encoding:?}");
        }
    }
}

#[test]
fn positions_out_of_bounds_mean_the_end() {
    let text = "a\r\nbé\nc";
    for (line, col, expected) in
        [(0, 99, "aX\r\nbé\nc"), (1, 99, "a\r\nbéX\nc"), (2, 99, "a\r\nbé\ncX"), (9, 0, "a\r\nbé\ncX")]
    {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut document = Document::new(text, None);
            let at = LineCol { line, col };
            document.edit(&[Edit { range: Some((at, at)), text: "X".into() }], encoding);
            assert_eq!(&**document.text(), expected);
        }
    }
}
