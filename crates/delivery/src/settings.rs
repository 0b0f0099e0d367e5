//! How mails are sent.

use std::{fmt, time::Duration};

/// How mails are sent, and what stands in them.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The mail server's host.
    pub host: String,
    /// Its port; none means the usual one of the way of encryption.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Certificates in PEM that are believed beside the operating system's.
    pub authorities: Option<Vec<u8>>,
    /// The account at the mail server, if it wants one.
    pub account: Option<(String, SmtpPassword)>,
    /// The sender: an address, or a name and an address in angle brackets.
    pub sender: String,
    /// How long sending one mail may take.
    pub timeout: Duration,
    /// How long a link in a mail holds.
    pub link_lifetime: Duration,
    /// The URL under which users reach the server, without a slash at its end.
    pub public_url: String,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tls {
    /// It begins plain and must be encrypted before anything is said; port 587.
    #[default]
    StartTls,
    /// It is encrypted from the start; port 465.
    Tls,
    /// It is not, for a mail server on the same machine; port 25.
    None,
}

/// The password at the mail server, which no log shows.
#[derive(Clone)]
pub struct SmtpPassword(String);

impl SmtpPassword {
    /// Takes a password in.
    #[must_use]
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SmtpPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpPassword(…)")
    }
}
