//! What partners ordered for their customers.

use crate::{Change, Row, Tx, statements};
use provost_model::{Error, ExternalId, Order, OrderTerm, Result, TenantId, Timestamp};

macro_rules! columns {
    () => {
        "o.partner, o.remote_id, o.number, o.customer, o.customer_id, o.parent, o.product, o.licenses, o.term, o.created_at"
    };
}

statements! {
    BY_REMOTE_ID = concat!("SELECT ", columns!(), " FROM orders o WHERE o.partner = $1 AND o.remote_id = $2");
    PAGE = concat!("SELECT ", columns!(), " FROM orders o WHERE o.partner = $1 AND o.number > $2 ORDER BY o.number LIMIT $3");
    CLAIM = "INSERT INTO orders (partner, remote_id, number, customer, customer_id, parent, product, licenses, term, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (partner, remote_id) DO NOTHING";
    DELETE_OF_CUSTOMER = "DELETE FROM orders WHERE customer = $1";
    DELETE_OF_PARTNER = "DELETE FROM orders WHERE partner = $1";
}

/// The order that a partner knows by this id.
///
/// # Errors
/// Those of the store.
pub async fn by_remote_id(
    tx: &mut Tx,
    partner: TenantId,
    remote_id: &ExternalId,
) -> Result<Option<Order>> {
    tx.first(
        &BY_REMOTE_ID,
        &[partner.into(), remote_id.as_str().into()],
        from_row,
    )
    .await
}

/// Up to `limit` orders of a partner after the number `after`, in the order in which they were made.
///
/// # Errors
/// Those of the store.
pub async fn page(tx: &mut Tx, partner: TenantId, after: i64, limit: i64) -> Result<Vec<Order>> {
    tx.all(
        &PAGE,
        &[partner.into(), after.into(), limit.into()],
        from_row,
    )
    .await
}

/// Adds an order; false if the partner has one with that id.
///
/// # Errors
/// Those of the store.
pub async fn claim(change: &mut Change, order: &Order) -> Result<bool> {
    let rows = change
        .execute(
            &CLAIM,
            &[
                order.partner.into(),
                order.remote_id.as_str().into(),
                order.number.into(),
                order.customer.into(),
                order.customer_id.as_str().into(),
                order.parent.as_ref().map(ExternalId::as_str).into(),
                order.product.as_str().into(),
                i64::from(order.licenses).into(),
                order.term.name().into(),
                order.created_at.into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Removes the orders for a customer.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_customer(change: &mut Change, customer: TenantId) -> Result<()> {
    change
        .execute(&DELETE_OF_CUSTOMER, &[customer.into()])
        .await?;
    Ok(())
}

/// Removes all orders of a partner.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_partner(change: &mut Change, partner: TenantId) -> Result<()> {
    change
        .execute(&DELETE_OF_PARTNER, &[partner.into()])
        .await?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<Order> {
    let id = |column: usize| -> Result<ExternalId> {
        Ok(ExternalId::from_stored(row.text(column)?.to_owned()))
    };
    Ok(Order {
        partner: TenantId(row.int(0)?),
        remote_id: id(1)?,
        number: row.int(2)?,
        customer: TenantId(row.int(3)?),
        customer_id: id(4)?,
        parent: row
            .opt_text(5)?
            .map(|text| ExternalId::from_stored(text.to_owned())),
        product: id(6)?,
        licenses: u32::try_from(row.int(7)?).map_err(Error::internal)?,
        term: OrderTerm::from_name(row.text(8)?)
            .ok_or_else(|| Error::internal("an order has an unknown term"))?,
        created_at: Timestamp(row.int(9)?),
    })
}
