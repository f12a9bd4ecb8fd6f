//! What one file yields, question by question. A case is a string and what is read from it;
//! `UPDATE_EXPECT=1 cargo test -p syntax --test facts` writes the answers anew.
//!
//! Answers that are known to be wrong stand with a `FIXME`.

#![allow(missing_docs)]

mod render;

mod actions;
mod bundled;
mod declarations;
mod derived;
mod directives;
mod effects;
mod exports;
mod imports;
mod passes;
mod server_functions;
mod urls;
mod uses;
