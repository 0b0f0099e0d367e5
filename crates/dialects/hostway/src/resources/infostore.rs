//! The store of files beside a domain's mailboxes.

use crate::{
    call::{Call, Outcome},
    resources::domain,
    wire::{Answer, Link},
};
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(rename = "infoStore")]
    info_store: InfoStore,
    links: [&'a Link; 1],
}

#[derive(Serialize)]
struct InfoStore {
    /// Nobody tells the directory how much is stored beside the mailboxes.
    usage: i64,
    quota: i64,
}

/// Shows usage and quota, in MB.
pub(crate) async fn show(call: &Call) -> Outcome {
    let info_store = InfoStore {
        usage: 0,
        quota: domain::quota(call).await?,
    };
    Ok(Answer::ok(&Shown {
        info_store,
        links: [&call.itself],
    }))
}
