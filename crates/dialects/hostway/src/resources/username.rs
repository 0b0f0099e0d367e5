//! Where to find what belongs to a mailbox.

use crate::{
    call::{Call, Outcome},
    wire::{Answer, Link},
};
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    mailbox: [Link; 1],
    /// There are no secret questions, and no secret is ever shown.
    secrets: [Link; 0],
    links: [&'a Link; 1],
}

/// Shows where the mailbox is.
pub(crate) async fn show(call: &Call) -> Outcome {
    call.mailbox().await?;
    let mailbox = path(call, call.mailbox_name(), &["mailbox"])?.related();
    Ok(Answer::ok(&Shown {
        mailbox: [mailbox],
        secrets: [],
        links: [&call.itself],
    }))
}

/// The link to what belongs to a mailbox of the domain.
pub(crate) fn path(call: &Call, mailbox: &str, further: &[&str]) -> Outcome<Link> {
    let account = call.ids.first().map_or("", String::as_str);
    let domain = call.domain()?.as_str();
    let mut segments = vec!["accounts", account, "email", domain, "usernames", mailbox];
    segments.extend(further);
    Ok(call.links.to(&segments))
}
