//! The port through which a dialect has a user welcomed by mail.

use crate::Context;
use provost_model::{Error, UserNumber};
use std::{fmt, future::Future, pin::Pin};

/// What sends welcome mails: each brings the user a link by which it sets its password.
pub trait WelcomeMailer: Send + Sync {
    /// Sends a user a welcome mail with a new link, within a bounded time, and answers when the mail server has taken it.
    fn welcome(
        &self,
        context: Context,
        user: UserNumber,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotWelcomed>> + Send + '_>>;

    /// Tells that a mail was put among those that wait.
    fn wake(&self);
}

/// Why a user was not sent a welcome mail.
#[derive(Debug)]
pub enum NotWelcomed {
    /// The directory refused or failed.
    Directory(Error),
    /// The tenant's settings switch such mails off.
    SwitchedOff,
    /// The user has no contact e-mail, or one that no mail can be sent to.
    NoAddress,
    /// The mail server could not be reached, or refused; why, for the log.
    NotSent(String),
}

impl From<Error> for NotWelcomed {
    fn from(error: Error) -> Self {
        Self::Directory(error)
    }
}

impl fmt::Display for NotWelcomed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(error) => error.fmt(f),
            Self::SwitchedOff => f.write_str("welcome mails are switched off for the tenant"),
            Self::NoAddress => f.write_str("the user has no e-mail that a mail can be sent to"),
            Self::NotSent(why) => write!(f, "the mail was not sent: {why}"),
        }
    }
}

impl std::error::Error for NotWelcomed {}
