//! Why a verb ends early.

use std::io;

/// Ends a verb before its answer is complete.
#[derive(Debug)]
pub enum Stop {
    /// A wrong call. One line for people: what is wrong, a colon, what to do next.
    Wrong(String),
    /// What was asked for can't be done to this code. One line: what stands in the way.
    Refused(String),
    /// The answer can't be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    /// Only writing uses `?` on an `io::Error`; whoever reads says what could not be read.
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}

/// The operating system's reason in words, without Rust's `(os error 2)`.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
