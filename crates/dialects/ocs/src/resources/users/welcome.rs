//! The welcome message.

use super::reached;
use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::NotWelcomed;

/// Sends a user the welcome message with a new link to set its password, and answers when the mail server has taken it.
pub(crate) async fn send(call: &Call) -> Outcome {
    let (user, _) = reached(call).await?;
    if user.email.is_none() {
        return Err(no_address());
    }
    let Some(mailer) = &call.mailer else {
        return Err(Answer::failure(
            102,
            "Sending email failed: no mail server is set up",
        ));
    };
    match mailer.welcome(call.context.clone(), user.number).await {
        Ok(()) => Ok(Answer::ok(Data::EMPTY).into()),
        Err(NotWelcomed::Directory(error)) => Err(refuse(error)),
        Err(NotWelcomed::NoAddress) => Err(no_address()),
        Err(NotWelcomed::SwitchedOff) => Err(Answer::failure(
            102,
            "Sending email failed: welcome mails are switched off",
        )),
        Err(NotWelcomed::NotSent(reason)) => {
            // what the mail server says is for who runs the server
            tracing::warn!(user = user.number.0, reason, "a welcome mail was not sent");
            Err(Answer::failure(102, "Sending email failed"))
        }
    }
}

fn no_address() -> Answer {
    Answer::failure(101, "Email address not available")
}
