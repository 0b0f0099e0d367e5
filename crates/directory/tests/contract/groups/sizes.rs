//! Sizes, kept as changes happen.

use super::*;

on_every_engine! {
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
            shell
                .run(SetUserEnabled {
                    user: *user,
                    enabled: false,
                })
                .await
                .unwrap();
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
        shell
            .run(SetUserEnabled {
                user: users[0],
                enabled: true,
            })
            .await
            .unwrap();
        assert_eq!(
            (count(&shell, "one").await, count(&shell, "two").await),
            (counted(19, 3), counted(2, 0))
        );
        shell.run(DeleteUser { user: users[2] }).await.unwrap();
        shell.run(DeleteUser { user: users[19] }).await.unwrap();
        assert_eq!(
            (count(&shell, "one").await, count(&shell, "two").await),
            (counted(17, 2), counted(1, 0))
        );
        let patch = UserPatch {
            groups: Some(vec![group_id("two")]),
            ..UserPatch::default()
        };
        shell
            .run(EditUser {
                user: users[3],
                patch,
            })
            .await
            .unwrap();
        assert_eq!(
            (count(&shell, "one").await, count(&shell, "two").await),
            (counted(16, 1), counted(2, 1))
        );
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
                        0 => {
                            shell
                                .run(SetUserEnabled {
                                    user,
                                    enabled: round % 2 == 1,
                                })
                                .await
                        }
                        1 => {
                            shell
                                .run(AddMember {
                                    group: group_id("team"),
                                    user: Some(user),
                                })
                                .await
                        }
                        2 if round % 3 == 0 => leave(&shell, "team", user).await,
                        3 if round == 7 && nth < 16 => shell.run(DeleteUser { user }).await,
                        _ => Ok(()),
                    }
                }
            }))
            .await;
            assert_eq!(
                count(&shell, "team").await,
                recount(&shell, "team").await,
                "round {round}"
            );
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
                        _ => {
                            shell
                                .run(AddMember {
                                    group: group_id("team"),
                                    user: Some(user),
                                })
                                .await
                        }
                    }
                }
            }))
            .await;
            let namesake = shell.user("Alice").await;
            let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
            let team = queries.group(tenant, "team").await.unwrap().unwrap();

            assert!(
                !queries
                    .is_member(tenant, team.number, namesake)
                    .await
                    .unwrap(),
                "round {round}"
            );
            assert_eq!(count(&shell, "team").await, counted(0, 0), "round {round}");
            shell.run(DeleteUser { user: namesake }).await.unwrap();
        }
    }
}
