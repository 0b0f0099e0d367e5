//! A mail domain.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    values::megabytes,
    wire::{Answer, Link},
};
use provost_model::Quota;
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    quota: i64,
    links: [&'a Link; 1],
}

/// Shows the sum of the quotas of the domain's mailboxes, in MB.
pub(crate) async fn show(call: &Call) -> Outcome {
    Ok(Answer::ok(&Shown {
        quota: quota(call).await?,
        links: [&call.itself],
    }))
}

/// The sum of the quotas of the domain's mailboxes, in MB.
pub(super) async fn quota(call: &Call) -> Outcome<i64> {
    let counts = call
        .directory
        .mailbox_counts(call.domain()?)
        .await
        .map_err(refuse)?;
    let usual = megabytes::shown(Quota::Default, call.tenant());
    let usual = i64::try_from(usual).unwrap_or(i64::MAX);
    let defaults = counts.defaults.saturating_mul(usual);
    Ok(counts.quota_mb.saturating_add(defaults))
}
