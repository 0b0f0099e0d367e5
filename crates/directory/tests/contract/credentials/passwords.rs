//! Passwords: what is accepted, what it costs, and how long it is remembered.

use super::*;

on_every_engine! {
    async fn a_password_is_shown_with_any_name_of_its_user(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let alice = shell.user_with_password("Alice").await;
        crate::support::set_email(&shell, alice, "a.l@example.org")
            .await
            .unwrap();
        for name in [
            "Alice",
            "ALICE",
            "a.l@example.org",
            "A.L@Example.org",
            "alice@@acme",
            "a.l@example.org@@ACME",
        ] {
            assert_eq!(
                show(&shell, basic(name, PASSWORD)).await,
                accepted("user:Alice", "acme"),
                "{name}"
            );
            for wrong in [
                "",
                "correct-horse-77",
                "Correct-Horse-7",
                "Correct-Horse-77 ",
            ] {
                assert_eq!(
                    show(&shell, basic(name, wrong)).await,
                    None,
                    "{name} {wrong:?}"
                );
            }
        }
        for name in [
            "",
            "alic",
            "alice@@",
            "alice@@default",
            "alice@@absent",
            "alice@@acme@@acme",
            "@@acme",
            "@@",
        ] {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, None, "{name}");
        }
    }

    async fn every_attempt_costs_one_hash(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.user_with_password("alice").await;
        shell.user("without").await;
        let disabled = shell.user_with_password("disabled").await;
        shell
            .run(SetUserEnabled {
                user: disabled,
                enabled: false,
            })
            .await
            .unwrap();
        shell.by_reseller("sales").await;
        let foreign = directory.new_tenant("other").await;
        foreign.user_with_password("bob").await;
        for name in [
            "alice",
            "absent",
            "without",
            "disabled",
            "bob",
            "bob@@other",
            "bob@@absent",
            "admin",
            "admin@@",
            "sales@@",
            "absent@@",
            "admin@@default",
            "",
            "a\0b",
            "no@such.example",
        ] {
            for tenant in [Some(&shell.tenant), None] {
                let wrong = show_at(&shell, tenant, true, basic(name, "Wrong-Horse-77"));
                assert_eq!(cost(&shell, wrong).await, (None, 1), "{name}");
            }
        }
        for (name, good) in [
            ("disabled", false),
            ("bob@@other", false),
            ("alice", true),
            ("sales@@", true),
            ("admin@@", true),
        ] {
            let (answer, hashes) = cost(&shell, show(&shell, basic(name, PASSWORD))).await;
            assert_eq!((answer.is_some(), hashes), (good, 1), "{name}");
        }
    }

    async fn a_verified_password_is_remembered_for_minutes(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.user_with_password("alice").await;
        let alice = accepted("user:alice", "acme");
        let good = || show(&shell, basic("alice", PASSWORD));
        assert_eq!(cost(&shell, good()).await, (alice.clone(), 1));
        for _ in 0..3 {
            assert_eq!(cost(&shell, good()).await, (alice.clone(), 0));
        }
        // what was refused is not
        for _ in 0..2 {
            assert_eq!(
                cost(&shell, show(&shell, basic("alice", OTHER_PASSWORD))).await,
                (None, 1)
            );
        }
        directory.clock.advance(Duration::from_secs(4 * 60));
        assert_eq!(cost(&shell, good()).await, (alice.clone(), 0));
        directory.clock.advance(Duration::from_secs(60 * 60));
        assert_eq!(cost(&shell, good()).await, (alice, 1));
    }

    async fn a_remembered_password_holds_no_longer_than_its_account(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let alice = shell.user_with_password("alice").await;
        let good = || async { show(&shell, basic("alice", PASSWORD)).await.is_some() };
        assert!(good().await && good().await);
        set_password(&shell, alice, OTHER_PASSWORD).await;
        assert!(!good().await, "changed");
        assert!(show(&shell, basic("alice", OTHER_PASSWORD)).await.is_some());
        set_password(&shell, alice, PASSWORD).await;
        assert!(good().await, "changed back");
        assert!(show(&shell, basic("alice", OTHER_PASSWORD)).await.is_none());
        shell
            .run(SetUserEnabled {
                user: alice,
                enabled: false,
            })
            .await
            .unwrap();
        assert!(!good().await, "disabled");
        shell
            .run(SetUserEnabled {
                user: alice,
                enabled: true,
            })
            .await
            .unwrap();
        assert!(good().await, "enabled");
        shell
            .run(SetTenantSuspended { suspended: true })
            .await
            .unwrap();
        assert!(!good().await, "suspended");
        shell
            .run(SetTenantSuspended { suspended: false })
            .await
            .unwrap();
        assert!(good().await, "resumed");
        shell.run(DeleteUser { user: alice }).await.unwrap();
        assert!(!good().await, "deleted");
        shell.user("alice").await;
        assert!(!good().await, "another of that name");
    }

    async fn hashing_is_bounded(database: TestDatabase) {
        let settings = DirectorySettings {
            hashing_queue: 1,
            ..DirectorySettings::new(database.settings())
        };
        let directory = Directory::open(settings).await.unwrap();
        let administrator = FirstAdministrator {
            login: login("admin"),
            password: password(PASSWORD),
            email: None,
        };
        directory.bootstrap(administrator).await.unwrap();
        let tenant = Arc::new(
            directory
                .tenant_by_slug(Tenant::DEFAULT)
                .await
                .unwrap()
                .unwrap(),
        );
        let outcomes = at_once((0..64).map(|_| {
            let (directory, tenant) = (directory.clone(), tenant.clone());
            async move {
                directory
                    .authenticate(Source::NONE, &AddressedTenant::new(Some(tenant), true), basic("admin", OTHER_PASSWORD))
                    .await
            }
        }))
        .await;
        let busy = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Err(Error::Unavailable(_))))
            .count();
        let refused = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Ok(Authentication::Refused)))
            .count();
        assert!(
            busy > 0 && refused > 0 && busy + refused == 64,
            "{busy} and {refused}"
        );
        // who waits in no queue is served
        let answer = directory
            .authenticate(Source::NONE, &AddressedTenant::new(Some(tenant), true), basic("admin", PASSWORD))
            .await;
        assert!(
            matches!(answer, Ok(Authentication::Accepted { .. })),
            "{answer:?}"
        );
    }
}
