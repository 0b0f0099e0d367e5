//! Paths, and the tenant that a path or host names.

mod begins_with;
mod host;
mod raw;
mod tenant;

pub use begins_with::begins_with;
pub use host::host_name;
pub use raw::{PathError, RawPath};
pub use tenant::TenantPath;
