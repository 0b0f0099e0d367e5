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
use provost_testkit::{Seat, TestDatabase, TestDirectory, at_once, group_id, on_both_engines};

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

on_both_engines! {
    async fn a_users_groups_stand_in_the_order_it_joined_them(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for id in ["a", "b", "c", "d"] {
            shell.group(id).await;
        }
        let user = shell.member("alice", &["c", "a"]).await;
        shell.join("d", user).await;
        shell.join("b", user).await;
        assert_eq!(shell.groups_of(user).await, ["c", "a", "d", "b"]);
        leave(&shell, "a", user).await.unwrap();
        shell.join("a", user).await;
        assert_eq!(shell.groups_of(user).await, ["c", "d", "b", "a"]);
        let groups = shell.directory.directory.groups_of(shell.tenant_id(), user).await.unwrap();
        assert_eq!(groups.iter().map(|group| group.id.as_str()).collect::<Vec<_>>(), ["c", "d", "b", "a"]);
        for id in ["d", "a"] {
            shell.appoint(id, user).await;
        }
        let details = shell.directory.directory.details(shell.tenant_id(), &[user]).await.unwrap();
        assert_eq!(details[0].administers, ["d", "a"]);
    }

    async fn members_and_administrators_stand_in_the_order_of_logins(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        for name in ["Zoe", "bob", "Ämil", "alice", "a b"] {
            let user = shell.member(name, &["team"]).await;
            shell.appoint("team", user).await;
        }
        let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
        let team = queries.group(tenant, "team").await.unwrap().unwrap().number;
        let expected = ["a b", "alice", "bob", "Zoe", "Ämil"];
        assert_eq!(queries.administrators_of(tenant, team).await.unwrap(), expected);
        let members = queries.user_page(tenant, Audience::Group(team), None, 10, 0).await.unwrap();
        assert_eq!(members.iter().map(|member| member.login.as_str()).collect::<Vec<_>>(), expected);
    }

    async fn sizes_go_along_with_every_change(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for id in ["one", "two"] {
            shell.group(id).await;
        }
        assert_eq!(count(&shell, "one").await, counted(0, 0));
        let mut users = Vec::new();
        for nth in 0..20 {
            users.push(shell.member(&format!("user{nth}"), &["one"]).await);
        }
        assert_eq!(count(&shell, "one").await, counted(20, 0));
        for user in &users[..5] {
            shell.run(SetUserEnabled { user: *user, enabled: false }).await.unwrap();
        }
        assert_eq!(count(&shell, "one").await, counted(20, 5));
        // joining twice and leaving twice count once
        for _ in 0..2 {
            shell.join("two", users[0]).await;
            shell.join("two", users[19]).await;
            leave(&shell, "one", users[1]).await.unwrap();
        }
        assert_eq!(count(&shell, "two").await, counted(2, 1));
        assert_eq!(count(&shell, "one").await, counted(19, 4));
        shell.run(SetUserEnabled { user: users[0], enabled: true }).await.unwrap();
        assert_eq!((count(&shell, "one").await, count(&shell, "two").await), (counted(19, 3), counted(2, 0)));
        shell.run(DeleteUser { user: users[2] }).await.unwrap();
        shell.run(DeleteUser { user: users[19] }).await.unwrap();
        assert_eq!((count(&shell, "one").await, count(&shell, "two").await), (counted(17, 2), counted(1, 0)));
        let patch = UserPatch { groups: Some(vec![group_id("two")]), ..UserPatch::default() };
        shell.run(EditUser { user: users[3], patch }).await.unwrap();
        assert_eq!((count(&shell, "one").await, count(&shell, "two").await), (counted(16, 1), counted(2, 1)));
        for id in ["one", "two"] {
            assert_eq!(count(&shell, id).await, recount(&shell, id).await);
        }
    }

    async fn sizes_stay_right_when_changes_meet(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        let mut users = Vec::new();
        for nth in 0..8 {
            users.push(shell.user(&format!("user{nth}")).await);
        }
        for round in 0..8 {
            at_once((0..32).map(|nth| {
                let shell = shell.clone();
                let user = users[nth / 4];
                async move {
                    match nth % 4 {
                        0 => shell.run(SetUserEnabled { user, enabled: round % 2 == 1 }).await,
                        1 => shell.run(AddMember { group: group_id("team"), user: Some(user) }).await,
                        2 if round % 3 == 0 => leave(&shell, "team", user).await,
                        3 if round == 7 && nth < 16 => shell.run(DeleteUser { user }).await,
                        _ => Ok(()),
                    }
                }
            }))
            .await;
            assert_eq!(count(&shell, "team").await, recount(&shell, "team").await, "round {round}");
        }
    }

    async fn who_joins_while_being_deleted_leaves_nothing_to_its_namesake(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        for round in 0..24 {
            let user = shell.user("alice").await;
            at_once((0..2).map(|nth| {
                let shell = shell.clone();
                async move {
                    match nth {
                        0 => shell.run(DeleteUser { user }).await,
                        _ => shell.run(AddMember { group: group_id("team"), user: Some(user) }).await,
                    }
                }
            }))
            .await;
            let namesake = shell.user("Alice").await;
            let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
            let team = queries.group(tenant, "team").await.unwrap().unwrap();

            assert!(!queries.is_member(tenant, team.number, namesake).await.unwrap(), "round {round}");
            assert_eq!(count(&shell, "team").await, counted(0, 0), "round {round}");
            shell.run(DeleteUser { user: namesake }).await.unwrap();
        }
    }

    async fn a_large_group_is_deleted_and_swept(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for id in ["large", "stays"] {
            shell.group(id).await;
        }
        let lead = shell.user("lead").await;
        shell.appoint("large", lead).await;
        for chunk in 0..25 {
            at_once((0..100).map(|nth| {
                let shell = shell.clone();
                async move { shell.member(&format!("user{}", chunk * 100 + nth), &["large", "stays"]).await }
            }))
            .await;
        }
        assert_eq!(count(&shell, "large").await, counted(2500, 0));
        let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
        let number = queries.group(tenant, "large").await.unwrap().unwrap().number;
        let left = shell.run(DeleteGroup { group: group_id("large") }).await.unwrap();
        assert_eq!(left, Some(number), "2,500 do not fit in one transaction");
        // from here on it is gone, swept or not
        let last = queries.user(tenant, "user999").await.unwrap().unwrap().number;
        assert_eq!(shell.groups_of(last).await, ["stays"]);
        assert_eq!(queries.group(tenant, "large").await.unwrap(), None);
        assert!(queries.groups_administered_by(tenant, lead).await.unwrap().is_empty());
        assert!(queries.user_page(tenant, Audience::Administered(lead), None, 10, 0).await.unwrap().is_empty());
        // a new group of that id has other members
        shell.group("large").await;
        assert_eq!(count(&shell, "large").await, counted(0, 0));
        shell.run(DeleteUser { user: last }).await.unwrap();
        queries.sweep_group(&shell.context(), number).await.unwrap();
        let members = queries.user_page(tenant, Audience::Group(number), None, 10, 0).await.unwrap();
        assert!(members.is_empty());
        assert_eq!(count(&shell, "stays").await, counted(2499, 0));
    }

    async fn a_small_group_leaves_nothing_to_sweep(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        let user = shell.member("alice", &["team"]).await;
        assert_eq!(shell.run(DeleteGroup { group: group_id("team") }).await.unwrap(), None);
        assert!(shell.groups_of(user).await.is_empty());
        let refused = shell.run(DeleteGroup { group: group_id("team") }).await;
        assert!(matches!(refused, Err(Error::Unknown(Noun::Group))), "{refused:?}");
    }

    async fn groups_are_compared_exactly_and_searched_folded(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        for id in ["Team", "team", " team ", "100%", "under_score", "a'b\"c\\", "Ärzte"] {
            shell.group(id).await;
        }
        let taken = CreateGroup { id: group_id("team"), display_name: DisplayName::default() };
        let refused = shell.run(taken).await;
        assert!(matches!(refused, Err(Error::Taken(Noun::Group))), "{refused:?}");
        let rename = RenameGroup { group: group_id("100%"), display_name: DisplayName::parse("Hundred TEAMS").unwrap() };
        shell.run(rename).await.unwrap();
        assert_eq!(ids(&shell, Some("TEAM"), "", 10, 0).await, [" team ", "100%", "Team", "team"]);
        assert_eq!(ids(&shell, Some("TEAM"), "", 2, 1).await, ["100%", "Team"]);
        assert_eq!(ids(&shell, Some("team"), "100%", 2, 0).await, ["Team", "team"]);
        for (search, found) in [("%", "100%"), ("_", "under_score"), ("'b\"", "a'b\"c\\"), ("\\", "a'b\"c\\"), ("A\u{308}R", "Ärzte")] {
            assert_eq!(ids(&shell, Some(search), "", 10, 0).await, [found], "{search}");
        }
        assert!(ids(&shell, Some("absent"), "", 10, 0).await.is_empty());
        let all = [" team ", "100%", "Team", "a'b\"c\\", "admin", "team", "under_score", "Ärzte"];
        assert_eq!(ids(&shell, None, "", 10, 0).await, all);
        assert_eq!(ids(&shell, Some(""), "", 10, 0).await, all);
        assert_eq!(ids(&shell, None, "Team", 2, 0).await, all[3..5]);
        assert_eq!(ids(&shell, None, "", 2, 6).await, all[6..]);
        let other = shell.directory.new_tenant("other").await;
        assert_eq!(ids(&other, None, "", 10, 0).await, ["admin"]);
    }

    async fn the_group_of_administrators_is_protected(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = shell.user("alice").await;
        let admin = || group_id(Group::ADMINISTRATORS);
        let refused = shell.run(DeleteGroup { group: admin() }).await;
        assert!(matches!(refused, Err(Error::Protected(Protection::AdministratorsGroup))), "{refused:?}");
        let refused = shell.run(AppointGroupAdministrator { group: admin(), user: Some(alice) }).await;
        assert!(matches!(refused, Err(Error::Protected(Protection::AdministratorsGroupAdministration))), "{refused:?}");
        let patch = UserPatch { administers: Some(vec![admin()]), ..UserPatch::default() };
        let refused = shell.run(EditUser { user: alice, patch }).await;
        assert!(matches!(refused, Err(Error::Protected(Protection::AdministratorsGroupAdministration))), "{refused:?}");
        let refused = shell.run(CreateGroup { id: admin(), display_name: DisplayName::default() }).await;
        assert!(matches!(refused, Err(Error::Taken(Noun::Group))), "{refused:?}");
        // another case is another group
        shell.group("ADMIN").await;
        shell.run(DeleteGroup { group: group_id("ADMIN") }).await.unwrap();
    }

    async fn users_come_before_groups_where_both_are_missing(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = shell.user("alice").await;
        shell.group("team").await;
        let (absent, team) = (|| group_id("absent"), || group_id("team"));
        for user in [None, Some(UserNumber(999))] {
            let refused = shell.run(AppointGroupAdministrator { group: absent(), user }).await;
            assert!(matches!(refused, Err(Error::Unknown(Noun::User))), "{refused:?}");
            let refused = shell.run(DismissGroupAdministrator { group: absent(), user }).await;
            assert!(matches!(refused, Err(Error::Unknown(Noun::User))), "{refused:?}");
            let refused = shell.run(AddMember { group: absent(), user }).await;
            assert!(matches!(refused, Err(Error::Unknown(Noun::Group))), "{refused:?}");
            let refused = shell.run(AddMember { group: team(), user }).await;
            assert!(matches!(refused, Err(Error::Unknown(Noun::User))), "{refused:?}");
        }
        let refused = shell.run(AppointGroupAdministrator { group: absent(), user: Some(alice) }).await;
        assert!(matches!(refused, Err(Error::Unknown(Noun::Group))), "{refused:?}");
        let refused = shell.run(DismissGroupAdministrator { group: team(), user: Some(alice) }).await;
        assert!(matches!(refused, Err(Error::Unknown(Noun::GroupAdministration))), "{refused:?}");
    }
}
