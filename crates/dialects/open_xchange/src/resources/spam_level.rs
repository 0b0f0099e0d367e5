//! How eagerly mail is taken for spam.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_directory::commands::mail_services::MailServicesPatch;
use provost_model::{Patch, SpamLevel};

/// What holds until somebody chooses.
const USUAL: SpamLevel = SpamLevel::Medium;

/// GET.
pub(crate) async fn show(call: &Call) -> Outcome {
    let level = call.user().await?.services.spam_level.unwrap_or(USUAL);
    Ok(Answer::ok(&serde_json::json!({ "spamlevel": level.name() })).into())
}

/// PUT.
pub(crate) async fn set(call: &Call) -> Outcome {
    let level = SpamLevel::parse(call.given.text("spamlevel")?).map_err(user::invalid)?;
    let patch = MailServicesPatch {
        spam_level: Patch::Set(level),
        ..MailServicesPatch::default()
    };
    user::edit(call, patch).await?;
    show(call).await
}
