//! What sends welcome mails, if a mail server is set up.

use crate::{config::Settings, failure::Result};
use provost_delivery::Welcomer;
use provost_directory::Directory;

/// What sends welcome mails by these settings; none if they name no mail server.
///
/// # Errors
/// A sender that is no address, or a certificate that cannot be read.
pub(crate) fn welcomer(directory: &Directory, settings: &Settings) -> Result<Option<Welcomer>> {
    settings
        .mail
        .as_ref()
        .map(|mail| Ok(Welcomer::new(directory.clone(), mail)?))
        .transpose()
}
