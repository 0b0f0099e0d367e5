//! What can go wrong between the store and its database.

use provost_model::Error;

/// A failure of the database, as far as the store treats failures differently.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Another transaction was in the way (SQLSTATE 40001 or 40P01): the whole command may be repeated.
    Serialization,
    /// The connection is gone; nothing is known to be committed.
    ConnectionLost,
    /// The database is busy, full or unreachable, and said so before anything was changed.
    Unavailable(&'static str),
    /// A fault of the program or of the database, with a text for the log.
    Broken(String),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Serialization => Self::Serialization,
            Fault::ConnectionLost => Self::Unavailable("the connection to the database was lost"),
            Fault::Unavailable(why) => Self::Unavailable(why),
            Fault::Broken(cause) => Self::Internal(cause),
        }
    }
}

/// Why a statement gave no answer: the database, or the caller's reading of a row.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The database failed, so the transaction cannot go on.
    Database(Fault),
    /// The caller refused a row; the transaction is sound.
    Reading(Error),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Database(fault)
    }
}

/// The fault of a statement called with another number of parameters than it has.
pub(crate) fn parameter_count(statement: &str, wanted: usize, given: usize) -> Fault {
    Fault::Broken(format!(
        "{statement} takes {wanted} parameters and was given {given}"
    ))
}
