//! Audit entries that were not noted as unsealed by the transaction that wrote them: those from before there were seals, and those of nodes of
//! the release before that, while such nodes still run.

use super::id_list::IdList;
use crate::{Change, Tx, chain::Seal, statements};
use provost_model::{EntryId, Result, TenantId};

statements! {
    NEXT_TENANT = sqlite
        "SELECT tenant FROM audit_entries INDEXED BY audit_entries_unnoted WHERE noted IS NULL AND tenant > $1 ORDER BY tenant LIMIT 1"
        postgres
        "SELECT tenant FROM audit_entries WHERE noted IS NULL AND tenant > $1 ORDER BY tenant LIMIT 1";
    /// Without being told SQLite would walk past all that are noted, by the primary key.
    PAGE = sqlite
        "SELECT id FROM audit_entries INDEXED BY audit_entries_unnoted WHERE noted IS NULL AND tenant = $1 ORDER BY id LIMIT $2"
        postgres
        "SELECT id FROM audit_entries WHERE noted IS NULL AND tenant = $1 ORDER BY id LIMIT $2";
    NOTE = sqlite
        "UPDATE audit_entries SET noted = 1 WHERE noted IS NULL AND tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT unhex(value) FROM json_each($2))"
        postgres
        "UPDATE audit_entries SET noted = 1 WHERE noted IS NULL AND tenant = $1 \
         AND id BETWEEN $3 AND $4 AND id IN (SELECT decode(value, 'hex') FROM json_array_elements_text(CAST($2 AS JSON)))";
}

/// The tenant that has such entries, after this one in the order of ids.
///
/// # Errors
/// Those of the store.
pub async fn next_tenant(tx: &mut Tx, after: TenantId) -> Result<Option<TenantId>> {
    tx.first(&NEXT_TENANT, &[after.into()], |row| {
        Ok(TenantId(row.int(0)?))
    })
    .await
}

/// The first such entries of a tenant, up to `limit`.
///
/// # Errors
/// Those of the store.
pub async fn page(tx: &mut Tx, tenant: TenantId, limit: i64) -> Result<Vec<EntryId>> {
    tx.all(&PAGE, &[tenant.into(), limit.into()], |row| {
        Ok(EntryId(row.uuid(0)?))
    })
    .await
}

/// Notes that a seal holds its entries; how many of them were such.
///
/// # Errors
/// Those of the store.
pub async fn note(change: &mut Change, seal: &Seal) -> Result<u64> {
    let ids = IdList::of(seal.items().map(|item| item.id));
    change.execute(&NOTE, &ids.params(seal.tenant)).await
}
