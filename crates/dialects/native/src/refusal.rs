//! The directory's errors as problems.

use crate::problem::Problem;
use axum::http::StatusCode;
use provost_model::Error;

/// The problem that an error of the directory is.
pub(crate) fn refuse(error: &Error) -> Problem {
    let status = match error {
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Unknown(_) | Error::OutOfReach(_) => StatusCode::NOT_FOUND,
        Error::Taken(_) | Error::Protected(_) => StatusCode::CONFLICT,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::About { error, .. } => return refuse(error),
        Error::Unavailable(reason) => {
            tracing::warn!(reason, "the directory is unavailable");
            return Problem::unavailable();
        }
        Error::Serialization => {
            tracing::error!("a transaction was not repeated");
            return Problem::internal();
        }
        Error::Internal(fault) => {
            tracing::error!(fault, "internal fault");
            return Problem::internal();
        }
    };
    Problem::new(status, error.to_string())
}
