//! Changes in the order of their versions, for a client that sends them out of it.
//!
//! LSP has changes arrive in order, and a range only means something in the text before it. Helix
//! 25.01 sends a burst of typing from several tasks: one change in ten came too early (25.07
//! doesn't). Its versions go up by one, so a gap shows; what came early waits for it, shortly. An edit of
//! ours that opens files and changes them makes such a burst, too: one change in ten came before its
//! buffer was opened.

use std::collections::BTreeMap;
use std::time::Duration;

use syntax::document::Edit;

/// A gap that isn't filled by then never will be.
pub const PATIENCE: Duration = Duration::from_millis(60);

/// A change waits that long for its buffer to be opened.
pub const OPENING: Duration = Duration::from_secs(1);

/// The changes of one buffer that wait for their turn.
#[derive(Debug, Default)]
pub struct Order {
    /// The version that the state has.
    version: i32,
    early: BTreeMap<i32, Vec<Edit>>,
}

impl Order {
    /// A buffer that was opened with this version.
    pub fn new(version: i32) -> Self {
        Self { version, early: BTreeMap::new() }
    }

    /// The changes whose turn it is now that this one has come.
    pub fn arrived(&mut self, version: i32, edits: Vec<Edit>) -> Vec<Vec<Edit>> {
        if version > self.version + 1 {
            self.early.insert(version, edits);
            return vec![];
        }
        self.version = self.version.max(version);
        let mut turn = vec![edits];
        while let Some(next) = self.early.remove(&(self.version + 1)) {
            self.version += 1;
            turn.push(next);
        }
        turn
    }

    /// A version that came in its turn, whatever was before; `false` if it doesn't follow on that.
    pub fn reached(&mut self, version: i32) -> bool {
        let follows = version > self.version;
        self.version = version;
        follows
    }

    /// The version that the state has.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// Whether any wait.
    pub fn is_waiting(&self) -> bool {
        !self.early.is_empty()
    }

    /// All that wait, in their order: the gap is given up.
    pub fn give_up(&mut self) -> Vec<Vec<Edit>> {
        let early = std::mem::take(&mut self.early);
        self.version = early.keys().next_back().copied().unwrap_or(self.version);
        early.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(text: &str) -> Vec<Edit> {
        vec![Edit { range: None, text: text.into() }]
    }

    fn texts(turn: Vec<Vec<Edit>>) -> String {
        turn.concat().into_iter().map(|e| e.text).collect()
    }

    #[test]
    fn early_changes_wait_for_the_gap() {
        let mut order = Order::new(1);
        assert_eq!(texts(order.arrived(2, edit("b"))), "b");
        assert_eq!(texts(order.arrived(4, edit("d"))), "");
        assert_eq!(texts(order.arrived(5, edit("e"))), "");
        assert!(order.is_waiting());
        assert_eq!(texts(order.arrived(3, edit("c"))), "cde");
        assert!(!order.is_waiting());
        assert_eq!(texts(order.arrived(9, edit("i"))), "");
        assert_eq!(texts(order.give_up()), "i");
        // what comes later all the same is better than nothing
        assert_eq!(texts(order.arrived(6, edit("f"))), "f");
        assert_eq!(texts(order.arrived(10, edit("j"))), "j");
    }
}
