//! getUserByEmail

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    record,
};

/// Shows a user, also a disabled one.
pub(crate) async fn get_user(call: &Call) -> Outcome {
    let user = call.user().await?;
    let (details, known) = call.details(&[user.number]).await?;
    let mut answer = None;
    record::write(&details, &known, call.tenant(), |user| {
        answer = Some(Answer::ok(user));
        Ok::<(), Answer>(())
    })?;
    // it may have been deleted meanwhile
    answer
        .map(Into::into)
        .ok_or_else(|| Answer::refused("user not found"))
}
