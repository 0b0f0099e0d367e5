//! createFirstOrder and createRenewalOrder

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    params::Params,
};
use provost_directory::commands::orders::{CreateOrder, Ordered};
use provost_model::{ExternalId, Order, OrderTerm};
use serde::Serialize;

/// Writes down a customer's first order of a product.
pub(crate) async fn create_first_order(call: &Call) -> Outcome {
    let params = &call.params;
    let duration = params.required("duration")?;
    let term = OrderTerm::from_name(duration)
        .ok_or_else(|| Answer::refused("duration must be monthly or yearly"))?;
    let licenses = licenses(params)?.ok_or_else(|| params.missing("licenses"))?;
    let ordered = Ordered::First {
        customer: id(params, "customer")?,
        product: ExternalId::parse(params.required("product")?)
            .map_err(params.broken("product"))?,
        licenses,
        term,
    };
    order(call, ordered).await
}

/// Writes down that a first order is renewed.
pub(crate) async fn create_renewal_order(call: &Call) -> Outcome {
    let ordered = Ordered::Renewal {
        parent: id(&call.params, "parent")?,
        licenses: licenses(&call.params)?,
    };
    order(call, ordered).await
}

async fn order(call: &Call, ordered: Ordered) -> Outcome {
    let remote_id = id(&call.params, "id")?;
    let order = call.run(CreateOrder { remote_id, ordered }).await?;
    Ok(Answer::ok(&Record::new(&order, call.tenant().slug.as_str())).into())
}

/// One of the partner's own ids.
fn id(params: &Params, name: &str) -> Outcome<ExternalId> {
    ExternalId::parse(&params.id(name)?).map_err(params.broken(name))
}

/// How many licences, if that is said.
fn licenses(params: &Params) -> Outcome<Option<u32>> {
    const MAX: u64 = 10_000_000;
    match params.count("licenses")? {
        None => Ok(None),
        Some(licenses @ 1..=MAX) => Ok(u32::try_from(licenses).ok()),
        Some(_) => Err(Answer::refused("licenses must be from 1 to 10000000")),
    }
}

/// An order. The vendor tells no body, so this is ours, in the style of a customer's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    id: i64,
    partner: &'a str,
    customer: &'a str,
    parent: Option<&'a str>,
    product: &'a str,
    licenses: u32,
    duration: &'static str,
    created_at: i64,
    remote_id: &'a str,
}

impl<'a> Record<'a> {
    fn new(order: &'a Order, partner: &'a str) -> Self {
        Self {
            id: order.number,
            partner,
            customer: order.customer_id.as_str(),
            parent: order.parent.as_ref().map(ExternalId::as_str),
            product: order.product.as_str(),
            licenses: order.licenses,
            duration: order.term.name(),
            created_at: order.created_at.seconds(),
            remote_id: order.remote_id.as_str(),
        }
    }
}
