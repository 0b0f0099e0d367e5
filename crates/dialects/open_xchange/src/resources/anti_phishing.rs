//! Whether mail is searched for phishing.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_directory::commands::mail_services::MailServicesPatch;
use provost_model::Patch;

/// GET: off until somebody switches it on.
pub(crate) async fn show(call: &Call) -> Outcome {
    let on = call.user().await?.services.anti_phishing.unwrap_or(false);
    Ok(Answer::ok(&serde_json::json!({ "oxantiphishing": on })).into())
}

/// PUT.
pub(crate) async fn set(call: &Call) -> Outcome {
    let patch = MailServicesPatch {
        anti_phishing: Patch::Set(call.given.flag("oxantiphishing")?),
        ..MailServicesPatch::default()
    };
    user::edit(call, patch).await?;
    show(call).await
}
