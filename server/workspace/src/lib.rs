//! Files on disk under the open buffers, what belongs together, and the index of endpoints and
//! links. Knows neither LSP nor features.
//!
//! [`World`] owns the state; [`Snapshot`] is what everyone else sees. Read `world`, `snapshot`,
//! `scan`, then from an import to an endpoint: `resolve`, `follow`, `endpoints`, `links`; on through
//! props and arguments: `flow`; from a URL to one: `evaluate`, `url`, `rewritten`, `routes`,
//! `consumers`; and back: `callers`, `behind`; from an action to the pages that carry it: `bundles`.

mod action_ids;
mod addresses;
mod app;
mod behind;
mod bundles;
mod callers;
mod clients;
mod consumers;
mod disk;
mod endpoint;
mod endpoints;
mod evaluate;
mod flow;
mod follow;
mod index;
mod interest;
mod layout;
mod links;
mod packages;
mod paths;
mod programs;
mod resolve;
mod rewritten;
mod routes;
mod scan;
mod sides;
mod snapshot;
mod spread;
mod store;
mod tells;
mod url;
mod walk;
mod world;

pub use action_ids::{ActionId, ActionIdReader, IdInApp, IdSource, NoId};
pub use app::App;
pub use behind::ExportId;
pub use bundles::{Carrier, Carriers};
pub use clients::HttpClient;
pub use endpoint::{ActionScope, Certainty, Endpoint, EndpointId, EndpointKind, Link, RegisteredName};
pub use endpoints::segment_config;
pub use follow::Followed;
pub use links::{Reason, Unresolved};
pub use paths::{FileId, Paths, is_dependency, shown};
pub use routes::{Fitted, RouteTable, Served, Serves};
pub use scan::{Progress, Scan, Scanned};
pub use sides::Sides;
pub use snapshot::Snapshot;
pub use url::{Part, UrlPattern};
pub use world::World;
