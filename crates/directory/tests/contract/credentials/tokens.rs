//! App passwords and API keys.

use super::*;

on_every_engine! {
    async fn an_app_password_is_shown_with_its_users_name_or_alone(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let alice = shell.user_with_email("alice", "a.l@example.org").await;
        for seat in [&shell, &other] {
            seat.user("bob").await;
        }
        other.user("alice").await;
        let (id, secret) = app_password(&shell, alice, TokenScope::Read).await;
        let good = accepted("user:alice", "acme");
        for name in [
            "alice",
            "ALICE",
            "a.l@example.org",
            "alice@@acme",
            "alice@@ACME",
        ] {
            assert_eq!(
                cost(&shell, show(&shell, basic(name, &secret))).await,
                (good.clone(), 0),
                "{name}"
            );
        }
        for name in [
            "bob",
            "absent",
            "",
            "alice@@",
            "alice@@other",
            "alice@@absent",
            "bob@@acme",
        ] {
            assert_eq!(show(&shell, basic(name, &secret)).await, None, "{name}");
        }
        assert_eq!(show(&shell, Credentials::Token(&secret)).await, good);
        let answer = directory
            .directory
            .authenticate(Source::NONE, &AddressedTenant::new(Some(shell.tenant.clone()), true),
                Credentials::Token(&secret),
            )
            .await;
        let Ok(Authentication::Accepted { actor, .. }) = answer else {
            panic!("{answer:?}")
        };
        assert_eq!(
            (actor.scope, actor.via),
            (TokenScope::Read, Via::AppPassword(id))
        );
        for named in [true, false] {
            for credentials in [
                basic("alice", &secret),
                basic("alice@@acme", &secret),
                Credentials::Token(&secret),
            ] {
                // a login with its tenant names the tenant where nothing else does
                let names_it = !named && matches!(credentials, Credentials::Password { login: "alice@@acme", .. });
                assert_eq!(
                    show_at(&shell, Some(&other.tenant), named, credentials).await,
                    if names_it { good.clone() } else { None }
                );
                assert_eq!(show_at(&shell, None, named, credentials).await, None);
            }
        }
        for near in [
            &secret[1..],
            &secret.to_lowercase(),
            &format!("{secret} "),
            "",
        ] {
            assert_eq!(show(&shell, Credentials::Token(near)).await, None);
        }
    }

    async fn an_app_password_holds_while_its_user_does(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let alice = shell.user_with_password("alice").await;
        let (id, secret) = app_password(&shell, alice, TokenScope::Provision).await;
        let good = || async { show(&shell, basic("alice", &secret)).await.is_some() };
        assert!(good().await);
        set_password(&shell, alice, OTHER_PASSWORD).await;
        assert!(good().await, "it is no password");
        for enabled in [false, true] {
            shell
                .run(SetUserEnabled {
                    user: alice,
                    enabled,
                })
                .await
                .unwrap();
            assert_eq!(good().await, enabled);
        }
        for suspended in [true, false] {
            shell.run(SetTenantSuspended { suspended }).await.unwrap();
            assert_eq!(good().await, !suspended);
        }
        shell.run(RevokeToken { id }).await.unwrap();
        assert!(!good().await, "revoked");
        let (_, secret) = app_password(&shell, alice, TokenScope::Provision).await;
        assert!(show(&shell, Credentials::Token(&secret)).await.is_some());
        shell.run(DeleteUser { user: alice }).await.unwrap();
        assert!(show(&shell, Credentials::Token(&secret)).await.is_none());
    }

    async fn a_key_opens_its_own_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let good = accepted("key:shop", "acme");
        for scope in TokenScope::ALL {
            let (id, secret) = key(&shell, scope).await;
            let token = Credentials::Token(&secret);
            assert_eq!(cost(&shell, show(&shell, token)).await, (good.clone(), 0));
            // where no tenant is named it is the key's
            assert_eq!(
                show_at(&shell, Some(&other.tenant), false, token).await,
                good
            );
            assert_eq!(
                show_at(&shell, Some(&other.tenant), true, token).await,
                None
            );
            assert_eq!(show_at(&shell, None, true, token).await, None);
            assert_eq!(
                show(&shell, basic("shop", &secret)).await,
                None,
                "it is nobody's password"
            );
            let answer = directory
                .directory
                .authenticate(Source::NONE, &AddressedTenant::new(Some(shell.tenant.clone()), true), token)
                .await;
            let Ok(Authentication::Accepted { actor, .. }) = answer else {
                panic!("{answer:?}")
            };
            assert_eq!((actor.scope, actor.via), (scope, Via::ApiKey(id)));
            for suspended in [true, false] {
                shell.run(SetTenantSuspended { suspended }).await.unwrap();
                assert_eq!(show(&shell, token).await.is_some(), !suspended);
            }
            shell.run(RevokeToken { id }).await.unwrap();
            assert_eq!(show(&shell, token).await, None);
        }
        let (_, secret) = key(&shell, TokenScope::Admin).await;
        shell.run(DeleteTenant).await.unwrap();
        for named in [true, false] {
            assert_eq!(
                show_at(
                    &shell,
                    Some(&other.tenant),
                    named,
                    Credentials::Token(&secret)
                )
                .await,
                None
            );
        }
    }

    async fn who_is_deleted_while_signing_in_is_refused(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        for round in 0..20 {
            let user = shell.user("alice").await;
            let (_, secret) = app_password(&shell, user, TokenScope::Read).await;
            let outcomes = at_once((0..3).map(|nth| {
                let (shell, secret) = (shell.clone(), secret.clone());
                async move {
                    if nth == 1 {
                        return shell.run(DeleteUser { user }).await;
                    }
                    let tenant = Some(shell.tenant.clone());
                    shell
                        .directory
                        .directory
                        .authenticate(Source::NONE, &AddressedTenant::new(tenant, true), Credentials::Token(&secret))
                        .await
                        .map(|_| ())
                }
            }))
            .await;
            assert!(
                outcomes.iter().all(Result::is_ok),
                "round {round}: {outcomes:?}"
            );
        }
    }
    async fn a_rotated_app_password_leaves_its_former_secret_once(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let alice = shell.user("alice").await;
        let (id, first) = app_password(&shell, alice, TokenScope::Read).await;
        let (_, other) = app_password(&shell, alice, TokenScope::Read).await;
        let own = shell.by_user(alice).await;
        let with = own.by(Actor {
            via: Via::AppPassword(id),
            scope: TokenScope::Read,
            ..(*own.actor).clone()
        });
        let good = async |secret: &str| show(&shell, basic("alice", secret)).await.is_some();
        let second = with
            .run(RotateAppPassword::of(&first))
            .await
            .unwrap()
            .expose()
            .to_owned();
        assert!(good(&first).await && good(&second).await && good(&other).await);
        let third = with
            .run(RotateAppPassword::of(&second))
            .await
            .unwrap()
            .expose()
            .to_owned();
        assert!(!good(&first).await && good(&second).await && good(&third).await);
        let listed = shell
            .directory
            .directory
            .tokens(shell.tenant_id(), Some(alice), None, 10)
            .await
            .unwrap();
        assert_eq!(listed.len(), 2, "a rotated one is one still");
        let entries = shell.directory.entries(shell.tenant_id()).await;
        let told: Vec<_> = entries
            .iter()
            .filter(|entry| entry.action == "token.rotated")
            .collect();
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|entry| {
            ![&first, &second, &third]
                .iter()
                .any(|secret| format!("{entry:?}").contains(secret.as_str()))
        }));
        shell.run(RevokeToken { id }).await.unwrap();
        assert!(!good(&second).await && !good(&third).await && good(&other).await);
    }

    async fn a_wiped_user_has_no_app_passwords(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let (alice, bob) = (
            shell.user_with_password("alice").await,
            shell.user("bob").await,
        );
        let mut secrets = Vec::new();
        for _ in 0..2 {
            secrets.push(app_password(&shell, alice, TokenScope::Read).await.1);
        }
        let (_, of_another) = app_password(&shell, bob, TokenScope::Read).await;
        shell.run(WipeUser { user: alice }).await.unwrap();
        for secret in secrets {
            assert!(show(&shell, Credentials::Token(&secret)).await.is_none());
        }
        assert!(
            show(&shell, Credentials::Token(&of_another))
                .await
                .is_some()
        );
        assert!(
            show(&shell, basic("alice", PASSWORD)).await.is_some(),
            "the password stays"
        );
    }
}
