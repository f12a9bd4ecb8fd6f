//! Endpoints and links as plain data.

use std::sync::Arc;

use next::{Mask, Method};
use syntax::TextRange;

use crate::paths::FileId;

/// What kind of endpoint it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointKind {
    /// An exported method of a `route.*` file.
    Route,
    /// A `"use server"` function.
    Action,
    /// A file under `pages/api`.
    PagesApi,
    /// A metadata file that Next serves (`sitemap.ts`, `icon.png`).
    Metadata,
}

impl EndpointKind {
    /// All, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::Route, Self::Action, Self::PagesApi, Self::Metadata];

    /// As programs are told of it: in JSON, in requests of ours.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Action => "action",
            Self::PagesApi => "pages-api",
            Self::Metadata => "metadata",
        }
    }
}

/// Where a server action's directive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionScope {
    /// At the file's head: every export is an action.
    Module,
    /// In the function.
    Inline,
}

/// Something that answers HTTP.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// What it is.
    pub kind: EndpointKind,
    /// The application that serves it, by its root's number ([`App::id`](crate::App::id)); `None`
    /// for actions in packages, which any application may bundle.
    pub app: Option<FileId>,
    /// The method; `None` means any.
    pub method: Option<Method>,
    /// Next's route as its manifests write it, without `basePath`; `None` for actions.
    pub url: Option<Arc<str>>,
    /// The file that declares it.
    pub file: FileId,
    /// The exported name (`default` for a default export), or Next's own for inline actions.
    pub name: Arc<str>,
    /// The local name where `name` is Next's own or `default`.
    pub label: Option<Arc<str>>,
    /// Actions only.
    pub scope: Option<ActionScope>,
    /// The name in the source, in bytes.
    pub range: TextRange,
    /// The whole declaration.
    pub full: TextRange,
    /// Next answers this method by itself (HEAD, OPTIONS).
    pub implicit: bool,
    /// Index into `FileFacts::exports`.
    pub export: Option<u32>,
    /// Index into `FileFacts::inline_actions`.
    pub inline_action: Option<u32>,
    /// Under which names Next registers it; actions only. Several where 14 registers a function twice,
    /// none where a later export of the same function takes its place (16.1).
    pub registered: Vec<RegisteredName>,
}

/// A name that an action's ID is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisteredName {
    /// The exported name, or Next's own.
    pub name: Arc<str>,
    /// Which arguments its ID counts.
    pub mask: Mask,
    /// The first of them holds captured values.
    pub captures: bool,
}

/// An endpoint's identity: its file and its place in that file's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointId {
    /// The file.
    pub file: FileId,
    /// The index in `Snapshot::endpoints(file)`.
    pub index: u32,
}

/// How sure a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// By binding, or by a URL without holes.
    Exact,
    /// Holes fitted to dynamic segments.
    Pattern,
    /// Several fit; best first.
    Ambiguous,
    /// Nothing fits, or nothing answers that method.
    Unresolved,
}

impl Certainty {
    /// As the JSON contract spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Pattern => "pattern",
            Self::Ambiguous => "ambiguous",
            Self::Unresolved => "unresolved",
        }
    }
}

/// A place that reaches an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The expression that names the endpoint: the URL, the action's identifier.
    pub range: TextRange,
    /// How it is reached: `call`, `form-action`, `hook`, `bind`, `prop`, `fetch`, `cache-key`, … (kebab-case).
    pub kind: &'static str,
    /// The method that is sent; `None` when it isn't known.
    pub method: Option<Arc<str>>,
    /// The URL with holes as `{expression}`; `None` for actions.
    pub url: Option<Arc<str>>,
    /// How sure.
    pub certainty: Certainty,
    /// What it reaches, best first.
    pub targets: Vec<EndpointId>,
}

impl Link {
    /// Whether something is called, or handed on to be: comparing a URL with another, or keeping it
    /// in a constant that is linked where it is used, is no call.
    #[must_use]
    pub fn is_call(&self) -> bool {
        !matches!(self.kind, "comparison" | "constant" | "part")
    }

    /// Whether the URL is served, but not with the method that is sent: `targets` are what the handler
    /// exports instead.
    #[must_use]
    pub fn is_method_missing(&self) -> bool {
        self.certainty == Certainty::Unresolved
    }

    /// What kinds have in common, for who counts or filters: `request`, `cache-key`, `navigation`,
    /// `form`, `hook`, `bind`, `prop`, `call`, `passed` (handed to code that isn't followed) or
    /// `mention`.
    #[must_use]
    pub fn family(&self) -> &'static str {
        match self.kind {
            "fetch" | "request" | "swr" | "beacon" | "event-source" | "source" => "request",
            "cache-key" | "revalidation" => "cache-key",
            "navigation" | "link" => "navigation",
            "form" | "form-action" => "form",
            "hook" => "hook",
            "bind" => "bind",
            "prop" => "prop",
            "call" => "call",
            "element" if self.url.is_none() => "call", // `<Action />`
            "argument" | "member" | "element" | "alias" | "url" => "passed",
            _ => "mention",
        }
    }
}
