//! `/cloud/user`: who is logged in.

use super::user_record::View;
use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::Answer,
};

/// Shows the caller to itself.
pub(crate) async fn show(call: &Call) -> Outcome {
    let missing = || Answer::failure(404, "User does not exist");
    // an operator of another tenant sees its own account, which is there
    let account = call.context.actor.account().ok_or_else(missing)?;
    let details = call
        .directory
        .details(account.tenant, &[account.number])
        .await
        .map_err(refuse)?
        .pop()
        .ok_or_else(missing)?;
    let view = View::of_self(call, &details).await?;
    Ok(Answer::ok(view.record(&details, &call.tenant().settings)).into())
}
