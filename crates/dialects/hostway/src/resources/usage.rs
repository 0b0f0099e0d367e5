//! How much a mailbox holds, as the mail servers tell.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    values::megabytes::MB,
    wire::Answer,
};
use provost_directory::commands::mailboxes::{MailboxChange, SetMailbox};

/// Takes note of how much a mailbox holds, in MB.
pub(crate) async fn put(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let mut fields = call.fields()?;
    let usage = match fields.number("usage") {
        Some(megabytes) => {
            let bytes = megabytes
                .checked_mul(MB)
                .filter(|bytes| i64::try_from(*bytes).is_ok());
            fields.made("usage", bytes.ok_or_else(|| "Is out of range".to_owned()))
        }
        None => None,
    };
    fields.finish()?;
    let bytes = usage.ok_or_else(|| Answer::bad("usage", "Required"))?;
    let command = SetMailbox {
        user: mailbox.user.number,
        change: MailboxChange::Usage(bytes),
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::no_content())
}
