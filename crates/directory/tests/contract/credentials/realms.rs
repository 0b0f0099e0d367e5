//! Whose credentials open which tenant, and with what rights.

use super::*;

on_every_engine! {
    async fn a_reseller_opens_its_own_tenants(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let command = CreateReseller {
            name: login("Sales"),
            password: password(PASSWORD),
        };
        let reseller = shell.run(command).await.unwrap();
        let good = accepted("reseller:Sales", "acme");
        assert_eq!(
            show(&shell, basic("sales@@", PASSWORD)).await,
            None,
            "not yet assigned"
        );
        shell
            .run(AssignTenant {
                reseller,
                assigned: true,
            })
            .await
            .unwrap();
        for name in ["sales", "SALES@@"] {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, good, "{name}");
            assert_eq!(show(&other, basic(name, PASSWORD)).await, None, "{name}");
            assert_eq!(
                show_at(&shell, None, true, basic(name, PASSWORD)).await,
                None,
                "{name}"
            );
        }
        assert_eq!(
            show(&shell, basic("sales@@acme", PASSWORD)).await,
            None,
            "that is a user's"
        );
        for suspended in [true, false] {
            shell.run(SetTenantSuspended { suspended }).await.unwrap();
            assert_eq!(
                show(&shell, basic("sales@@", PASSWORD)).await.is_some(),
                !suspended
            );
        }
        // the tenant's own user of that name comes first, and only it
        let user = shell.user_with_password("sales").await;
        set_password(&shell, user, OTHER_PASSWORD).await;
        assert_eq!(
            show(&shell, basic("sales", OTHER_PASSWORD)).await,
            accepted("user:sales", "acme")
        );
        assert_eq!(show(&shell, basic("sales", PASSWORD)).await, None);
        assert_eq!(show(&shell, basic("sales@@", PASSWORD)).await, good);
        shell
            .run(SetResellerPassword {
                reseller,
                password: password(OTHER_PASSWORD),
            })
            .await
            .unwrap();
        assert_eq!(show(&shell, basic("sales@@", PASSWORD)).await, None);
        assert_eq!(show(&shell, basic("sales@@", OTHER_PASSWORD)).await, good);
        shell
            .run(AssignTenant {
                reseller,
                assigned: false,
            })
            .await
            .unwrap();
        assert_eq!(show(&shell, basic("sales@@", OTHER_PASSWORD)).await, None);
        shell
            .run(AssignTenant {
                reseller,
                assigned: true,
            })
            .await
            .unwrap();
        shell.run(DeleteReseller { reseller }).await.unwrap();
        assert_eq!(show(&shell, basic("sales@@", OTHER_PASSWORD)).await, None);
    }

    async fn an_operator_opens_every_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (home, shell) = (
            directory.new_tenant("home").await,
            directory.new_tenant("acme").await,
        );
        let root = home.user_with_password("root").await;
        assert_eq!(
            show(&shell, basic("root", PASSWORD)).await,
            None,
            "no operator yet"
        );
        assert_eq!(
            show(&shell, basic("root@@home", PASSWORD)).await,
            None,
            "no operator yet"
        );
        home.run(SetOperator {
            user: root,
            operator: true,
        })
        .await
        .unwrap();
        let names = ["root", "ROOT@@", "root@@home"];
        for name in names {
            assert_eq!(
                show(&shell, basic(name, PASSWORD)).await,
                accepted("operator:root", "acme"),
                "{name}"
            );
            assert_eq!(
                show(&home, basic(name, PASSWORD)).await,
                accepted("user:root", "home"),
                "{name}"
            );
            assert_eq!(
                show_at(&shell, None, true, basic(name, PASSWORD)).await,
                None,
                "{name}"
            );
        }
        shell
            .run(SetTenantSuspended { suspended: true })
            .await
            .unwrap();
        assert!(
            show(&shell, basic("root@@", PASSWORD)).await.is_some(),
            "to see to what is suspended"
        );
        shell
            .run(SetTenantSuspended { suspended: false })
            .await
            .unwrap();
        // the tenant's own user of that name comes first, and only it
        let own = shell.user_with_password("root").await;
        set_password(&shell, own, OTHER_PASSWORD).await;
        assert_eq!(
            show(&shell, basic("root", OTHER_PASSWORD)).await,
            accepted("user:root", "acme")
        );
        assert_eq!(show(&shell, basic("root", PASSWORD)).await, None);
        assert_eq!(
            show(&shell, basic("root@@", PASSWORD)).await,
            accepted("operator:root", "acme")
        );
        home.run(SetUserEnabled {
            user: root,
            enabled: false,
        })
        .await
        .unwrap();
        assert_eq!(show(&shell, basic("root@@", PASSWORD)).await, None);
        home.run(SetUserEnabled {
            user: root,
            enabled: true,
        })
        .await
        .unwrap();
        home.run(SetOperator {
            user: root,
            operator: false,
        })
        .await
        .unwrap();
        for name in names {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, None, "{name}");
        }
    }

    async fn users_open_no_other_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let alice = shell.user_with_password("alice").await;
        shell.join("admin", alice).await;
        crate::support::set_email(&shell, alice, "a.l@example.org")
            .await
            .unwrap();
        for name in ["alice", "a.l@example.org", "alice@@acme", "alice@@"] {
            assert_eq!(show(&other, basic(name, PASSWORD)).await, None, "{name}");
        }
    }

    async fn an_actor_has_the_rights_of_its_groups(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.group("team").await;
        let user = shell.user_with_password("alice").await;
        let rights = || async {
            let answer = directory
                .directory
                .authenticate(Source::NONE, &AddressedTenant::new(Some(shell.tenant.clone()), true), basic("alice", PASSWORD))
                .await;
            let Ok(Authentication::Accepted {
                actor,
                group_administrator,
                ..
            }) = answer
            else {
                panic!("{answer:?}")
            };
            let ActorKind::Account(account) = &actor.kind else {
                panic!("{actor:?}")
            };
            assert_eq!(
                (account.number, actor.scope, actor.via),
                (user, TokenScope::Operator, Via::Password)
            );
            (account.administrator, group_administrator, account.operator)
        };
        assert_eq!(rights().await, (false, false, false));
        shell.appoint("team", user).await;
        assert_eq!(rights().await, (false, true, false));
        shell.join("admin", user).await;
        assert_eq!(rights().await, (true, true, false));
        shell
            .run(SetOperator {
                user,
                operator: true,
            })
            .await
            .unwrap();
        let patch = UserPatch {
            groups: Some(vec![group_id("team")]),
            administers: Some(vec![]),
            ..UserPatch::default()
        };
        shell.member("second", &["admin"]).await;
        shell.run(EditUser { user, patch }).await.unwrap();
        assert_eq!(rights().await, (false, false, true));
    }

    async fn signing_in_is_noted_once_an_hour(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let user = shell.user_with_password("root").await;
        shell
            .run(SetOperator {
                user,
                operator: true,
            })
            .await
            .unwrap();
        let noted = || async {
            let entries = directory.entries(shell.tenant_id()).await;
            entries
                .iter()
                .filter(|entry| entry.action == "user.signed_in")
                .count()
        };
        assert_eq!(shell.read(user).await.first_login_at, None);
        show(&shell, basic("root", OTHER_PASSWORD)).await;
        assert_eq!(noted().await, 0);
        for _ in 0..3 {
            show(&shell, basic("root", PASSWORD)).await.unwrap();
            assert_eq!(noted().await, 1);
        }
        let first = shell.read(user).await;
        assert_eq!(first.first_login_at, first.last_login_at);
        directory.clock.advance(Duration::from_secs(60 * 60));
        // wherever it works, it is noted at home
        show(&other, basic("root", PASSWORD)).await.unwrap();
        assert_eq!(noted().await, 2);
        let later = shell.read(user).await;
        assert_eq!(later.first_login_at, first.first_login_at);
        assert!(later.last_login_at > first.last_login_at);
        assert_eq!(later.changed_at, first.changed_at);
        assert!(
            !directory
                .entries(other.tenant_id())
                .await
                .iter()
                .any(|entry| entry.action == "user.signed_in")
        );
    }
}
