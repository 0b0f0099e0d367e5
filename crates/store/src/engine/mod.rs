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
#[expect(
    clippy::large_enum_variant,
    reason = "it is moved once for each read or write; a box would cost an allocation instead"
)]
pub(crate) enum Session {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Session),
}
