//! Members and administrators: their order, and what is told of those who are missing.

use super::*;

on_every_engine! {
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
        let groups = shell
            .directory
            .directory
            .groups_of(shell.tenant_id(), user)
            .await
            .unwrap();
        assert_eq!(
            groups
                .iter()
                .map(|group| group.id.as_str())
                .collect::<Vec<_>>(),
            ["c", "d", "b", "a"]
        );
        for id in ["d", "a"] {
            shell.appoint(id, user).await;
        }
        let details = shell
            .directory
            .directory
            .details(shell.tenant_id(), &[user])
            .await
            .unwrap();
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
        assert_eq!(
            queries.administrators_of(tenant, team).await.unwrap(),
            expected
        );
        let members = queries
            .user_page(tenant, Audience::Group(team), None, 10, 0)
            .await
            .unwrap();
        assert_eq!(
            members
                .iter()
                .map(|member| member.login.as_str())
                .collect::<Vec<_>>(),
            expected
        );
    }

    async fn users_come_before_groups_where_both_are_missing(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = shell.user("alice").await;
        shell.group("team").await;
        let (absent, team) = (|| group_id("absent"), || group_id("team"));
        for user in [None, Some(UserNumber(999))] {
            let refused = shell
                .run(AppointGroupAdministrator {
                    group: absent(),
                    user,
                })
                .await;
            assert!(
                matches!(refused, Err(Error::Unknown(Noun::User))),
                "{refused:?}"
            );
            let refused = shell
                .run(DismissGroupAdministrator {
                    group: absent(),
                    user,
                })
                .await;
            assert!(
                matches!(refused, Err(Error::Unknown(Noun::User))),
                "{refused:?}"
            );
            let refused = shell
                .run(AddMember {
                    group: absent(),
                    user,
                })
                .await;
            assert!(
                matches!(refused, Err(Error::Unknown(Noun::Group))),
                "{refused:?}"
            );
            let refused = shell
                .run(AddMember {
                    group: team(),
                    user,
                })
                .await;
            assert!(
                matches!(refused, Err(Error::Unknown(Noun::User))),
                "{refused:?}"
            );
        }
        let refused = shell
            .run(AppointGroupAdministrator {
                group: absent(),
                user: Some(alice),
            })
            .await;
        assert!(
            matches!(refused, Err(Error::Unknown(Noun::Group))),
            "{refused:?}"
        );
        let refused = shell
            .run(DismissGroupAdministrator {
                group: team(),
                user: Some(alice),
            })
            .await;
        assert!(
            matches!(refused, Err(Error::Unknown(Noun::GroupAdministration))),
            "{refused:?}"
        );
    }
}
