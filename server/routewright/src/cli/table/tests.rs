use super::*;
use proptest::prelude::*;

fn plain(line: &str) -> String {
    anstream::adapter::strip_str(line).to_string()
}

#[test]
fn nothing_reaches_the_terminal_but_text() {
    assert_eq!(Span::new("a\n\tb\u{1b}[31m", PLAIN).text, "a b\u{fffd}[31m");
}

fn cell() -> impl Strategy<Value = Cell> {
    let text = prop_oneof!["[a-z/]{0,40}", "(/[a-z\\[\\]]{1,9}){1,9}", "\\PC{0,30}", "[日本👩‍👧é❤️ ]{0,20}"];
    (text, proptest::option::of("  [a-z+0-9]{1,9}")).prop_map(|(text, note)| {
        let cell = Cell::new(text, DIM);
        note.into_iter().fold(cell, |cell, note| cell.note(note, PLAIN))
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        1 => Just(Entry::Blank),
        1 => (0..6usize, cell()).prop_map(|(indent, cell)| Entry::Heading(indent, cell)),
        8 => proptest::collection::vec(cell(), 4).prop_map(Entry::Row),
        1 => (0..6usize, proptest::collection::vec("[a-z ]{1,20}", 0..9))
            .prop_map(|(indent, facts)| Entry::Facts(indent, facts.into_iter().map(|fact| Span::new(fact, DIM)).collect())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_line_is_wider_than_the_window(entries in proptest::collection::vec(entry(), 0..12), width in 1..200usize) {
        let columns = [
            Column { right: true, ..Column::FIXED },
            Column { optional: true, ..Column::FIXED },
            Column::flexible(2, Shorten::Middle),
            Column::flexible(3, Shorten::Start),
        ];
        for line in lines(&columns, &entries, 2, width) {
            let text = plain(&line);
            prop_assert!(text.width() <= width, "{} > {width}: {text:?}", text.width());
            prop_assert_eq!(text.trim_end(), text.as_str());
        }
    }
}
