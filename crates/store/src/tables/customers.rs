//! Partners' customers.

use crate::{Change, Row, Tx, statements};
use provost_model::{Customer, ExternalId, Result, Slug, TenantId, Timestamp};

statements! {
    BY_REMOTE_ID = "SELECT partner, remote_id, tenant, created_at FROM customers WHERE partner = $1 AND remote_id = $2";
    PAGE = "SELECT c.partner, c.remote_id, c.tenant, c.created_at, t.slug FROM customers c JOIN tenants t ON t.id = c.tenant \
        WHERE c.partner = $1 AND c.remote_id > $2 ORDER BY c.remote_id LIMIT $3";
    CLAIM = "INSERT INTO customers (partner, remote_id, tenant, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (partner, remote_id) DO NOTHING";
    DELETE_OF_TENANT = "DELETE FROM customers WHERE tenant = $1";
    DELETE_OF_PARTNER = "DELETE FROM customers WHERE partner = $1";
}

/// The customer that a partner knows by this id.
///
/// # Errors
/// Those of the store.
pub async fn by_remote_id(
    tx: &mut Tx,
    partner: TenantId,
    remote_id: &ExternalId,
) -> Result<Option<Customer>> {
    tx.first(
        &BY_REMOTE_ID,
        &[partner.into(), remote_id.as_str().into()],
        from_row,
    )
    .await
}

/// Up to `limit` customers of a partner after the id `after`, in the order of ids, each with the slug of its tenant.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    partner: TenantId,
    after: &str,
    limit: i64,
) -> Result<Vec<(Customer, Slug)>> {
    tx.all(
        &PAGE,
        &[partner.into(), after.into(), limit.into()],
        |row| Ok((from_row(row)?, Slug::from_stored(row.text(4)?.to_owned()))),
    )
    .await
}

/// Adds a customer; false if the partner has one with that id.
///
/// # Errors
/// Those of the store.
pub async fn claim(change: &mut Change, customer: &Customer) -> Result<bool> {
    let rows = change
        .execute(
            &CLAIM,
            &[
                customer.partner.into(),
                customer.remote_id.as_str().into(),
                customer.tenant.into(),
                customer.created_at.into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Forgets that a tenant is a customer: its partner may use the id again.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_tenant(change: &mut Change, tenant: TenantId) -> Result<()> {
    change.execute(&DELETE_OF_TENANT, &[tenant.into()]).await?;
    Ok(())
}

/// Forgets all customers of a partner; their tenants stay.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_partner(change: &mut Change, partner: TenantId) -> Result<()> {
    change
        .execute(&DELETE_OF_PARTNER, &[partner.into()])
        .await?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<Customer> {
    Ok(Customer {
        partner: TenantId(row.int(0)?),
        remote_id: ExternalId::from_stored(row.text(1)?.to_owned()),
        tenant: TenantId(row.int(2)?),
        created_at: Timestamp(row.int(3)?),
    })
}
