//! Finding a user by name: its login, else its address, else a contact e-mail that is nobody else's.

use crate::support::{create_with_address, set_email};
use provost_model::UserNumber;
use provost_testkit::{Seat, TestDatabase, TestDirectory, on_every_engine};

async fn find(seat: &Seat, name: &str) -> Option<UserNumber> {
    let found = seat.directory.directory.user(seat.tenant_id(), name).await;
    found.unwrap().map(|user| user.number)
}

on_every_engine! {
    async fn logins_addresses_and_contact_emails_find(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = create_with_address(&shell, "Alice", "a.l@example.org")
            .await
            .unwrap()
            .number;
        set_email(&shell, alice, "Private@elsewhere.example")
            .await
            .unwrap();
        for name in [
            "alice",
            "ALICE",
            "A.L@EXAMPLE.ORG",
            "private@ELSEWHERE.example",
        ] {
            assert_eq!(find(&shell, name).await, Some(alice), "{name}");
        }
        for name in [
            "",
            "alic",
            "alice ",
            "a.l",
            "%",
            "_____",
            "a.l@example.or_",
            "\0",
            "alice\0",
        ] {
            assert_eq!(find(&shell, name).await, None, "{name:?}");
        }
    }

    async fn a_contact_email_of_two_finds_nobody(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = shell.user_with_email("alice", "no address").await;
        assert_eq!(find(&shell, "NO address").await, Some(alice));
        let bob = shell.user_with_email("bob", "No Address").await;
        assert_eq!(find(&shell, "no address").await, None);
        set_email(&shell, alice, "").await.unwrap();
        assert_eq!(find(&shell, "no address").await, Some(bob));
    }

    async fn logins_come_before_addresses_before_contact_emails(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let held = shell.user("x@example.org").await;
        let contact = shell.user_with_email("contact", "x@example.org").await;
        assert_eq!(find(&shell, "x@example.org").await, Some(held));
        let holder = create_with_address(&shell, "holder", "y@example.org")
            .await
            .unwrap()
            .number;
        set_email(&shell, contact, "y@example.org").await.unwrap();
        assert_eq!(find(&shell, "y@example.org").await, Some(holder));
    }

    async fn another_tenants_users_are_not_found(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        create_with_address(&other, "alice", "alice@example.org")
            .await
            .unwrap();
        other.user_with_email("bob", "contact").await;
        for name in ["alice", "alice@example.org", "bob", "contact"] {
            assert_eq!(find(&shell, name).await, None, "{name}");
        }
        // nor do they make an e-mail ambiguous
        let own = shell.user_with_email("carol", "contact").await;
        assert_eq!(find(&shell, "contact").await, Some(own));
    }
}
