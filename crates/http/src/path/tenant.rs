//! The tenant that a path names before any dialect's own path.

use super::RawPath;

/// The first segment of a path that names a tenant.
const TENANT_PREFIX: &str = "t";

/// A path, cut into the tenant that it names and the dialect's own path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantPath {
    /// The slug, as it was written; whether there is such a tenant is not known here.
    pub slug: Option<String>,
    /// What follows `/t/{slug}`, or the whole path where it names no tenant.
    pub rest: RawPath,
}

impl TenantPath {
    /// Takes `/t/{slug}` off the path, if it is there.
    #[must_use]
    pub fn split(path: RawPath) -> Self {
        let slug = match path.segments().as_slice() {
            [TENANT_PREFIX, slug, ..] => Some((*slug).to_owned()),
            _ => None,
        };
        Self {
            rest: if slug.is_some() { path.skip(2) } else { path },
            slug,
        }
    }
}
