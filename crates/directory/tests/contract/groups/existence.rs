//! Making, deleting, searching and listing groups, and what protects the group of administrators.

use super::*;

on_every_engine! {
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
                async move {
                    shell
                        .member(&format!("user{}", chunk * 100 + nth), &["large", "stays"])
                        .await
                }
            }))
            .await;
        }
        assert_eq!(count(&shell, "large").await, counted(2500, 0));
        let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
        let number = queries
            .group(tenant, "large")
            .await
            .unwrap()
            .unwrap()
            .number;
        let left = shell
            .run(DeleteGroup {
                group: group_id("large"),
            })
            .await
            .unwrap();
        assert_eq!(left, Some(number), "2,500 do not fit in one transaction");
        // from here on it is gone, swept or not
        let last = queries
            .user(tenant, "user999")
            .await
            .unwrap()
            .unwrap()
            .number;
        assert_eq!(shell.groups_of(last).await, ["stays"]);
        assert_eq!(queries.group(tenant, "large").await.unwrap(), None);
        assert!(
            queries
                .groups_administered_by(tenant, lead)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            queries
                .user_page(tenant, Audience::Administered(lead), None, 10, 0)
                .await
                .unwrap()
                .is_empty()
        );
        // a new group of that id has other members
        shell.group("large").await;
        assert_eq!(count(&shell, "large").await, counted(0, 0));
        shell.run(DeleteUser { user: last }).await.unwrap();
        queries.sweep_group(&shell.context(), number).await.unwrap();
        let members = queries
            .user_page(tenant, Audience::Group(number), None, 10, 0)
            .await
            .unwrap();
        assert!(members.is_empty());
        assert_eq!(count(&shell, "stays").await, counted(2499, 0));
    }

    async fn a_small_group_leaves_nothing_to_sweep(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        let user = shell.member("alice", &["team"]).await;
        assert_eq!(
            shell
                .run(DeleteGroup {
                    group: group_id("team")
                })
                .await
                .unwrap(),
            None
        );
        assert!(shell.groups_of(user).await.is_empty());
        let refused = shell
            .run(DeleteGroup {
                group: group_id("team"),
            })
            .await;
        assert!(
            matches!(refused, Err(Error::Unknown(Noun::Group))),
            "{refused:?}"
        );
    }

    async fn groups_are_compared_exactly_and_searched_folded(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        for id in [
            "Team",
            "team",
            " team ",
            "100%",
            "under_score",
            "a'b\"c\\",
            "Ärzte",
        ] {
            shell.group(id).await;
        }
        let taken = CreateGroup {
            id: group_id("team"),
            display_name: DisplayName::default(),
        };
        let refused = shell.run(taken).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Group))),
            "{refused:?}"
        );
        let rename = RenameGroup {
            group: group_id("100%"),
            display_name: DisplayName::parse("Hundred TEAMS").unwrap(),
        };
        shell.run(rename).await.unwrap();
        assert_eq!(
            ids(&shell, Some("TEAM"), "", 10, 0).await,
            [" team ", "100%", "Team", "team"]
        );
        assert_eq!(ids(&shell, Some("TEAM"), "", 2, 1).await, ["100%", "Team"]);
        assert_eq!(
            ids(&shell, Some("team"), "100%", 2, 0).await,
            ["Team", "team"]
        );
        for (search, found) in [
            ("%", "100%"),
            ("_", "under_score"),
            ("'b\"", "a'b\"c\\"),
            ("\\", "a'b\"c\\"),
            ("A\u{308}R", "Ärzte"),
        ] {
            assert_eq!(
                ids(&shell, Some(search), "", 10, 0).await,
                [found],
                "{search}"
            );
        }
        assert!(ids(&shell, Some("absent"), "", 10, 0).await.is_empty());
        let all = [
            " team ",
            "100%",
            "Team",
            "a'b\"c\\",
            "admin",
            "team",
            "under_score",
            "Ärzte",
        ];
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
        assert!(
            matches!(
                refused,
                Err(Error::Protected(Protection::AdministratorsGroup))
            ),
            "{refused:?}"
        );
        let refused = shell
            .run(AppointGroupAdministrator {
                group: admin(),
                user: Some(alice),
            })
            .await;
        assert!(
            matches!(
                refused,
                Err(Error::Protected(
                    Protection::AdministratorsGroupAdministration
                ))
            ),
            "{refused:?}"
        );
        let patch = UserPatch {
            administers: Some(vec![admin()]),
            ..UserPatch::default()
        };
        let refused = shell.run(EditUser { user: alice, patch }).await;
        assert!(
            matches!(
                refused,
                Err(Error::Protected(
                    Protection::AdministratorsGroupAdministration
                ))
            ),
            "{refused:?}"
        );
        let refused = shell
            .run(CreateGroup {
                id: admin(),
                display_name: DisplayName::default(),
            })
            .await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Group))),
            "{refused:?}"
        );
        // another case is another group
        shell.group("ADMIN").await;
        shell
            .run(DeleteGroup {
                group: group_id("ADMIN"),
            })
            .await
            .unwrap();
    }
}
