//! The two engines. What differs between them is in here and nowhere else.

pub(crate) mod postgres;
pub(crate) mod sqlite;

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// SQLite, embedded: one server.
    Sqlite,
    /// PostgreSQL and what speaks like it: many nodes.
    Postgres,
}

/// A connection to either engine.
pub(crate) enum Session {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Session),
}

#[cfg(test)]
mod tests;
