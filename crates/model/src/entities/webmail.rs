//! Webmail accounts.

use crate::{DomainName, Theme, Timestamp, WebmailTypeName};

/// The webmail account of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebmailAccount {
    /// The domain in which it is counted.
    pub domain: DomainName,
    /// Its type.
    pub kind: WebmailTypeName,
    /// Whether the mailbox's owner may change the type.
    pub allow_upgrade: bool,
    /// Whether the owner has to choose another password at the next login.
    pub reset_password: bool,
    /// How the webmail front end looks, if that was chosen.
    pub theme: Option<Theme>,
    /// When it was made.
    pub created_at: Timestamp,
}
