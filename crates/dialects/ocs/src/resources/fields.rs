//! `/cloud/user/fields`: which fields can be edited.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_model::{Error, Noun};

/// All fields; Provost's own directory can change every one.
const EDITABLE: [&str; 16] = [
    "address",
    "biography",
    "birthdate",
    "displayname",
    "email",
    "fediverse",
    "headline",
    "organisation",
    "phone",
    "profile_enabled",
    "pronouns",
    "role",
    "twitter",
    "bluesky",
    "website",
    "additional_mail",
];

/// Shows which of its own fields the caller can edit.
pub(crate) async fn own(_call: &Call) -> Outcome {
    Ok(Answer::ok(Data::list(EDITABLE)).into())
}

/// Shows which fields of a user the caller can edit.
pub(crate) async fn of(call: &Call) -> Outcome {
    match call.directory.reached_user(&call.context, call.id(0)).await {
        Ok(_) => own(call).await,
        Err(Error::Unknown(Noun::User) | Error::OutOfReach(Noun::User)) => {
            Err(Answer::failure(998, ""))
        }
        Err(other) => Err(refuse(other)),
    }
}
