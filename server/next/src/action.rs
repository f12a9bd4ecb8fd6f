//! The names that the compiler gives to Server Actions.

use crate::Version;

/// The export name of the `n`th function that the compiler hoists out of a file. Actions and
/// cached functions share the counter (`server_actions.rs`, measured on 14.2.35 to 16.4.6).
#[must_use]
pub fn inline_action_name(n: u32, version: Version) -> String {
    if version.major < 15 { format!("$$ACTION_{n}") } else { format!("$$RSC_SERVER_ACTION_{n}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(inline_action_name(0, Version::new(14, 2, 35)), "$$ACTION_0");
        assert_eq!(inline_action_name(7, Version::new(15, 0, 8)), "$$RSC_SERVER_ACTION_7");
        assert_eq!(inline_action_name(12, Version::LATEST), "$$RSC_SERVER_ACTION_12");
    }
}
