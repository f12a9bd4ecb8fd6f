//! What stays a handler, by reason.
