//! The links of the audit's chains.

use super::id_list::IdList;
use crate::{
    Change, Row, Tx,
    chain::{ChainHead, EntryColumns, Seal},
    statements,
};
use provost_model::{EntryId, Result, TenantId, Timestamp};
use std::ops::ControlFlow;

statements! {
    HEAD = "SELECT first_entry + entries - 1, newest_at, hash FROM audit_seals WHERE tenant = $1 ORDER BY first_entry DESC LIMIT 1";
    EXPIRED = "SELECT tenant FROM audit_seals WHERE content IS NOT NULL AND newest_at < $1 ORDER BY newest_at, tenant, first_entry LIMIT 1";
    OLDEST = "SELECT tenant, first_entry, entries, newest_at, content, hash FROM audit_seals WHERE tenant = $1 AND content IS NOT NULL \
        ORDER BY first_entry LIMIT 1";
    PAGE = "SELECT tenant, first_entry, entries, newest_at, content, hash FROM audit_seals WHERE tenant = $1 AND first_entry > $2 \
        ORDER BY first_entry LIMIT $3";
    ENTRIES = sqlite
        "SELECT tenant, id, at, actor, action, subject, subject_number, details, request FROM audit_entries \
         WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT unhex(value) FROM json_each($2)) ORDER BY id"
        postgres
        "SELECT tenant, id, at, actor, action, subject, subject_number, details, request FROM audit_entries \
         WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT decode(value, 'hex') FROM json_array_elements_text(CAST($2 AS JSON))) ORDER BY id";
    INSERT = "INSERT INTO audit_seals (tenant, first_entry, entries, newest_at, content, hash) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (tenant, first_entry) DO NOTHING";
    EMPTY = "UPDATE audit_seals SET content = NULL WHERE tenant = $1 AND first_entry = $2 AND content IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.tenant = $1 AND s.first_entry < $2 AND s.content IS NOT NULL)";
    DELETE_BEFORE = "DELETE FROM audit_seals WHERE tenant = $1 AND first_entry < $2";
    DELETE_ENTRIES = sqlite
        "DELETE FROM audit_entries WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT unhex(value) FROM json_each($2))"
        postgres
        "DELETE FROM audit_entries WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT decode(value, 'hex') FROM json_array_elements_text(CAST($2 AS JSON)))";
    DELETE_EVENTS = sqlite
        "DELETE FROM events WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT unhex(value) FROM json_each($2))"
        postgres
        "DELETE FROM events WHERE tenant = $1 AND id BETWEEN $3 AND $4 AND id IN (SELECT decode(value, 'hex') FROM json_array_elements_text(CAST($2 AS JSON)))";
}

/// The head of a tenant's chain; nothing if none of its entries was ever sealed.
///
/// # Errors
/// Those of the store.
pub async fn head(tx: &mut Tx, tenant: TenantId) -> Result<Option<ChainHead>> {
    tx.first(&HEAD, &[tenant.into()], |row| {
        Ok(ChainHead {
            entries: row.int(0)?,
            newest_at: Timestamp(row.int(1)?),
            hash: row.bytes(2)?.to_vec(),
        })
    })
    .await
}

/// The seal of these entries of a tenant, in the order of their ids, behind this head. Entries that are not there are left out.
///
/// # Errors
/// Those of the store.
pub async fn prepare(
    tx: &mut Tx,
    tenant: TenantId,
    head: &ChainHead,
    ids: &[EntryId],
    now: Timestamp,
) -> Result<Seal> {
    let mut seal = Seal::after(head, tenant);
    let ids = IdList::of(ids.iter().copied());
    visit_entries(tx, tenant, &ids, |row| {
        seal.add(&EntryColumns::from_row(row)?, now);
        Ok(())
    })
    .await?;
    Ok(seal.close(&head.hash))
}

/// Visits the rows of the entries in a list of ids.
pub(crate) async fn visit_entries(
    tx: &mut Tx,
    tenant: TenantId,
    ids: &IdList,
    mut visit: impl FnMut(&Row<'_>) -> Result<()> + Send,
) -> Result<()> {
    tx.query(&ENTRIES, &ids.params(tenant), |row| {
        visit(row)?;
        Ok(ControlFlow::Continue(()))
    })
    .await
}

/// Adds a seal; false if another one has its place.
///
/// # Errors
/// Those of the store.
pub async fn insert(change: &mut Change, seal: &Seal) -> Result<bool> {
    let rows = change
        .execute(
            &INSERT,
            &[
                seal.tenant.into(),
                seal.first_entry.into(),
                seal.entries.into(),
                seal.newest_at.into(),
                seal.content.as_deref().into(),
                seal.hash.as_slice().into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// The seal that is pruned next, if entries of a seal are older than this. It is the first of its tenant that still has any: those before
/// an expired one are no younger.
///
/// # Errors
/// Those of the store.
pub async fn expired(tx: &mut Tx, before: Timestamp) -> Result<Option<Seal>> {
    let tenant = tx
        .first(&EXPIRED, &[before.into()], |row| row.int(0))
        .await?;
    match tenant {
        Some(tenant) => tx.first(&OLDEST, &[tenant.into()], from_row).await,
        None => Ok(None),
    }
}

/// Up to `limit` seals of a tenant whose first entry comes after this place, in the order of the chain.
///
/// # Errors
/// Those of the store.
pub async fn page(tx: &mut Tx, tenant: TenantId, after: i64, limit: i64) -> Result<Vec<Seal>> {
    tx.all(
        &PAGE,
        &[tenant.into(), after.into(), limit.into()],
        from_row,
    )
    .await
}

/// Takes the entries of a seal away, their events, and the seals before it; its hash stays, as the new beginning of the chain. False if
/// that was done already, or others come first.
///
/// # Errors
/// Those of the store.
pub async fn prune(change: &mut Change, seal: &Seal) -> Result<bool> {
    let key = [seal.tenant.into(), seal.first_entry.into()];
    if change.execute(&EMPTY, &key).await? == 0 {
        return Ok(false);
    }
    change.execute(&DELETE_BEFORE, &key).await?;
    let ids = IdList::of(seal.items().map(|item| item.id));
    for sql in [&DELETE_ENTRIES, &DELETE_EVENTS] {
        change.execute(sql, &ids.params(seal.tenant)).await?;
    }
    Ok(true)
}

/// The seal in a row that holds all columns in their order.
pub(crate) fn from_row(row: &Row<'_>) -> Result<Seal> {
    Ok(Seal {
        tenant: TenantId(row.int(0)?),
        first_entry: row.int(1)?,
        entries: row.int(2)?,
        newest_at: Timestamp(row.int(3)?),
        content: row.opt_bytes(4)?.map(<[u8]>::to_vec),
        hash: row.bytes(5)?.to_vec(),
    })
}
