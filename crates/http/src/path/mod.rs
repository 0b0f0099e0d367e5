//! Paths, and the tenant that a path or host names.

mod beginning;
mod host;
mod raw;
mod tenant;

pub use beginning::Beginning;
pub use host::host_name;
pub use raw::{PathError, RawPath};
pub use tenant::TenantPath;
