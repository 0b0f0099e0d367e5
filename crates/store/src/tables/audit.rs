//! Audit entries, and the events that go with them: same id, same transaction.

use crate::{Change, Row, Tx, Value, statement::Bound, statements};
use provost_model::{Entry, EntryId, Result, StoredEntry, TenantId, Timestamp};

statements! {
    INSERT = "INSERT INTO audit_entries (tenant, id, at, actor, action, subject, subject_number, details, request, noted) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    INSERT_EVENT = "INSERT INTO events (tenant, id, at, action, subject, subject_number, details) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_UNSEALED = "INSERT INTO audit_unsealed (tenant, id) VALUES ($1, $2)";
    /// A standby refuses to lock a row. On a primary the lock is written to the log behind the entry, so that its confirmation comes once
    /// the synchronous standbys have the entry too.
    EXISTS = locking "SELECT 1 FROM audit_entries WHERE tenant = $1 AND id = $2";
    PAGE = "SELECT tenant, id, at, actor, action, subject, details, request FROM audit_entries \
        WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3";
    EVENT_PAGE = "SELECT tenant, id, at, action, subject, details FROM events WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3";
}

/// Writes an entry and its event, and that it waits to be sealed.
pub(crate) async fn insert(change: &mut Change, entry: &Entry) -> Result<()> {
    let details = details(entry);
    let rows = Rows::of(entry, &details);
    change.execute_later(&INSERT, &rows.entry).await?;
    change.execute_later(&INSERT_EVENT, &rows.event).await?;
    change.execute_later(&INSERT_UNSEALED, &rows.unsealed).await
}

fn details(entry: &Entry) -> String {
    serde_json::Value::Object(entry.details.clone()).to_string()
}

/// Writes entries and their events, and that they wait to be sealed.
pub(crate) async fn insert_many(change: &mut Change, entries: &[Entry]) -> Result<()> {
    let details: Vec<String> = entries.iter().map(details).collect();
    let rows: Vec<_> = entries
        .iter()
        .zip(&details)
        .map(|(entry, details)| Rows::of(entry, details))
        .collect();
    let statements: Vec<Bound<'_>> = rows
        .iter()
        .flat_map(|rows| {
            [
                (&INSERT, &rows.entry[..]),
                (&INSERT_EVENT, &rows.event[..]),
                (&INSERT_UNSEALED, &rows.unsealed[..]),
            ]
        })
        .collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// What an entry is in each of its tables.
struct Rows<'a> {
    entry: [Value<'a>; 9],
    event: [Value<'a>; 7],
    unsealed: [Value<'a>; 2],
}

impl<'a> Rows<'a> {
    fn of(entry: &'a Entry, details: &'a str) -> Self {
        let (tenant, id, at) = (entry.tenant.into(), entry.id.into(), entry.at.into());
        let action = entry.action.name().into();
        let subject = entry.subject.name.as_str().into();
        let number = entry.subject.number.into();
        let (actor, request) = (entry.actor.as_str().into(), entry.request.as_str().into());
        let details = details.into();
        Self {
            entry: [
                tenant, id, at, actor, action, subject, number, details, request,
            ],
            event: [tenant, id, at, action, subject, number, details],
            unsealed: [tenant, id],
        }
    }
}

/// Whether an entry was committed, and will not be lost with the server that says so.
///
/// # Errors
/// Those of the store.
pub async fn is_durable(tx: &mut Tx, tenant: TenantId, id: EntryId) -> Result<bool> {
    // all rows are read to their end, since only then the statement is confirmed
    let found = tx
        .all(&EXISTS, &[tenant.0.into(), id.0.into()], |_| Ok(()))
        .await?;
    Ok(!found.is_empty())
}

/// Up to `limit` audit entries of a tenant after the id `after`, oldest first.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    after: EntryId,
    limit: i64,
) -> Result<Vec<StoredEntry>> {
    tx.all(
        &PAGE,
        &[tenant.0.into(), after.0.into(), limit.into()],
        |row: &Row<'_>| {
            Ok(StoredEntry {
                tenant: TenantId(row.int(0)?),
                id: EntryId(row.uuid(1)?),
                at: Timestamp(row.int(2)?),
                actor: Some(row.text(3)?.to_owned()),
                action: row.text(4)?.to_owned(),
                subject: row.text(5)?.to_owned(),
                details: row.text(6)?.to_owned(),
                request: Some(row.text(7)?.to_owned()),
            })
        },
    )
    .await
}

/// Up to `limit` events of a tenant after the id `after`, oldest first.
///
/// # Errors
/// Those of the store.
pub async fn events(
    tx: &mut Tx,
    tenant: TenantId,
    after: EntryId,
    limit: i64,
) -> Result<Vec<StoredEntry>> {
    tx.all(
        &EVENT_PAGE,
        &[tenant.0.into(), after.0.into(), limit.into()],
        |row: &Row<'_>| {
            Ok(StoredEntry {
                tenant: TenantId(row.int(0)?),
                id: EntryId(row.uuid(1)?),
                at: Timestamp(row.int(2)?),
                actor: None,
                action: row.text(3)?.to_owned(),
                subject: row.text(4)?.to_owned(),
                details: row.text(5)?.to_owned(),
                request: None,
            })
        },
    )
    .await
}
