//! Groups: their order, sizes, deletion, search and pages, and what protects the group of administrators.

use provost_directory::commands::{
    groups::{
        AddMember, AppointGroupAdministrator, CreateGroup, DeleteGroup, DismissGroupAdministrator,
        RemoveMember, RenameGroup,
    },
    users::{DeleteUser, EditUser, SetUserEnabled, UserPatch},
};
use provost_directory::queries::Audience;
use provost_model::{DisplayName, Error, Group, GroupCount, Noun, Protection, UserNumber};
use provost_testkit::{Seat, TestDatabase, TestDirectory, at_once, group_id, on_every_engine};

mod existence;
mod members;
mod sizes;

async fn count(seat: &Seat, id: &str) -> GroupCount {
    let queries = &seat.directory.directory;
    let group = queries.group(seat.tenant_id(), id).await.unwrap().unwrap();
    queries
        .with_counts(seat.tenant_id(), vec![group])
        .await
        .unwrap()[0]
        .count
}

fn counted(members: i64, disabled: i64) -> GroupCount {
    GroupCount { members, disabled }
}

/// The size of a group by counting its members one by one.
async fn recount(seat: &Seat, id: &str) -> GroupCount {
    let queries = &seat.directory.directory;
    let group = queries.group(seat.tenant_id(), id).await.unwrap().unwrap();
    let members = queries
        .user_page(
            seat.tenant_id(),
            Audience::Group(group.number),
            None,
            1000,
            0,
        )
        .await
        .unwrap();
    let numbers: Vec<_> = members.iter().map(|member| member.number).collect();
    let details = queries.details(seat.tenant_id(), &numbers).await.unwrap();
    let disabled = details
        .iter()
        .filter(|details| !details.user.enabled)
        .count();
    counted(members.len() as i64, disabled as i64)
}

async fn ids(
    seat: &Seat,
    search: Option<&str>,
    after: &str,
    limit: i64,
    offset: i64,
) -> Vec<String> {
    let groups = seat
        .directory
        .directory
        .groups(seat.tenant_id(), search, after, limit, offset)
        .await;
    groups
        .unwrap()
        .iter()
        .map(|group| group.id.as_str().to_owned())
        .collect()
}

async fn leave(seat: &Seat, id: &str, user: UserNumber) -> provost_model::Result<()> {
    seat.run(RemoveMember {
        group: group_id(id),
        user: Some(user),
    })
    .await
}
