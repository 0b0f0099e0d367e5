//! The schema's history.

use std::{
    borrow::Cow,
    time::{SystemTime, UNIX_EPOCH},
};

use provost_model::{Error, Result};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::{EngineKind, engine::sqlite::reindex};

/// The migrations in their order. One that was ever released is never changed; further ones are added at the end.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration::new(
        1,
        "directory",
        include_str!("../migrations/0001_directory.sql"),
    )
    .sqlite(include_str!("../migrations/0001_directory.sqlite.sql"))
    .postgres(include_str!("../migrations/0001_directory.postgres.sql")),
    Migration::new(
        2,
        "password_links",
        include_str!("../migrations/0002_password_links.sql"),
    ),
    Migration::new(
        3,
        "device_wipes",
        include_str!("../migrations/0003_device_wipes.sql"),
    ),
    Migration::new(
        4,
        "mail_services",
        include_str!("../migrations/0004_mail_services.sql"),
    ),
    Migration::new(5, "webmail", include_str!("../migrations/0005_webmail.sql")),
    Migration::new(
        6,
        "marketplace",
        include_str!("../migrations/0006_marketplace.sql"),
    ),
    Migration::new(
        7,
        "audit_chain",
        include_str!("../migrations/0007_audit_chain.sql"),
    ),
    Migration::new(8, "copy", include_str!("../migrations/0008_copy.sql")),
    Migration::new(9, "import", include_str!("../migrations/0009_import.sql")),
    Migration::new(
        10,
        "import_windows",
        include_str!("../migrations/0010_import_windows.sql"),
    ),
    Migration::new(11, "search_in_order", "").sqlite(include_str!(
        "../migrations/0011_search_in_order.sqlite.sql"
    )),
    // the index that 0011 made empty is filled here, since both are applied together where both are missing
    Migration::new(12, "search_names", "")
        .sqlite(include_str!("../migrations/0012_search_names.sqlite.sql"))
        .sqlite_rows(reindex::all),
];

/// One step of the schema. `/* sqlite: TEXT */` and `/* postgres: TEXT */` in the shared part become TEXT on that engine.
#[derive(Clone, Copy)]
pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) name: &'static str,
    shared: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    /// Writes the rows that SQL alone cannot, after all else.
    pub(crate) sqlite_rows: Option<SqliteRows>,
}

type SqliteRows = fn(&Connection) -> rusqlite::Result<()>;

impl Migration {
    pub(crate) const fn new(version: i64, name: &'static str, shared: &'static str) -> Self {
        Self {
            version,
            name,
            shared,
            sqlite: "",
            postgres: "",
            sqlite_rows: None,
        }
    }

    /// Adds what runs after the shared part on SQLite.
    pub(crate) const fn sqlite(self, sqlite: &'static str) -> Self {
        Self { sqlite, ..self }
    }

    /// Adds what writes rows on SQLite in the end.
    pub(crate) const fn sqlite_rows(self, rows: SqliteRows) -> Self {
        Self {
            sqlite_rows: Some(rows),
            ..self
        }
    }

    /// Adds what runs after the shared part on PostgreSQL.
    pub(crate) const fn postgres(self, postgres: &'static str) -> Self {
        Self { postgres, ..self }
    }

    /// What to run on this engine.
    pub(crate) fn text(&self, engine: EngineKind) -> String {
        let (marker, specific) = match engine {
            EngineKind::Sqlite => ("/* sqlite: ", self.sqlite),
            EngineKind::Postgres => ("/* postgres: ", self.postgres),
        };
        format!("{}\n{specific}", uncover(self.shared, marker))
    }

    /// The SHA-256, in hexadecimal digits, of what runs on this engine.
    pub(crate) fn checksum(&self, engine: EngineKind) -> String {
        hexadecimal(&Sha256::digest(self.text(engine)))
    }
}

/// A row of `schema_migrations`.
pub(crate) struct Applied {
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) checksum: String,
}

/// How the names of migrations begin that take away what programs before them use. All others only add, so that nodes go on serving while a
/// newer one migrates, and come up again should they end meanwhile.
const CONTRACTION: &str = "contract_";

/// The applied migrations without those that are newer than the program and only add.
pub(crate) fn without_later_additions(
    migrations: &[Migration],
    applied: Vec<Applied>,
) -> Vec<Applied> {
    let newest = migrations.last().map_or(0, |migration| migration.version);
    let (later, known): (Vec<_>, Vec<_>) = applied
        .into_iter()
        .partition(|it| it.version > newest && !it.name.starts_with(CONTRACTION));
    if let Some(last) = later.last() {
        tracing::warn!(
            newest,
            found = last.version,
            "the database is newer than this program, which serves what it knows"
        );
    }
    known
}

/// The migrations that a database still needs.
///
/// # Errors
/// [`Error::Internal`] if it is newer than the program, or was migrated with a text that differs from the program's.
pub(crate) fn pending<'m>(
    migrations: &'m [Migration],
    applied: &[Applied],
    engine: EngineKind,
) -> Result<Vec<&'m Migration>> {
    let newest = migrations.last().map_or(0, |migration| migration.version);
    for Applied {
        version, checksum, ..
    } in applied
    {
        let Some(migration) = migrations
            .iter()
            .find(|migration| migration.version == *version)
        else {
            return Err(Error::Internal(format!(
                "the database has schema version {version}, but this program knows versions up to {newest} only: use a newer program"
            )));
        };
        if migration.checksum(engine) != *checksum {
            return Err(Error::Internal(format!(
                "migration {version} ({}) of the database differs from this program's: the database was made by another build",
                migration.name
            )));
        }
    }
    let missing = |migration: &&Migration| {
        !applied
            .iter()
            .any(|applied| applied.version == migration.version)
    };
    Ok(migrations.iter().filter(missing).collect())
}

/// Refuses a database that still needs migrations.
///
/// # Errors
/// [`Error::Internal`] naming the first one.
pub(crate) fn refuse_pending(pending: &[&Migration]) -> Result<()> {
    match pending.first() {
        None => Ok(()),
        Some(Migration { version, name, .. }) => Err(Error::Internal(format!(
            "the database has no schema or an older one, without version {version} ({name}): start `provost serve` once, or apply \
             what `provost schema --after {}` prints",
            version - 1
        ))),
    }
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // writing to a string does not fail
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Microseconds since 1970-01-01 UTC, for `applied_at`.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// Turns comments that begin with `marker` into their content.
fn uncover<'a>(text: &'a str, marker: &str) -> Cow<'a, str> {
    if !text.contains(marker) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(marker);
    let mut uncovered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (content, rest) = part.split_once(" */").unwrap_or((part, ""));
        uncovered.push_str(content);
        uncovered.push_str(rest);
    }
    Cow::Owned(uncovered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_become_text_on_their_engine_alone() {
        const ONE: Migration = Migration::new(
            1,
            "one",
            "CREATE TABLE a (t TEXT /* postgres: COLLATE \"C\" */) /* sqlite: WITHOUT ROWID */;",
        )
        .sqlite("-- only here");
        assert_eq!(
            ONE.text(EngineKind::Sqlite),
            "CREATE TABLE a (t TEXT /* postgres: COLLATE \"C\" */) WITHOUT ROWID;\n-- only here"
        );
        assert_eq!(
            ONE.text(EngineKind::Postgres),
            "CREATE TABLE a (t TEXT COLLATE \"C\") /* sqlite: WITHOUT ROWID */;\n"
        );
    }

    /// Nodes of the release before go on serving on the new schema, and write rows as they know them. A file has one server, and programs
    /// that are older than its schema refuse it.
    #[test]
    fn migrations_only_add_unless_they_say_that_they_contract() {
        let takes_away = |statement: &str| {
            let statement = statement.to_uppercase();
            let added_column = statement.contains("ADD COLUMN");
            [
                "DROP TABLE",
                "DROP COLUMN",
                "RENAME",
                "ALTER COLUMN",
                "ADD CONSTRAINT",
            ]
            .iter()
            .any(|way| statement.contains(way))
                || added_column && statement.contains("NOT NULL") && !statement.contains("DEFAULT")
        };
        for migration in MIGRATIONS {
            let contracts = migration.name.starts_with(CONTRACTION);
            let text = migration.text(EngineKind::Postgres);
            let found = text.split(';').find(|statement| takes_away(statement));
            assert!(contracts || found.is_none(), "{found:?}");
        }
    }

    #[test]
    fn versions_ascend() {
        assert!(MIGRATIONS.is_sorted_by(|one, next| one.version < next.version));
    }
}
