//! Files as text, trees and *facts*: what one file alone yields. This crate knows neither Next.js
//! nor other files, neither disk nor editors.
//!
//! Read in this order: [`text`] (positions), [`parse`] (trees), [`facts`] (what comes out).

pub mod anatomy;
pub mod document;
pub mod effects;
pub mod extract;
pub mod facts;
pub mod flat;
pub mod flow;
pub mod lines;
pub mod literal;
pub mod parse;
pub mod queries;
pub mod scope;
pub mod server_functions;
pub mod sketch;
pub mod text;
pub mod value;

pub use text::{Encoding, LineCol, TextRange};
