//! What a site chooses.

use provost_http::Secret;
use provost_model::Slug;
use sha2::{Digest, Sha256};
use std::fmt;

/// The dialect's settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether operators pass where a context's administrator or a reseller is wanted.
    pub master_override: bool,
    /// Whether a class of service goes out as an array also where it is one.
    pub classes_always_array: bool,
    /// Whether the search answers with an array also where it found one user.
    pub search_always_array: bool,
    /// The credentials of tenants, each for the shared mail domains and forwards of one.
    pub tenant_credentials: Vec<TenantCredential>,
    /// The credential that may close sessions, of any context, and nothing else.
    pub monitoring: Option<Credential>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            master_override: true,
            classes_always_array: false,
            search_always_array: false,
            tenant_credentials: Vec::new(),
            monitoring: None,
        }
    }
}

/// A tenant's credential.
#[derive(Clone, Debug)]
pub struct TenantCredential {
    /// The tenant.
    pub tenant: Slug,
    /// Its credential.
    pub credential: Credential,
}

/// A name and a secret. The secret is kept as its SHA-256 alone.
#[derive(Clone)]
pub struct Credential {
    name: String,
    secret: [u8; 32],
}

impl Credential {
    /// A credential with this name and secret.
    #[must_use]
    pub fn new(name: String, secret: &Secret) -> Self {
        Self {
            name,
            secret: hash(secret.expose()),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this name and secret are its own. The time does not depend on where they differ: all bytes of hashes are compared.
    #[must_use]
    pub(crate) fn is(&self, name: &str, secret: &str) -> bool {
        let difference = |one: [u8; 32], other: [u8; 32]| {
            one.iter()
                .zip(other)
                .fold(0, |difference, (one, other)| difference | (one ^ other))
        };
        let names = difference(hash(&self.name), hash(name));
        let secrets = difference(self.secret, hash(secret));
        (names | secrets) == 0
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({:?}, ..)", self.name)
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_its_name_and_secret_and_shows_no_secret() {
        let credential = Credential::new("watch".to_owned(), &Secret::new("s3cret".to_owned()));
        assert!(credential.is("watch", "s3cret"));
        for (name, secret) in [
            ("watch", "S3cret"),
            ("Watch", "s3cret"),
            ("watch", ""),
            ("", ""),
        ] {
            assert!(!credential.is(name, secret), "{name} {secret}");
        }
        assert_eq!(format!("{credential:?}"), "Credential(\"watch\", ..)");
    }
}
