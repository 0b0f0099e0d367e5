//! The global login.

use crate::{
    answer::Answer,
    call::{Call, Outcome},
};

/// GET: the address, else the login.
pub(crate) async fn show(call: &Call) -> Outcome {
    let user = call.user().await?;
    Ok(Answer::ok(&serde_json::json!({ "uidname": user.uidname() })).into())
}
