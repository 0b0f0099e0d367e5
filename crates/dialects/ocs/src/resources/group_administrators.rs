//! `/cloud/users/{id}/subadmins` and `/cloud/groups/{id}/subadmins`: who administers which group.

use super::{group_record, groups};
use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::{
    Command,
    commands::groups::{AppointGroupAdministrator, DismissGroupAdministrator},
};
use provost_model::{Error, Group, GroupId, Noun, User};

const NO_USER: &str = "User does not exist";
const NO_GROUP: &str = "Group does not exist";

/// The ids of the groups that a user administers.
pub(crate) async fn groups(call: &Call) -> Outcome {
    let user = call
        .named_user()
        .await?
        .ok_or_else(|| Answer::failure(404, NO_USER))?;
    let groups = administered(call, &user).await?;
    Ok(Answer::ok(Data::list(
        groups.iter().map(|group| group.id.as_str().to_owned()),
    ))
    .into())
}

/// The groups that a user administers, with their sizes: for itself and for administrators.
pub(crate) async fn group_details(call: &Call) -> Outcome {
    let user = call
        .named_user()
        .await?
        .filter(|user| call.is_administrator() || call.is_self(user))
        .ok_or_else(|| Answer::failure(998, ""))?;
    let groups = administered(call, &user).await?;
    let details = call
        .directory
        .with_counts(call.tenant_id(), groups)
        .await
        .map_err(refuse)?;
    let records = Data::list(details.iter().map(group_record::record));
    Ok(Answer::ok(Data::map([("groups", records)])).into())
}

/// The ids of a group's administrators.
pub(crate) async fn of_group(call: &Call) -> Outcome {
    let group = groups::named(call)
        .await?
        .ok_or_else(|| Answer::failure(101, NO_GROUP))?;
    let logins = call
        .directory
        .administrators_of(call.tenant_id(), group.number)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::list(logins)).into())
}

/// Appoints a user.
pub(crate) async fn appoint(call: &Call) -> Outcome {
    let (user, group) = named(call, 102).await?;
    let command = AppointGroupAdministrator {
        group,
        user: Some(user.number),
    };
    change(call, command, 102).await
}

/// Dismisses a user.
pub(crate) async fn dismiss(call: &Call) -> Outcome {
    let (user, group) = named(call, 101).await?;
    let command = DismissGroupAdministrator {
        group,
        user: Some(user.number),
    };
    change(call, command, 101).await
}

/// The user in the path and the group that is given; `no_group` is the code where it can be none.
async fn named(call: &Call, no_group: u16) -> Outcome<(User, GroupId)> {
    let given = call.required("groupid")?;
    let user = call
        .named_user()
        .await?
        .ok_or_else(|| Answer::failure(101, NO_USER))?;
    let group = GroupId::parse(given).map_err(|_| Answer::failure(no_group, NO_GROUP))?;
    Ok((user, group))
}

async fn change(call: &Call, command: impl Command<Outcome = ()>, no_group: u16) -> Outcome {
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::User) => Answer::failure(101, NO_USER),
            Error::Unknown(Noun::Group) => Answer::failure(no_group, NO_GROUP),
            other => refuse(other),
        })?;
    Ok(Answer::ok(Data::EMPTY).into())
}

async fn administered(call: &Call, user: &User) -> Outcome<Vec<Group>> {
    call.directory
        .groups_administered_by(call.tenant_id(), user.number)
        .await
        .map_err(refuse)
}
