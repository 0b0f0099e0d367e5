//! The directory's errors in the dialect's statuses.

use crate::answer::Answer;
use provost_model::{Error, Noun};

/// The answer to an error of the directory.
pub(crate) fn refuse(error: Error) -> Answer {
    match error {
        Error::Invalid(violation) => Answer::bad_request(&format!("The {violation}")),
        Error::Unknown(noun) | Error::OutOfReach(noun) => unknown(noun),
        // by whom, and in which way, is nobody's business
        Error::Taken(Noun::SharedDomain) => refuse(Error::Taken(Noun::Domain)),
        Error::Taken(noun) => Answer::bad_request(&format!("The {} is taken", noun.name())),
        // there is no 403 in this dialect
        Error::Forbidden(_) => Answer::unauthorised(),
        Error::Protected(protection) => Answer::bad_request(&protection.to_string()),
        Error::About { error, .. } => refuse(*error),
        Error::Unavailable(_) | Error::Serialization => Answer::unavailable(),
        Error::Internal(cause) => {
            tracing::error!(%cause, "a request failed");
            Answer::internal_error()
        }
    }
}

/// Contexts and users are named by whoever looked for them; the rest is told as what it is.
fn unknown(noun: Noun) -> Answer {
    Answer::not_found(&format!("No such {}", noun.name()))
}
