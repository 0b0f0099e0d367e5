//! getUserByEmail

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    record::Record,
};

/// Shows a user, also a disabled one.
pub(crate) async fn get_user(call: &Call) -> Outcome {
    let (details, (kept, uids)) = call.known_user().await?;
    let record = Record::of(&details, &kept, uids.first(), call.tenant());
    Ok(Answer::ok(&record).into())
}
