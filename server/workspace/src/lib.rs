//! Files on disk under the open buffers, what belongs together, and the index of endpoints and
//! links. Knows neither LSP nor features.
//!
//! [`World`] owns the state; [`Snapshot`] is what everyone else sees. Read `world`, `snapshot`,
//! `scan`, then from an import to an endpoint: `resolve`, `follow`, `endpoints`, `links`; from a
//! URL to one: `url`, `routes`, `consumers`.

mod world;
mod snapshot;
mod scan;
mod walk;
mod disk;
mod store;
mod paths;
mod packages;
mod app;
mod layout;
mod index;
mod resolve;
mod follow;
mod endpoint;
mod endpoints;
mod links;
mod url;
mod routes;
mod consumers;

pub use app::App;
pub use endpoint::{ActionScope, Certainty, Endpoint, EndpointId, EndpointKind, Link};
pub use endpoints::segment_config;
pub use follow::Followed;
pub use paths::{FileId, Paths, shown};
pub use routes::{Fitted, RouteTable, Served, Serves};
pub use scan::{Progress, Scan, Scanned};
pub use snapshot::Snapshot;
pub use url::{Part, UrlPattern};
pub use world::World;
