//! The flat tree: every node is found by its range and lies inside its parent, also in broken code.

use proptest::prelude::*;
use syntax::{
    flat::{Flat, ROOT},
    parse::{Grammar, parse},
};

use crate::{TOKENS, seed};

fn check(text: &str, grammar: Grammar) -> Result<(), TestCaseError> {
    let tree = parse(text, grammar, None).unwrap();
    let flat = Flat::new(&tree, grammar, text);
    for id in 0..flat.len() {
        let (node, range) = (flat.get(id), flat.range(id));
        prop_assert_eq!(flat.find(range).map(|found| flat.range(found)), Some(range), "{:?} in\n{}", node.kind, text);
        prop_assert!(id == ROOT || (node.parent < id && flat.range(node.parent).covers(range)));
        prop_assert!(node.after > id && node.after <= flat.get(node.parent).after);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nodes_are_found_by_their_range(
        number in 0..8_usize,
        changes in prop::collection::vec((any::<u16>(), 0..6_u8, 0..TOKENS.len()), 0..4),
    ) {
        let (grammar, mut text) = seed(number);
        for (share, taken, token) in changes {
            let from = text.floor_char_boundary(text.len() * usize::from(share) / usize::from(u16::MAX));
            let to = text.ceil_char_boundary((from + usize::from(taken)).min(text.len()));
            text.replace_range(from..to, TOKENS[token]);
        }
        check(&text, grammar)?;
    }
}
