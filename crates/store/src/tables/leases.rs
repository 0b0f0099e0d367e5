//! Work that one node does for all. A lease only saves others the effort: the clocks of nodes differ, so what is done under it has to be
//! right even if two hold it.

use crate::{Change, Tx, statements};
use provost_model::{Result, Timestamp};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    OF_ANOTHER = "SELECT 1 FROM leases WHERE name = $1 AND holder <> $2 AND until > $3";
    TAKE = "UPDATE leases SET holder = $2, until = $3 WHERE name = $1 AND (holder = $2 OR until <= $4)";
    RELEASE = "DELETE FROM leases WHERE name = $1 AND holder = $2";
}

/// Whether somebody else holds a lease.
///
/// # Errors
/// Those of the store.
pub async fn is_of_another(tx: &mut Tx, name: &str, holder: Uuid, now: Timestamp) -> Result<bool> {
    tx.any(&OF_ANOTHER, &[name.into(), holder.into(), now.into()])
        .await
}

/// Takes a lease, or renews it; false if somebody else holds it.
///
/// # Errors
/// Those of the store.
pub async fn take(
    change: &mut Change,
    name: &str,
    holder: Uuid,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    let (name, holder, until) = (name.into(), holder.into(), until.into());
    if change
        .execute(&TAKE, &[name, holder, until, now.into()])
        .await?
        == 1
    {
        return Ok(true);
    }
    Ok(change.execute(&INSERT, &[name, holder, until]).await? == 1)
}

/// Gives a lease back, if this is its holder.
///
/// # Errors
/// Those of the store.
pub async fn release(change: &mut Change, name: &str, holder: Uuid) -> Result<()> {
    change
        .execute(&RELEASE, &[name.into(), holder.into()])
        .await?;
    Ok(())
}
