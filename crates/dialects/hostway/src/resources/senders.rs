//! Senders whose mail is always taken (`W`) or never (`B`).

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Link, not_one_of},
};
use provost_directory::commands::mailboxes::{MailboxChange, SetMailbox};
use provost_model::{Sender, Verdict};
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    list: Vec<Listed<'a>>,
    links: [&'a Link; 1],
}

#[derive(Serialize)]
struct Listed<'a> {
    address: &'a str,
    r#type: &'static str,
}

/// Lists the senders.
pub(crate) async fn list(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let senders = &mailbox.settings.senders;
    let list = senders.iter().map(|(sender, verdict)| Listed {
        address: sender.as_str(),
        r#type: match verdict {
            Verdict::Take => "W",
            Verdict::Refuse => "B",
        },
    });
    Ok(Answer::ok(&Shown {
        list: list.collect(),
        links: [&call.itself],
    }))
}

/// Adds senders and changes those that are there; an empty list takes all away.
pub(crate) async fn put(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let mut list = call.list("list")?;
    let mut senders = Vec::with_capacity(list.len());
    for at in 0..list.len() {
        let verdict = list.required(at, "type", verdict);
        let sender = list.required(at, "address", |text| {
            Sender::parse(text).map_err(|_| format!("Invalid address format: {text}"))
        });
        senders.extend(sender.zip(verdict));
    }
    list.finish()?;
    let change = if senders.is_empty() {
        MailboxChange::NoSenders
    } else {
        MailboxChange::Senders(senders)
    };
    let command = SetMailbox {
        user: mailbox.user.number,
        change,
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::no_content())
}

fn verdict(text: &str) -> Result<Verdict, String> {
    match text {
        "W" => Ok(Verdict::Take),
        "B" => Ok(Verdict::Refuse),
        other => Err(not_one_of(other, &["B", "W"])),
    }
}
