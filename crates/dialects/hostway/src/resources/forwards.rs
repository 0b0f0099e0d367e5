//! Where mail goes besides the mailbox.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Link},
};
use provost_directory::commands::mailboxes::{MailboxChange, SetMailbox};
use provost_model::Address;
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    targets: Vec<Target<'a>>,
    links: [&'a Link; 1],
}

#[derive(Serialize)]
struct Target<'a> {
    target: &'a str,
}

/// Lists the targets.
pub(crate) async fn list(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let targets = mailbox.settings.forwards.iter().map(|target| Target {
        target: target.as_str(),
    });
    Ok(Answer::ok(&Shown {
        targets: targets.collect(),
        links: [&call.itself],
    }))
}

/// Sets the targets in the place of those before.
pub(crate) async fn set(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let mut list = call.list("targets")?;
    let targets: Vec<_> = (0..list.len())
        .filter_map(|at| {
            list.required(at, "target", |text| {
                Address::parse(text).map_err(|_| format!("Invalid address format: {text}"))
            })
        })
        .collect();
    list.finish()?;
    change(call, &mailbox, MailboxChange::Forwards(targets)).await
}

/// Takes one target away.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let target = call.last_id().to_owned();
    change(call, &mailbox, MailboxChange::RemoveForward(target)).await
}

async fn change(
    call: &Call,
    mailbox: &provost_directory::queries::Mailbox,
    change: MailboxChange,
) -> Outcome {
    let command = SetMailbox {
        user: mailbox.user.number,
        change,
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::no_content())
}
