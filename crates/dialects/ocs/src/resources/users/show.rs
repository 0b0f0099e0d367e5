//! Showing one user.

use crate::{
    call::{Call, Outcome},
    flavour::Shown,
    refusal::refuse,
    wire::Answer,
};
use provost_model::{Error, Noun};

/// Shows a user to itself, to administrators, and to administrators of its groups.
pub(crate) async fn show(call: &Call) -> Outcome {
    let name = call.id(0);
    let (details, reach) = call
        .directory
        .reached_details(&call.context, name)
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::User) => Answer::failure(404, "User does not exist"),
            Error::OutOfReach(Noun::User) => Answer::failure(998, ""),
            other => refuse(other),
        })?;
    // scopes are shown where the path has the login letter by letter, as on the real server
    let shown = Shown {
        own: reach.own && name == details.user.login.as_str(),
        details,
        current: false,
    };
    Ok(Answer::ok((call.habits().user)(call, shown).await?).into())
}
