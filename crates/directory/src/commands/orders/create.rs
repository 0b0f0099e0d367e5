//! Ordering licences.

use crate::{Command, Context, policy};
use provost_model::{Action, Customer, Error, ExternalId, Noun, Order, OrderTerm, Result, Subject};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        counters::{self, Counter},
        customers, orders,
    },
};

/// Writes down what the partner whose key asks orders for a customer of its. The same order under the same id again is answered with
/// the one that is there, so that a partner who got no answer can ask again.
///
/// # Errors
/// [`provost_model::Denial::Scope`] for all but partners' keys; [`Noun::Customer`] unknown, or [`Noun::Order`] for the one to be
/// renewed; [`Noun::Order`] taken by a different one.
#[derive(Clone, Debug)]
pub struct CreateOrder {
    /// The partner's own id for it.
    pub remote_id: ExternalId,
    /// What is ordered.
    pub ordered: Ordered,
}

/// What is ordered.
#[derive(Clone, Debug)]
pub enum Ordered {
    /// Licences that the customer has none of yet.
    First {
        /// The partner's id of the customer.
        customer: ExternalId,
        /// The product's name.
        product: ExternalId,
        /// How many licences.
        licenses: u32,
        /// For how long.
        term: OrderTerm,
    },
    /// The licences of a first order once more.
    Renewal {
        /// The partner's id of the first order; one of another renewal leads to the same first order.
        parent: ExternalId,
        /// How many licences, if other than before.
        licenses: Option<u32>,
    },
}

impl Command for CreateOrder {
    type Outcome = Order;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::partner(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<Order>> {
        let mut order = self.order(context, change).await?;
        if let Some(there) = orders::by_remote_id(change, order.partner, &order.remote_id).await? {
            return again(change, &order, there);
        }
        order.number = counters::take(change, order.partner, Counter::Orders).await?;
        if !orders::claim(change, &order).await? {
            // another made it a moment ago
            let there = orders::by_remote_id(change, order.partner, &order.remote_id).await?;
            let there = there.ok_or(Error::Taken(Noun::Order))?;
            return again(change, &order, there);
        }
        let mut entry = context.entry(
            Action::OrderCreated,
            Subject::named(order.remote_id.as_str()),
        );
        let details = [
            ("customer", order.customer_id.as_str().into()),
            ("product", order.product.as_str().into()),
            ("licenses", order.licenses.into()),
            ("duration", order.term.name().into()),
        ];
        let parent = order
            .parent
            .as_ref()
            .map(|id| ("parent", id.as_str().into()));
        for (name, value) in details.into_iter().chain(parent) {
            entry.details.insert(name.to_owned(), value);
        }
        change.record(entry, order).await
    }
}

impl CreateOrder {
    /// The order as it is to be, without its number.
    async fn order(&self, context: &Context, tx: &mut Tx) -> Result<Order> {
        let partner = context.tenant_id();
        let order = |customer: Customer, product: &ExternalId, licenses, term| Order {
            partner,
            remote_id: self.remote_id.clone(),
            number: 0,
            customer: customer.tenant,
            customer_id: customer.remote_id,
            parent: None,
            product: product.clone(),
            licenses,
            term,
            created_at: context.now,
        };
        match &self.ordered {
            Ordered::First {
                customer,
                product,
                licenses,
                term,
            } => {
                let customer = known(tx, context, customer).await?;
                Ok(order(customer, product, *licenses, *term))
            }
            Ordered::Renewal { parent, licenses } => {
                let unknown = || Error::Unknown(Noun::Order);
                let mut first = orders::by_remote_id(tx, partner, parent)
                    .await?
                    .ok_or_else(unknown)?;
                if let Some(parent) = &first.parent {
                    first = orders::by_remote_id(tx, partner, parent)
                        .await?
                        .ok_or_else(unknown)?;
                }
                let customer = known(tx, context, &first.customer_id).await?;
                let licenses = licenses.unwrap_or(first.licenses);
                Ok(Order {
                    parent: Some(first.remote_id),
                    ..order(customer, &first.product, licenses, first.term)
                })
            }
        }
    }
}

async fn known(tx: &mut Tx, context: &Context, id: &ExternalId) -> Result<Customer> {
    customers::by_remote_id(tx, context.tenant_id(), id)
        .await?
        .ok_or(Error::Unknown(Noun::Customer))
}

/// The order that is there already, if the new one is the same.
fn again(change: &Change, new: &Order, there: Order) -> Result<Recorded<Order>> {
    let same = Order {
        number: there.number,
        created_at: there.created_at,
        ..new.clone()
    };
    if same == there {
        change.unchanged(there)
    } else {
        Err(Error::Taken(Noun::Order))
    }
}
