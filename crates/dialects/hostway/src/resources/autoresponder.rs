//! What a mailbox answers to incoming mail.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Link},
};
use provost_directory::commands::mailboxes::{MailboxChange, SetMailbox};
use provost_model::Autoresponder;
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    subject: &'a str,
    body: &'a str,
    active: bool,
    links: [&'a Link; 1],
}

/// Shows the answer.
pub(crate) async fn show(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let responder = &mailbox.settings.autoresponder;
    Ok(Answer::ok(&Shown {
        subject: responder.subject(),
        body: responder.body(),
        active: responder.active,
        links: [&call.itself],
    }))
}

/// Sets the answer.
pub(crate) async fn put(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let mut fields = call.fields()?;
    let subject = fields.required_text("subject").unwrap_or_default();
    let body = fields.required_text("body").unwrap_or_default();
    let active = fields.required_flag("active").unwrap_or_default();
    for (name, subject, body) in [("subject", &*subject, ""), ("body", "", &*body)] {
        let parsed = Autoresponder::parse(subject, body, active);
        fields.made(name, parsed.map_err(|violation| violation.rule.to_string()));
    }
    fields.finish()?;
    let responder = Autoresponder::parse(&subject, &body, active);
    let responder = responder.map_err(|violation| refuse(violation.into()))?;
    let command = SetMailbox {
        user: mailbox.user.number,
        change: MailboxChange::Autoresponder(responder),
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::no_content())
}
