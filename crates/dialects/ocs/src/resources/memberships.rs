//! `/cloud/users/{id}/groups`: which groups a user is in.

use super::group_record;
use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::commands::groups::{AddMember, RemoveMember};
use provost_model::{Denial, Error, Group, GroupId, Noun};

/// The ids of a user's groups. A group administrator sees those that it administers alone.
pub(crate) async fn list(call: &Call) -> Outcome {
    let groups = visible(call).await?;
    let ids = Data::list(groups.iter().map(|group| group.id.as_str().to_owned()));
    Ok(Answer::ok(Data::map([("groups", ids)])).into())
}

/// A user's groups with their sizes.
pub(crate) async fn details(call: &Call) -> Outcome {
    let groups = visible(call).await?;
    let details = call
        .directory
        .with_counts(call.tenant_id(), groups)
        .await
        .map_err(refuse)?;
    let records = Data::list(details.iter().map(group_record::record));
    Ok(Answer::ok(Data::map([("groups", records)])).into())
}

async fn visible(call: &Call) -> Outcome<Vec<Group>> {
    let user = call
        .named_user()
        .await?
        .ok_or_else(|| Answer::failure(998, ""))?;
    let tenant = call.tenant_id();
    let mut groups = call
        .directory
        .groups_of(tenant, user.number)
        .await
        .map_err(refuse)?;
    if call.is_self(&user) || call.is_administrator() {
        return Ok(groups);
    }
    let reached = call.directory.reach(&call.context, &user).await;
    match (reached, call.context.actor.user_in(tenant)) {
        (Ok(_), Some(caller)) => {
            let own = call
                .directory
                .groups_administered_by(tenant, caller)
                .await
                .map_err(refuse)?;
            groups.retain(|group| {
                own.iter()
                    .any(|administered| administered.number == group.number)
            });
            Ok(groups)
        }
        (Err(Error::OutOfReach(_)), _) | (Ok(_), None) => Err(Answer::failure(998, "")),
        (Err(other), _) => Err(refuse(other)),
    }
}

/// Makes a user a member of a group.
pub(crate) async fn add(call: &Call) -> Outcome {
    let group = given_group(call)?;
    let command = AddMember {
        group,
        user: call.named_user().await?.map(|user| user.number),
    };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refused)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// Takes a user out of a group.
pub(crate) async fn remove(call: &Call) -> Outcome {
    let group = given_group(call)?;
    let command = RemoveMember {
        group,
        user: call.named_user().await?.map(|user| user.number),
    };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(|error| match error {
            Error::Forbidden(Denial::OwnRights) if !call.is_administrator() => Answer::failure(
                105,
                "Cannot remove yourself from this group as you are a sub-admin",
            ),
            other => refused(other),
        })?;
    Ok(Answer::ok(Data::EMPTY).into())
}

fn given_group(call: &Call) -> Outcome<GroupId> {
    let id = call.text("groupid")?.unwrap_or_default();
    if id.trim().is_empty() {
        return Err(Answer::failure(101, ""));
    }
    GroupId::parse(id).map_err(|_| Answer::failure(102, ""))
}

/// The codes that memberships have of their own.
fn refused(error: Error) -> Answer {
    match error {
        Error::Unknown(Noun::Group) => Answer::failure(102, ""),
        Error::Unknown(Noun::User) => Answer::failure(103, ""),
        Error::Forbidden(Denial::GroupNotAdministered) => Answer::failure(104, ""),
        Error::Protected(protection) => Answer::failure(105, protection.to_string()),
        other => refuse(other),
    }
}
