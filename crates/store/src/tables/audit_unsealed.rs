//! Audit entries that no seal holds yet.

use super::id_list::IdList;
use crate::{Change, Tx, chain::Seal, statements};
use provost_model::{EntryId, Result, TenantId};

statements! {
    NEXT_TENANT = "SELECT tenant FROM audit_unsealed WHERE tenant > $1 ORDER BY tenant LIMIT 1";
    PAGE = "SELECT id FROM audit_unsealed WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3";
    COUNT = "SELECT COUNT(*) FROM audit_unsealed";
    DELETE = sqlite
        "DELETE FROM audit_unsealed WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT unhex(value) FROM json_each($2))"
        postgres
        "DELETE FROM audit_unsealed WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT decode(value, 'hex') FROM json_array_elements_text(CAST($2 AS JSON)))";
}

/// The tenant of which entries wait, after this one in the order of ids.
///
/// # Errors
/// Those of the store.
pub async fn next_tenant(tx: &mut Tx, after: TenantId) -> Result<Option<TenantId>> {
    tx.first(&NEXT_TENANT, &[after.into()], |row| {
        Ok(TenantId(row.int(0)?))
    })
    .await
}

/// Up to `limit` of the entries of a tenant that wait, after the id `after`.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    after: EntryId,
    limit: i64,
) -> Result<Vec<EntryId>> {
    tx.all(&PAGE, &[tenant.into(), after.into(), limit.into()], |row| {
        Ok(EntryId(row.uuid(0)?))
    })
    .await
}

/// How many entries wait, of all tenants.
///
/// # Errors
/// Those of the store.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    let count = tx.first(&COUNT, &[], |row| row.int(0)).await?;
    Ok(count.unwrap_or_default())
}

/// Takes the entries of a seal away; how many of them waited.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, seal: &Seal) -> Result<u64> {
    let ids = IdList::of(seal.items().map(|item| item.id));
    change.execute(&DELETE, &ids.params(seal.tenant)).await
}
