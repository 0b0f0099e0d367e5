//! The mark of a database that `provost copy` is still filling.

use crate::{Tx, migrate::now, statements};
use provost_model::Result;

statements! {
    pub(crate) SOURCE = "SELECT source FROM unfinished_copies WHERE id = 1";
    BEGIN = "INSERT INTO unfinished_copies (id, source, begun_at) VALUES (1, $1, $2)";
    FINISH = "DELETE FROM unfinished_copies";
}

/// What the database is an unfinished copy of; nothing if it is a directory.
///
/// # Errors
/// Those of the store.
pub async fn source(tx: &mut Tx) -> Result<Option<String>> {
    tx.first(&SOURCE, &[], |row| Ok(row.text(0)?.to_owned()))
        .await
}

/// Marks the database.
pub(crate) async fn begin(tx: &mut Tx, source: &str) -> Result<()> {
    tx.execute(&BEGIN, &[source.into(), now().into()]).await?;
    Ok(())
}

/// Takes the mark away.
pub(crate) async fn finish(tx: &mut Tx) -> Result<()> {
    tx.execute(&FINISH, &[]).await?;
    Ok(())
}
