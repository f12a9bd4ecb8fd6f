//! The protocol from outside: the real binary over its standard input and output.
//!
//! [`client`] is a small language client, [`messages`] what it says; the other files are the questions. Expectations are
//! tables where that reads well.

#![allow(clippy::unwrap_used, missing_docs)]

mod callers;
mod client;
mod commands;
mod conversions;
mod messages;

mod editors;
mod encodings;
mod hostile;
mod lifecycle;
mod order;
mod pages;
mod views;
mod workspaces;
