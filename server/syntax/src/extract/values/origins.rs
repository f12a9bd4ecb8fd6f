//! What is told by its name alone: an application's own origin.

use crate::{
    flat::{Flat, NodeId},
    value::HoleKind,
};

/// `process.env.X`, `env.X`, `window.location.origin`, `request.nextUrl.origin`.
pub(super) fn base_kind(flat: &Flat, member: NodeId) -> HoleKind {
    let text = flat.text_of(member);
    if text.starts_with("process.env.")
        || text.starts_with("env.")
        || text.contains("import.meta.env.")
        || text.ends_with(".origin")
        || text.contains("location.proto")
        || text.ends_with("location.host")
        || text.ends_with("location.hostname")
    {
        HoleKind::Base
    } else {
        HoleKind::Unknown
    }
}

/// The names that people give to an application's own origin. A constant or function that can be
/// looked into is; only what stays unknown is told by its name.
pub(super) fn is_origin_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "");
    matches!(
        name.as_str(),
        "baseurl"
            | "origin"
            | "host"
            | "appurl"
            | "siteurl"
            | "webappurl"
            | "serverurl"
            | "basepath"
            | "apporigin"
            | "domain"
    )
}

/// `getBaseUrl()`, `appOrigin()`
pub(super) fn is_origin_getter(name: &str) -> bool {
    is_origin_name(name.strip_prefix("get").unwrap_or(name))
}
