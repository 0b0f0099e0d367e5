//! `/cloud/user`: who is logged in.

use crate::{
    call::{Call, Outcome},
    flavour::Shown,
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
    let shown = Shown {
        details,
        own: true,
        current: true,
    };
    Ok(Answer::ok((call.habits().user)(call, shown).await?).into())
}
