//! Keys of the deployment, by their names.

use crate::{Change, Tx, statements};
use provost_model::{Error, Result, Timestamp};

statements! {
    GET = "SELECT secret FROM server_keys WHERE name = $1";
    /// The first of several nodes that want one makes it; the others find it made.
    MAKE = "INSERT INTO server_keys (name, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
}

/// The key with this name, if it was made.
///
/// # Errors
/// Those of the store; [`Error::Internal`] if what is stored is no key of this length.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<[u8; 32]>> {
    tx.first(&GET, &[name.into()], |row| {
        row.bytes(0)?.try_into().map_err(Error::internal)
    })
    .await
}

/// Makes a key; one that is there stays as it is.
///
/// # Errors
/// Those of the store.
pub async fn make(change: &mut Change, name: &str, secret: &[u8; 32], at: Timestamp) -> Result<()> {
    change
        .execute(&MAKE, &[name.into(), secret.into(), at.into()])
        .await?;
    Ok(())
}
