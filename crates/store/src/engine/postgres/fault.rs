//! What PostgreSQL's errors mean.

use std::error::Error as _;

use tokio_postgres::error::SqlState;

use crate::fault::Fault;

/// What an error of a statement means to the store.
pub(super) fn of(statement: &str, cause: &tokio_postgres::Error) -> Fault {
    match cause.code() {
        Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => {
            Fault::Serialization
        }
        Some(code) if ends_connection(code) => Fault::ConnectionLost,
        Some(&SqlState::DISK_FULL) => Fault::Unavailable("the disk of the database is full"),
        None if is_lost(cause) => Fault::ConnectionLost,
        _ => Fault::Broken(format!("{statement}: {}", text(cause))),
    }
}

/// Whether a failed COMMIT leaves open what became of the transaction. Every other answer of the server is a clear no.
pub(super) fn is_doubtful(cause: &tokio_postgres::Error) -> bool {
    cause.code().is_none_or(|code| {
        ends_connection(code) || *code == SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN
    })
}

/// Connection exceptions (class 08), shutdowns and restarts, too many connections: another connection may do better.
fn ends_connection(code: &SqlState) -> bool {
    code.code().starts_with("08")
        || [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::TOO_MANY_CONNECTIONS,
            // a primary that became a standby
            SqlState::READ_ONLY_SQL_TRANSACTION,
        ]
        .contains(code)
}

/// Whether the connection broke, or could not be made; an error of the driver has an I/O error or nothing as its cause then.
fn is_lost(cause: &tokio_postgres::Error) -> bool {
    cause.is_closed()
        || cause
            .source()
            .is_some_and(|source| source.is::<std::io::Error>())
}

/// The driver's own text names only the kind.
fn text(cause: &tokio_postgres::Error) -> String {
    cause
        .source()
        .map_or_else(|| cause.to_string(), |source| format!("{cause}: {source}"))
}
