//! The directory's errors in the dialect's words: 400 or 401, each with a string.

use crate::{answer::Answer, methods::scope_is_too_small, params::shortened};
use provost_model::{Denial, Error, Noun};

/// The documented text where an address is taken.
const ADDRESS_IS_TAKEN: &str = "duplicate key value violates unique constraint \"users_email\"";

/// The answer to an error of the directory.
pub(crate) fn refuse(error: Error) -> Answer {
    match error {
        Error::Invalid(violation) => Answer::refused(violation.to_string()),
        Error::Unknown(noun) | Error::OutOfReach(noun) => Answer::refused(unknown(noun)),
        Error::Taken(noun) => taken(noun),
        Error::Forbidden(Denial::Scope) => scope_is_too_small(),
        Error::Forbidden(denial) => Answer::unauthorised(&denial.to_string()),
        Error::Protected(protection) => Answer::refused(protection.to_string()),
        Error::About { name, error } => match *error {
            Error::Unknown(noun) | Error::OutOfReach(noun) => {
                Answer::refused(format!("{}: {}", unknown(noun), shortened(&name)))
            }
            other => refuse(other),
        },
        Error::Unavailable(reason) => {
            tracing::warn!(reason, "the directory is unavailable");
            Answer::unavailable()
        }
        Error::Serialization => {
            tracing::error!("a transaction was not repeated");
            Answer::internal_error()
        }
        Error::Internal(fault) => {
            tracing::error!(fault, "internal fault");
            Answer::internal_error()
        }
    }
}

fn unknown(noun: Noun) -> String {
    format!("{} not found", noun.name())
}

/// A login is in the way of an address, since both lead to a user.
fn taken(noun: Noun) -> Answer {
    if matches!(noun, Noun::Address | Noun::Login) {
        return Answer::refused(ADDRESS_IS_TAKEN);
    }
    Answer::refused(format!("the {} is taken", noun.name()))
}
