//! The welcome message.

use super::reached;
use crate::{
    call::{Call, Outcome},
    wire::Answer,
};

/// Refuses to send a user the welcome message, since no mail server can be set up yet: who gets no message is not told otherwise.
pub(crate) async fn send(call: &Call) -> Outcome {
    let (user, _) = reached(call).await?;
    if user.email.is_none() {
        return Err(Answer::failure(101, "Email address not available"));
    }
    Err(Answer::failure(
        102,
        "Sending email failed: no mail server is set up",
    ))
}
