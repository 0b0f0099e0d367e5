//! Numbers of users: 2 for a tenant's first administrator, 3 and up for all others, none given twice.

use provost_directory::commands::{
    groups::AddMember,
    users::{CreateUser, DeleteUser, MailIdentity},
};
use provost_model::{Address, Error, Noun, UserNumber};
use provost_testkit::{TestDatabase, TestDirectory, at_once, group_id, login, on_every_engine};
use std::collections::BTreeSet;

on_every_engine! {
    async fn the_first_administrator_has_2_whenever_it_is_made(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        for number in 3..=5 {
            assert_eq!(
                shell.user(&format!("user{number}")).await,
                UserNumber(number)
            );
        }
        assert_eq!(shell.member("boss", &["admin"]).await, UserNumber(2));
        assert_eq!(shell.user("user6").await, UserNumber(6));
        assert_eq!(shell.member("second", &["admin"]).await, UserNumber(7));
    }

    async fn the_very_first_administrator_has_2(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let admin = shell
            .directory
            .directory
            .user(shell.tenant_id(), "admin")
            .await;
        assert_eq!(
            admin.unwrap().unwrap().number,
            UserNumber::FIRST_ADMINISTRATOR
        );
        assert_eq!(shell.user("alice").await, UserNumber::FIRST_USER);
    }

    async fn a_user_that_becomes_administrator_keeps_its_number(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let alice = shell.user("alice").await;
        shell.join("admin", alice).await;
        assert_eq!(shell.read(alice).await.number, UserNumber(3));
        assert_eq!(shell.member("boss", &["admin"]).await, UserNumber(2));
    }

    async fn deleted_numbers_are_not_given_again(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let first = shell.member("boss", &["admin"]).await;
        shell.member("second", &["admin"]).await;
        let last = shell.user("last").await;
        for user in [first, last] {
            shell.run(DeleteUser { user }).await.unwrap();
        }
        let mut given = BTreeSet::from([first, last]);
        for name in ["boss", "last"] {
            assert!(
                given.insert(shell.member(name, &["admin"]).await),
                "{name} has an old number"
            );
        }
    }

    async fn tenants_count_for_themselves(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, other) = (
            directory.new_tenant("one").await,
            directory.new_tenant("other").await,
        );
        for shell in [&one, &other] {
            assert_eq!(shell.user("alice").await, UserNumber(3));
            assert_eq!(shell.member("boss", &["admin"]).await, UserNumber(2));
        }
    }

    async fn a_failed_creation_leaves_nothing(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        other.user_with_email("holder", "held@example.org").await;
        let before = directory.entries(shell.tenant_id()).await.len();
        let held = CreateUser {
            identity: MailIdentity::Own(Address::parse("held@example.org").unwrap()),
            groups: vec![group_id("admin")],
            ..CreateUser::new(login("alice"))
        };
        let refused = shell.run(held).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Address))),
            "{refused:?}"
        );
        let (queries, tenant) = (&directory.directory, shell.tenant_id());
        assert_eq!(queries.user(tenant, "alice").await.unwrap(), None);
        let administrators = queries.group(tenant, "admin").await.unwrap().unwrap();
        let counted = queries
            .with_counts(tenant, vec![administrators])
            .await
            .unwrap();
        assert_eq!(counted[0].count.members, 1);
        assert_eq!(directory.entries(tenant).await.len(), before);
        // the login and the group are as free as before
        let alice = shell.user("alice").await;
        let group = group_id("admin");
        shell
            .run(AddMember {
                group,
                user: Some(alice),
            })
            .await
            .unwrap();
    }

    async fn users_made_at_once_have_different_numbers(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        let made = at_once((0..64).map(|nth| {
            let shell = shell.clone();
            async move {
                let groups: &[&str] = if nth % 8 == 0 { &["admin"] } else { &[] };
                shell.member(&format!("user{nth}"), groups).await
            }
        }))
        .await;
        let numbers: BTreeSet<_> = made.iter().copied().collect();
        assert_eq!(numbers.len(), 64);
        assert_eq!(numbers.first(), Some(&UserNumber::FIRST_ADMINISTRATOR));
        assert_eq!(
            made.iter()
                .filter(|number| **number < UserNumber::FIRST_USER)
                .count(),
            1
        );
    }
}
