//! Nextcloud's habits, in whose terms all operations are written.

use super::{Habits, Product, Shown};
use crate::resources::user_record::View;

pub(super) const HABITS: Habits = Habits {
    asks_for_header: true,
    reads_accept: true,
    insists_on_parameters: true,
    refuses_group_zero: true,
    product: &Product {
        name: "Nextcloud",
        version: [34, 0, 1],
        version_text: "34.0.1",
        version_with_build: "34.0.1.2",
        edition: "",
    },
    said: |_, _, answer| answer,
    user: |call, Shown { details, own, .. }| {
        Box::pin(async move {
            let view = if own {
                View::of_self(call, &details).await?
            } else {
                View::of_others(call, std::slice::from_ref(&details)).await?
            };
            Ok(view.record(details, &call.tenant().settings))
        })
    },
};
