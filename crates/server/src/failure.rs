//! Why a command ends without having done what it was asked for.

use provost_model::Error;
use std::{fmt, io};

/// Shorthand for what commands return.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It was refused or failed: the one line that the operator reads.
    Refused(String),
    /// Nobody reads the output any more, as in `provost user list | head`: no fault of anybody's.
    OutputClosed,
}

impl Failure {
    /// A refusal with this message.
    pub(crate) fn refused(message: impl fmt::Display) -> Self {
        Self::Refused(message.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            // what the program says of itself, such as 'internal fault', helps nobody in front of a terminal
            Error::Internal(cause) => Self::Refused(cause),
            error => Self::refused(error),
        }
    }
}

impl From<provost_model::Violation> for Failure {
    fn from(violation: provost_model::Violation) -> Self {
        Self::refused(violation)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::OutputClosed
        } else {
            Self::refused(error)
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // an engine's message may have several lines; scripts expect one
            Self::Refused(message) => f.write_str(&message.lines().collect::<Vec<_>>().join(" ")),
            Self::OutputClosed => f.write_str("the output was closed"),
        }
    }
}
