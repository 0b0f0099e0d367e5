//! `/cloud/users`.

pub(crate) mod by_phone;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod edit;
pub(crate) mod edit_collection;
pub(crate) mod list;
pub(crate) mod patch;
pub(crate) mod recent;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod welcome;
pub(crate) mod wipe;

use crate::{call::Call, call::Outcome, refusal::refuse, wire::Answer};
use provost_directory::Reach;
use provost_model::{Error, Noun, User};

/// The user that a path names, for an operation that changes it: one that is not there and one that is out of reach look the same.
pub(super) async fn reached(call: &Call) -> Outcome<(User, Reach)> {
    call.directory
        .reached_user(&call.context, call.id(0))
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::User) | Error::OutOfReach(Noun::User) => Answer::failure(998, ""),
            other => refuse(other),
        })
}
