//! One file a row of the budget table. Each measures and yields its figures.

pub mod first_answer;
pub mod index;
pub mod keystroke;
pub mod memory;
pub mod warm;
