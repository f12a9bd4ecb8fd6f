//! Files as text, trees and *facts*: what one file alone yields. This crate knows neither Next.js
//! nor other files, neither disk nor editors.
//!
//! Read in this order: [`text`] (positions), [`parse`] (trees), [`facts`] (what comes out).

pub mod text;
pub mod lines;
pub mod sketch;
pub mod parse;
pub mod queries;
pub mod flat;
pub mod scope;
pub mod url_expr;
pub mod facts;
pub mod extract;
pub mod document;
pub mod literal;

pub use text::{Encoding, LineCol, TextRange};
