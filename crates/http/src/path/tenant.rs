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
        let slug = match path.first_two() {
            [Some(TENANT_PREFIX), Some(slug)] => Some(slug.to_owned()),
            _ => None,
        };
        Self {
            rest: if slug.is_some() { path.skip(2) } else { path },
            slug,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn split(path: &str) -> TenantPath {
        TenantPath::split(RawPath::parse(path).unwrap())
    }

    #[test]
    fn a_tenants_prefix_is_taken_off() {
        let path = split("//t/Acme-1/ocs/v2.php/");
        assert_eq!(path.slug.as_deref(), Some("Acme-1"));
        assert_eq!(path.rest, RawPath::parse("/ocs/v2.php/").unwrap());
    }

    #[test]
    fn a_bare_tenant_is_its_root() {
        let path = split("/t/acme/");
        assert_eq!(path.slug.as_deref(), Some("acme"));
        assert_eq!(path.rest, RawPath::default());
    }

    #[test]
    fn other_paths_are_left_alone() {
        for path in ["/t", "/t/", "/ocs/t/acme", "/", "/tt/acme"] {
            let whole = RawPath::parse(path).unwrap();
            assert_eq!(
                split(path),
                TenantPath {
                    slug: None,
                    rest: whole
                }
            );
        }
    }
}
