//! Faults that tests raise on purpose.

use std::sync::Arc;

/// Asked before each statement and each commit; `Some` raises a fault in its place. Set in code alone, never by configuration.
pub type Injector = Arc<dyn Fn(InjectionPoint) -> Option<Injected> + Send + Sync>;

/// Where a fault may be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InjectionPoint {
    /// Before the statement of this name.
    Statement(&'static str),
    /// Before a commit.
    Commit,
}

/// A fault to raise. On SQLite, which has no connection to lose, the last two act as an I/O error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injected {
    /// The transaction fails as by SQLSTATE 40001.
    Serialization,
    /// The connection is lost and the statement or commit not carried out.
    ConnectionLost,
    /// The connection is lost after the statement or commit was carried out, so that its answer is never known.
    AnswerLost,
}
