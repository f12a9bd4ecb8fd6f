//! What Next.js does, by version, as pure functions: which URL a file answers, which methods a
//! route module has, what its configuration says. Nothing here touches a disk or an editor.
//!
//! Every rule names the Next file it comes from. "Measured" means that the functions of the
//! published packages (14.2.35, 15.5.29, 16.4.6) were run on the same input.

pub mod action_id;
pub mod app_path;
pub mod app_tree;
pub mod bundler;
pub mod config;
pub mod metadata;
pub mod methods;
pub mod page_extensions;
pub mod pages_path;
pub mod pattern;
pub mod registered;
pub mod rendering;
pub mod reply;
pub mod rewrites;
pub mod segment_config;
pub mod version;

pub use action_id::{Mask, action_id};
pub use app_path::{AppFile, app_file};
pub use app_tree::{AppTree, NOT_FOUND, is_address};
pub use bundler::Bundler;
pub use config::Config;
pub use metadata::{MetadataKind, MetadataRoute};
pub use methods::{Method, implicit_methods, is_static_get};
pub use page_extensions::PageExtensions;
pub use pages_path::{PagesFile, pages_file};
pub use pattern::{RoutePattern, Segment};
pub use registered::{Registered, registered};
pub use rendering::{Get, Rendering, rendering};
pub use rewrites::Rules;
pub use segment_config::SegmentConfig;
pub use version::Version;
