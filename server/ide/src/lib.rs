//! Features: one file each, one `pub fn` over a snapshot, plain data in and out. Knows neither LSP
//! nor tokio nor the disk.

mod asked;
mod call_hierarchy;
mod code_lens;
mod convert;
mod curl;
mod diagnostics;
mod document_highlight;
mod document_link;
mod find;
mod goto_definition;
mod hover;
mod inlay_hints;
mod listing;
mod place;
mod references;
mod symbols;
#[cfg(test)]
mod tests;

pub use call_hierarchy::{
    CallEdge, CallItem, CallKey, CallKind, incoming_calls, outgoing_calls, prepare_call_hierarchy,
};
pub use code_lens::{CodeLens, code_lenses};
pub use convert::{Change, Conversion, Note, Offer, Refusal, TextEdit, Way, conversions, convert};
pub use curl::{Body, Curl, Request, curl, declares_endpoint, form_post};
pub use diagnostics::{Diagnostic, Severity, diagnostics};
pub use document_highlight::{Highlight, document_highlight};
pub use document_link::{DocumentLink, document_links};
pub use find::{Found, find};
pub use goto_definition::{Target, goto_definition};
pub use hover::{Hover, hover};
pub use inlay_hints::{InlayHint, inlay_hints};
pub use listing::{
    AppRow, CallRow, EndpointRow, TargetRow, apps, calls, endpoints, endpoints_so_far, found, unresolved,
};
pub use references::{Reference, References, references};
pub use symbols::{Symbol, SymbolKind, document_symbols, workspace_symbols};

use workspace::FileId;

/// What the user set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// A TypeScript server runs beside: answers that it gives, too, are left to it (design,
    /// invariant 10).
    pub typescript_server: bool,
}

/// A place in a file; `offset` counts UTF-8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePosition {
    /// The file.
    pub file: FileId,
    /// Bytes from its start.
    pub offset: u32,
}
