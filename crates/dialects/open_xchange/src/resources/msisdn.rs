//! The phone login alias.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_directory::commands::mail_services::MailServicesPatch;
use provost_model::{Msisdn, Patch};

/// GET.
pub(crate) async fn show(call: &Call) -> Outcome {
    match call.user().await?.services.msisdn {
        Some(msisdn) => Ok(Answer::ok(&serde_json::json!({ "msisdn": msisdn.as_str() })).into()),
        None => Err(user::unset(call, "msisdn")),
    }
}

/// PUT.
pub(crate) async fn set(call: &Call) -> Outcome {
    let msisdn = Msisdn::parse(call.given.text("msisdn")?).map_err(user::invalid)?;
    change(call, Patch::Set(msisdn)).await
}

/// DELETE: fine if there is none.
pub(crate) async fn delete(call: &Call) -> Outcome {
    change(call, Patch::Clear).await
}

async fn change(call: &Call, msisdn: Patch<Msisdn>) -> Outcome {
    let patch = MailServicesPatch {
        msisdn,
        ..MailServicesPatch::default()
    };
    user::edit(call, patch).await?;
    user::record(call).await
}
