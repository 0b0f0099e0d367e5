//! What every HTTP dialect shares: credentials in headers, merged parameters, paths, negotiation, limits.
//!
//! The parsers are plain functions over header maps, bytes and text; the [`middleware`] is thin glue for axum. Nothing
//! here answers a request by itself: each refusal is a value that the dialect renders.

pub mod credentials;
mod handler;
pub mod middleware;
mod negotiation;
pub mod params;
pub mod path;
mod read_body;
mod source;

pub use credentials::{Authorization, Secret};
pub use handler::Handler;
pub use negotiation::accepts_json;
pub use params::{Body, InputError, Map, Param, ParamError, Parameters};
pub use path::{Beginning, PathError, RawPath, TenantPath, host_name};
pub use read_body::{BodyLimits, BodyReadError, read_body};
pub use source::{TrustedProxies, UnreadableNetwork};
