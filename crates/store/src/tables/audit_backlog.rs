//! Entries from before there were seals, which no transaction noted as unsealed: how far they are sealed.

use crate::{Change, Tx, statements};
use provost_model::{EntryId, Result, TenantId};

statements! {
    REACHED = "SELECT tenant, entry FROM audit_backlog WHERE id = 1";
    NEXT = "SELECT tenant, id FROM audit_entries WHERE (tenant, id) > ($1, $2) ORDER BY tenant, id LIMIT $3";
    ADVANCE = "UPDATE audit_backlog SET tenant = $3, entry = $4 WHERE id = 1 AND tenant = $1 AND entry = $2";
    FINISH = "DELETE FROM audit_backlog WHERE id = 1 AND tenant = $1 AND entry = $2";
}

/// A place among the entries of all tenants, in the order of tenants and ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    tenant: TenantId,
    /// Empty before the first.
    entry: Vec<u8>,
}

impl Place {
    fn of(tenant: TenantId, entry: EntryId) -> Self {
        Self {
            tenant,
            entry: entry.0.into_bytes().to_vec(),
        }
    }
}

/// How far the entries from before are sealed; nothing once all are.
///
/// # Errors
/// Those of the store.
pub async fn reached(tx: &mut Tx) -> Result<Option<Place>> {
    tx.first(&REACHED, &[], |row| {
        Ok(Place {
            tenant: TenantId(row.int(0)?),
            entry: row.bytes(1)?.to_vec(),
        })
    })
    .await
}

/// Up to `limit` entries of one tenant after this place; none at the end.
///
/// # Errors
/// Those of the store.
pub async fn next(tx: &mut Tx, after: &Place, limit: i64) -> Result<Vec<(TenantId, EntryId)>> {
    let mut some = tx
        .all(
            &NEXT,
            &[
                after.tenant.into(),
                after.entry.as_slice().into(),
                limit.into(),
            ],
            |row| Ok((TenantId(row.int(0)?), EntryId(row.uuid(1)?))),
        )
        .await?;
    if let Some((first, _)) = some.first().copied() {
        some.retain(|(tenant, _)| *tenant == first);
    }
    Ok(some)
}

/// Notes that the entries up to this one are sealed; false if somebody else went on from the place `from`.
///
/// # Errors
/// Those of the store.
pub async fn advance(
    change: &mut Change,
    from: &Place,
    tenant: TenantId,
    entry: EntryId,
) -> Result<bool> {
    let to = Place::of(tenant, entry);
    let rows = change
        .execute(
            &ADVANCE,
            &[
                from.tenant.into(),
                from.entry.as_slice().into(),
                to.tenant.into(),
                to.entry.as_slice().into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Notes that no entries from before are left after this place.
///
/// # Errors
/// Those of the store.
pub async fn finish(change: &mut Change, from: &Place) -> Result<()> {
    change
        .execute(&FINISH, &[from.tenant.into(), from.entry.as_slice().into()])
        .await?;
    Ok(())
}
