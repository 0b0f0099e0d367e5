//! The last administrator of a tenant and the last operator: they stay, also when two want to go at once.

use provost_directory::commands::{
    groups::RemoveMember,
    tenants::DeleteTenant,
    users::{CreateUser, DeleteUser, EditUser, SetOperator, SetUserEnabled, UserPatch},
};
use provost_model::{Error, Protection, Result, UserNumber};
use provost_testkit::{
    Seat, TestDatabase, TestDirectory, at_once, group_id, login, on_every_engine,
};

/// The ways in which a tenant can lose an administrator.
const DEMOTIONS: [&str; 4] = ["delete", "disable", "remove", "edit"];
/// The ways in which the deployment can lose an operator.
const DISMISSALS: [&str; 3] = ["delete", "disable", "dismiss"];

async fn lose(seat: &Seat, user: UserNumber, how: &str) -> Result<()> {
    match how {
        "delete" => seat.run(DeleteUser { user }).await,
        "disable" => {
            seat.run(SetUserEnabled {
                user,
                enabled: false,
            })
            .await
        }
        "remove" => {
            seat.run(RemoveMember {
                group: group_id("admin"),
                user: Some(user),
            })
            .await
        }
        "edit" => {
            let patch = UserPatch {
                groups: Some(Vec::new()),
                ..UserPatch::default()
            };
            seat.run(EditUser { user, patch }).await
        }
        "dismiss" => {
            seat.run(SetOperator {
                user,
                operator: false,
            })
            .await
        }
        other => panic!("{other}"),
    }
}

fn is_protected<T>(outcome: &Result<T>, by: Protection) -> bool {
    matches!(outcome, Err(Error::Protected(protection)) if *protection == by)
}

/// How many of these users are enabled members of `admin`.
async fn administrators(seat: &Seat, users: &[UserNumber]) -> usize {
    let details = seat
        .directory
        .directory
        .details(seat.tenant_id(), users)
        .await
        .unwrap();
    details
        .iter()
        .filter(|one| one.user.enabled && one.groups.iter().any(|id| id == "admin"))
        .count()
}

/// An operator of its own in this tenant, where another administrator is.
async fn operator(seat: &Seat, name: &str) -> UserNumber {
    let command = CreateUser {
        operator: true,
        ..CreateUser::new(login(name))
    };
    seat.run(command).await.unwrap().number
}

on_every_engine! {
    async fn the_last_administrator_stays(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let last = shell.member("boss", &["admin"]).await;
        // neither a disabled one nor another tenant's counts
        let disabled = shell.member("disabled", &["admin"]).await;
        shell
            .run(SetUserEnabled {
                user: disabled,
                enabled: false,
            })
            .await
            .unwrap();
        for how in DEMOTIONS {
            let refused = lose(&shell, last, how).await;
            assert!(
                is_protected(&refused, Protection::LastAdministrator),
                "{how}: {refused:?}"
            );
            assert_eq!(shell.groups_of(last).await, ["admin"]);
            assert!(shell.read(last).await.enabled);
        }
        // a disabled administrator is none, so it may go
        for how in ["remove", "delete"] {
            lose(&shell, disabled, how).await.unwrap();
        }
        for (nth, how) in DEMOTIONS.into_iter().enumerate() {
            let second = shell.member(&format!("second{nth}"), &["admin"]).await;
            lose(&shell, second, how).await.unwrap();
        }
    }

    async fn of_two_last_administrators_one_stays(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        for (one, other) in DEMOTIONS
            .iter()
            .flat_map(|one| DEMOTIONS.map(|other| (*one, other)))
        {
            let shell = directory.new_tenant(&format!("{one}-{other}")).await;
            for round in 0..4 {
                let pair = [
                    shell.member(&format!("one{round}"), &["admin"]).await,
                    shell.member(&format!("other{round}"), &["admin"]).await,
                ];
                // who is left of the round before is no third
                for left in 0..round {
                    for name in [format!("one{left}"), format!("other{left}")] {
                        let user = directory
                            .directory
                            .user(shell.tenant_id(), &name)
                            .await
                            .unwrap();
                        if let Some(user) = user {
                            lose(&shell, user.number, "delete").await.unwrap();
                        }
                    }
                }
                let outcomes = at_once([(pair[0], one), (pair[1], other)].map(|(user, how)| {
                    let shell = shell.clone();
                    async move { lose(&shell, user, how).await }
                }))
                .await;
                let gone = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
                assert_eq!(gone, 1, "{one} and {other}: {outcomes:?}");
                let refused = outcomes.iter().find(|outcome| outcome.is_err()).unwrap();
                assert!(
                    is_protected(refused, Protection::LastAdministrator),
                    "{one} and {other}: {refused:?}"
                );
                assert_eq!(administrators(&shell, &pair).await, 1, "{one} and {other}");
            }
        }
    }

    async fn whatever_many_do_at_once_an_administrator_stays(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let mut users = Vec::new();
        for nth in 0..3 {
            users.push(shell.member(&format!("boss{nth}"), &["admin"]).await);
        }
        for round in 0..30_usize {
            at_once((0..9_usize).map(|nth| {
                let (shell, user) = (shell.clone(), users[nth % 3]);
                async move {
                    match (round + nth * nth) % 4 {
                        0 => lose(&shell, user, "remove").await,
                        1 => lose(&shell, user, "disable").await,
                        2 => {
                            shell
                                .run(SetUserEnabled {
                                    user,
                                    enabled: true,
                                })
                                .await
                        }
                        _ => {
                            shell.join("admin", user).await;
                            Ok(())
                        }
                    }
                }
            }))
            .await;
            assert!(administrators(&shell, &users).await > 0, "round {round}");
        }
    }

    async fn the_last_operator_stays(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (default, shell) = (directory.shell().await, directory.new_tenant("acme").await);
        let admin = directory
            .directory
            .user(default.tenant_id(), "admin")
            .await
            .unwrap()
            .unwrap()
            .number;
        default.member("second", &["admin"]).await;
        let disabled = operator(&shell, "disabled").await;
        lose(&shell, disabled, "disable").await.unwrap();
        for how in DISMISSALS {
            let refused = lose(&default, admin, how).await;
            assert!(
                is_protected(&refused, Protection::LastOperator),
                "{how}: {refused:?}"
            );
            assert!(default.read(admin).await.operator && default.read(admin).await.enabled);
        }
        // a disabled one may go, and one that is not the last
        lose(&shell, disabled, "delete").await.unwrap();
        for (nth, how) in DISMISSALS.into_iter().enumerate() {
            let further = operator(&shell, &format!("further{nth}")).await;
            lose(&shell, further, how).await.unwrap();
        }
        // being no administrator any more takes nothing from an operator
        lose(&default, admin, "remove").await.unwrap();
    }

    async fn of_two_last_operators_one_stays(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let default = directory.shell().await;
        default.member("second", &["admin"]).await;
        let shells = [
            directory.new_tenant("one").await,
            directory.new_tenant("other").await,
        ];
        let mut before = directory
            .directory
            .user(default.tenant_id(), "admin")
            .await
            .unwrap()
            .map(|admin| (default.clone(), admin.number));
        let ways = DISMISSALS
            .iter()
            .flat_map(|one| DISMISSALS.map(|other| (*one, other)));
        for (round, (one, other)) in ways.cycle().take(27).enumerate() {
            let pair = [
                operator(&shells[0], &format!("one{round}")).await,
                operator(&shells[1], &format!("other{round}")).await,
            ];
            if let Some((seat, user)) = before.take() {
                lose(&seat, user, "dismiss").await.unwrap();
            }
            let outcomes = at_once([(0, one), (1, other)].map(|(nth, how): (usize, &str)| {
                let (shell, user, how) = (shells[nth].clone(), pair[nth], how.to_owned());
                async move { lose(&shell, user, &how).await }
            }))
            .await;
            let stays = outcomes.iter().position(Result::is_err).unwrap();
            assert!(
                outcomes[1 - stays].is_ok(),
                "{one} and {other}: {outcomes:?}"
            );
            assert!(
                is_protected(&outcomes[stays], Protection::LastOperator),
                "{one} and {other}: {outcomes:?}"
            );
            let left = shells[stays].read(pair[stays]).await;
            assert!(left.operator && left.enabled);
            before = Some((shells[stays].clone(), pair[stays]));
        }
    }

    async fn a_tenant_with_operators_is_not_deleted(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        let user = operator(&shell, "root").await;
        let refused = shell.run(DeleteTenant).await;
        assert!(
            is_protected(&refused, Protection::LastOperator),
            "{refused:?}"
        );
        lose(&shell, user, "dismiss").await.unwrap();
        shell.run(DeleteTenant).await.unwrap();
        let refused = directory.shell().await.run(DeleteTenant).await;
        assert!(
            is_protected(&refused, Protection::DefaultTenant),
            "{refused:?}"
        );
    }
}
