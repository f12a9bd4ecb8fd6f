//! What one file yields.
#![allow(missing_docs)]
