//! How far imports have come that are not finished.

use crate::{Change, Tx, statements};
use provost_model::Result;

statements! {
    GET = "SELECT line, created, changed, unchanged, refused, window_end, window_done FROM unfinished_imports WHERE source = $1";
    PUT = "INSERT INTO unfinished_imports (source, line, created, changed, unchanged, refused, window_end, window_done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT (source) DO UPDATE SET line = excluded.line, created = excluded.created, changed = excluded.changed, \
        unchanged = excluded.unchanged, refused = excluded.refused, window_end = excluded.window_end, window_done = excluded.window_done";
    DELETE = "DELETE FROM unfinished_imports WHERE source = $1";
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// The last line up to which all were taken or refused.
    pub line: i64,
    /// The last one of the lines behind it that are in work, in an order of their own; 0 if none are.
    pub window_end: i64,
    /// How many users of those lines were dealt with.
    pub window_done: i64,
    /// How many users were made.
    pub created: i64,
    /// How many users were changed.
    pub changed: i64,
    /// How many users were as their lines want them already.
    pub unchanged: i64,
    /// How many lines were refused.
    pub refused: i64,
}

/// How far the import of this source has come, if it has begun and is not finished.
///
/// # Errors
/// Those of the store.
pub async fn get(tx: &mut Tx, source: &[u8; 32]) -> Result<Option<ImportProgress>> {
    tx.first(&GET, &[source.into()], |row| {
        Ok(ImportProgress {
            line: row.int(0)?,
            created: row.int(1)?,
            changed: row.int(2)?,
            unchanged: row.int(3)?,
            refused: row.int(4)?,
            window_end: row.int(5)?,
            window_done: row.int(6)?,
        })
    })
    .await
}

/// Notes how far the import of this source has come.
///
/// # Errors
/// Those of the store.
pub async fn put(change: &mut Change, source: &[u8; 32], progress: &ImportProgress) -> Result<()> {
    change
        .execute_unseen(
            &PUT,
            &[
                source.into(),
                progress.line.into(),
                progress.created.into(),
                progress.changed.into(),
                progress.unchanged.into(),
                progress.refused.into(),
                progress.window_end.into(),
                progress.window_done.into(),
            ],
        )
        .await
}

/// Forgets the import of this source, since it is finished.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, source: &[u8; 32]) -> Result<()> {
    change.execute_unseen(&DELETE, &[source.into()]).await
}
