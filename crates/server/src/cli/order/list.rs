//! `provost order list`.

use crate::{
    cli::{
        output::{List, ListFormat, Output, Record, rfc3339},
        session::{PAGE, Session},
    },
    failure::Result,
};
use clap::Args;
use provost_model::{ExternalId, Order};

/// Lists the orders of a partner, in the order in which they were made.
#[derive(Args, Debug)]
#[command(
    name = "list",
    after_help = "Example:\n  provost order list --tenant shop"
)]
pub(super) struct ListOrders {
    /// The partner: the tenant that its keys are of
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListOrders {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let partner = session.tenant(&self.tenant).await?.id;
        let columns = &[
            "number", "id", "customer", "parent", "product", "licenses", "duration", "created",
        ];
        let mut list = List::new(output, ListFormat::of(self.json), columns);
        let mut after = 0;
        loop {
            let page = session.directory.orders(partner, after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.number;
            let records: Vec<Record> = page.iter().map(record).collect();
            list.page(&records)?;
        }
        list.end()
    }
}

fn record(order: &Order) -> Record {
    Record::new()
        .with("number", order.number)
        .with("id", order.remote_id.as_str())
        .with("customer", order.customer_id.as_str())
        .with("parent", order.parent.as_ref().map(ExternalId::as_str))
        .with("product", order.product.as_str())
        .with("licenses", order.licenses)
        .with("duration", order.term.name())
        .with("created", rfc3339(order.created_at))
}
