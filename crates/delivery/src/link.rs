//! The address of the page where a user sets its password.

use provost_directory::Secret;
use provost_model::{Slug, Tenant};

/// The link with this secret. The secret is the fragment, which browsers keep from servers and their logs.
pub(crate) fn password_link(public_url: &str, slug: &Slug, secret: &Secret) -> String {
    let tenant = if slug.key() == Tenant::DEFAULT {
        String::new()
    } else {
        format!("/t/{slug}")
    };
    format!("{public_url}{tenant}/set-password#{}", secret.expose())
}
