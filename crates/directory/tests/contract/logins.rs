//! Logins: unique in the tenant however they are written, and never another user's address.

use crate::support::{address, create_with_address, following};
use provost_directory::commands::users::{CreateUser, DeleteUser};
use provost_model::{Error, Noun};
use provost_testkit::{TestDatabase, TestDirectory, at_once, login, on_every_engine};

on_every_engine! {
    async fn a_login_is_taken_however_it_is_written(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for (held, wanted) in [
            ("alice", "ALICE"),
            ("Ärger", "a\u{308}RGER"),
            ("\u{fb01}sh", "FISH"),
            ("ｗｉｄｅ", "wide"),
            ("ΣΑΣ", "σας"),
        ] {
            let kept = shell.user(held).await;
            assert_eq!(shell.read(kept).await.login.as_str(), held);
            let refused = shell.run(CreateUser::new(login(wanted))).await;
            assert!(
                matches!(refused, Err(Error::Taken(Noun::Login))),
                "{wanted}: {refused:?}"
            );
        }
    }

    async fn different_names_are_different_users(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for name in [
            "a", "á", "a b", "a  b", "a%", "a_", "a'\"\\", "名", "😀", "..a",
        ] {
            let number = shell.user(name).await;
            let found = shell
                .directory
                .directory
                .user(shell.tenant_id(), name)
                .await;
            assert_eq!(found.unwrap().unwrap().number, number, "{name}");
        }
    }

    async fn tenants_share_no_logins(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let other = directory.new_tenant("acme").await;
        directory.shell().await.user("alice").await;
        other.user("alice").await;
        other.user("admin").await;
        // not even another tenant's address is taken as a login
        directory
            .shell()
            .await
            .user_with_email("bob", "bob@example.org")
            .await;
        other.user("bob@example.org").await;
    }

    async fn another_users_address_is_taken_as_a_login(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        create_with_address(&shell, "alice", "Mail@Example.org")
            .await
            .unwrap();
        let refused = shell.run(CreateUser::new(login("mail@example.ORG"))).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Login))),
            "{refused:?}"
        );
    }

    async fn another_users_login_is_taken_as_an_address(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.user("Mail@Example.org").await;
        let refused = create_with_address(&shell, "alice", "mail@example.org").await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Address))),
            "{refused:?}"
        );
        // what merely follows is not given, and nobody complains
        let bob = shell.user_with_email("bob", "mail@example.org").await;
        assert_eq!(address(&shell, bob).await, None);
    }

    async fn the_own_login_may_be_the_address(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let own = create_with_address(&shell, "mail@example.org", "Mail@example.org").await;
        shell
            .run(DeleteUser {
                user: own.unwrap().number,
            })
            .await
            .unwrap();
        // both were given back
        let again = shell
            .user_with_email("MAIL@example.org", "mail@example.org")
            .await;
        assert_eq!(address(&shell, again).await, following("mail@example.org"));
    }

    async fn a_deleted_users_login_is_free(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let first = shell.user("alice").await;
        shell.run(DeleteUser { user: first }).await.unwrap();
        let second = shell.user("Alice").await;
        assert_ne!(first, second);
    }

    async fn of_many_who_want_a_login_one_gets_it(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let made = at_once((0..64).map(|nth| {
            let shell = shell.clone();
            let name = if nth % 2 == 0 { "alice" } else { "ALICE" };
            async move { shell.run(CreateUser::new(login(name))).await }
        }))
        .await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        for refused in made.iter().filter(|made| made.is_err()) {
            assert!(
                matches!(refused, Err(Error::Taken(Noun::Login))),
                "{refused:?}"
            );
        }
    }
}
