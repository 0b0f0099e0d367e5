//! Paths, and the tenant that a path or host names.

mod host;
mod raw;
mod tenant;

pub use host::host_name;
pub use raw::{PathError, RawPath};
pub use tenant::TenantPath;
