//! What operations on a user share.

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    record::Record,
    refusal::refuse,
};
use provost_directory::commands::mail_services::{
    EditMailServices, MailServicesPatch, SetExternalIds,
};
use provost_model::{ExternalId, ExternalIdKind, Violation};

/// Changes what mail services know of the user in the path.
pub(super) async fn edit(call: &Call, patch: MailServicesPatch) -> Outcome<()> {
    let user = call.user_number()?;
    call.execute(EditMailServices { user, patch }).await
}

/// The ids of a kind of the user in the path.
pub(super) async fn ids(call: &Call, kind: ExternalIdKind) -> Outcome<Vec<ExternalId>> {
    call.directory
        .external_ids(&call.context, call.user_number()?, kind)
        .await
        .map_err(|error| call.refuse(error))
}

/// Gives the user in the path these ids of a kind, and no others.
pub(super) async fn set_ids(call: &Call, kind: ExternalIdKind, ids: &[&str]) -> Outcome<()> {
    let user = call.user_number()?;
    let ids = ids
        .iter()
        .map(|id| ExternalId::parse(id))
        .collect::<Result<_, _>>()
        .map_err(invalid)?;
    call.execute(SetExternalIds { user, kind, ids }).await
}

/// The answer to a value that breaks a rule.
pub(super) fn invalid(violation: Violation) -> Answer {
    refuse(violation.into())
}

/// 404 for something that the user in the path does not have.
pub(super) fn unset(call: &Call, what: &str) -> Answer {
    let context = call.context.tenant.context_id;
    Answer::not_found(&format!(
        "No {what} set for user {} in context {context}",
        call.id(0)
    ))
}

/// The user in the path as it is now.
pub(super) async fn record(call: &Call) -> Outcome {
    let user = call.user().await?;
    let record = Record::of(call.context.tenant.context_id, &user);
    Ok(Answer::ok(&record).into())
}
